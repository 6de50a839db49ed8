"""Rounds of evaluation: draft, publicity, objections, final; a person takes every step."""

from datetime import date
from decimal import Decimal

import pytest

from lantu.core.clock.workdays import after as after_working_days
from lantu.core.errors import Refused
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify
from lantu.kernel.facts import queries as facts
from lantu.services.enterprises.actions import rounds as acts
from lantu.services.enterprises.actions.figures import correct_figure
from lantu.services.enterprises.actions.objections import answer_objection, file_objection
from lantu.services.enterprises.models import Result, Round, Ruling
from lantu.services.enterprises.queries import firm as one_firm
from lantu.services.enterprises.queries import rounds as queries
from lantu.services.enterprises.tests.conftest import code_of, figures_of

MONDAY = date(2025, 6, 9)
LATER = date(2025, 7, 1)


@pytest.fixture
def begun(ten, qinghe, planner):
    return acts.start_round(qinghe, 2024, by=planner)


def results(found):
    lines = queries.results(queries.last_run(found))
    return {one.code: one for one in lines if one.cohort != "combined"}


def classes(found):
    return "".join(results(found)[code_of(n)].final_class or "-" for n in range(1, 11))


def test_ten_firms_are_scored_ranked_and_classed_by_share(begun):
    found = results(begun)

    assert abs(found[code_of(1)].score - 100) < Decimal("0.2")  # 75 people, not 75.06
    assert [found[code_of(n)].rank for n in range(1, 11)] == list(range(1, 11))
    assert classes(begun) == "AABBBBCCCD"


def test_a_run_keeps_method_version_and_hashes_and_gives_the_same_again(begun, planner):
    first = queries.last_run(begun)

    second = acts.run_round(begun, reason="repeat", by=planner)

    assert second.result_sha256 == first.result_sha256
    assert second.input_sha256 == first.input_sha256
    assert second.methods["above"]["name"] == "enterprises.per_mu_score_capped"
    assert len(second.methods["above"]["sha256"]) == 64
    assert queries.difference(first, second).changed == ()


def test_the_course_of_a_round_and_what_it_refuses(begun, planner):
    with pytest.raises(Refused, match="this needs one that is publicity"):
        acts.finalise(begun, on=LATER, by=planner)
    found = acts.open_publicity(begun, on=MONDAY, by=planner)
    assert found.publicity_to == date(2025, 6, 16)  # five working days after the Monday
    with pytest.raises(Refused, match="in time up to 2025-06-16"):
        acts.finalise(found, on=date(2025, 6, 16), by=planner)
    found = acts.finalise(found, on=date(2025, 6, 17), by=planner)
    assert found.state == Round.State.FINAL
    for act in (
        lambda: acts.run_round(found, reason="x", by=planner),
        lambda: acts.withdraw(found, reason="x", by=planner),
    ):
        with pytest.raises(Refused):
            act()


def test_the_window_counts_the_working_days_of_china():
    # 1 to 8 October 2025 were holidays; 28 September and 11 October were made up.
    assert after_working_days(date(2025, 9, 26), 5) == date(2025, 10, 10)
    assert after_working_days(date(2025, 6, 6), 1) == date(2025, 6, 9)


def test_an_objection_is_answered_by_a_person_before_the_round_is_final(begun, ten, planner, clerk):
    found = acts.open_publicity(begun, on=MONDAY, by=planner)
    early = file_objection(found, ten[3], "用地有误", received_on=date(2025, 6, 16), by=clerk)
    late = file_objection(found, ten[4], "税收有误", received_on=date(2025, 6, 17), by=clerk)
    assert (early.in_time, late.in_time) == (True, False)
    assert queries.page(found).unanswered == 2

    with pytest.raises(Refused, match="2 objections are not answered"):
        acts.finalise(found, on=LATER, by=planner)
    terms = {"is_upheld": False, "appeal": "可向市工信局申请复核", "on": LATER, "by": planner}
    with pytest.raises(Refused, match="gives its reason"):
        answer_objection(early, answer=" ", **terms)
    for one in (early, late):
        answer_objection(one, answer="经核实数据无误", **terms)
    with pytest.raises(Refused, match="answered before"):
        answer_objection(early, answer="再答", **terms)
    assert queries.page(found).unanswered == 0

    assert acts.finalise(found, on=LATER, by=planner).state == Round.State.FINAL


def test_a_corrected_figure_reruns_and_shows_who_changed_class_and_why(begun, ten, planner, clerk):
    found = acts.open_publicity(begun, on=MONDAY, by=planner)
    first = queries.last_run(found)
    # With half its land the seventh firm gains the most that tax and value added may count.
    correct_figure(ten[7], 2024, "land_used", Decimal(5), reason="退地", source="证", by=clerk)
    with pytest.raises(Refused, match="changed after the last run"):
        acts.finalise(found, on=LATER, by=planner)

    second = acts.run_round(found, reason="用地更正", by=planner)

    changed = queries.difference(first, second)
    by_code = {one.line.code: one for one in changed.changed}
    own, other = by_code[code_of(7)], by_code[code_of(2)]
    assert own.whys == ("figures",)
    assert own.figures == (("land_used", Decimal(10), Decimal(5)),)
    assert (own.before.final_class, own.after.final_class) == ("C", "A")
    assert (other.before.final_class, other.after.final_class) == ("A", "B")
    assert other.whys == ("displaced",)
    assert other.passed_by == ("企业07",)
    assert {one.line.code for one in changed.classes} == {code_of(7), code_of(2), code_of(6)}
    assert Result.objects.filter(run=first).count() == 10  # the first run stays as it was


def test_rulings_stand_beside_the_computed_class(begun, ten, planner):
    kinds = Ruling.Kind
    acts.rule(begun, ten[1], kinds.NOT_FIRST, reason="环保处罚", by=planner)
    acts.rule(begun, ten[2], kinds.VETO, reason="较大事故", by=planner)
    acts.rule(begun, ten[3], kinds.BONUS, points=Decimal(30), reason="技术中心", by=planner)
    acts.rule(begun, ten[9], kinds.EXEMPT, reason="污水处理厂", by=planner)
    acts.run_round(begun, reason="认定", by=planner)
    found = results(begun)

    assert (found[code_of(1)].computed_class, found[code_of(1)].final_class) == ("B", "B")
    assert (found[code_of(2)].computed_class, found[code_of(2)].final_class) == ("B", "D")
    assert (found[code_of(3)].rank, found[code_of(3)].bonus) == (1, 30)
    assert (found[code_of(9)].final_class, found[code_of(9)].note) == ("", "污水处理厂")
    assert found[code_of(4)].ranked == 9


@pytest.mark.parametrize(
    ("kind", "more"),
    [("veto", {"reason": ""}), ("bonus", {}), ("combined", {}), ("praise", {}),
     ("bonus", {"points": Decimal(-1)})],
)  # fmt: skip
def test_a_ruling_without_what_it_needs_is_refused(begun, ten, planner, kind, more):
    with pytest.raises(Refused):
        acts.rule(begun, ten[1], kind, **{"reason": "x", "by": planner, **more})


def test_a_ruling_is_taken_back_and_stays_on_record(begun, ten, planner):
    made = acts.rule(begun, ten[1], "veto", reason="误认", by=planner)
    acts.withdraw_ruling(made, reason="查无此事", by=planner)
    acts.run_round(begun, reason="撤销认定", by=planner)

    assert classes(begun) == "AABBBBCCCD"
    assert Ruling.objects.get().withdrawn_reason == "查无此事"


def test_a_mixed_firm_is_evaluated_by_itself_and_together(begun, ten, planner):
    acts.rule(begun, ten[1], "combined", other=ten[10], reason="同一宗地", by=planner)
    acts.run_round(begun, reason="合并", by=planner)
    lines = {one.cohort: one for one in queries.results(queries.last_run(begun))
             if one.code == code_of(1)}  # fmt: skip

    assert lines["combined"].figures["land_used"] == 20
    assert (lines["combined"].rank, lines["combined"].final_class) == (None, "")
    # 1.00 and 0.55 of every baseline on equal land make 0.775 of it.
    assert abs(lines["combined"].score - Decimal("77.5")) < Decimal("0.2")
    assert classes(begun) == "AABBBBCCCD"
    counted = queries.page(begun)
    assert (sum(one.total for one in counted.shares), counted.together) == (10, 1)
    assert len(queries.results(queries.last_run(begun))) == 10 + counted.unclassified + 1


def test_why_a_firm_has_no_class(enter, qinghe, planner, clerk):
    firms = enter({
        1: figures_of("1"), 2: figures_of("1", energy=None), 3: figures_of("1", land_used="0"),
        4: figures_of("1", above_scale=None), 5: figures_of("1", above_scale="0", land_used="2"),
        6: figures_of("1"), 7: figures_of("1", emissions=None),
    })  # fmt: skip
    firms[6].founded_on = date(2023, 6, 1)
    firms[6].save()
    found = results(acts.start_round(qinghe, 2024, by=planner))

    notes = {n: found[code_of(n)].note for n in range(1, 8)}
    assert notes == {
        1: "", 2: "not reported: energy", 3: "zero: land_used", 4: "not reported: above_scale",
        5: "less land than is evaluated", 6: "younger than the years that count", 7: "",
    }  # fmt: skip
    assert [found[code_of(n)].score is None for n in range(1, 8)] == [0, 1, 1, 1, 1, 1, 0]
    # Without emission data the cohort's mean points count.
    assert found[code_of(7)].points["va_per_emission"] == 10


def test_before_the_first_parameters_nobody_has_a_score(enter, qinghe, planner):
    enter({1: figures_of("1")}, year=2019)

    found = results(acts.start_round(qinghe, 2019, by=planner))

    assert found[code_of(1)].score is None
    assert found[code_of(1)].note == "no parameters were in force"


@pytest.mark.parametrize("name", ["per_mu_score", "per_mu_score_minmax", "per_mu_score_huaian"])
def test_every_published_method_can_score_a_round(enter, qinghe, planner, name):
    for year in (2023, 2024):
        enter({n: figures_of(str(1 - Decimal(n) / 20)) for n in range(1, 6)}, year)
    methods = {"above": f"enterprises.{name}", "below": "enterprises.per_mu_score_below_scale"}

    found = results(acts.start_round(qinghe, 2024, methods=methods, by=planner))

    assert [found[code_of(n)].rank for n in range(1, 6)] == [1, 2, 3, 4, 5]
    # 淮安: the mean is 0.85 of the baseline, so 45 and 20 count 0.95/1.7, and 35 counts a half.
    scores = {"per_mu_score": "95.1", "per_mu_score_minmax": "100", "per_mu_score_huaian": "53.824"}
    assert abs(found[code_of(1)].score - Decimal(scores[name])) < Decimal("0.1")


def test_what_starting_a_round_refuses(begun, qinghe, planner):
    with pytest.raises(Refused, match="no figures of 2010"):
        acts.start_round(qinghe, 2010, by=planner)
    with pytest.raises(Refused, match="a round for 2024 already"):
        acts.start_round(qinghe, 2024, by=planner)
    with pytest.raises(Refused, match="no method nonsense"):
        acts.start_round(qinghe, 2024, methods={"above": "nonsense"}, by=planner)
    acts.withdraw(begun, reason="重来", by=planner)
    assert acts.start_round(qinghe, 2024, by=planner).pk != begun.pk


def test_a_final_round_publishes_the_total_that_a_commitment_reads(begun, qinghe, planner):
    from lantu.core.plans.standing import Question
    from lantu.kernel.commitments import queries as commitments

    def verdict():
        listed = commitments.commitments("qinghe-2021-2025", Question(date(2025, 7, 31)))
        return next(one for one in listed if one.record.code == "tax-per-mu").verdict

    before = verdict()
    acts.open_publicity(begun, on=MONDAY, by=planner)
    acts.finalise(begun, on=LATER, by=planner)

    (figure,) = facts.series(qinghe, "工业用地亩均税收", qinghe.zh)
    # 240.97 × (1 + 0.95 + … + 0.55) over 100 mu.
    assert (figure.period, figure.value, figure.unit) == ("2024", Decimal("18.6752"), "万元/亩")
    assert before.state == "no-data"
    assert (verdict().state, verdict().at) == ("achieved-early", 2024)


def test_every_step_is_in_the_ledger_and_the_chain_is_whole(begun, ten, planner, clerk):
    found = acts.open_publicity(begun, on=MONDAY, by=planner)
    one = file_objection(found, ten[3], "有误", received_on=MONDAY, by=clerk)
    answer_objection(one, is_upheld=True, answer="属实", appeal="市局", on=LATER, by=planner)
    acts.finalise(found, on=LATER, by=planner)

    acts_kept = set(LedgerEntry.objects.values_list("act", flat=True))
    assert {"start", "run", "publicity", "object", "answer", "finalise", "publish"} <= acts_kept
    assert not verify().faults


def test_three_years_in_the_last_class_climb_the_ladder_of_power(enter, qinghe, planner):
    for year in (2021, 2022, 2023, 2024):
        enter({n: figures_of(str(1 - Decimal(n - 1) / 20), electricity="200")
               for n in range(1, 11)}, year)  # fmt: skip
        found = acts.start_round(qinghe, year, by=planner)
        acts.open_publicity(found, on=date(year + 1, 6, 2), by=planner)
        acts.finalise(found, on=date(year + 1, 7, 1), by=planner)

    price = one_firm.firm(qinghe, code_of(10), is_member=True).price
    best = one_firm.firm(qinghe, code_of(1), is_member=True).price

    assert (price.climb.years, price.climb.since) == (4, 2021)
    assert (price.climb.step, price.climb.value) == (3, Decimal("0.15"))
    assert price.cost == 30  # 0.15 yuan for each of 2 million kWh is 30 万元
    assert price.words["zh"].startswith(
        "自2021年起连续第4年列入D类 → +0.15 元/千瓦时，依据：鲁政字"
    )
    assert (best.climb.name, best.climb.value) == ("A", 0)
