"""Charts of steps: a sum built item by item, and a class over the years."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from lantu.ui.charts import BLUE, INK, ORANGE, QUIET, _frame, _plain

Row = Mapping[str, object]


def waterfall(steps: Sequence[tuple[str, Decimal]], words: Mapping[str, str], unit: str) -> str:
    """Bars that build on each other up to a sum.

    `steps` are pairs of label and amount; `words` name `total`, `gain` and `loss`.
    """
    rows: list[Row] = []
    level = Decimal(0)
    for place, (label, amount) in enumerate(steps):
        kind = words["gain"] if amount >= 0 else words["loss"]
        rows.append(
            {"label": label, "from": level, "to": level + amount, "amount": amount, "kind": kind,
             "place": place, "text": f"{amount:+.2f}"}
        )  # fmt: skip
        level += amount
    rows.append(
        {"label": words["total"], "from": Decimal(0), "to": level, "amount": level,
         "kind": words["total"], "place": len(steps), "text": f"{level:.2f}"}
    )  # fmt: skip
    hues = {words["gain"]: BLUE, words["loss"]: ORANGE, words["total"]: QUIET}
    spec = {
        **_frame(None),
        "height": {"step": 34},
        "data": {"values": [_plain(row) for row in rows]},
        "encoding": {
            "y": {"field": "label", "type": "nominal", "title": None, "sort": None},
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 20},
                "encoding": {
                    "x": {"field": "from", "type": "quantitative", "title": unit},
                    "x2": {"field": "to"},
                    "color": {
                        "field": "kind",
                        "type": "nominal",
                        "title": None,
                        "scale": _there(hues, rows, "kind"),
                        "legend": {"orient": "top"},
                    },
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": INK, "fontSize": 12},
                "encoding": {
                    "x": {"field": "to", "type": "quantitative"},
                    "text": {"field": "text", "type": "nominal"},
                },
            },
        ],
    }
    return json.dumps(spec, ensure_ascii=False)


def classes_over_years(
    rows: Sequence[Row], classes: Sequence[str], words: Mapping[str, str]
) -> str:
    """A class for each year, the best on top.

    `rows` have year, class and state; `words` name the states `final` and `open`.
    """
    shapes = {words["final"]: "circle", words["open"]: "diamond"}
    hues = {words["final"]: BLUE, words["open"]: ORANGE}
    spec = {
        **_frame(150),
        "data": {"values": [_plain(row) for row in rows]},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
            "y": {
                "field": "class",
                "type": "ordinal",
                "title": None,
                "scale": {"domain": list(classes)},
            },
        },
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 2, "color": QUIET}},
            {
                "mark": {"type": "point", "size": 160, "filled": True},
                "encoding": {
                    "shape": {
                        "field": "state",
                        "type": "nominal",
                        "title": None,
                        "scale": _there(shapes, rows, "state"),
                        "legend": {"orient": "top"},
                    },
                    "color": {
                        "field": "state",
                        "type": "nominal",
                        "title": None,
                        "scale": _there(hues, rows, "state"),
                    },
                },
            },
        ],
    }
    return json.dumps(spec, ensure_ascii=False)


def _there(looks: Mapping[str, str], rows: Sequence[Row], field: str) -> dict[str, list[str]]:
    """The looks that occur: a legend of others would name what nobody finds in the chart."""
    met = {row[field] for row in rows}
    shown = [(name, look) for name, look in looks.items() if name in met]
    return {"domain": [name for name, _ in shown], "range": [look for _, look in shown]}
