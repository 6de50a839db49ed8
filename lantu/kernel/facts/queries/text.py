"""Figures as they are printed, as text only: what a table of all figures of a zone is made of."""

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter

from django.db.models import CharField, F
from django.db.models.functions import Cast

from lantu.kernel.access.models import Zone
from lantu.kernel.facts.models import Observation
from lantu.kernel.facts.queries.judging import numbers_of

# The number, what the series is of, its period, its value, all else, and what took its place.
Printed = tuple[int, str, str, str, str, *tuple[str | int | None, ...]]
_BEFORE = ("pk", "indicator__zh", "subject__zh", "period")
_MIDDLE = (
    "unit", "kind", "scope", "scope_note", "vintage", "source_title", "source_url", "published_on",
)  # fmt: skip


def as_text(column: str) -> Cast:
    """A column as it is kept, so that nothing is read as a Decimal or a day and written out again.

    A zone has figures in their hundred thousands.
    """
    return Cast(column, CharField())


def printed(
    zone: Zone, indicators: Collection[str] | None = None
) -> Iterator[tuple[str, str, Iterator[Printed]]]:
    """Each series, as its indicator, its subject and its figures in order of time.

    All series of a zone, or those of some indicators; superseded figures are among them.
    """
    columns = (*_BEFORE, as_text("value"), *_MIDDLE, as_text("known_on"), F("superseded_by"))
    found = Observation.objects.filter(zone=zone)
    if indicators is not None:
        found = found.filter(indicator__in=numbers_of([zone], indicators))
    found = found.order_by("indicator_id", "subject_id", "last_day", "id")
    rows = found.values_list(*columns, "reason").iterator(chunk_size=2000)
    for (indicator, subject), group in groupby(rows, key=itemgetter(1, 2)):
        yield indicator, subject, group
