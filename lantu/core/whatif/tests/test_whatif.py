"""A scenario says which lever moved which figure by how much; the judge decides what is met."""

import random
from datetime import date
from decimal import Decimal

import pytest

from lantu.core.errors import Refused
from lantu.core.judging.judge import judge
from lantu.core.judging.records import Base, Commitment, Fact, Plan
from lantu.core.whatif.chances import fulfilled
from lantu.core.whatif.levers import Growth, Policy, Project, check, dump, load
from lantu.core.whatif.moves import Ground, moves
from lantu.core.whatif.outcome import outcome

PLAN, END_OF_2023 = Plan(2021, 2025), date(2023, 12, 31)
GDP = Commitment("level", target=Decimal(230), base=Base(2020, Decimal(133)), unit="亿元")
FACTS = [Fact(2021, Decimal("148")), Fact(2022, Decimal("163")), Fact(2023, Decimal("180"))]
GROUND = Ground("gdp", 2023, {2023: Decimal(180), 2024: Decimal(195), 2025: Decimal(208)}, 2)
WORKS = Project("Works", into="gdp", output=Decimal(12), runs_from=2024)


def ask(*levers, promise=GDP, facts=FACTS, code="gdp", **more):
    more = {"plan": PLAN, "as_of": END_OF_2023, "paths": 2000} | more
    return outcome(code, promise, facts, levers, **more)


def amounts(*levers, ground=GROUND):
    return [[move.amount for move in year.moves] for year in moves(ground, levers)]


def test_each_lever_moves_a_year_by_what_its_own_sum_says_in_their_order():
    sector = Growth("Chips", "gdp", share=Decimal(40), rate=Decimal(20), since=2025)
    policy = Policy("Grant", "gdp", Decimal(1), since=2025, relative=True)

    first, second = moves(GROUND, [WORKS, sector, policy])

    assert [move.amount for move in first.moves] == [Decimal(12)]
    # 40 % × (195 × 1.2 − 208) = 10.4; 1 % × (208 + 12 + 10.4) = 2.304
    assert [move.amount for move in second.moves] == [12, Decimal("10.40"), Decimal("2.30")]
    assert second.after == 208 + 12 + Decimal("10.40") + Decimal("2.30")
    assert second.moves[1].why["en"] == "40% × (195 × 1.2^1 − 208)"
    assert second.moves[2].why["en"] == "1% × 230.40"


def test_what_is_shown_adds_up_exactly_as_it_is_shown():
    found = ask(WORKS, Policy("Grant", "gdp", Decimal("1.7"), since=2024, relative=True))

    for year in found.years:
        assert year.before + sum(move.amount for move in year.moves) == year.after


def test_a_delay_moves_money_and_output_and_a_cancelled_project_gives_nothing():
    plant = {"into": "gdp", "output": Decimal(5), "runs_from": 2024,
             "invested_into": "gdp", "investment": {2024: Decimal(2)}}  # fmt: skip

    assert amounts(Project("Plant", **plant)) == [[2, 5], [5]]
    assert amounts(Project("Plant", delay=1, **plant)) == [[0], [2, 5]]
    assert amounts(Project("Plant", cancelled=True, **plant)) == [[0], [0]]


def test_what_ran_before_the_last_figure_is_in_it_and_is_not_counted_twice():
    assert amounts(Project("Old", into="gdp", output=Decimal(5), runs_from=2023)) == [[0], [0]]


def test_an_output_that_nobody_stated_is_unknown_and_not_zero():
    found = ask(Project("Secret", into="gdp", output=None, runs_from=2025), WORKS)

    assert (found.refusal, found.missing) == ("unknown", ("Secret",))
    assert found.years[-1].after is None and found.chance is None and found.state == ""
    assert found.chance_before is not None


def test_where_a_sum_is_promised_the_end_is_the_sum_and_levers_add_over_the_years():
    promise = Commitment("cumulative", target=Decimal(1000), unit="亿元")
    found = ask(Policy("Grant", "gdp", Decimal(4), since=2024), promise=promise)

    assert found.known_sum == 148 + 163 + 180
    assert found.end_after == found.end_before + 8 and found.by_lever == (("Grant", 8),)
    assert found.chance.low < found.end_after < found.chance.high
    assert ask(WORKS).end_after == ask(WORKS).years[-1].after


@pytest.mark.parametrize(
    ("refusal", "promise", "facts"),
    [
        ("too-few", Commitment("level", target=Decimal(9), unit="亿元"), [Fact(2023, Decimal(8))]),
        ("rates", Commitment("growth", growth_pct=Decimal(9), unit="%"),
         [Fact(year, Decimal(9), "growth") for year in (2021, 2022, 2023)]),
        ("no-scatter", Commitment("level", target=Decimal(80), unit="%"),
         [Fact(2022, Decimal(60)), Fact(2023, Decimal(70))]),
        ("no-form", Commitment("task"), []),
        ("over", GDP, [*FACTS, Fact(2024, Decimal(190)), Fact(2025, Decimal(200))]),
    ],
)  # fmt: skip
def test_too_little_is_refused_with_its_reason(refusal, promise, facts):
    assert ask(promise=promise, facts=facts, as_of=date(2026, 1, 31)).refusal == refusal


def test_a_share_has_no_sectors_that_grow():
    share = Commitment("level", target=Decimal(80), unit="%")
    facts = [Fact(year, Decimal(50 + year - 2020)) for year in (2020, 2021, 2022, 2023)]
    sector = Growth("Chips", "gdp", share=Decimal(40), rate=Decimal(20), since=2024)

    assert ask(sector, promise=share, facts=facts).refusal == "share-growth"


def test_more_output_is_more_likely_and_a_risk_takes_some_of_it_away():
    some = ask(WORKS)
    risky = ask(Project("Works", into="gdp", output=Decimal(12), runs_from=2024,
                        cancel_risk=Decimal(50), delay_risk=Decimal(30)))  # fmt: skip

    before = some.chance_before.probability
    assert before < risky.chance.probability < some.chance.probability
    assert some.chance_before == risky.chance_before == ask().chance


def test_the_same_scenario_has_the_same_answer():
    risky = Policy("Grant", "gdp", Decimal(5), since=2024, least=Decimal(0), most=Decimal(9))

    assert ask(risky) == ask(risky)


def test_one_delay_is_drawn_for_money_and_output_together():
    import numpy as np

    from lantu.core.whatif.draws import pulled

    plant = Project("Plant", into="a", output=Decimal(5), runs_from=2025, invested_into="b",
                    investment={2025: Decimal(2)}, delay_risk=Decimal(40))  # fmt: skip
    base = np.zeros((4000, 5))
    output, money = (pulled(base, [plant], code, 2023) for code in "ab")

    assert ((output > 0).argmax(axis=1) == (money > 0).argmax(axis=1)).all()
    assert (output[:, 1] > 0).mean() == pytest.approx(0.60, abs=0.03)  # 1 − 40 %
    assert (output[:, 2] > 0).mean() == pytest.approx(0.84, abs=0.03)  # 1 − 40 %²


def test_without_risk_and_scatter_the_futures_are_the_arithmetic_itself():
    import numpy as np

    from lantu.core.whatif.draws import pulled

    levers = [
        WORKS,
        Growth("Chips", "gdp", share=Decimal(40), rate=Decimal(20), since=2025),
        Policy("Grant", "gdp", Decimal(3), since=2024, until=2024, relative=True),
        Project("Late", into="gdp", output=Decimal(7), runs_from=2024, delay=1),
    ]
    drawn = pulled(np.array([[180.0, 195.0, 208.0]]), levers, "gdp", 2023)[0]

    assert drawn == pytest.approx([float(year.after) for year in moves(GROUND, levers)], abs=0.02)


@pytest.mark.parametrize(
    "promise",
    [
        GDP,
        Commitment("level", target=Decimal(150), base=Base(2020, Decimal(190)), unit="吨"),
        Commitment("ceiling", target=Decimal(200)),
        Commitment("range", low=Decimal(190), high=Decimal(210)),
        Commitment("multiple", k=Decimal("1.5"), base=Base(2020, Decimal(133))),
        Commitment("cumulative", target=Decimal(900)),
        Commitment("growth", growth_pct=Decimal(9), base=Base(2020, Decimal(133))),
        Commitment("floor", target=Decimal(140), every_year=True),
        Commitment("ceiling", target=Decimal(210), every_year=True),
        Commitment("range", low=Decimal(140), high=Decimal(210), every_year=True),
        Commitment("per_year", target=Decimal(145)),
        Commitment("per_year", target=Decimal(205), direction="less"),
        Commitment("cumulative", target=Decimal(900), direction="less"),
        Commitment("level", target=Decimal("2E+2"), direction="closer"),
    ],
    ids=lambda one: f"{one.form}-{one.direction or ''}{one.target or ''}{one.every_year}",
)
def test_counting_by_halves_counts_what_the_judge_says_of_each_future(promise):
    import numpy as np

    dice = random.Random(3)  # noqa: S311  # a test, nothing secret
    drawn = np.array([[dice.gauss(180, 40), dice.gauss(190, 50)] for _ in range(200)])
    said = [
        judge(promise, [*FACTS, Fact(2024, Decimal(repr(a))), Fact(2025, Decimal(repr(b)))],
              plan=PLAN, as_of=date(2025, 12, 31)).state in ("fulfilled", "over-fulfilled")
        for a, b in drawn.tolist()
    ]  # fmt: skip

    assert 0 < sum(said) < len(said)
    assert fulfilled(promise, FACTS, PLAN, drawn, 2024) == pytest.approx(sum(said) / len(said))


def test_levers_are_kept_as_they_were_entered():
    levers = (
        Project("Plant", "a", Decimal("5.0"), 2024, "b", {2024: Decimal(2)}, 1),
        Growth("Chips", "a", Decimal(40), Decimal(20), 2025),
        Policy("Grant", "a", Decimal(5), 2024, least=Decimal(0), most=Decimal(9)),
    )

    assert load(dump(levers)) == levers


@pytest.mark.parametrize(
    ("lever", "says"),
    [
        (Project("", into="a", runs_from=2024), "needs a name"),
        (Project("X"), "moves no promise"),
        (Project("X", into="other", runs_from=2024), "no promise other"),
        (Project("X", into="a"), "no year"),
        (Project("X", invested_into="a"), "no investment"),
        (Project("X", into="a", runs_from=2024, delay=-1), "delay"),
        (Project("X", into="a", runs_from=2024, cancel_risk=Decimal(100)), "risk"),
        (Growth("X", "a", Decimal(120), Decimal(1), 2024), "120 %"),
        (Growth("X", "a", Decimal(20), Decimal(-100), 2024), "-100"),
        (Policy("X", "a", Decimal(1), 2024, until=2023), "ends before"),
        (Policy("X", "a", Decimal(1), 2024, least=Decimal(0)), "one end"),
        (Policy("X", "a", Decimal(1), 2024, least=Decimal(2), most=Decimal(3)), "outside"),
    ],
)
def test_a_lever_that_cannot_be_meant_is_refused_with_what_to_do(lever, says):
    with pytest.raises(Refused, match=says):
        check([lever], {"a"})


def test_sectors_are_not_more_than_the_whole():
    with pytest.raises(Refused, match="more than the whole"):
        check([Growth(x, "a", Decimal(60), Decimal(1), 2024) for x in "xy"], {"a"})
