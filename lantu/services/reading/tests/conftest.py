"""A zone without a plan, its planner, and a document that was read."""

import pytest

from lantu.kernel.access.actions import create_user, ensure_zone, grant_role
from lantu.services.reading import actions

TEXT = (
    "南湖区“十五五”规划\n\n第一章 目标\n\n到2030年，工业总产值达到600亿元。"
    "城镇化率保持在70%以上。研发投入年均增长6.5%。\n\n第二章 民生\n\n建设8个班的托育园。"
    "新建5座公厕。完善社会保障体系。\n"
)


@pytest.fixture
def nanhu(db):
    """An invented zone that has no plan yet."""
    return ensure_zone("nanhu", zh="南湖区", en="Nanhu", invented=True, by=None)


@pytest.fixture
def person(nanhu):
    def make(name, role):
        user = create_user(name, password="a-long-enough-secret", by=None)
        grant_role(user, nanhu, role, by=None)
        return user

    return make


@pytest.fixture
def planner(person):
    return person("dora", "planner")


@pytest.fixture
def own_auditor(person):
    return person("otto", "auditor")


@pytest.fixture
def hand_in(nanhu, planner):
    """Hand a text in and have it read, in this process's own time."""

    def make(text, older=None, name="规划.txt"):
        found = actions.receive(nanhu, text.encode(), name=name, by=planner, older=older)
        actions.read(found)
        found.refresh_from_db()
        return found

    return make


@pytest.fixture
def reading(hand_in):
    return hand_in(TEXT)


@pytest.fixture
def draft(reading):
    """The draft about a number of the text."""
    return lambda quote: reading.drafts.get(machine__quote__icontains=quote)
