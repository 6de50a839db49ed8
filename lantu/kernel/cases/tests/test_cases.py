"""Cases: opened once, taken on step by step, stopped and started, late in working days."""

from datetime import date

import pytest

from lantu.core.errors import Refused
from lantu.core.flow.kinds import Act
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.cases import actions, queries
from lantu.kernel.cases.kinds import all_kinds

KIND = "returns.data_return"
TITLE = {"zh": "样表", "en": "sample"}
MONDAY = date(2024, 3, 4)


@pytest.fixture
def case(qinghe, planner):
    return actions.open_case(
        qinghe, KIND, "sample", title=TITLE, by=planner, on=MONDAY, department="industry"
    )


def test_opening_twice_is_opening_once(case, qinghe, planner):
    before = LedgerEntry.objects.count()

    again = actions.open_case(qinghe, KIND, "sample", title=TITLE, by=planner, on=MONDAY)

    assert again.pk == case.pk
    assert LedgerEntry.objects.count() == before


def test_cases_opened_together_are_as_if_opened_one_by_one(case, qinghe, planner):
    before = LedgerEntry.objects.count()
    asked = [actions.Opening(key, TITLE, "industry") for key in ("new", "sample", "newer")]

    found = actions.open_cases(qinghe, KIND, asked, by=planner, on=MONDAY)
    again = actions.open_cases(qinghe, KIND, asked, by=planner, on=MONDAY)

    assert [one.key for one in found] == ["new", "sample", "newer"]
    assert [one.pk for one in found] == [one.pk for one in again]
    assert found[1].pk == case.pk
    assert LedgerEntry.objects.count() == before + 2
    lines = [queries.line(one, MONDAY) for one in found]
    assert len({(one.due.day, one.state.name, one.department) for one in lines}) == 1
    assert [len(queries.course(one)) for one in found] == [1, 1, 1]


def test_a_case_that_another_opens_at_the_same_moment_is_found(case, qinghe, planner, monkeypatch):
    asked = [actions.Opening(key, TITLE, "industry") for key in ("new", "sample")]
    monkeypatch.setattr(actions, "_known", lambda *_: {})  # read before the other was done

    found = actions.open_cases(qinghe, KIND, asked, by=planner, on=MONDAY)

    assert found[1].pk == case.pk
    assert [len(queries.course(one)) for one in found] == [1, 1]


def test_another_last_day_is_on_record_and_an_earlier_day_has_the_one_before(case, planner):
    moved = actions.move_last_day(case, date(2024, 4, 1), by=planner, on=date(2024, 3, 8))
    again = actions.move_last_day(case, date(2024, 4, 1), by=planner, on=date(2024, 3, 9))

    case.refresh_from_db()
    before, after = (
        queries.known(case, Question(day)) for day in (date(2024, 3, 7), date(2024, 3, 8))
    )
    assert (moved.number, again) == (2, None)
    assert (before.due_on, after.due_on) == (None, date(2024, 4, 1))
    assert queries.course(case)[1].label["en"] == "last day moved to 2024-04-01"


def test_a_case_that_has_ended_keeps_its_last_day(case, planner):
    case.closed_on = case.opened_on
    case.save()

    with pytest.raises(Refused, match="The case has ended, so its last day stays"):
        actions.move_last_day(case, date(2024, 4, 1), by=planner)


def test_the_term_of_the_kind_gives_the_last_day(case):
    found = queries.line(case, MONDAY)

    assert found.due.day == date(2024, 3, 18)
    assert not found.is_late


def test_a_case_is_late_by_working_days(case):
    assert queries.line(case, date(2024, 3, 20)).late == 2
    assert queries.line(case, date(2024, 3, 18)).late == 0
    assert queries.line(case, date(2024, 3, 15)).late == -1  # a day is left over the weekend


def test_a_fixed_last_day_stands_before_the_term(qinghe, planner):
    found = actions.open_case(
        qinghe, KIND, "fixed", title=TITLE, by=planner, on=MONDAY, due_on=date(2024, 3, 8)
    )

    assert queries.line(found, MONDAY).due.day == date(2024, 3, 8)


def test_only_those_who_may_stop_the_clock(case, clerk, planner):
    with pytest.raises(Refused, match="Only planner may suspend this case"):
        actions.suspend(case, by=clerk, reason="等待")
    with pytest.raises(Refused, match="only with a reason"):
        actions.suspend(case, by=planner, reason=" ")

    actions.suspend(case, by=planner, reason="等待普查", on=MONDAY)
    assert queries.line(case, date(2024, 3, 6)).is_suspended
    with pytest.raises(Refused, match="suspended already"):
        actions.suspend(case, by=planner, reason="再等")


def test_a_suspended_case_is_never_late(case, planner):
    actions.suspend(case, by=planner, reason="等待普查", on=date(2024, 3, 5))

    assert queries.line(case, date(2024, 12, 31)).late <= 0


def test_a_person_without_a_role_is_not_assigned(case, planner, stranger, clerk):
    with pytest.raises(Refused, match="has no role in this zone"):
        actions.assign(case, stranger, by=planner)

    actions.assign(case, clerk, by=planner)
    case.refresh_from_db()
    assert queries.line(case, MONDAY).assignee == "alice"


def test_what_waits_is_sorted_by_its_last_day(qinghe, planner):
    for key, day in (("late", 20), ("soon", 5), ("later", 25)):
        actions.open_case(
            qinghe, KIND, key, title=TITLE, by=planner, on=MONDAY, due_on=date(2024, 3, day)
        )

    keys = [line.key for line in queries.lines(qinghe, MONDAY, kind=KIND, is_open=True)]
    assert keys == ["soon", "late", "later"]


def test_the_course_tells_every_step_in_both_languages(case, planner):
    actions.add_note(case, by=planner, note="已电话催办", act="remind")

    labels = [(step.label["zh"], step.label["en"], step.note) for step in queries.course(case)]
    assert labels == [("建立", "opened", ""), ("提醒", "reminded", "已电话催办")]


def test_every_kind_can_be_finished_from_its_start():
    for kind in all_kinds().values():
        reached, fresh = set(), {kind.start}
        while fresh:
            reached |= fresh
            acts: list[Act] = list(kind.acts.values())
            fresh = {act.target for act in acts if set(act.sources) & reached} - reached
        assert any(kind.states[name].ends for name in reached), kind.name
        assert reached == set(kind.states), kind.name
