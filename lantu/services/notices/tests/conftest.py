"""People with work addresses, and a return that is late."""

from datetime import date

import pytest

from lantu.kernel.access.actions import create_user, grant_role, set_address
from lantu.kernel.cases.actions import open_case

LAST_DAY = date(2026, 3, 2)  # a Monday
LATE = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def mail_server(settings):
    """Letters can be sent; Django keeps them in `mail.outbox`."""
    settings.EMAIL_HOST = "mail.example.org"
    settings.ADDRESS = "https://plan.example.org"


@pytest.fixture
def person(qinghe):
    def make(name, role, department="", zone=None):
        user = create_user(name, password="a-long-enough-secret", by=None)
        set_address(user, f"{name}@example.org", by=None)
        grant_role(user, zone or qinghe, role, by=None, department=department)
        return user

    return make


@pytest.fixture
def own_clerk(person):
    return person("ann", "clerk", "industry")


@pytest.fixture
def administrator(person):
    return person("olga", "administrator")


@pytest.fixture
def case(qinghe):
    return open_case(
        qinghe, "returns.data_return", "2025-final-industry",
        title={"zh": "2025年数据填报", "en": "Figures of 2025"}, department="industry",
        on=date(2026, 2, 2), due_on=LAST_DAY, by=None,
    )  # fmt: skip
