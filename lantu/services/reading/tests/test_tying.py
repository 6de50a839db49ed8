"""Scope, departments and links go from the document over the desk into the plan."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lantu.core.errors import Refused
from lantu.core.plans.folder import check_folder
from lantu.core.reading.ties import Ties, ties
from lantu.kernel.commitments import queries as commitments
from lantu.services.reading import actions, queries
from lantu.services.reading.actions import receiving
from lantu.services.reading.actions.loading import Told
from lantu.services.reading.naming import named
from lantu.services.reading.queries import Asked
from lantu.services.reading.records import in_force, machine_ties, ties_of
from lantu.services.reading.tests.conftest import read_here

TEXT = (
    "南湖区“十五五”规划\n\n第一章 目标\n\n"
    "到2030年，工业总产值达到600亿元（不含代管镇）。（牵头单位：工信局；配合单位：财政局、统计局）\n\n"
    "城镇化率保持在70%以上。（责任单位：住建局）\n\n"
    "第二章 工业\n\n到2030年，工业总产值达到600亿元。研发投入年均增长6.5%。\n"
)
HEAD = Told(zh="南湖区“十五五”规划", en="Plan of Nanhu", start=2026, end=2030)
PLAN = "nanhu-2026-2030"


def read_with_ties(path, name, *, told):
    found = read_here(path, name, told=told)
    return replace(found, ties=tuple(ties(found.text, found.proposals)))


@pytest.fixture
def hand_in(nanhu, planner, monkeypatch):
    monkeypatch.setattr(receiving, "read_apart", read_with_ties)

    def make(text, older=None):
        found = actions.receive(nanhu, text.encode(), name="规划.txt", by=planner, older=older)
        actions.read(found)
        found.refresh_from_db()
        return found

    return make


@pytest.fixture
def reading(hand_in):
    return hand_in(TEXT)


@pytest.fixture
def loaded(planner):
    """Accept what can be accepted, load it, and give the plan."""

    def make(reading, head=HEAD):
        drafts = queries.listed(reading, Asked())
        actions.accept_all(reading, drafts, above=Decimal(0), by=planner)
        actions.reject_all(reading, drafts, by=planner)
        actions.describe(reading, head, by=planner)
        actions.load(reading, by=planner)
        return commitments.plan(PLAN)

    return make


def output(reading):
    """The two drafts about the industrial output, in the order of the text."""
    return list(reading.drafts.filter(machine__metric="工业总产值"))


def test_what_the_reader_proposed_arrives_in_the_plan(reading, loaded, settings):
    plan = loaded(reading)

    first, second = (
        next(one for one in plan.commitments if one.code == row.code) for row in output(reading)
    )
    assert plan.scopes[first.scope]["name"]["zh"] == "不含代管镇"
    assert plan.departments[first.lead]["zh"] == "工信局"
    assert [plan.departments[one]["zh"] for one in first.support] == ["财政局", "统计局"]
    assert (first.links, second.links) == ((second.code,), (first.code,))
    assert (second.scope, second.lead) == ("", "")
    assert check_folder(settings.HOME / "plans" / PLAN, TEXT) == []


def test_what_a_person_writes_goes_before_what_the_reader_proposed(reading, loaded, planner):
    row = output(reading)[0]
    own = Ties(scope="含代管镇", lead="经发局", support=("财政局",))

    actions.edit(row, in_force(row), en="", ties=own, by=planner)

    row.refresh_from_db()
    assert machine_ties(row).lead == "工信局"
    differing = {one.name for one in queries.page_of(row).machine}
    assert differing == {"scope", "lead", "support", "links"}
    plan = loaded(reading)
    found = next(one for one in plan.commitments if one.code == row.code)
    assert plan.scopes[found.scope]["name"]["zh"] == "含代管镇"
    assert plan.departments[found.lead]["zh"] == "经发局"
    assert found.links == ()


def test_a_link_that_is_set_or_taken_at_one_end_is_so_at_the_other(reading, planner):
    first, second = output(reading)
    urban = reading.drafts.get(machine__metric__icontains="城镇化率")
    new = replace(ties_of(first), links=(urban.code,))

    actions.edit(first, in_force(first), en="", ties=new, by=planner)

    urban.refresh_from_db(), second.refresh_from_db()
    assert (ties_of(urban).links, ties_of(second).links) == ((first.code,), ())
    assert urban.state == "open"

    actions.undo(reading, by=planner)

    urban.refresh_from_db(), second.refresh_from_db()
    assert (ties_of(urban).links, ties_of(second).links) == ((), (first.code,))


def test_a_link_to_a_draft_that_was_merged_away_leads_to_where_it_went(reading, loaded, planner):
    first, second = output(reading)
    growth = reading.drafts.get(machine__metric__icontains="研发投入")
    tied = replace(ties_of(growth), links=(second.code,))
    actions.edit(growth, in_force(growth), en="", ties=tied, by=planner)
    urban = reading.drafts.get(machine__metric__icontains="城镇化率")
    actions.merge(second, by=planner)  # into the urban share, which stands before it

    plan = loaded(reading)

    links = {one.code: one.links for one in plan.commitments}
    assert set(links[urban.code]) == {first.code, growth.code}
    assert links[growth.code] == (urban.code,)


def test_a_link_to_a_draft_that_is_left_out_is_left_out_too(reading, loaded, planner):
    first, second = output(reading)
    actions.reject(second, by=planner)

    plan = loaded(reading)

    assert next(one for one in plan.commitments if one.code == first.code).links == ()


def test_a_draft_that_is_split_off_keeps_the_departments_and_is_linked(reading, planner):
    first = output(reading)[0]

    made = actions.split(first, by=planner)

    first.refresh_from_db()
    assert (ties_of(made).lead, ties_of(made).links) == ("工信局", (first.code,))
    assert made.code in ties_of(first).links
    actions.undo(reading, by=planner)
    first.refresh_from_db()
    assert made.code not in ties_of(first).links


def test_a_link_to_nothing_is_refused(reading, planner):
    row = output(reading)[0]

    with pytest.raises(Refused, match="no draft c9999"):
        actions.edit(row, in_force(row), en="", ties=Ties(links=("c9999",)), by=planner)


def test_a_project_has_an_owner_and_no_departments(reading, planner):
    row = output(reading)[0]
    project = replace(in_force(row), kind="project", form="task", value=None)

    with pytest.raises(Refused, match="write who builds it"):
        actions.edit(row, project, en="", ties=Ties(lead="工信局"), by=planner)


def test_english_names_are_asked_for_and_kept_for_the_next_version(reading, loaded, hand_in):
    head = replace(HEAD, names={"departments": {"工信局": "Bureau of Industry"}, "scopes": {}})
    plan = loaded(reading, head)

    assert {"zh": "工信局", "en": "Bureau of Industry"} in plan.departments.values()
    assert {"zh": "住建局", "en": "住建局"} in plan.departments.values()
    again = hand_in(TEXT.replace("600亿元。研发", "600亿元。科研"), older=reading)
    slugs = {words["zh"]: slug for slug, words in plan.departments.items()}
    assert [(one.slug, one.en) for one in named(again, "departments") if one.zh == "工信局"] == [
        (slugs["工信局"], "Bureau of Industry")
    ]


def test_another_leading_department_is_a_change_of_the_promise(reading, loaded, hand_in):
    row = output(reading)[0]
    loaded(reading)

    amended = hand_in(TEXT.replace("牵头单位：工信局", "牵头单位：经发局"), older=reading)

    again = amended.drafts.get(code=row.code)
    assert (again.change, again.state) == ("changed", "open")
    fields = {one.name: (one.first, one.second) for one in queries.page_of(again).was}
    assert fields == {"lead": ("工信局", "经发局")}


def test_what_a_person_tied_stands_in_the_amended_document(reading, loaded, planner, hand_in):
    urban = reading.drafts.get(machine__metric__icontains="城镇化率")
    own = Ties(lead="规划局", links=(output(reading)[0].code,))
    actions.edit(urban, in_force(urban), en="", ties=own, by=planner)
    loaded(reading)

    amended = hand_in(TEXT.replace("6.5%", "7%"), older=reading)

    again = amended.drafts.get(code=urban.code)
    assert (again.state, ties_of(again)) == ("accepted", own)
