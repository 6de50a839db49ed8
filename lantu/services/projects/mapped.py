"""The projects on a map: the zone's outline, and those whose place is known with their stage."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from lantu.core.plans.outline import Shape, part_of
from lantu.kernel.places.queries import drawn
from lantu.services.projects.queries import Board, Line
from lantu.ui.signs import MARKS

SIGNS: Mapping[str, str] = {
    "done": MARKS["done"], "running": MARKS["begun"], "stopped": MARKS["stopped"], "unknown": "?",
}  # fmt: skip


def placed(board: Board) -> list[Line]:
    """The projects whose place is known, in the order of the plan's boxes."""
    return [line for box in board.boxes for line in box.lines if line.project.at is not None]


@dataclass(frozen=True, slots=True)
class Quarter:
    """A part of the zone, and the projects that lie in it by their stage."""

    name: Mapping[str, str]
    lines: tuple[Line, ...]

    @property
    def counted(self) -> list[tuple[str, int]]:
        """Every stage in the order of the signs, with how many."""
        stages = Counter(line.stage for line in self.lines)
        return [(stage, stages[stage]) for stage in SIGNS]


def quarters(lines: Iterable[Line], outline: Sequence[Shape]) -> list[Quarter]:
    """The parts of the zone in the order of the file; what the map tells, in numbers."""
    found: dict[str, list[Line]] = {one.code: [] for one in outline if one.kind == "part"}
    for line in lines:
        part = line.project.at and part_of(outline, line.project.at)
        if part:
            found[part.code].append(line)
    return [Quarter(one.name, tuple(found[one.code])) for one in outline if one.code in found]


def shapes(
    zone: str, lines: Iterable[Line], outline: Iterable[Shape], language: str, query: str = ""
) -> str:
    """GeoJSON: the zone's outline, and points on it: the stage, what is told, and its page."""
    features = drawn(outline, language) + [
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
