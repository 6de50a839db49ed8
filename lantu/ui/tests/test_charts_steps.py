"""Charts of steps are sound Vega-Lite, and add up."""

import json
from decimal import Decimal

import altair
import pytest

from lantu.ui.charts_steps import classes_over_years, waterfall

WORDS = {"total": "综合得分", "gain": "得分", "loss": "负分"}
STEPS = [("亩均税收", Decimal("28.33")), ("减分", Decimal("-3")), ("研发", Decimal("8.61"))]


def test_each_bar_begins_where_the_last_one_ended_and_the_total_from_nought():
    rows = json.loads(waterfall(STEPS, WORDS, "分"))["data"]["values"]

    assert [(row["from"], row["to"]) for row in rows] == [
        (0, 28.33), (28.33, 25.33), (25.33, 33.94), (0, 33.94),
    ]  # fmt: skip
    assert [row["kind"] for row in rows] == ["得分", "负分", "得分", "综合得分"]
    assert rows[1]["text"] == "-3.00"


@pytest.mark.parametrize(
    "spec",
    [
        waterfall(STEPS, WORDS, "分"),
        classes_over_years(
            [{"year": "2021", "class": "A", "state": "定稿"}], ("A", "B"),
            {"final": "定稿", "open": "未定稿"},
        ),
    ],
)  # fmt: skip
def test_the_specs_are_sound(spec):
    altair.Chart.from_json(spec, validate=True)


def test_a_legend_names_what_is_drawn_and_nothing_else():
    def named(spec: str, channel: str) -> list[list[str]]:
        layers = json.loads(spec)["layer"]
        return [one["encoding"][channel]["scale"]["domain"] for one in layers
                if channel in one.get("encoding", {})]  # fmt: skip

    gains = waterfall([("亩均税收", Decimal(28))], WORDS, "分")
    rows = [{"year": "2021", "class": "A", "state": "定稿"}]
    years = classes_over_years(rows, ("A", "B"), {"final": "定稿", "open": "未定稿"})

    assert named(gains, "color") == [["得分", "综合得分"]]
    assert (named(years, "shape"), named(years, "color")) == ([["定稿"]], [["定稿"]])
