"""The review: what a person decides, and that every step can be taken back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lantu.core.errors import ContentError, Refused
from lantu.kernel.access.models import LedgerEntry
from lantu.services.reading import actions, queries
from lantu.services.reading.queries import Asked
from lantu.services.reading.records import in_force, machine


def test_a_decision_is_kept_at_once_and_on_record(draft, planner):
    row = draft("600亿元")

    actions.accept(row, by=planner)

    row.refresh_from_db()
    assert row.state == "accepted"
    entry = LedgerEntry.objects.latest("number")
    assert (entry.act, entry.by, entry.after) == ("accept", planner, {"state": "accepted"})


def test_an_edit_keeps_what_the_machine_proposed(draft, planner):
    row = draft("600亿元")
    right = replace(in_force(row), value=Decimal("620.0"))

    actions.edit(row, right, en="Industrial output", by=planner)

    row.refresh_from_db()
    assert in_force(row).value == Decimal("620.0")
    assert str(in_force(row).value) == "620.0"
    assert machine(row).value == Decimal("600")
    (field,) = queries.page_of(row).machine
    assert (field.name, field.first, field.second) == ("value", "600", "620.0")


def test_an_edit_cannot_move_a_draft_to_another_place(draft, planner):
    row = draft("600亿元")

    actions.edit(row, replace(in_force(row), start=0, quote="别处"), en="", by=planner)

    assert in_force(row).start == machine(row).start


def test_what_no_plan_can_hold_is_not_accepted(draft, planner):
    row = draft("8个班")

    with pytest.raises(ContentError, match="个班"):
        actions.accept(row, by=planner)


def test_an_edit_that_no_plan_can_hold_changes_nothing(draft, planner):
    row = draft("600亿元")

    with pytest.raises(ContentError, match="no growth_pct"):
        actions.edit(row, replace(in_force(row), form="growth"), en="", by=planner)

    row.refresh_from_db()
    assert (row.state, row.person) == ("open", None)


def test_merging_joins_a_draft_to_the_one_before_it(draft, planner):
    into, row = draft("600亿元"), draft("70%")

    actions.merge(row, by=planner)

    row.refresh_from_db()
    assert (row.state, row.into) == ("merged", into.code)


def test_what_was_split_off_by_mistake_is_merged_back_into_its_origin(draft, planner):
    row = draft("600亿元")
    made = actions.split(row, by=planner)

    assert actions.merge(made, by=planner) == row


def test_the_first_draft_has_none_to_be_merged_with(reading, planner):
    with pytest.raises(Refused, match="no draft before"):
        actions.merge(reading.drafts.first(), by=planner)


def test_splitting_makes_a_second_draft_of_the_same_place(draft, planner):
    row = draft("600亿元")

    made = actions.split(row, by=planner)
    third = actions.split(made, by=planner)

    assert (made.code, third.code) == (f"{row.code}-2", f"{row.code}-3")
    assert in_force(made) == in_force(row)
    assert machine(made) is None


def test_a_promise_that_was_missed_is_added_at_its_place(reading, planner):
    made = actions.add(reading, "南湖区 “十五五”规划", by=planner)

    assert in_force(made).start == 0
    assert (made.code, made.state, machine(made)) == ("a0001", "open", None)


def test_words_that_stand_twice_are_not_enough(reading, planner):
    with pytest.raises(Refused, match="2 places"):
        actions.add(reading, "\n第", by=planner)


def test_taking_back_an_addition_removes_it(reading, planner):
    actions.add(reading, "完善社会保障体系", by=planner)

    actions.undo(reading, by=planner)

    assert not reading.drafts.filter(code="a0001").exists()


def test_accepting_above_a_confidence_leaves_the_doubtful_and_the_unfit_open(reading, planner):
    reading.drafts.update(confidence=Decimal("0.95"))
    reading.drafts.filter(machine__quote__icontains="公厕").update(confidence=Decimal("0.40"))

    drafts = queries.listed(reading, Asked())
    accepted, unfit = actions.accept_all(reading, drafts, above=Decimal("0.9"), by=planner)

    still = [row.machine["quote"] for row in reading.drafts.filter(state="open")]
    assert accepted == reading.drafts.filter(state="accepted").count() > 2
    assert unfit == 1
    assert sorted("班" in quote or "公厕" in quote for quote in still) == [True, True]


def test_accepting_all_of_a_filter_touches_nothing_else(reading, planner):
    drafts = queries.listed(reading, Asked(form="floor"))

    actions.accept_all(reading, drafts, above=Decimal(0), by=planner)

    assert [row.form for row in reading.drafts.filter(state="accepted")] == ["floor"]


@pytest.mark.parametrize("act", [actions.accept, actions.reject, actions.merge])
def test_every_step_can_be_taken_back(draft, planner, act):
    row = draft("70%")
    before = (row.state, row.person, row.into)
    act(row, by=planner)

    actions.undo(row.reading, by=planner)

    row.refresh_from_db()
    assert (row.state, row.person, row.into) == before


def test_taking_back_a_merge_gives_the_other_draft_its_record_back(draft, planner):
    into, row = draft("600亿元"), draft("70%")
    actions.merge(row, by=planner)

    actions.undo(row.reading, by=planner)

    into.refresh_from_db()
    assert into.person is None


def test_taking_back_a_split_removes_what_it_made(draft, planner):
    row = draft("600亿元")
    actions.split(row, by=planner)

    actions.undo(row.reading, by=planner)

    assert not row.reading.drafts.filter(part_of=row.code).exists()


def test_steps_are_taken_back_one_after_the_other(draft, planner):
    first, second = draft("600亿元"), draft("70%")
    actions.accept(first, by=planner)
    actions.reject(second, by=planner)

    actions.undo(first.reading, by=planner)
    actions.undo(first.reading, by=planner)

    assert {draft("600亿元").state, draft("70%").state} == {"open"}
    with pytest.raises(Refused, match="no step"):
        actions.undo(first.reading, by=planner)


def test_a_colleague_does_not_take_my_step_back(draft, planner, person):
    row = draft("600亿元")
    actions.accept(row, by=planner)

    with pytest.raises(Refused, match="dora"):
        actions.undo(row.reading, by=person("carl", "planner"))


def test_a_draft_that_a_colleague_took_back_is_not_decided(draft, planner):
    made = actions.split(draft("600亿元"), by=planner)
    actions.undo(made.reading, by=planner)

    with pytest.raises(Refused, match="taken back"):
        actions.accept(made, by=planner)


def test_a_step_knows_what_a_colleague_decided_meanwhile(draft, planner, person):
    seen, same = draft("600亿元"), draft("600亿元")
    actions.reject(same, by=person("carl", "planner"))

    actions.accept(seen, by=planner)
    actions.undo(seen.reading, by=planner)

    assert draft("600亿元").state == "rejected"


def test_a_decision_that_changes_nothing_is_no_step(draft, planner):
    row = draft("600亿元")
    actions.reject(row, by=planner)
    entries = LedgerEntry.objects.count()

    actions.reject(row, by=planner)

    assert LedgerEntry.objects.count() == entries
    assert row.reading.steps.count() == 1
