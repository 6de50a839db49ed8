"""A plan holds only figures that decide; whoever asks why is told of all of them."""

import random
from dataclasses import replace
from datetime import date

import pytest

from lantu.core.plans.standing import Judged, Question
from lantu.kernel.commitments import queries
from lantu.kernel.commitments.actions import load_folder
from lantu.kernel.commitments.models import Plan
from lantu.kernel.commitments.queries import portions
from lantu.kernel.facts.actions import import_file, supersede
from lantu.kernel.facts.models import Observation
from lantu.kernel.facts.queries import observed

NAME = "groups-2021-2025"
HEAD = """
name: groups-2021-2025
zone: {slug: groups, zh: 示例区, en: Example}
invented: true
title: {zh: 示例规划（虚构）, en: Example plan (invented)}
period: {start: 2021, end: 2025}
document: {title: 示例规划（虚构）}
scopes: {g0: {zh: 组零, en: group 0}, g1: {zh: 组一, en: group 1}}
"""
PROMISES = """
chapter: 第一章
commitments:
  - {code: one, kind: target, form: level, unit: 亿元, title: {zh: 一达到200, en: one reaches 200},
     metric: {zh: 一, en: one}, scope: g0, target: {year: 2025, value: 200},
     measured_by: {indicator: 一, subject: 全区, kind: level}}
  - {code: grown, kind: target, form: level, unit: 亿元, title: {zh: 一到210, en: one reaches 210},
     metric: {zh: 一, en: one}, scope: g1, target: {year: 2025, value: 210},
     measured_by: {indicator: 一, subject: 全区, kind: level}}
  - {code: any, kind: target, form: level, unit: 亿元, title: {zh: 二达到200, en: two reaches 200},
     metric: {zh: 二, en: two}, target: {year: 2025, value: 200},
     measured_by: {indicator: 二, subject: 全区, kind: level}}
  - {code: elsewhere, kind: target, form: level, unit: 亿元, title: {zh: 三达到9, en: three is 9},
     metric: {zh: 三, en: three}, scope: g0, target: {year: 2025, value: 9},
     measured_by: {indicator: 三, subject: 全区, kind: level}}
"""
DAYS = [date(2022, 12, 31), date(2024, 7, 1), date(2026, 2, 1)]


@pytest.fixture
def groups(tmp_path, clerk):
    """Figures of five groups, of which the plan names two; some of them put right."""
    folder, chance = tmp_path / NAME, random.Random(7)
    (folder / "commitments").mkdir(parents=True)
    (folder / "plan.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "commitments/1.yaml").write_text(PROMISES, encoding="utf-8")
    load_folder(folder)
    zone = Plan.objects.get(name=NAME).zone
    lines = ["indicator,subject,period,value,unit,kind,scope,known_on"]
    for year in range(2020, 2025):
        for indicator in "一二":
            for group in ("g0", "g1", "g2", "g3", "g4"):
                if chance.random() < 0.8:
                    known = f"{year + 1 + chance.randint(0, 1)}-0{chance.randint(1, 6)}-01"
                    value = chance.randint(90, 220)
                    lines.append(f"{indicator},全区,{year},{value},亿元,level,{group},{known}")
    report = import_file(zone, "\n".join(lines).encode(), name="groups.csv", by=None)
    assert report.counts["taken"] == len(lines) - 1
    for figure in Observation.objects.filter(zone=zone).order_by("pk")[::7]:
        day = figure.known_on.replace(month=9)
        supersede(figure, value=figure.value + 9, reason="x", known_on=day, by=clerk)
    return zone


@pytest.mark.parametrize("known_on", [None, *DAYS])
@pytest.mark.parametrize("day", DAYS)
def test_every_promise_stands_as_it_does_by_all_figures(groups, day, known_on):
    question = Question(day, known_on)
    plan = queries.plan(NAME, known_on)
    whole = Judged(replace(plan, observations=tuple(observed(groups, known_on=known_on))))

    for one in queries.commitments(NAME, question):
        by_all = whole.verdict(one.record, question, explain=True)
        why = queries.explained(NAME, one.record.code, question).verdict

        assert (one.verdict.state, one.verdict.at) == (by_all.state, by_all.at)
        assert one.verdict.progress == by_all.progress
        assert (why.used, why.unused, why.steps) == (by_all.used, by_all.unused, by_all.steps)


def test_figures_of_groups_that_no_promise_names_are_not_all_held(groups):
    held = queries.plan(NAME).observations

    assert len(held) < len(observed(groups))
    assert {one.scope for one in held if one.indicator == "二"} == {"g0", "g1", "g2", "g3", "g4"}
    others = [one.period for one in held if one.indicator == "一" and one.scope not in ("g0", "g1")]
    days = {(one.period, one.known_on) for one in observed(groups) if one.scope > "g1"}
    assert len(others) <= len(days)


def test_verdicts_on_many_days_are_those_of_each_day(groups, monkeypatch):
    monkeypatch.setattr(portions, "_AT_ONCE", 2)
    sheet = "indicator,subject,period,value,unit,kind,scope\n三,全区,2022,7,亿元,level,g2"
    import_file(groups, sheet.encode(), name="other.csv", by=None)

    found = [(record.code, tuple(verdicts)) for record, verdicts in queries.verdicts_on(NAME, DAYS)]

    assert [one.state for one in dict(found)["elsewhere"]] == ["scope-mismatch"] * 3
    by_day = [queries.commitments(NAME, Question(day)) for day in DAYS]
    assert found == [
        (of_one[0].record.code, tuple(one.verdict for one in of_one))
        for of_one in zip(*by_day, strict=True)
    ]


def test_of_a_plan_that_is_not_there_there_are_no_verdicts(db):
    assert list(queries.verdicts_on("nothing-2021-2025", DAYS)) == []
