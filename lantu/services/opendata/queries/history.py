"""The figures of a zone as they came to be known: also those that were superseded since."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter

from django.db.models import Q, QuerySet
from django.utils import timezone

from lantu.kernel.access.models import Zone
from lantu.kernel.facts.models import Observation
from lantu.services.opendata.queries.facts import (
    COLUMNS,
    ORDER,
    STORED,
    attributes,
    came_after,
    narrowed,
    spelled,
)
from lantu.services.opendata.sdmx.asking import Wanted
from lantu.services.opendata.sdmx.model import Flow, Row, code_id


def facts_history(zone: Zone, flow: Flow, wanted: Wanted) -> list[tuple[str, list[Row]]]:
    """The figures that are wanted by the moment from which each was known, the first days first.

    Those of which no day is known come before all. A figure that corrects another has the key of
    that one, the number of its printing too, so that both are seen to be the same figure.
    """
    found: dict[str, list[Row]] = {}
    for day, row in _rows(narrowed(_by_then(zone, wanted.as_of), flow, wanted), wanted):
        if wanted.fits(row):
            found.setdefault(_moment(day), []).append(row)
    return sorted(found.items(), key=itemgetter(0))


def _by_then(zone: Zone, as_of: date | None) -> QuerySet[Observation]:
    found = Observation.objects.filter(zone=zone)
    if as_of is None:
        return found
    return found.filter(Q(known_on__isnull=True) | Q(known_on__lte=as_of))


def _rows(found: QuerySet[Observation], wanted: Wanted) -> Iterator[tuple[date | None, Row]]:
    columns = [*COLUMNS, "known_on", "id", "supersedes_id", came_after(wanted.since)]
    ordered = found.order_by(*ORDER, "id").values_list(*columns).iterator(chunk_size=2000)
    kept = len(STORED)
    for (*names, first, last), group in groupby(ordered, key=itemgetter(slice(kept + 2))):
        codes = tuple(map(code_id, names))
        period, told = spelled(first, last)
        same = list(group)
        numbers = _printings((one[-3], one[-2]) for one in same)
        for one in same:
            value, *marks, day, number, _, came = one[kept + 2 :]
            row = Row((*codes, str(numbers[number])), told, value, attributes(*marks))
            if came and wanted.takes(row.key, period):
                yield day, row


def _printings(links: Iterable[tuple[int, int | None]]) -> Mapping[int, int]:
    """Which printing each figure is: one and those that correct it, one after another, are one.

    They are counted in the order of the last of each, as where only what is in force is told.
    """
    before = dict(links)
    corrected = {one for one in before.values() if one is not None}
    numbers: dict[int, int] = {}
    for place, last in enumerate((one for one in sorted(before) if one not in corrected), 1):
        one: int | None = last
        while one in before:
            numbers[one] = place
            one = before[one]
    return numbers


def _moment(day: date | None) -> str:
    """The first moment of a day here; empty for none."""
    if day is None:
        return ""
    return datetime.combine(day, time(), timezone.get_default_timezone()).isoformat()
