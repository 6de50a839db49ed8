"""What the real plan promises where, which figures answer for it, and what they say."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from lantu.core.figures.units import convertible
from lantu.core.plans.folder import find, read_folder
from lantu.core.plans.standing import Judged, Question

PLAN = read_folder(find("xinxiang-2021-2025"))
BY_CODE = {c.code: c for c in PLAN.commitments}
CHAPTERS = "一二三四五六七八九十"


def by_chapter(kind: str) -> list[int]:
    counts = Counter(c.place.chapter for c in PLAN.commitments if c.kind == kind)
    return [counts[f"第{n}章"] for n in CHAPTERS]


def test_promises_and_tasks_are_spread_over_the_chapters_as_the_text_spreads_them():
    assert by_chapter("target") == [46, 56, 44, 18, 15, 2, 6, 53, 5, 1]
    assert min(by_chapter("task")) >= 15


def test_every_box_of_the_plan_has_its_projects():
    boxes = Counter(p.box for p in PLAN.projects if p.box)

    assert boxes == {
        "2-1": 10, "2-2": 6, "2-3": 14, "2-4": 5, "3-1": 4, "3-2": 4, "3-3": 3,
        "4-1": 11, "5-1": 5, "8-1": 9, "8-2": 2, "8-3": 6, "8-4": 2,
    }  # fmt: skip


def test_what_the_plan_prints_as_about_is_kept_as_about():
    about = [c for c in PLAN.commitments if re.search(r"约\d|左右$", c.place.phrase)]

    assert about
    assert {c.comparator for c in about} == {"~"}


def test_words_without_a_number_say_what_was_entered():
    zeros = [c for c in PLAN.commitments if c.kind == "target" and c.target_value == 0]

    assert {c.code for c in zeros} == {
        "no-return", "black-water", "black-water-7", "heavy-pollution", "systemic-risk",
        "major-accidents",
    }  # fmt: skip
    assert all(c.note for c in zeros)


def test_no_promise_speaks_of_a_project_without_its_name():
    assert [c.code for c in PLAN.commitments if c.subject == "项目"] == []


def test_every_title_is_in_two_languages_and_no_two_tasks_of_a_chapter_share_one():
    tasks = Counter((c.place.chapter, c.title["zh"]) for c in PLAN.commitments if c.kind == "task")

    assert all(c.title["zh"] and c.title["en"] for c in PLAN.commitments)
    assert [title for title, count in tasks.items() if count > 1] == []


@pytest.mark.parametrize("code", [c.code for c in PLAN.commitments if c.measured_by])
def test_a_measure_is_of_the_same_kind_of_thing_as_its_promise(code):
    promise = BY_CODE[code]
    measure = promise.measured_by
    series = [
        one
        for one in PLAN.observations
        if (one.indicator, one.subject) == (measure.indicator, measure.subject)
        and (not measure.kinds or one.kind in measure.kinds)
    ]
    unit = promise.unit.removesuffix("/年")

    assert {promise.subject, "全区"} & {measure.subject, "全区"}
    assert all(convertible(one.unit.removesuffix("/年"), unit) for one in series)


@pytest.mark.parametrize(
    ("day", "code", "state"),
    [
        (date(2021, 12, 31), "t12-01-growth", "ahead"),  # 12.6 % to September, against 11
        (date(2021, 12, 31), "t12-06", "behind"),  # 1.21 of 10 by August; 1.33 are owed
        (date(2022, 12, 31), "t12-03", "behind"),  # 7.4 %, against 11
        (date(2022, 12, 31), "t12-04", "badly-behind"),  # 2.8 %, against 12
        (date(2022, 12, 31), "t12-05", "ahead"),  # 21.5 %, against 15
        (date(2022, 12, 31), "trade-range", "not-due"),  # 38; no base is printed
        (date(2023, 12, 31), "national-hundred", "not-due"),  # the 121st place
    ],
)
def test_the_year_stands_as_the_published_figure_says(day, code, state):
    verdict = Judged(PLAN).verdict(BY_CODE[code], Question(day))

    assert verdict.year is not None
    assert verdict.year.state == state


def test_the_plan_to_date_is_not_judged_from_years_that_are_missing():
    """Of each growth rate one year of five was published."""
    growths = [c for c in PLAN.commitments if c.form == "growth" and c.measured_by]

    states = {Judged(PLAN).verdict(c, Question(date(2023, 12, 31))).state for c in growths}
    assert states == {"no-data"}


def test_spandex_is_the_one_end_that_is_known():
    """20 of 300,000 tonnes in 2025."""
    ends = {
        standing.record.code: standing.verdict.state
        for standing in Judged(PLAN).commitments(Question(date(2026, 6, 30)))
        if standing.verdict.state in ("missed", "fulfilled", "over-fulfilled")
    }

    assert ends == {"b21-spandex": "missed", "fibre-spandex": "missed"}


def test_an_event_that_fits_no_record_for_certain_has_no_code():
    loose = {one.project for one in PLAN.events if not one.code}

    assert "新乡创新谷核心区" in loose  # one project of the core is not the whole core
    assert "新柯绿印基地" not in loose


def test_investment_is_kept_in_the_unit_of_the_board():
    invested = {p.code: p.investment for p in PLAN.projects}

    assert invested["p-8-3-03"] == Decimal("0.000594")  # 5.94万元
    assert invested["p-2-3-11"] == 10  # 100000万元
    assert invested["p-8-1-06"] is None  # parts only: 1872.57, 827.48 and 96.96万元
