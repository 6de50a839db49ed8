"""Charts: Vega-Lite specs as plain data, and the script that draws them, built at setup.

Building a spec with Altair costs 0.8 s and 55 MB at import, so the web process does without it;
a test checks every spec against Altair's schema.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
# lantu.css gives each of these the token that stands for it, so that a chart follows the page.
INK, QUIET, BLUE, ORANGE = "#1c2733", "#5b6b7b", "#1f5fa8", "#b4530a"
GRID = "#dbe2ea"

MARKS: Mapping[str, Mapping[str, object]] = {
    "path": {"type": "line", "strokeDash": [5, 4], "strokeWidth": 2},
    "actual": {"type": "line", "point": {"size": 60}, "strokeWidth": 3},
    "target": {"type": "point", "shape": "diamond", "size": 140, "filled": True},
}

Row = Mapping[str, object]


def build(target: Path) -> Path:
    """Bundle Vega with our chart script into one file below `target`."""
    import vl_convert

    snippet = Path(__file__).with_name("chart.js").read_text(encoding="utf-8")
    file = target / "ui" / "charts.js"
    file.parent.mkdir(parents=True, exist_ok=True)
    # A function of its own keeps the bundle's names away from the page's.
    bundle = vl_convert.javascript_bundle(snippet)
    file.write_text(f"(function(){{\n{bundle}\n}})();\n", encoding="utf-8")
    return file


def line_against_path(
    rows: Sequence[Row],
    words: Mapping[str, str],
    unit: str,
    *,
    from_zero: bool = False,
    is_place: bool = False,
) -> str:
    """Actual figures against the path to a target, and the band in which they are expected.

    `rows` have year, value and series, those of the band year, low, high and series; `words` name
    the series `actual`, `path`, `target` and `band`; the legend has those that are drawn.
    `from_zero`: the height begins at nought, as that of a share must. `is_place`: the first of a
    ranking stands on top.
    """
    band = any("low" in row for row in rows)
    there = {row["series"] for row in rows}
    hues = {"actual": BLUE, "path": QUIET, "target": ORANGE, "band": BLUE}
    shown = [(words[key], hue) for key, hue in hues.items() if words.get(key) in there]
    over_years = _over_years(unit, _every_year(rows), from_zero=from_zero, whole=_are_whole(rows))
    if is_place:
        over_years["y"]["scale"]["reverse"] = True
    spec = {
        **_frame(260),
        "data": {"values": [_plain(row) for row in rows]},
        "encoding": {
            **over_years,
            "color": {
                "field": "series",
                "type": "nominal",
                "title": None,
                "scale": {
                    "domain": [name for name, _ in shown],
                    "range": [hue for _, hue in shown],
                },
                "legend": {"orient": "top", "symbolOpacity": 1},
            },
        },
        "layer": [
            *([_band(words["band"])] if band else []),
            *(
                {"transform": [_only(words[key])], "mark": mark}
                for key, mark in MARKS.items()
                if words[key] in there  # a layer of nothing has no extent, and Vega warns of it
            ),
        ],
    }
    return json.dumps(spec, ensure_ascii=False)


def _only(name: str) -> dict[str, Any]:
    return {"filter": {"field": "series", "equal": name}}


def _band(name: str) -> dict[str, Any]:
    """An area between low and high, so light that lines on it stay readable."""
    return {
        "transform": [_only(name)],
        "mark": {"type": "area", "opacity": 0.22},
        "encoding": {
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
        },
    }


def _every_year(rows: Sequence[Row]) -> list[int]:
    """The years from first to last: one of which nothing is known keeps its place."""
    years = [year for row in rows if isinstance(year := row["year"], int)]
    return list(range(min(years), max(years) + 1)) if years else []


def _are_whole(rows: Sequence[Row]) -> bool:
    """Whether all values are whole numbers, between which a mark of the axis means nothing."""
    values = [row[key] for row in rows for key in ("value", "low", "high") if key in row]
    return all(isinstance(one, (int, Decimal)) and one == int(one) for one in values)


def _over_years(
    unit: str, years: Sequence[int] = (), *, from_zero: bool = False, whole: bool = False
) -> dict[str, Any]:
    """A year across and its value up, with the unit written along."""
    scale = {"scale": {"domain": list(years)}} if years else {}
    return {
        "x": {
            "field": "year",
            "type": "ordinal",
            "title": None,
            "axis": {"labelAngle": 0},
            **scale,
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "title": unit,
            "scale": {"zero": from_zero, "nice": True},
            **({"axis": {"tickMinStep": 1}} if whole else {}),
        },
    }


def line_over_years(rows: Sequence[Row], unit: str) -> str:
    """One line over the years; rows have year and value, and a year without a value is a gap."""
    spec = {
        **_frame(220),
        "data": {"values": [_plain(row) for row in rows]},
        "mark": {"type": "line", "point": {"size": 60}, "strokeWidth": 3, "color": BLUE},
        "encoding": _over_years(unit),
    }
    return json.dumps(spec, ensure_ascii=False)


def svg(spec: str) -> str:
    """The same chart as SVG, for a report."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.loads(spec)))


def _frame(height: int | None) -> dict[str, Any]:
    text = {"labelFont": FONT, "titleFont": FONT, "labelColor": INK, "titleColor": INK}
    frame: dict[str, Any] = {
        "$schema": SCHEMA,
        "width": 640,
        "background": "transparent",
        "config": {
            "font": FONT,
            "axis": {**text, "labelFontSize": 13, "titleFontSize": 13, "gridColor": GRID},
            "legend": {**text, "labelFontSize": 13},
            "view": {"stroke": None},
        },
    }
    return frame if height is None else {**frame, "height": height}


def _plain(row: Row) -> dict[str, object]:
    """A chart needs no more than a screen shows, so here a decimal may become a float."""
    return {k: float(v) if isinstance(v, Decimal) else v for k, v in row.items()}
