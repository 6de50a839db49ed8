"""Characters and data that all tests share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings as drawn
from playwright.sync_api import expect

pytest_plugins = ["tests.browsing"]  # a server and a browser, for those who ask for them
# How long a browser test may wait for what it looks for, in milliseconds: machines are busy.
expect.set_options(timeout=30_000)

# Drawn cases are not timed: a busy machine is no fault of theirs.
drawn.register_profile("untimed", deadline=None)
drawn.load_profile("untimed")


def pytest_configure() -> None:
    """Passwords of characters who live for one test need no million rounds of hashing."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Both shipped plans are loaded once; each test's own changes are rolled back."""
    from lantu.kernel.commitments.actions import load_shipped

    with django_db_blocker.unblock():
        load_shipped()
    yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """A test that is rolled back uses a ledger number again, which never happens in life."""
    from django.core.cache import cache

    from lantu.kernel.commitments import queries

    cache.clear()
    queries.forget()


@pytest.fixture
def xinxiang(db: None) -> Any:
    """The real zone."""
    from lantu.kernel.access.models import Zone

    return Zone.objects.get(slug="xinxiang")


@pytest.fixture
def qinghe(db: None) -> Any:
    """The invented zone."""
    from lantu.kernel.access.models import Zone

    return Zone.objects.get(slug="qinghe")


def _person(name: str, zone: Any, role: str, department: str = "") -> Any:
    from lantu.kernel.access.actions import create_user, grant_role

    user = create_user(name, password="a-long-enough-secret", by=None)
    grant_role(user, zone, role, by=None, department=department)
    return user


@pytest.fixture
def person(qinghe: Any) -> Callable[..., Any]:
    """Makes somebody with a role in the sample zone: name, role, and department if any."""
    return lambda name, role, department="": _person(name, qinghe, role, department)


@pytest.fixture
def planner(person: Callable[..., Any]) -> Any:
    """Dora, who plans in the sample zone."""
    return person("dora", "planner")


@pytest.fixture
def leader(person: Callable[..., Any]) -> Any:
    """Lena, who leads the sample zone."""
    return person("lena", "leader")


@pytest.fixture
def clerk(qinghe: Any) -> Any:
    """Alice, who enters figures of the sample zone."""
    return _person("alice", qinghe, "clerk")


@pytest.fixture
def auditor(qinghe: Any) -> Any:
    """Bob, who reads everything and changes nothing."""
    return _person("bob", qinghe, "auditor")


@pytest.fixture
def stranger(xinxiang: Any) -> Any:
    """Charlie, who is a planner of another zone."""
    return _person("charlie", xinxiang, "planner")
