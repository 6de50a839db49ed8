"""Figures as they are printed, as text only: what a table of all figures of a zone is made of."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db.models import CharField, TextField
from django.db.models.functions import Cast, JSONArray

from lantu.kernel.access.models import Zone
from lantu.kernel.facts.models import Indicator, Observation

_OWN: Final = ("indicator_id", "subject_id", "pk", "period")
_KEPT: Final = ("first_day", "last_day", "value")
_AT_ONCE: Final = 4096  # so many kinds of figure are held at a time
_ALIKE: Final = (
    "unit", "kind", "scope", "scope_note", "vintage", "source_title", "source_url", "published_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """What many figures have alike; of those that are the same there is one only."""

    unit: str
    kind: str
    scope: str
    scope_note: str
    vintage: str
    source_title: str
    source_url: str
    published_on: str
    known_on: str | None
    reason: str
    is_superseded: bool


# A figure: its number, its period as printed, the first and the last day of it, its value as
# printed, and the rest. A plain tuple, as there are very many.
Printed = tuple[int, str, str, str, str, Alike]


@dataclass(frozen=True, slots=True)
class PrintedSeries:
    """The figures of one indicator of one subject, in order of time; superseded are among them."""

    indicator: str
    subject: str
    figures: list[Printed]


def as_text(column: str) -> Cast:
    """A column as it is kept, so that nothing is read as a Decimal or a day and written out again.

    A zone has figures in their hundred thousands.
    """
    return Cast(column, CharField())


def printed(zone: Zone) -> Iterator[PrintedSeries]:
    """Every series of a zone, in the order of their first entry; one at a time is held."""
    # Names are asked once, not for each figure, and so is what took the place of another.
    indicators = dict(Indicator.objects.filter(zone=zone).values_list("pk", "zh"))
    subjects = dict(zone.subjects.values_list("pk", "zh"))
    found = Observation.objects.filter(zone=zone)
    replaced = set(found.filter(supersedes__isnull=False).values_list("supersedes_id", flat=True))
    # What figures have alike comes as one text, which is looked up and not taken apart again.
    alike = Cast(JSONArray(*_ALIKE, as_text("known_on"), "reason"), TextField())
    ordered = found.order_by("indicator_id", "subject_id", "last_day", "id")
    rows = ordered.values_list(*_OWN, *map(as_text, _KEPT), alike).iterator(chunk_size=250)
    now, before = _OneOfEach(is_superseded=False), _OneOfEach(is_superseded=True)
    for (indicator, subject), group in groupby(rows, key=itemgetter(0, 1)):
        figures = [
            (number, period, first, last, value, (before if number in replaced else now)[text])
            for _, _, number, period, first, last, value, text in group
        ]
        yield PrintedSeries(indicators[indicator], subjects[subject], figures)


class _OneOfEach(dict[str, Alike]):
    """Keeps one object for all figures that are alike, so that its text need be made once."""

    def __init__(self, *, is_superseded: bool) -> None:
        super().__init__()
        self._is_superseded = is_superseded

    def __missing__(self, text: str) -> Alike:
        if len(self) == _AT_ONCE:
            self.clear()
        columns: tuple[Any, ...] = (*json.loads(text), self._is_superseded)
        found = self[text] = Alike(*columns)
        return found
