"""Figures as pages and the API show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from lantu.kernel.access.models import Zone
from lantu.kernel.facts.models import Indicator, Observation
from lantu.kernel.facts.queries.judging import in_force
from lantu.kernel.registry.models import Subject


@dataclass(frozen=True, slots=True)
class Entry:
    """One series of the catalogue."""

    indicator: str
    subject: str
    count: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as pages show it."""

    id: int
    indicator: str
    subject: str
    period: str
    value: Decimal
    unit: str
    kind: str
    scope: str
    scope_note: str
    vintage: str
    source_title: str
    source_url: str
    published_on: str
    known_on: date | None
    is_superseded: bool
    reason: str


# The columns of a Figure, in its order.
_SHOWN = (
    "pk", "indicator__zh", "subject__zh", "period", "value", "unit", "kind", "scope", "scope_note",
    "vintage", "source_title", "source_url", "published_on", "known_on", "is_superseded", "reason",
)  # fmt: skip


def _known(zone: Zone, known_on: date | None) -> QuerySet[Observation]:
    """The figures of a zone; with a day, those known then, and superseded only by such."""
    by_then = Q() if known_on is None else Q(known_on__isnull=True) | Q(known_on__lte=known_on)
    later = Observation.objects.filter(by_then, supersedes_id=OuterRef("pk"))
    found = Observation.objects.filter(by_then, zone=zone).annotate(is_superseded=Exists(later))
    return found.select_related("indicator", "subject")


def newest_entered(zone: Zone, moment: datetime, count: int) -> list[Figure]:
    """The figures that were entered last, after a moment."""
    found = _known(zone, None).filter(entered_at__gt=moment).order_by("-id")
    return [_figure(one) for one in found[:count]]


def catalogue(
    zone: Zone,
    *,
    words: str = "",
    start: int = 0,
    most: int | None = None,
    known_on: date | None = None,
) -> list[Entry]:
    """The series of a zone whose indicator or subject has these words; at most so many.

    With a day, only the figures known then.
    """
    asked = Observation.objects.filter(zone=zone)
    if known_on is not None:
        asked = asked.filter(Q(known_on__isnull=True) | Q(known_on__lte=known_on))
    if words:
        indicator = Q(indicator__zh__icontains=words) | Q(indicator__en__icontains=words)
        subject = Q(subject__zh__icontains=words) | Q(subject__en__icontains=words)
        asked = asked.filter(indicator | subject)
    rows = (
        asked.values("indicator__zh", "subject__zh")
        .annotate(count=Count("id"), first=Min("first_day"), last=Max("last_day"))
        .order_by("subject__zh", "indicator__zh")
    )
    return [
        Entry(row["indicator__zh"], row["subject__zh"], row["count"], row["first"], row["last"])
        for row in rows[start : None if most is None else start + most]
    ]


def series(
    zone: Zone, indicator: str, subject: str, *, known_on: date | None = None
) -> list[Figure]:
    """All figures of one series, superseded ones too, in order of time."""
    # By their numbers: by their names, an engine may go through every figure of the zone.
    found = _known(zone, known_on).filter(
        indicator__in=Indicator.objects.filter(zh=indicator).values("pk"),
        subject__in=Subject.objects.filter(zh=subject).values("pk"),
    )
    return [Figure(*row) for row in found.order_by("last_day", "id").values_list(*_SHOWN)]


@dataclass(frozen=True, slots=True)
class Yearly:
    """The figure of a whole year that is in force."""

    year: int
    value: Decimal
    unit: str
    kind: str


def yearly(
    zone: Zone, pairs: Collection[tuple[str, str]], *, before: int
) -> dict[tuple[str, str], list[Yearly]]:
    """The yearly figures in force of many indicators with their subjects, up to a year.

    In order of time and entry, so that the newest vintage of a year comes last.
    """
    found: dict[tuple[str, str], list[Yearly]] = {pair: [] for pair in pairs}
    later = Observation.objects.filter(supersedes_id=OuterRef("pk"))
    rows = Observation.objects.annotate(letters=Length("period")).filter(
        ~Exists(later),
        zone=zone,
        indicator__zh__in={indicator for indicator, _ in pairs},
        subject__zh__in={subject for _, subject in pairs},
        letters=4,  # a year, such as 2024
        last_day__lt=date(before, 1, 1),
    )
    columns = ("indicator__zh", "subject__zh", "period", "value", "unit", "kind")
    ordered = rows.order_by("last_day", "id").values_list(*columns)
    for indicator, subject, year, value, unit, kind in ordered:
        if (pair := (indicator, subject)) in found:
            found[pair].append(Yearly(int(year), value, unit, kind))
    return found


def newest(zone: Zone, count: int, *, known_on: date | None = None) -> list[Figure]:
    """The figures that became known last; with a day, up to that day."""
    found = in_force(_known(zone, known_on), known_on)
    found = found.filter(known_on__isnull=False).order_by("-known_on", "-id")
    return [_figure(one) for one in found[:count]]


def _arrived(
    zone: Zone, since: date, until: date, indicators: Collection[str] | None
) -> QuerySet[Observation]:
    found = _known(zone, None).filter(known_on__gt=since, known_on__lte=until)
    return found if indicators is None else found.filter(indicator__zh__in=indicators)


def arrived(
    zone: Zone,
    since: date,
    until: date,
    *,
    indicators: Collection[str] | None = None,
    count: int | None = None,
) -> list[Figure]:
    """The figures that came to be known after one day and up to another, the newest first.

    All of them, those of some indicators, or the first `count`. What it says of being superseded
    is how things are now.
    """
    found = _arrived(zone, since, until, indicators).order_by("-known_on", "-pk")
    return [_figure(one) for one in (found if count is None else found[:count])]


def arrivals(zone: Zone, since: date, until: date) -> int:
    """How many figures came to be known after one day and up to another."""
    return _arrived(zone, since, until, None).count()


def undated(zone: Zone) -> int:
    """How many figures do not say since when they are known; they count on every day."""
    return Observation.objects.filter(zone=zone, known_on__isnull=True).count()


def figures(zone: Zone, *, after: int = 0, count: int = 100) -> list[Figure]:
    """A page of all figures, by number."""
    found = _known(zone, None).filter(pk__gt=after).order_by("pk")
    return [_figure(one) for one in found[:count]]


def by_id(zone: Zone, ids: set[int]) -> dict[int, Figure]:
    """The figures of these numbers."""
    rows = _known(zone, None).filter(pk__in=ids).order_by("pk").values_list(*_SHOWN)
    return {row[0]: Figure(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class Entered:
    """How a figure came in: when, by whom, and from which row of what."""

    at: datetime
    by: str  # empty: by the system, as when a plan is loaded at its start
    origin: str | None  # empty: by hand, in the place of another; None: not recorded


def entered(zone: Zone, number: int) -> Entered:
    """How the figure of that number came in. Raises Observation.DoesNotExist."""
    found = Observation.objects.select_related("entered_by").get(zone=zone, pk=number)
    by = found.entered_by.get_username() if found.entered_by else ""
    return Entered(found.entered_at, by, found.entered_from)


def history(zone: Zone, number: int) -> list[Figure]:
    """A figure with all it replaced and all that replaced it, oldest first; empty for none."""
    chain = _chain(zone, number)
    return [_figure(one) for one in _known(zone, None).filter(pk__in=chain).order_by("pk")]


def _chain(zone: Zone, number: int) -> set[int]:
    links = Observation.objects.filter(zone=zone)
    chain = set(links.filter(pk=number).values_list("pk", flat=True))
    fresh = chain
    while fresh:
        # Two questions that an index answers; one with "or" goes through every figure.
        older = links.filter(pk__in=fresh, supersedes__isnull=False)
        newer = links.filter(supersedes__in=fresh).values_list("pk", flat=True)
        fresh = {*older.values_list("supersedes_id", flat=True), *newer} - chain - {None}
        chain |= fresh
    return chain


def _figure(found: Any) -> Figure:
    return Figure(
        found.pk, found.indicator.zh, found.subject.zh, found.period, found.value, found.unit,
        found.kind, found.scope, found.scope_note, found.vintage, found.source_title,
        found.source_url, found.published_on, found.known_on, found.is_superseded, found.reason,
    )  # fmt: skip
