"""Keeps the tests that use the database: what knows none need not be tried on each engine.

Loaded by on_postgres.py.
"""

import pytest

_ASKED = ("db", "transactional_db", "live_server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the others, and say how many."""
    kept, others = [], []
    for item in items:
        names = getattr(item, "fixturenames", ())
        asks = any(name in names for name in _ASKED) or item.get_closest_marker("django_db")
        (kept if asks else others).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=others)
