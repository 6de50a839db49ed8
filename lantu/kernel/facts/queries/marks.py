"""How many figures there are of what, and by which mark it is told whether more have come."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q

from lantu.kernel.access.models import Zone
from lantu.kernel.facts.models import Indicator, Observation
from lantu.kernel.facts.queries.judging import numbers_of


def holding(zones: Collection[Zone], indicators: Collection[str]) -> dict[str, int]:
    """How many of these zones hold figures of each indicator, by its name."""
    found = Indicator.objects.filter(zone__in=zones, zh__in=indicators)
    found = found.filter(Exists(Observation.objects.filter(indicator=OuterRef("pk"))))
    rows = found.values("zh").annotate(count=Count("zone", distinct=True)).order_by("zh")
    return {row["zh"]: row["count"] for row in rows}


@dataclass(frozen=True, slots=True)
class Mark:
    """How many figures there are and the last one's number: two equal marks, the same figures.

    Figures are only ever added. The number alone would miss one that was entered before and
    committed after.
    """

    count: int
    last: int


def mark_in(zones: Collection[Zone], indicators: Collection[str]) -> Mark:
    """The mark of the figures of some indicators in several zones."""
    found = Observation.objects.filter(indicator__in=numbers_of(zones, indicators))
    row = found.aggregate(count=Count("pk"), last=Max("pk"))
    return Mark(row["count"], row["last"] or 0)


def added_in(
    zones: Collection[Zone], indicators: Collection[str], *, after: int
) -> list[tuple[int, str]]:
    """The number of the zone and the indicator of each figure after a number."""
    found = Observation.objects.filter(pk__gt=after, indicator__in=numbers_of(zones, indicators))
    return list(found.order_by("pk").values_list("zone_id", "indicator__zh"))


def entered_since(zone: Zone, moment: datetime) -> dict[str, int]:
    """How many figures of each indicator were entered after a moment, by its name."""
    found = Observation.objects.filter(zone=zone, entered_at__gt=moment)
    rows = found.values("indicator__zh").annotate(count=Count("id")).order_by("indicator__zh")
    return {row["indicator__zh"]: row["count"] for row in rows}


def count(zone: Zone, *, known_on: date | None = None) -> int:
    """How many figures a zone holds; with a day, how many were known then."""
    found = Observation.objects.filter(zone=zone)
    if known_on is not None:
        found = found.filter(Q(known_on__isnull=True) | Q(known_on__lte=known_on))
    return found.count()


def marks(zone: Zone) -> dict[tuple[str, str], Mark]:
    """The mark of each series of a zone, by its indicator and subject; in the order of entry."""
    found = Observation.objects.filter(zone=zone).values("indicator__zh", "subject__zh")
    rows = found.annotate(count=Count("pk"), last=Max("pk")).order_by("indicator_id", "subject_id")
    return {
        (row["indicator__zh"], row["subject__zh"]): Mark(row["count"], row["last"]) for row in rows
    }


def places(zone: Zone) -> Iterator[tuple[int, str, str]]:
    """The number, the indicator and the subject of every figure of a zone."""
    found = Observation.objects.filter(zone=zone).order_by("pk")
    return found.values_list("pk", "indicator__zh", "subject__zh").iterator(chunk_size=5000)
