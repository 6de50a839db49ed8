"""The outline of a zone and of its parts, as a plan folder keeps it: outline.geojson.

Longitude and latitude in degrees, CGCS2000 or WGS 84 (they differ by less than a metre). Source of
the form: RFC 7946.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lantu.core import content
from lantu.core.content import Entry
from lantu.core.plans.faults import Faults

FILE = "outline.geojson"
KINDS = ("zone", "part")
MOST_POINTS = 5_000  # of one file: a page carries the whole outline
Point = tuple[Decimal, Decimal]  # longitude, latitude
Ring = tuple[Point, ...]  # closed: the last point is the first
Polygon = tuple[Ring, ...]  # the border, then holes


@dataclass(frozen=True, slots=True)
class Shape:
    """The border of a zone, or of one named part of it, from a day on."""

    code: str  # the same shape keeps its code when its border moves
    kind: str  # zone or part
    name: Mapping[str, str]
    polygons: tuple[Polygon, ...]
    since: date | None = None  # None: for as long as is known
    source: str = ""
    where: str = ""


def read(path: Path, name: str, faults: Faults) -> tuple[Shape, ...]:
    """The shapes of a file; none where there is no file. What is wrong goes to `faults`."""
    found: list[Shape] = []
    if path.exists():
        root = content.read(path, name)
        root.only({"type", "name", "features"})
        _is(root, "FeatureCollection")
        faults.each(root.need("features").items(), lambda one: found.append(_shape(one)))
        _whole(found, name, faults)
    return tuple(found)


def _whole(found: list[Shape], name: str, faults: Faults) -> None:
    """One border at most, no code twice, not too many points."""
    codes = [one.code for one in found]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        faults.add(name, f"The code {code} is used twice.", "Give each outline its own code.")
    if sum(one.kind == "zone" for one in found) > 1:
        faults.add(name, "More than one outline is of kind `zone`.", "Write the others as `part`.")
    points = sum(len(ring) for one in found for polygon in one.polygons for ring in polygon)
    if points > MOST_POINTS:
        faults.add(
            name, f"The outlines have {points:,} points; {MOST_POINTS:,} is the most.",
            "Simplify them: a metre is 0.00001 of a degree.",
        )  # fmt: skip


def _shape(one: Entry) -> Shape:
    one.only({"type", "properties", "geometry"})
    _is(one, "Feature")
    told, geometry = one.need("properties"), one.need("geometry")
    told.only({"code", "kind", "zh", "en", "since", "source"})
    kind, since, source = told.need("kind"), told.get("since"), told.get("source")
    if kind.text() not in KINDS:
        raise kind.fail(f"{kind.text()!r} is no kind of outline.", f"Use: {', '.join(KINDS)}.")
    return Shape(
        told.need("code").text(),
        kind.text(),
        {"zh": told.need("zh").text(), "en": told.need("en").text()},
        _polygons(geometry),
        None if since is None else since.day(),
        "" if source is None else source.text(),
        one.where,
    )


def _is(entry: Entry, kind: str) -> None:
    found = entry.need("type")
    if found.text() != kind:
        raise found.fail(f"The type is {found.text()!r}.", f"Here should be a {kind}.")


def _polygons(geometry: Entry) -> tuple[Polygon, ...]:
    geometry.only({"type", "coordinates"})
    kind, inside = geometry.need("type"), geometry.need("coordinates")
    if kind.text() == "Polygon":
        return (_polygon(inside),)
    if kind.text() == "MultiPolygon":
        return tuple(_polygon(one) for one in inside.items())
    raise kind.fail(
        f"{kind.text()!r} encloses nothing.", "Give an outline as Polygon or MultiPolygon."
    )


def _polygon(entry: Entry) -> Polygon:
    rings = tuple(_ring(one) for one in entry.items())
    if not rings:
        raise entry.fail("The polygon has no border.", "Give its border as a list of points.")
    return rings


def _ring(entry: Entry) -> Ring:
    points = tuple(_point(one) for one in entry.items())
    if len(points) < 4 or points[0] != points[-1]:
        raise entry.fail(
            "The border is not closed.", "Give at least four points; the last is the first again."
        )
    return points


def _point(entry: Entry) -> Point:
    pair = [one.number() for one in entry.items()]
    if len(pair) != 2 or not (abs(pair[0]) <= 180 and abs(pair[1]) <= 90):
        raise entry.fail(
            "This is no point.", "Write degrees east, then degrees north: [114.05, 35.30]."
        )
    return pair[0], pair[1]


def holds(shape: Shape, at: Point) -> bool:
    """Whether a point lies within. A point on the border may count to either side."""
    return any(
        _within(polygon[0], at) and not any(_within(hole, at) for hole in polygon[1:])
        for polygon in shape.polygons
    )


def _within(ring: Ring, at: Point) -> bool:
    """Whether a line due east from the point crosses the ring an odd number of times."""
    x, y = at
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        # Multiplied out, so that no quotient is rounded; the sign follows the edge's direction.
        if (y1 > y) != (y2 > y):
            side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            inside ^= (side > 0) == (y2 > y1)
    return inside


def part_of(shapes: Iterable[Shape], at: Point) -> Shape | None:
    """The part in which a point lies; None where it lies in none that is known."""
    return next((one for one in shapes if one.kind == "part" and holds(one, at)), None)


def geometry(shape: Shape) -> dict[str, Any]:
    """The shape as a geometry of GeoJSON. Coordinates are drawn, not reckoned with: floats do."""
    drawn = [
        [[[float(x), float(y)] for x, y in ring] for ring in polygon] for polygon in shape.polygons
    ]
    if len(drawn) == 1:
        return {"type": "Polygon", "coordinates": drawn[0]}
    return {"type": "MultiPolygon", "coordinates": drawn}


def written(shapes: Iterable[Shape]) -> dict[str, Any]:
    """The shapes as the file of a plan folder has them."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "code": one.code, "kind": one.kind, **one.name,
                    **({"since": one.since.isoformat()} if one.since else {}),
                    **({"source": one.source} if one.source else {}),
                },
                "geometry": geometry(one),
            }
            for one in shapes
        ],
    }  # fmt: skip


def stored(shape: Shape) -> list[list[list[list[str]]]]:
    """The points as text, so that none is rounded on its way through a database."""
    return [[[[str(x), str(y)] for x, y in ring] for ring in one] for one in shape.polygons]


def restored(points: Any) -> tuple[Polygon, ...]:
    """The polygons of what `stored` gave."""
    return tuple(
        tuple(tuple((Decimal(x), Decimal(y)) for x, y in ring) for ring in polygon)
        for polygon in points
    )
