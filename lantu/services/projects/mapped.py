"""The projects on a map: those whose place is known, each with its stage."""

import json
from collections.abc import Iterable, Mapping

from django.urls import reverse

from lantu.services.projects.queries import Board, Line
from lantu.ui.templatetags.ui import MARKS

SIGNS: Mapping[str, str] = {
    "done": MARKS["done"], "running": MARKS["begun"], "stopped": MARKS["stopped"], "unknown": "?",
}  # fmt: skip


def placed(board: Board) -> list[Line]:
    """The projects whose place is known, in the order of the plan's boxes."""
    return [line for box in board.boxes for line in box.lines if line.project.at is not None]


def shapes(zone: str, lines: Iterable[Line], language: str, query: str = "") -> str:
    """GeoJSON of points: the stage with its sign, what is told, and the address of its page."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [float(one) for one in line.project.at]},
            "properties": {
                "kind": line.stage,
                "sign": SIGNS[line.stage],
                "told": line.project.title[language],
                "address": reverse("project", args=[zone, line.project.code]) + query,
            },
        }
        for line in lines
        if line.project.at is not None
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
