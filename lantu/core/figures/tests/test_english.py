"""English: what sources print in Chinese has a name for readers of English, or none is made up."""

import csv
from pathlib import Path

import pytest
import yaml

from lantu.core.figures.english import after_number, name, unit, with_units

PLANS = Path(__file__).parents[4] / "plans"


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("亿元", "CNY 100 m"),
        ("万元/亩", "CNY 10,000/mu"),
        ("万吨/年", "10,000 t/year"),
        ("微克/立方米", "μg/m³"),
        ("件/万人", "per 10,000 people"),
        ("人/千人", "per 1,000 people"),
        ("平方公里", "km²"),
        ("家", ""),
        ("km/km²", None),
        ("石", None),
    ],
)
def test_a_unit_keeps_its_size(printed, english):
    assert unit(printed) == english


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("亿元", "× CNY 100 m"),
        ("万吨", "× 10,000 t"),
        ("吨", "t"),
        ("平方公里", "km²"),
        ("件/万人", "per 10,000 people"),
    ],
)
def test_behind_a_number_a_size_is_multiplied(printed, english):
    assert after_number(printed) == english


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("生产总值", "GDP"),
        ("生产总值增速", "Growth of GDP"),
        ("中欧班列开行列数增速", "Growth of China–Europe freight trains run"),
        ("研发投入强度", "R&D intensity"),
        ("快报", "flash figure"),
        ("新乡市2020年国民经济和社会发展计划", "Annual plan of Xinxiang City for 2020"),
        ("某个没有的指标", None),
        ("没有的增速", None),
    ],
)
def test_a_name_is_listed_open_or_composed(printed, english):
    assert name(printed) == english


def test_a_sentence_keeps_its_numbers_and_gets_english_units():
    told = "It sets 44 微克/立方米 for 2024; 124亿元 growing 10% a year, 4个, and 3 石."

    assert with_units(told) == (
        "It sets 44 μg/m³ for 2024; 124 × CNY 100 m growing 10% a year, 4, and 3 石."
    )


@pytest.mark.parametrize("plan", ["qinghe-2021-2025", "xinxiang-2021-2025"])
def test_every_indicator_of_the_shipped_plans_has_an_english_name(plan):
    with (PLANS / plan / "observations.csv").open(encoding="utf-8") as lines:
        printed = {row["indicator"] for row in csv.DictReader(lines)}

    assert {one for one in printed if name(one) is None} <= {"PM2.5"}


@pytest.mark.parametrize("plan", ["qinghe-2021-2025", "xinxiang-2021-2025"])
def test_every_body_that_a_shipped_plan_speaks_of_has_an_english_name(plan):
    subjects = {
        one["subject"]
        for path in (PLANS / plan / "commitments").glob("*.yaml")
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))["commitments"]
        if "form" in one
    }
    with (PLANS / plan / "observations.csv").open(encoding="utf-8") as lines:
        subjects |= {row["subject"] for row in csv.DictReader(lines)}

    assert {one for one in subjects if name(one) is None} == set()
