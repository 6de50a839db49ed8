"""A period's figures: asked for, filled in, questioned, sent, given back, approved, locked."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from lantu.core.errors import Refused
from lantu.core.figures.periods import period
from lantu.core.plans.records import Observed
from lantu.kernel.access.actions import grant_role
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify
from lantu.kernel.cases.actions import open_case, perform, resume, suspend
from lantu.kernel.cases.models import Step
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts import queries as facts
from lantu.kernel.facts.actions import import_observed, supersede
from lantu.kernel.facts.models import Observation
from lantu.services.returns import actions, queries
from lantu.services.returns.actions import Written
from lantu.services.returns.naming import in_words

NAME = "qinghe-2021-2025"


def test_each_department_is_asked_for_what_it_answers_for(case):
    codes = set(case.return_lines.values_list("code", flat=True))
    led = {
        record.code
        for record in commitments.plan(NAME).commitments
        if record.lead == "industry" and record.measured_by is not None
    }

    assert codes == led
    assert codes


def test_asking_twice_changes_nothing(case, qinghe, planner):
    before = LedgerEntry.objects.count()
    plan = commitments.plan(NAME)

    again = actions.issue_returns(
        qinghe, plan, commitments.responsible(plan),
        when="2025", vintage="年报", due_on=date(2026, 2, 15), by=planner,
    )  # fmt: skip

    assert case in again.cases
    assert (again.moved, again.kept) == (0, 0)
    assert LedgerEntry.objects.count() == before


def test_asking_again_with_another_last_day_moves_it_where_nothing_is_sent_yet(
    case, qinghe, planner, own_clerk, fill, send, person
):
    plan, colleague = commitments.plan(NAME), person("petra", "planner")
    fill(case, own_clerk, gdp="201.5")
    send(case, own_clerk)

    again = actions.issue_returns(
        qinghe, plan, commitments.responsible(plan),
        when="2025", vintage="年报", due_on=date(2026, 3, 20), by=colleague,
    )  # fmt: skip

    case.refresh_from_db()
    days = {one.department: one.due_on for one in again.cases}
    assert (case.due_on, days.pop("industry")) == (date(2026, 2, 15), date(2026, 2, 15))
    assert set(days.values()) == {date(2026, 3, 20)}
    assert (again.moved, again.kept) == (len(again.cases) - 1, 1)
    told = LedgerEntry.objects.filter(act="redate")
    assert {one.by for one in told} == {colleague}
    assert {(one.after["due_on"], one.after["instead_of"]) for one in told} == {
        ("2026-03-20", "2026-02-15")
    }
    assert verify().faults == ()


def test_asking_again_without_a_last_day_leaves_the_one_there_is(case, qinghe, planner):
    plan = commitments.plan(NAME)

    again = actions.issue_returns(
        qinghe, plan, commitments.responsible(plan),
        when="2025", vintage="年报", due_on=None, by=planner,
    )  # fmt: skip

    assert {one.due_on for one in again.cases} == {date(2026, 2, 15)}


@pytest.mark.parametrize("when", ["2025-Q3", "bald", "2024/2025"])
def test_only_a_year_or_the_months_so_far_can_be_asked_for(qinghe, planner, when):
    plan = commitments.plan(NAME)

    with pytest.raises(Refused):
        actions.issue_returns(
            qinghe, plan, commitments.responsible(plan),
            when=when, vintage="年报", due_on=None, by=planner,
        )  # fmt: skip


def test_an_approved_figure_is_a_fact_with_its_return_as_source(
    case, own_clerk, reviewer, fill, send
):
    fill(case, own_clerk, gdp="201.5")
    send(case, own_clerk)
    actions.approve(case, by=reviewer)

    found = Observation.objects.get(period="2025", source_url__endswith=f"{case.key}/")
    assert (found.value, found.unit, found.vintage) == (Decimal("201.5"), "亿元", "年报")
    assert verify().faults == ()


def test_an_approved_zero_stays_zero_and_an_empty_line_is_nothing(
    case, own_clerk, reviewer, fill, send
):
    fill(case, own_clerk, gdp="0")
    send(case, own_clerk)
    actions.approve(case, by=reviewer)

    found = Observation.objects.filter(source_url__endswith=f"{case.key}/")
    assert [one.value for one in found] == [0]


def test_an_empty_line_needs_a_reason(case, own_clerk, send):
    with pytest.raises(Refused, match="are empty without a reason"):
        send(case, own_clerk)


def test_an_odd_figure_is_asked_about_and_any_answer_is_taken(case, own_clerk, fill, send):
    fill(case, own_clerk, gdp="1970000")

    with pytest.raises(Refused, match="1 figures raise a question that is not answered"):
        send(case, own_clerk)

    answer = Written(answers={"unit": "单位无误，并表所致"})
    actions.write_lines(case, {"gdp": answer}, by=own_clerk)
    send(case, own_clerk)
    line = case.return_lines.get(code="gdp")
    assert line.answers == {"unit": "单位无误，并表所致"}


def test_words_are_no_number_and_nothing_is_kept(case, own_clerk):
    with pytest.raises(Refused, match="'约200' is not a number"):
        actions.write_lines(case, {"gdp": Written("约200")}, by=own_clerk)

    assert case.return_lines.get(code="gdp").value is None


def test_a_sent_return_is_closed_until_it_is_given_back(case, own_clerk, reviewer, fill, send):
    fill(case, own_clerk, gdp="201.5")
    send(case, own_clerk)

    with pytest.raises(Refused, match="Ask for it to be given back"):
        fill(case, own_clerk, gdp="202")
    with pytest.raises(Refused, match="needs a reason"):
        perform(case, "give_back", by=reviewer)
    perform(case, "give_back", by=reviewer, note="口径请核对")

    fill(case, own_clerk, gdp="202")
    assert case.return_lines.get(code="gdp").value == 202


def test_who_sent_does_not_approve(case, qinghe, own_clerk, fill, send):
    grant_role(own_clerk, qinghe, "reviewer", by=None)
    fill(case, own_clerk, gdp="201.5")
    send(case, own_clerk)

    with pytest.raises(Refused, match="Ask a colleague"):
        actions.approve(case, by=own_clerk)


def test_a_clerk_of_another_department_writes_nothing(case, qinghe, fill, person):
    other = person("otto", "clerk", "welfare")

    with pytest.raises(Refused, match="Only a clerk of its department"):
        fill(case, other, gdp="1")


def test_a_period_is_locked_when_all_are_approved(
    case, qinghe, planner, own_clerk, reviewer, fill, send, person
):
    with pytest.raises(Refused, match="are not approved"):
        actions.lock_period(qinghe, "2025", by=planner)

    for one in list(queries.cases.lines(qinghe, date(2026, 1, 10), kind=actions.KIND)):
        found = queries.find(qinghe, one.key)
        clerk = own_clerk if found == case else person(one.key, "clerk", found.department)
        fill(found, clerk)
        send(found, clerk)
        actions.approve(found, by=reviewer)
    assert actions.lock_period(qinghe, "2025", by=planner) > 1
    with pytest.raises(Refused, match="It is locked"):
        actions.approve(queries.find(qinghe, case.key), by=reviewer)


def test_the_clock_stops_while_a_return_waits_with_the_reviewer(case, own_clerk, fill, send):
    fill(case, own_clerk, gdp="201.5")
    assert queries.cases.line(case, date(2026, 2, 25)).late == 2  # the 15th to 23rd are off

    send(case, own_clerk)
    case.refresh_from_db()

    step = case.steps.last()
    assert queries.cases.line(case, date(2027, 1, 1)).late == queries.cases.line(case, step.on).late


def test_a_term_in_working_days_is_moved_by_a_suspension(qinghe, planner):
    found = open_case(
        qinghe, actions.KIND, "sample-term", title={"zh": "样", "en": "sample"},
        department="industry", on=date(2024, 3, 4), by=planner,
    )  # fmt: skip
    plain = queries.cases.line(found, date(2024, 3, 5)).due.day
    suspend(found, by=planner, reason="等待普查", on=date(2024, 3, 6))
    resume(found, by=planner, on=date(2024, 3, 11))

    assert (queries.cases.line(found, date(2024, 3, 12)).due.day - plain).days >= 3
    with pytest.raises(Refused, match="nothing to resume"):
        resume(found, by=planner)


def test_a_step_can_be_neither_changed_nor_deleted(case):
    for act in (lambda: Step.objects.update(note="x"), Step.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_history_is_of_whole_years_in_force_before_the_year(qinghe, planner):
    seen = {"2023": "1.0", "2024": "3.0", "2025": "5.0", "2024-01/2024-09": "9.0"}
    rows = [_seen(when, value) for when, value in seen.items()]
    import_observed(qinghe, rows, source="test", by=planner)
    wrong = Observation.objects.get(zone=qinghe, indicator__zh="试验指标", period="2024")
    supersede(wrong, value=Decimal("2.0"), reason="更正", known_on=date(2025, 2, 1), by=planner)

    pair = ("试验指标", "试验区")
    found = facts.yearly(qinghe, [pair], before=2025)[pair]

    assert [(one.year, str(one.value)) for one in found] == [(2023, "1.0"), (2024, "2.0")]


def _seen(when, value):
    return Observed(
        indicator="试验指标", subject="试验区", period=period(when), value=Decimal(value),
        unit="亿元", kind="level", scope="", scope_note="", vintage="年报", source_title="",
        source_url="", published_on="", known_on=date(2025, 1, 1), where=when,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("when", "chinese", "english"),
    [
        ("2026", "2026年", "2026"),
        ("2026-09", "2026年9月", "September 2026"),
        ("2026-Q3", "2026年7—9月", "July–September 2026"),
        ("2026-01/2026-09", "2026年1—9月", "January–September 2026"),
        ("2025-10/2026-03", "2025年10月—2026年3月", "October 2025 – March 2026"),
    ],
)
def test_a_title_says_the_period_in_words(when, chinese, english):
    assert in_words(period(when)) == {"zh": chinese, "en": english}


def test_the_titles_of_two_vintages_of_one_period_differ_in_both_languages(qinghe, planner):
    plan = commitments.plan(NAME)
    first, last = (
        actions.issue_returns(
            qinghe, plan, commitments.responsible(plan),
            when="2025-01/2025-09", vintage=vintage, due_on=None, by=planner,
        ).cases[0].title
        for vintage in ("快报", "年报")
    )  # fmt: skip

    assert first["zh"].endswith("2025年1—9月数据填报（快报）")
    assert first["en"].endswith(": flash figures of January–September 2025")
    assert first["zh"] != last["zh"] and first["en"] != last["en"]
