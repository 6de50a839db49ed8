"""A round is computed, released by another person, appealed against, computed again, published."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from lantu.core.assessing.scoring import Office, score
from lantu.core.errors import Refused
from lantu.core.figures.periods import period
from lantu.core.plans import wire
from lantu.core.plans.records import Observed
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.cases.actions import open_case
from lantu.kernel.cases.models import Case
from lantu.kernel.commitments import actions as commitments
from lantu.kernel.commitments.models import Plan
from lantu.kernel.commitments.queries import current_plan
from lantu.kernel.facts.actions import import_observed
from lantu.services.assessment import actions, queries, sample
from lantu.services.assessment.models import Round, Run

pytestmark = pytest.mark.django_db
PUBLIC = AnonymousUser()
D = Decimal


@pytest.fixture
def appeal(released, own_clerk):
    return actions.appeal(
        released, department="science", about="line/patents", text="统计口径变动", by=own_clerk
    )


def of(run, slug):
    return next(one for one in run.scores() if one.slug == slug)


def line(run, slug, code):
    return next(one for one in of(run, slug).lines if one.entered.code == code)


class TestComputing:
    def test_every_department_that_leads_is_scored_line_by_line(self, draft):
        run = queries.newest(draft)

        assert [one.slug for one in run.scores()] == [
            "building", "environment", "industry", "planning", "science", "welfare",
        ]  # fmt: skip
        assert line(run, "science", "hightech").rule == "full"
        assert line(run, "industry", "output-doubling").rule == "floor"  # 0.602 is below 0.70
        assert line(run, "environment", "pm25").points == D("8.57")  # 12 × 10/14

    def test_a_line_without_data_is_shown_and_is_no_zero(self, draft):
        found = line(queries.newest(draft), "science", "incubators")

        assert (found.rule, found.points, found.full) == ("unknown", None, D(6))

    def test_the_points_of_a_sheet_add_up(self, draft):
        for one in queries.newest(draft).scores():
            assert sum(x.points for x in one.lines if x.points is not None) == one.points
            assert (one.total is None) == (one.class_name == "")

    def test_work_done_in_an_earlier_year_is_not_scored_again(self, draft):
        assert line(queries.newest(draft), "welfare", "library").rule == "settled"
        assert line(queries.newest(draft), "building", "hospital").rule == "full"

    def test_a_binding_target_badly_behind_is_named_as_the_veto(self, draft):
        assert of(queries.newest(draft), "environment").vetoed_by == ("pm25",)

    def test_the_rules_of_the_year_are_kept_with_the_round(self, qinghe, draft, planner):
        earlier = actions.start_round(qinghe, current_plan(qinghe), 2022, by=planner)

        assert queries.newest(draft).scheme().since == date(2024, 1, 1)
        assert queries.newest(earlier).scheme().since == date(2021, 1, 1)

    def test_the_frozen_inputs_give_the_frozen_result_again(self, draft):
        run = queries.newest(draft)
        entered = [wire.load(Office, one) for one in run.inputs["offices"]]

        assert tuple(score(one, run.scheme()) for one in entered) == run.scores()
        assert run.is_whole

    def test_a_year_is_assessed_once(self, qinghe, draft, planner):
        with pytest.raises(Refused, match="assessed already"):
            actions.start_round(qinghe, current_plan(qinghe), 2024, by=planner)

    def test_a_year_outside_the_plan_is_refused(self, qinghe, planner):
        with pytest.raises(Refused, match="2021 to 2025"):
            actions.start_round(qinghe, current_plan(qinghe), 2026, by=planner)

    def test_a_real_zone_without_rules_is_not_assessed(self, xinxiang, stranger):
        with pytest.raises(Refused, match="no rules of assessment"):
            actions.start_round(xinxiang, current_plan(xinxiang), 2023, by=stranger)

    def test_computing_again_needs_a_reason_and_something_new(self, draft, planner):
        with pytest.raises(Refused, match="reason"):
            actions.compute_again(draft, reason=" ", by=planner)
        with pytest.raises(Refused, match="Nothing is otherwise"):
            actions.compute_again(draft, reason="看看", by=planner)

    def test_the_database_refuses_to_change_a_computation(self, draft):
        with pytest.raises(DatabaseError), transaction.atomic():
            Run.objects.filter(round=draft).update(reason="x")

    def test_each_step_is_in_the_ledger(self, released):
        acts = list(
            LedgerEntry.objects.filter(object_type="assessment")
            .order_by("-number")
            .values_list("act", "object_key")
        )

        assert acts == [
            ("release", "qinghe-2021-2025/2024/1"),
            ("compute", "qinghe-2021-2025/2024/1"),
        ]


class TestParts:
    """Who answers for what is the split that was released, else the plan."""

    @pytest.fixture
    def bridges(self, qinghe, planner):
        plan = Plan.objects.get(name="qinghe-2021-2025")
        for department, part, value in (
            ("building", "lead", D(4)), ("planning", "lead", D(2)), ("industry", "support", None),
        ):  # fmt: skip
            commitments.hand_down(
                plan, "bridges", department=department, part=part, value=value, by=planner
            )
        return plan

    def test_a_split_that_is_not_released_binds_nobody(self, bridges, draft):
        run = queries.newest(draft)

        assert line(run, "building", "bridges").full == D(6)
        assert "bridges" not in {one.entered.code for one in of(run, "planning").lines}

    def test_each_part_of_a_released_split_counts_by_what_was_taken_over(
        self, qinghe, bridges, planner
    ):
        commitments.release_split(bridges, "bridges", by=planner)
        run = queries.newest(actions.start_round(qinghe, current_plan(qinghe), 2024, by=planner))

        parts = [line(run, slug, "bridges").full for slug in ("building", "planning", "industry")]
        assert parts == [D("4.00"), D("2.00"), D("3.00")]

    def test_a_part_with_figures_of_its_own_is_judged_by_them_and_another_says_what_stands_in(
        self, qinghe, bridges, planner
    ):
        own = [
            Observed("新建桥梁", "建设局", period(str(year)), D(count), "座", "level")
            for year, count in ((2021, 1), (2022, 1), (2023, 0), (2024, 0))
        ]
        import_observed(qinghe, own, source="test", by=planner)
        commitments.release_split(bridges, "bridges", by=planner)

        run = queries.newest(actions.start_round(qinghe, current_plan(qinghe), 2024, by=planner))

        building, planning = (line(run, one, "bridges").entered for one in ("building", "planning"))
        assert (building.judged_by, planning.judged_by) == ("own", "whole")
        # 2 of 4 by the fourth of five years: 0.5 of 0.8 that is due.
        assert building.state == "behind" and building.facts[0][:2] == ("2024", "0")
        assert building.state != planning.state


def test_a_late_paper_of_the_year_costs_its_department_points(qinghe, planner):
    open_case(
        qinghe, "returns.data_return", "late-one", title={"zh": "报表", "en": "return"},
        department="science", on=date(2024, 1, 10), due_on=date(2024, 2, 1), by=planner,
    )  # fmt: skip

    run = queries.newest(actions.start_round(qinghe, current_plan(qinghe), 2024, by=planner))

    assert (of(run, "science").minus, of(run, "industry").minus) == (D("0.5"), 0)


class TestReleasing:
    def test_whoever_computed_it_does_not_release_it(self, draft, planner):
        with pytest.raises(Refused, match="Ask a colleague"):
            actions.release(queries.newest(draft), by=planner)

    def test_who_sees_what_follows_the_state(self, draft, planner, leader, own_clerk):
        def seen():
            readers = (planner, own_clerk, PUBLIC)
            return [queries.visible(draft, one) is not None for one in readers]

        assert seen() == [True, False, False]
        actions.release(queries.newest(draft), by=leader)
        assert seen() == [True, True, False]
        actions.publish(queries.newest(draft), by=leader)
        assert seen() == [True, True, True]

    def test_a_draft_is_not_published(self, draft, leader):
        with pytest.raises(Refused, match="Only a released"):
            actions.publish(queries.newest(draft), by=leader)

    def test_it_is_not_published_while_an_appeal_waits(self, released, appeal, leader):
        with pytest.raises(Refused, match="1 appeals wait"):
            actions.publish(released, by=leader)


class TestAppealing:
    def test_only_a_clerk_of_the_department_appeals_and_only_after_the_release(
        self, draft, person, own_clerk
    ):
        run = queries.newest(draft)
        terms = {"department": "science", "about": "line/patents", "text": "x"}
        with pytest.raises(Refused, match="Only a released"):
            actions.appeal(run, **terms, by=own_clerk)
        actions.release(run, by=person("lea", "leader"))
        with pytest.raises(Refused, match="Only a clerk of the department"):
            actions.appeal(run, **terms, by=person("bea", "clerk", "building"))

    @pytest.mark.parametrize(
        ("about", "text", "match"),
        [("line/gdp", "x", "no such line"), ("line/patents", " ", "needs a reason")],
    )
    def test_it_names_a_line_of_the_sheet_and_a_reason(
        self, released, own_clerk, about, text, match
    ):
        with pytest.raises(Refused, match=match):
            actions.appeal(released, department="science", about=about, text=text, by=own_clerk)

    def test_a_line_is_appealed_against_once(self, released, appeal, own_clerk):
        with pytest.raises(Refused, match="decided once"):
            actions.appeal(
                released, department="science", about="line/patents", text="再", by=own_clerk
            )

    def test_who_released_it_does_not_decide(self, appeal, leader):
        with pytest.raises(Refused, match="does not decide"):
            actions.decide_appeal(appeal, "dismiss", by=leader, note="x")

    def test_a_granted_appeal_is_computed_again_and_the_difference_shown(
        self, draft, released, appeal, reviewer
    ):
        actions.decide_appeal(appeal, "grant", by=reviewer, note="口径有变", remedy="set-aside")

        run = queries.newest(draft)
        assert (run.number, line(run, "science", "patents").rule) == (2, "appeal")
        [change] = queries.difference(draft, 2, reviewer)
        assert [(x.before, x.after) for x in change.lines] == [(D(0), None)]
        assert change.after > change.before
        assert queries.visible(draft, PUBLIC) is None

    def test_a_dismissed_appeal_changes_nothing_and_needs_a_reason(
        self, draft, released, appeal, reviewer
    ):
        with pytest.raises(Refused, match="reason"):
            actions.decide_appeal(appeal, "dismiss", by=reviewer)
        actions.decide_appeal(appeal, "dismiss", by=reviewer, note="数据无误")

        assert queries.newest(draft) == released

    def test_a_grant_by_the_figures_of_now_that_changes_nothing_is_refused_whole(
        self, appeal, reviewer
    ):
        with pytest.raises(Refused, match="Nothing is otherwise"):
            actions.decide_appeal(appeal, "grant", by=reviewer, note="重算", remedy="figures")

        assert Case.objects.get(pk=appeal.pk).state == "lodged"

    def test_a_department_may_withdraw(self, released, appeal, own_clerk, leader):
        actions.decide_appeal(appeal, "withdraw", by=own_clerk)

        actions.publish(released, by=leader)
        assert queries.visible(released.round, PUBLIC) == released
        yesterday = Question(localdate() - timedelta(days=1))
        assert queries.rounds(released.round.zone, PUBLIC, yesterday) == []
        assert queries.appeal_page(appeal, own_clerk, localdate(), "zh", yesterday) is None

    def test_a_late_paper_can_be_set_aside(self, qinghe, planner, leader, own_clerk, reviewer):
        open_case(
            qinghe, "supervision.order", "late-two", title={"zh": "督办", "en": "order"},
            department="science", on=date(2024, 1, 10), due_on=date(2024, 2, 1), by=planner,
        )  # fmt: skip
        found = actions.start_round(qinghe, current_plan(qinghe), 2024, by=planner)
        run = queries.newest(found)
        actions.release(run, by=leader)
        case = actions.appeal(
            run, department="science", about="paper/supervision.order/late-two", text="x",
            by=own_clerk,
        )  # fmt: skip

        actions.decide_appeal(case, "grant", by=reviewer, note="上级延期", remedy="set-aside")

        assert [of(one, "science").minus for one in found.runs.all()] == [D(1), D(0)]


def test_no_record_of_an_assessment_names_a_person_as_its_subject(draft):
    [found] = Round.objects.filter(pk=draft.pk)
    kept = {key for one in queries.newest(found).result for key in one}

    assert kept.isdisjoint({"person", "user", "employee"})


def test_replace_of_an_input_breaks_the_seal(draft):
    run = queries.newest(draft)

    run.inputs = {**run.inputs, "as_of": "2023-12-31"}

    assert not run.is_whole


def test_the_sample_is_a_draft_that_the_public_does_not_see(qinghe, xinxiang):
    sample.load(qinghe)
    sample.load(qinghe)

    [found] = Round.objects.filter(zone=qinghe)
    assert (found.year, queries.visible(found, PUBLIC)) == (2024, None)
    with pytest.raises(Refused, match="Invented"):
        sample.load(xinxiang)
