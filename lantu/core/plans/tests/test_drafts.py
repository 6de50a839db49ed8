"""What was read and reviewed becomes a plan folder that the loader takes."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from lantu.core.plans.drafts import Draft, Head, entry_of, problem, spot, title, write_folder
from lantu.core.plans.folder import check_folder, read_folder
from lantu.core.reading.propose import proposals
from lantu.core.reading.records import Proposal
from lantu.core.reading.source import read_source

REAL = Path(__file__).parents[5] / "shared" / "seed" / "xinxiang-etdz-14fyp.txt"
TEXT = (
    "南湖区“十五五”规划\n\n第一章 目标\n\n到2030年，工业总产值达到600亿元。生产总值年均增长6.5%。"
    "城镇化率保持在70%以上。进出口总额翻两番。\n\n第二章 项目\n\n"
    "专栏1 重点项目\n1.南湖电机产业园项目。\n"
)
HEAD = Head(
    name="nanhu-2026-2030", zone="nanhu", zone_zh="南湖区", zone_en="Nanhu", invented=True,
    zh="南湖区规划", en="Plan of Nanhu", start=2026, end=2030, outlook=2035,
    document="南湖区“十五五”规划", sha256="a" * 64, characters=len(TEXT),
)  # fmt: skip


@pytest.fixture
def drafts():
    return [Draft(one.id, one) for one in proposals(TEXT)]


def of(form, **more):
    more = {"value": Decimal("600"), "unit": "亿元", "target_year": 2030, **more}
    return Proposal("target", "产值", 0, 6, "产值", form=form, **more)


def test_a_folder_made_of_proposals_has_no_fault_and_every_place_is_right(tmp_path, drafts):
    write_folder(tmp_path, HEAD, drafts, TEXT)

    assert check_folder(tmp_path, TEXT) == []
    plan = read_folder(tmp_path)
    level = next(one for one in plan.commitments if one.form == "level")
    assert (level.target_value, level.target_year, level.unit) == (Decimal("600"), 2030, "亿元")
    assert level.place.chapter == "第一章 目标"
    assert [one.title["zh"] for one in plan.projects] == ["南湖电机产业园项目"]


def test_a_project_keeps_its_money_its_years_and_its_area():
    one = Proposal(
        "project", "电机产业园", 0, 5, "电机产业园", investment=Decimal("12.50"), area="300亩",
        start_year=2026, finish_year=2028, table="1",
    )  # fmt: skip
    draft = Draft("p1", one)

    entry = entry_of(draft, "电机产业园", "南湖区")

    assert entry["area"] == {"value": "300", "unit": "亩"}
    assert (entry["investment"], entry["start_year"], entry["finish_year"]) == ("12.50", 2026, 2028)
    assert problem(draft, "电机产业园", "南湖区") is None


def test_a_promise_is_measured_by_the_figures_of_its_zone():
    entry = entry_of(Draft("c1", of("level")), "产值达到600亿元", "南湖区")

    assert entry["measured_by"] == {"indicator": "产值", "subject": "南湖区"}


def test_a_number_of_one_project_is_not_measured_by_the_figures_of_the_zone():
    entry = entry_of(Draft("c1", of("level", project="一期")), "产值达到600亿元", "南湖区")

    assert "measured_by" not in entry


@pytest.mark.parametrize(
    ("form", "more", "key", "value"),
    [
        ("growth", {"value": None, "growth_pct": Decimal("6.50"), "unit": "%"},
         "growth_pct", "6.50"),
        ("multiple", {"value": Decimal("2"), "unit": "倍"}, "k", "2"),
        ("complete", {"value": Decimal("9"), "unit": "个"}, "n", "9"),
        ("range", {"value": None, "low": Decimal("3"), "high": Decimal("5")}, "low", "3"),
    ],
)  # fmt: skip
def test_the_number_stands_where_its_form_needs_it_and_as_printed(form, more, key, value):
    draft = Draft("c1", of(form, **more))

    assert entry_of(draft, "产值达到600亿元", "区")[key] == value
    assert problem(draft, "产值达到600亿元", "区") is None


def test_a_title_says_the_promise_in_both_languages():
    assert title(Draft("c1", of("floor"), "Output")) == {
        "zh": "2030年产值不低于600亿元",
        "en": "Output: at least 600 × CNY 100 m by 2030",
    }


def test_per_cent_stands_close_to_its_number_in_an_english_title():
    one = of("floor", value=Decimal(25), unit="%")

    assert title(Draft("c1", one, "Forest"))["en"] == "Forest: at least 25% by 2030"


def test_blanks_of_a_broken_line_are_not_in_the_name():
    broken = replace(of("level"), metric="地区 生产总值")

    assert title(Draft("c1", broken))["zh"] == "2030年地区生产总值达到600亿元"


def test_the_title_of_a_growth_does_not_say_growth_twice():
    one = of("growth", value=None, growth_pct=Decimal("21.0"), unit="%")

    found = title(Draft("c1", replace(one, metric="研发投入年均增速")))

    assert found["zh"] == "2030年研发投入年均增长21.0%"


def test_what_a_former_plan_wanted_is_not_called_a_result():
    one = Proposal("fact", "产值", 0, 2, "产值", value=Decimal(200), unit="亿元", target_year=2020)

    assert title(Draft("c0007-goal", one, "Output")) == {
        "zh": "2020年产值200亿元（上期规划目标）",
        "en": "Goal of the former plan, Output: 200 × CNY 100 m in 2020",
    }


def test_a_rate_of_the_past_is_a_stated_fact():
    one = Proposal(
        "fact", "增速", 0, 2, "增速", growth_pct=Decimal("10.7"), unit="%", target_year=2025
    )
    draft = Draft("c1", one)

    assert entry_of(draft, "增速", "区")["value"] == "10.7"
    assert problem(draft, "增速", "区") is None


def test_a_long_place_keeps_thirty_letters_up_to_its_number():
    text = "进一步" * 15 + "产值达到600亿元左右并保持稳定"
    start, end, phrase = spot(replace(of("level"), start=0, end=len(text)), text)

    assert text[start:end] == phrase
    assert len(phrase) == 30
    assert phrase.endswith("产值达到600亿元")


def test_a_record_that_no_plan_can_hold_is_told_with_its_remedy():
    found = problem(Draft("c1", of("level", unit="个班")), "产值", "区")

    assert found is not None
    assert "'个班'" in found.what
    assert "Write it as a plan prints it" in found.remedy


@pytest.mark.skipif(
    not REAL.exists(), reason="the text of the real plan is not beside the checkout"
)
def test_nearly_all_proposals_of_the_real_plan_make_a_folder_without_a_fault(tmp_path):
    text = read_source(REAL)
    every = [Draft(one.id, one) for one in proposals(text)]
    fit = [draft for draft in every if problem(draft, text, "新乡经开区") is None]

    write_folder(tmp_path, replace(HEAD, start=2021, end=2025), fit, text)

    assert check_folder(tmp_path, text) == []
    assert len(fit) / len(every) > 0.94
