"""Areas, the zones in them, and the outlines of zones, as they lay on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from lantu.core.plans.outline import Shape, geometry, restored
from lantu.core.rollup.tree import Tree, grow
from lantu.kernel.access.models import Zone
from lantu.kernel.places.models import Area, Outline, Placing


@dataclass(frozen=True, slots=True)
class Lay:
    """All areas of real zones, or all of invented ones, with the zones in them on a day.

    `zones` and `subjects` are by the zone's short name: what sources call it.
    """

    tree: Tree
    areas: Mapping[str, Area]
    zones: Mapping[str, Zone]
    subjects: Mapping[str, str]


def areas() -> list[Area]:
    """All areas, real ones first."""
    return list(Area.objects.select_related("upper").order_by("invented", "pk"))


def area(slug: str) -> Area | None:
    """The area of that short name."""
    return Area.objects.filter(slug=slug).first()


def lay(*, invented: bool, on: date) -> Lay:
    """How areas and zones lie on a day."""
    found = {one.slug: one for one in areas() if one.invented == invented}
    placings = (
        Placing.objects.filter(_in_force(on), area__invented=invented)
        .select_related("zone", "area")
        .order_by("zone__slug")
    )
    uppers = {one.slug: one.upper.slug if one.upper else None for one in found.values()}
    lying = {one.zone.slug: one for one in placings}
    return Lay(
        grow(uppers, {slug: one.area.slug for slug, one in lying.items()}),
        found,
        {slug: one.zone for slug, one in lying.items()},
        {slug: one.subject for slug, one in lying.items()},
    )


def _in_force(on: date) -> Q:
    begun = Q(since__isnull=True) | Q(since__lte=on)
    return begun & (Q(until__isnull=True) | Q(until__gte=on))


def outline(zone: Zone, on: date) -> list[Shape]:
    """The border of a zone and of its parts on a day; empty where none is known."""
    return [
        Shape(
            one.code, one.kind, {"zh": one.zh, "en": one.en}, restored(one.polygons),
            one.since, one.source,
        )
        for one in Outline.objects.filter(_in_force(on), zone=zone)
    ]  # fmt: skip


def drawn(shapes: Iterable[Shape], language: str) -> list[dict[str, Any]]:
    """Outlines as features of GeoJSON that lie under what a map shows, the border first."""
    ordered = sorted(shapes, key=lambda one: one.kind != "zone")
    return [
        {
            "type": "Feature",
            "geometry": geometry(one),
            "properties": {"kind": one.kind, "told": one.name[language]},
        }
        for one in ordered
    ]
