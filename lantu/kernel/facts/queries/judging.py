"""The figures in force, as the judge takes them: of a day, of a moment, of some indicators."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import cast

from django.db.models import Case, Count, F, Min, Q, QuerySet, When
from django.db.models.expressions import Combinable

from lantu.core.figures.periods import Period
from lantu.core.plans.records import Observed, SeriesKind
from lantu.kernel.access.models import Zone
from lantu.kernel.facts.fields import stored
from lantu.kernel.facts.models import Indicator, Observation
from lantu.kernel.facts.queries.text import as_text

# Columns, not records, and days and values as text: a plan is judged by figures in their thousands.
_COLUMNS: list[str | Combinable] = [
    "indicator__zh", "subject__zh", *map(as_text, ("first_day", "last_day", "value")), "unit",
    "kind", "scope", "scope_note", "vintage", "source_title", "source_url", "published_on",
    as_text("known_on"), "pk",
]  # fmt: skip


_AT_ONCE = 5000  # numbers in one question; an engine takes so many


@lru_cache(maxsize=2000)
def _period(first_day: str, last_day: str) -> Period:
    """Few periods serve many figures."""
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    return Period(first.year, first.month, last.year, last.month)


_day = lru_cache(maxsize=2000)(date.fromisoformat)


def _observed(
    indicator: str, subject: str, first: str, last: str, value: str, unit: str, kind: str,
    scope: str, scope_note: str, vintage: str, source_title: str, source_url: str,
    published_on: str, known_on: str | None, pk: int,
) -> Observed:  # fmt: skip
    """A figure from its `_COLUMNS`."""
    # Each row brings its own copy of texts that thousands have alike; one of each is kept.
    return Observed(
        indicator=intern(indicator),
        subject=intern(subject),
        period=_period(first, last),
        value=cast(Decimal, stored(value)),
        unit=intern(unit),
        kind=cast(SeriesKind, intern(kind)),
        scope=intern(scope),
        scope_note=intern(scope_note),
        vintage=intern(vintage),
        source_title=intern(source_title),
        source_url=intern(source_url),
        published_on=intern(published_on),
        known_on=_day(known_on) if known_on else None,
        where=str(pk),
    )


def in_force(rows: QuerySet[Observation], known_on: date | None) -> QuerySet[Observation]:
    """Those of some figures whose place none took that was known by a day."""
    none_later = Q(superseded_by=None)
    if known_on is not None:
        since = Q(superseded_by__known_on__gt=known_on)
        none_later |= since | Q(superseded_by__known_on=None)
    return rows.filter(none_later)


def observed(
    zone: Zone,
    *,
    known_on: date | None = None,
    indicators: Collection[str] | None = None,
    scopes: Collection[str] | None = None,
) -> list[Observed]:
    """The figures in force, as the judge takes them: all, or those of some indicators or scopes.

    As of a past day those known later are there too: the judge says of them that they were not.
    """
    return observed_in([zone], known_on=known_on, indicators=indicators, scopes=scopes)[zone.pk]


def in_force_before(
    zone: Zone, known_on: date, now: Sequence[Observed], *, indicators: Collection[str]
) -> Sequence[Observed]:
    """What `observed` gives for a day, from what is in force now and the same of these indicators.

    The figures themselves are shared: those corrected since then are put among them. Where there
    are none it is the very list that was given.
    """
    later = Observation.objects.filter(zone=zone, supersedes__isnull=False)
    replaced = later.exclude(known_on__lte=known_on).values("supersedes_id")
    rows = Observation.objects.filter(pk__in=replaced, indicator__in=numbers_of([zone], indicators))
    since = [_observed(*columns) for columns in rows.values_list(*_COLUMNS)]
    return sorted((*now, *since), key=number) if since else now


def observed_in(
    zones: Collection[Zone],
    *,
    known_on: date | None = None,
    indicators: Collection[str] | None = None,
    scopes: Collection[str] | None = None,
) -> dict[int, list[Observed]]:
    """The figures in force of several zones, by the number of the zone; two questions for all."""
    rows = in_force(Observation.objects.filter(zone__in=zones), known_on)
    if indicators is not None:
        rows = rows.filter(indicator__in=numbers_of(zones, indicators))
    if scopes is not None:
        rows = rows.filter(scope__in=scopes)
    found: dict[int, list[Observed]] = {zone.pk: [] for zone in zones}
    # Row by row: a list of all of them would take more than the figures do. Put in order here: for
    # figures in order of their numbers an engine may go through all there are.
    every = rows.order_by().values_list("zone_id", *_COLUMNS).iterator(chunk_size=2000)
    for zone, *columns in every:
        found[zone].append(_observed(*columns))
    for figures in found.values():
        figures.sort(key=number)
    return found


def number(figure: Observed) -> int:
    """The number under which a figure is kept: later ones were entered later."""
    return int(figure.where)


def deciding(
    zone: Zone,
    *,
    known_on: date | None = None,
    indicators: Collection[str],
    scopes: Collection[str],
) -> tuple[list[Observed], set[tuple[str, str]]]:
    """As `observed`, but of the scopes that nobody asks for only what tells that they exist.

    Of the figures of such a scope that speak for one period in one unit, and were known on one day,
    the first. Also gives the series, as indicator and subject, of which some were left out. In no
    order.
    """
    rows = Observation.objects.filter(zone=zone, indicator__in=numbers_of([zone], indicators))
    # All figures are gone through once; those that are needed are then found by their numbers.
    own = Case(When(scope__in=[*scopes, ""], then=F("pk")))
    alike = (
        in_force(rows, known_on)
        .order_by()
        .values(
            "indicator_id",
            "subject_id",
            "kind",
            "unit",
            "first_day",
            "last_day",
            "known_on",
            own=own,
        )
    )
    counts = dict(alike.annotate(one=Min("pk"), count=Count("pk")).values_list("one", "count"))
    ones = sorted(counts)
    parts = (ones[start : start + _AT_ONCE] for start in range(0, len(ones), _AT_ONCE))
    found = [
        _observed(*columns)
        for part in parts
        for columns in rows.filter(pk__in=part).order_by().values_list(*_COLUMNS).iterator()
    ]
    thinned = {(one.indicator, one.subject) for one in found if counts.get(int(one.where), 1) > 1}
    return found, thinned


def observed_at(zone: Zone, moment: datetime, indicators: Collection[str]) -> list[Observed]:
    """The figures of some indicators that were in force here at a moment, by their entry."""
    entered = Observation.objects.filter(zone=zone, entered_at__lte=moment)
    replaced = entered.filter(supersedes__isnull=False).values_list("supersedes_id", flat=True)
    found = entered.filter(indicator__zh__in=indicators).exclude(pk__in=replaced)
    return sorted((_observed(*columns) for columns in found.values_list(*_COLUMNS)), key=number)


def numbers_of(zones: Collection[Zone], indicators: Collection[str]) -> list[int]:
    """The numbers of indicators, asked first: a join would go through all figures of the zones."""
    found = Indicator.objects.filter(zone__in=zones, zh__in=indicators)
    return list(found.values_list("pk", flat=True))
