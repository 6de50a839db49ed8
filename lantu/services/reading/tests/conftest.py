"""A zone without a plan, its planner, and a document that was read."""

import pytest

from lantu.core.reading.apart import Read
from lantu.core.reading.documents.text import text_of
from lantu.core.reading.propose import plan_end, proposals
from lantu.kernel.access.actions import create_user, ensure_zone, grant_role
from lantu.services.reading import actions
from lantu.services.reading.actions import receiving

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
def own_auditor(person):
    return person("otto", "auditor")


def read_here(path, name, *, told):
    """What the other process gives, without its start, which takes longer than most tests."""
    text = text_of(path, name)
    return Read(text, tuple(proposals(text, name=name)), plan_end(text))


@pytest.fixture
def hand_in(nanhu, planner, monkeypatch):
    """Hand a text in and have it read."""
    monkeypatch.setattr(receiving, "read_apart", read_here)

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
