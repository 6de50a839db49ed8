"""Every component is drawn from its examples, and every chart fits the schema."""

import json
import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import altair
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from lantu.ui import charts
from lantu.ui.gallery import examples, shown, written
from lantu.ui.templatetags import ui

STYLES = (Path(ui.__file__).parent.parent / "static" / "ui" / "lantu.css").read_text("utf-8")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_gallery_draws_every_example(client, db, language):
    page = client.get("/ui/", headers={"accept-language": language}).content.decode()
    # The names of components are English, and marked so on a Chinese page.
    text = unescape(re.sub(r'<span lang="en">(.*?)</span>', r"\1", page))

    for one in shown(language[:2]):
        assert f"<h2>{one.name}</h2>" in text
        assert f"{one.written}</code>" in text
        for case in one.cases:
            assert f"<h3>{case}</h3>" in text


def test_an_example_speaks_one_language():
    told = {language: str([one.cases for one in shown(language)]) for language in ("zh", "en")}

    assert " · " not in told["zh"] + told["en"]
    assert "公报" in told["zh"] and not re.search(r"[\u4e00-\u9fff]{3}", told["en"])


def test_a_component_is_told_with_its_parameters_and_a_block_with_its_end():
    assert written("figure") == "{% figure value unit='' places=None signed=False %}"
    assert written("panel") == "{% panel title %} … {% endpanel %}"
    assert written("term") == "{% term name %}"


def test_the_gallery_loads_what_draws_its_chart(client, db):
    assert "ui/charts.js" in client.get("/ui/").content.decode()


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("“地区生产总值”: 261亿元 in the text", "“GDP”: 261_×_CNY_100_m in the text"),
        (
            "sets 3.3人/千人; 17.31亿元 = 13.02 %",
            "sets 3.3 per 1,000 people; 17.31_×_CNY_100_m = 13.02%",
        ),
        ("“某项目”: 5万吨", "“某项目”: 5_×_10,000_t"),
    ],
)
def test_an_english_sentence_names_what_it_quotes_and_keeps_numbers_whole(told, shown):
    with translation.override("en"):
        assert ui.with_units(told).replace("\N{NO-BREAK SPACE}", "_") == shown


def test_a_period_of_several_months_is_written_with_a_dash():
    assert ui.as_period("2022-01/2024-07") == "2022-01–2024-07"


def test_at_most_and_at_least_are_written_as_a_plan_prints_them():
    assert [ui.comparator_sign(one) for one in ("<=", ">=", "<", "")] == ["≤", "≥", "<", ""]


def test_every_component_has_an_example():
    components = {name for name in ui.register.tags if name not in ("end", "comment")}

    assert components == set(examples())


def test_what_is_unknown_is_never_shown_as_zero():
    with translation.override("en"):
        assert "no data" in render_to_string("ui/figure.html", ui.figure(None, "亿元"))
        assert "0" in render_to_string("ui/figure.html", ui.figure(Decimal(0), "亿元"))


def test_a_name_in_chinese_says_so_on_an_english_page():
    with translation.override("en"):
        assert ui.as_printed("第三章 <产业>") == (
            'Chapter 3 <span lang="zh-Hans">&lt;产业&gt;</span>'
        )
        assert ui.as_printed("第三章") == ui.as_printed_text("第三章") == "Chapter 3"
        assert ui.as_printed("GDP & co") == "GDP &amp; co"
    with translation.override("zh-hans"):
        assert ui.as_printed("第三章 <产业>") == "第三章 &lt;产业&gt;"
        assert ui.as_printed_text("第三章") == "第三章"


def test_how_a_plan_stands_is_told_in_one_sentence():
    counts = {"fulfilled": 2, "achieved-early": 1, "behind": 4, "no-data": 5}

    with translation.override("en"):
        told = ui.inshort(counts)
    assert told["total"] == 12
    assert told["parts"] == ["3 kept", "4 behind", "5 without a verdict"]
    with translation.override("zh-hans"):
        assert ui.inshort(counts)["parts"] == ["3项已完成", "4项滞后", "5项尚无结论"]


def test_a_chinese_sentence_has_no_blanks_behind_its_commas():
    counts = {"fulfilled": 2, "behind": 4}

    with translation.override("zh-hans"):
        told = render_to_string("ui/inshort.html", ui.inshort(counts))
    assert re.sub(r"<[^>]+>", "", told).strip() == "6项有数字的承诺：2项已完成，4项滞后。"


def test_a_figure_keeps_its_printed_digits():
    assert ui.figure("261.0", "亿元")["text"] == "261.0"


def test_a_gap_breaks_the_sparkline():
    assert len(ui.sparkline(["1", "2", "", "3", "4"], "x")["runs"]) == 2


@pytest.mark.parametrize(
    "spec",
    [
        charts.line_against_path(
            [{"year": 2021, "value": Decimal("1.5"), "series": "a"}],
            {"actual": "a", "path": "b", "target": "c"},
            "亿元",
        ),
        charts.line_against_path(
            [
                {"year": 2021, "value": Decimal("1.5"), "series": "a"},
                {"year": 2022, "low": Decimal(1), "high": Decimal(2), "series": "d"},
            ],
            {"actual": "a", "path": "b", "target": "c", "band": "d"},
            "亿元",
        ),
        charts.line_over_years([{"year": 2021, "value": Decimal("1.5")}], "亿元"),
    ],
)
def test_a_chart_fits_the_schema_of_vega_lite(spec):
    altair.Chart.from_dict(json.loads(spec), validate=True)


def test_a_chart_can_be_drawn_for_a_report():
    spec = charts.line_against_path(
        [{"year": 2021, "value": Decimal("1.5"), "series": "a"}],
        {"actual": "a", "path": "b", "target": "c"},
        "亿元",
    )

    assert charts.svg(spec).startswith("<svg")


def test_a_year_of_which_nothing_is_known_keeps_its_place_in_a_chart():
    rows = [{"year": year, "value": Decimal(1), "series": "a"} for year in (2023, 2025)]

    drawn = charts.line_against_path(rows, {"actual": "a", "path": "b", "target": "c"}, "位")

    assert json.loads(drawn)["encoding"]["x"]["scale"]["domain"] == [2023, 2024, 2025]


def test_the_first_of_a_ranking_stands_on_top():
    rows = [{"year": 2023, "value": Decimal(3), "series": "a"}]
    words = {"actual": "a", "path": "b", "target": "c"}

    drawn = json.loads(charts.line_against_path(rows, words, "位", is_place=True))

    assert drawn["encoding"]["y"]["scale"]["reverse"] is True
    altair.Chart.from_dict(drawn, validate=True)


def test_the_page_of_a_failure_needs_no_request_and_speaks_both_languages():
    text = render_to_string("500.html")

    assert "服务器出错" in text
    assert "look first whether it was taken" in text
    assert "ui/lantu" in text
    assert "<script" not in text


def test_the_styles_have_no_utility_classes_and_no_imports():
    assert "@import" not in STYLES
    assert not re.search(r"\.(mt|mb|p|m|text|bg)-\d", STYLES)


def test_what_is_drawn_once_is_drawn_anew_for_another_language_or_printing():
    def figure(value):
        return ui.figure.drawn(value, "<亿元>")

    with translation.override("zh-hans"):
        chinese = ui.state.drawn("behind")
        assert "1.0<" in figure(Decimal("1.0")) and "1.00<" in figure(Decimal("1.00"))
        assert "&lt;亿元&gt;" in figure(Decimal("1.0"))
    with translation.override("en"):
        assert ui.state.drawn("behind") != chinese
