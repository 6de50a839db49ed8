"""The sample's year of hours, loaded once for the tests of this part."""

from datetime import date

import pytest

from lantu.services.environment import actions


@pytest.fixture
def station(qinghe, settings, tmp_path):
    """An air station with nothing measured yet, and a home of its own for the files."""
    settings.HOME = tmp_path
    return actions.ensure_station(
        qinghe, "a1", zh="测试站", en="Test station", medium="air", since=date(2020, 1, 1), by=None
    )


@pytest.fixture
def sampled(qinghe, settings, tmp_path):
    """The invented zone with its made-up stations."""
    from lantu.services.environment import sample

    settings.HOME = tmp_path
    sample.load(qinghe)
    return qinghe
