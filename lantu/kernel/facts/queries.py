"""What pages, judges and the API need to know of figures. All of it as known on a day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any, cast

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from lantu.core.figures.periods import Period
from lantu.core.plans.records import Observed, SeriesKind
from lantu.kernel.access.models import Zone
from lantu.kernel.facts.models import Indicator, Observation
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
    return _known_in([zone], known_on)


def _known_in(zones: Collection[Zone], known_on: date | None) -> QuerySet[Observation]:
    later = Observation.objects.filter(supersedes_id=OuterRef("pk"))
    found = Observation.objects.filter(zone__in=zones).annotate(is_superseded=Exists(later))
    found = found.select_related("indicator", "subject")
    if known_on is not None:
        found = found.filter(Q(known_on__isnull=True) | Q(known_on__lte=known_on))
    return found


def _superseded(
    zones: Collection[Zone], known_on: date | None
) -> QuerySet[Observation, int | None]:
    """The numbers of what a figure known by that day took the place of."""
    later = Observation.objects.filter(zone__in=zones, supersedes__isnull=False)
    if known_on is not None:
        later = later.filter(known_on__lte=known_on)
    return later.values_list("supersedes_id", flat=True)


def observed(
    zone: Zone, *, known_on: date | None = None, indicators: Collection[str] | None = None
) -> list[Observed]:
    """The figures in force, as the judge takes them: all, or those of some indicators.

    As of a past day those known later are there too: the judge says of them that they were not.
    """
    return observed_in([zone], known_on=known_on, indicators=indicators)[zone.pk]


def in_force_before(
    zone: Zone, known_on: date, now: Sequence[Observed], *, indicators: Collection[str]
) -> Sequence[Observed]:
    """What `observed` gives for a day, from what is in force now and the same of these indicators.

    The figures themselves are shared: those corrected since then are put among them. Where there
    are none it is the very list that was given.
    """
    later = Observation.objects.filter(zone=zone, supersedes__isnull=False)
    replaced = later.exclude(known_on__lte=known_on).values("supersedes_id")
    rows = Observation.objects.filter(pk__in=replaced, indicator__in=_numbers([zone], indicators))
    since = [_observed(*columns) for columns in rows.order_by("id").values_list(*_COLUMNS)]
    return sorted((*now, *since), key=lambda one: int(one.where)) if since else now


def observed_in(
    zones: Collection[Zone],
    *,
    known_on: date | None = None,
    indicators: Collection[str] | None = None,
) -> dict[int, list[Observed]]:
    """The figures in force of several zones, by the number of the zone; two questions for all."""
    rows = Observation.objects.filter(zone__in=zones)
    rows = rows.exclude(pk__in=_superseded(zones, known_on))
    if indicators is not None:
        rows = rows.filter(indicator__in=_numbers(zones, indicators))
    found: dict[int, list[Observed]] = {zone.pk: [] for zone in zones}
    # Row by row: a list of all of them would take more than the figures do.
    every = rows.order_by("id").values_list("zone_id", *_COLUMNS).iterator(chunk_size=2000)
    for zone, *columns in every:
        found[zone].append(_observed(*columns))
    return found


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
    found = Observation.objects.filter(indicator__in=_numbers(zones, indicators))
    row = found.aggregate(count=Count("pk"), last=Max("pk"))
    return Mark(row["count"], row["last"] or 0)


def added_in(
    zones: Collection[Zone], indicators: Collection[str], *, after: int
) -> list[tuple[int, str]]:
    """The number of the zone and the indicator of each figure after a number."""
    found = Observation.objects.filter(pk__gt=after, indicator__in=_numbers(zones, indicators))
    return list(found.order_by("pk").values_list("zone_id", "indicator__zh"))


def _numbers(zones: Collection[Zone], indicators: Collection[str]) -> list[int]:
    """The numbers of indicators, asked first: a join would go through all figures of the zones."""
    found = Indicator.objects.filter(zone__in=zones, zh__in=indicators)
    return list(found.values_list("pk", flat=True))


def observed_at(zone: Zone, moment: datetime, indicators: Collection[str]) -> list[Observed]:
    """The figures of some indicators that were in force here at a moment, by their entry."""
    entered = Observation.objects.filter(zone=zone, entered_at__lte=moment)
    replaced = entered.filter(supersedes__isnull=False).values_list("supersedes_id", flat=True)
    found = entered.filter(indicator__zh__in=indicators).exclude(pk__in=replaced)
    return [_observed(*columns) for columns in found.order_by("id").values_list(*_COLUMNS)]


def entered_since(zone: Zone, moment: datetime) -> dict[str, int]:
    """How many figures of each indicator were entered after a moment, by its name."""
    found = Observation.objects.filter(zone=zone, entered_at__gt=moment)
    rows = found.values("indicator__zh").annotate(count=Count("id")).order_by("indicator__zh")
    return {row["indicator__zh"]: row["count"] for row in rows}


def newest_entered(zone: Zone, moment: datetime, count: int) -> list[Figure]:
    """The figures that were entered last, after a moment."""
    found = _known(zone, None).filter(entered_at__gt=moment).order_by("-id")
    return [_figure(one) for one in found[:count]]


def count(zone: Zone) -> int:
    """How many figures a zone holds."""
    return Observation.objects.filter(zone=zone).count()


# Columns, not records: a plan is judged by figures in their thousands.
_COLUMNS = (
    "indicator__zh", "subject__zh", "first_day", "last_day", "value", "unit", "kind", "scope",
    "scope_note", "vintage", "source_title", "source_url", "published_on", "known_on", "pk",
)  # fmt: skip


@lru_cache(maxsize=2000)
def _period(first: date, last: date) -> Period:
    """Few periods serve many figures."""
    return Period(first.year, first.month, last.year, last.month)


def _observed(
    indicator: str, subject: str, first: date, last: date, value: Decimal, unit: str, kind: str,
    scope: str, scope_note: str, vintage: str, source_title: str, source_url: str,
    published_on: str, known_on: date | None, pk: int,
) -> Observed:  # fmt: skip
    """A figure from its `_COLUMNS`."""
    # Each row brings its own copy of texts that thousands have alike; one of each is kept.
    return Observed(
        indicator=intern(indicator),
        subject=intern(subject),
        period=_period(first, last),
        value=value,
        unit=intern(unit),
        kind=cast(SeriesKind, intern(kind)),
        scope=intern(scope),
        scope_note=intern(scope_note),
        vintage=intern(vintage),
        source_title=intern(source_title),
        source_url=intern(source_url),
        published_on=intern(published_on),
        known_on=known_on,
        where=str(pk),
    )


def catalogue(
    zone: Zone, *, words: str = "", start: int = 0, most: int | None = None
) -> list[Entry]:
    """The series of a zone whose indicator or subject has these words; at most so many."""
    asked = Observation.objects.filter(zone=zone)
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


def newest(zone: Zone, count: int) -> list[Figure]:
    """The figures that became known last."""
    found = _known(zone, None).exclude(pk__in=_superseded([zone], None))
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
