"""A verdict rests on few figures: judged by these alone it is the verdict by all of them."""

import random
from datetime import date
from decimal import Decimal

import pytest

from lantu.core.figures.periods import Period
from lantu.core.judging.judge import judge
from lantu.core.judging.records import Base, Plan
from lantu.core.plans.evidence import Series
from lantu.core.plans.records import Measure, Observed, PlanCommitment

PLAN = Plan(2021, 2025)
DAYS = [date(2022, 12, 31), date(2023, 6, 30), date(2024, 3, 1), date(2026, 2, 1)]


def promise(form="level", scope="whole", **more):
    return PlanCommitment(
        "x", "target", {"zh": "x", "en": "x"}, form=form, unit="亿元", scope=scope,
        target_value=Decimal(200), growth_pct=Decimal(7), base=Base(2020, Decimal(100)),
        measured_by=Measure("产值", "全区"), **more,
    )  # fmt: skip


def observed(chance, scopes):
    """A figure of any year, part of a year, kind, scope and day of knowledge."""
    year, kind = chance.randint(2019, 2026), chance.choice(["level", "cumulative", "growth"])
    last = 12 if kind == "level" else chance.choice([3, 6, 12])
    known = date(year, last, 28).replace(year=year + chance.randint(0, 2))
    return Observed(
        "产值", "全区", Period(year, 1, year, last), Decimal(chance.randint(90, 220)), "亿元", kind,
        scope=chance.choice(scopes), vintage=chance.choice(["", "快报", "年报"]),
        known_on=chance.choice([None, known]), where=str(chance.random()),
    )  # fmt: skip


@pytest.mark.parametrize("scopes", [["", "whole", "park", "core"], ["park", "core"], ["", "park"]])
@pytest.mark.parametrize("form", ["level", "growth", "cumulative", "per_year"])
def test_the_verdict_by_the_deciding_figures_is_that_by_all(form, scopes):
    chance, record = random.Random(f"{form}{scopes}"), promise(form)
    for _ in range(30):
        series = Series([observed(chance, scopes) for _ in range(chance.randint(0, 40))])
        for day in DAYS:
            for known_on in (None, day):
                asked = {"plan": PLAN, "as_of": day, "known_on": known_on}
                by_all = judge(record.promise(), series.facts(record), **asked)

                assert judge(record.promise(), series.deciding(record), **asked) == by_all


def test_many_groups_beside_the_promised_one_are_told_by_one_of_them():
    rows = [
        Observed(
            "产值", "全区", Period(2023, 1, 2023, 12), Decimal(1), "亿元", "level", scope=scope
        )
        for scope in ("whole", *(f"group {number}" for number in range(19)))
    ]
    series = Series(rows)

    assert len(series.facts(promise())) == 20
    assert [one.scope for one in series.deciding(promise())] == ["whole", "group 0"]
    assert len(series.deciding(promise(scope=""))) == 20  # no scope is asked for: all may decide
