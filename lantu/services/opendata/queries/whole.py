"""All published figures of a zone as an SDMX flow, of one reading of them."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from lantu.kernel.access.models import Zone
from lantu.kernel.facts.queries import Alike, PrintedSeries
from lantu.services.opendata.queries.facts import (
    STORED,
    attributes,
    flow_of,
    numbered,
    spelled,
)
from lantu.services.opendata.sdmx.model import Flow, Stretch, code_id

_Marks = tuple[str | None, ...]  # what goes with a figure
# The first and the last day of a figure, its number, and its value: in this order figures are told.
_Dated = tuple[str, str, int, str]
_FIGURE = itemgetter(0)


class WholeFlow:
    """The flow of all figures of a zone while they are read once, series by series.

    What is printed in it is known after the last one; to ask for that beforehand would go through
    every figure once more.
    """

    def __init__(self, zone: Zone) -> None:
        self.zone = zone
        self._names: dict[str, set[str]] = {name: set() for name in STORED}
        self._most = 1

    def flow(self) -> Flow:
        """The flow, with the code lists of what came so far."""
        return flow_of(self.zone, self._names, self._most)

    def stretches(self, series: PrintedSeries) -> Iterator[Stretch]:
        """The figures of a series that are in force, as `facts_rows` gives them, many at once."""
        found: dict[Alike, list[_Dated]] = defaultdict(list)
        for number, _, first_day, last_day, value, alike in series.figures:
            found[alike].append((first_day, last_day, number, value))
        by_names: dict[tuple[str, ...], list[tuple[_Marks, list[_Dated]]]] = defaultdict(list)
        for alike, figures in found.items():
            parts = by_names[self._named(series, alike)]
            if not alike.is_superseded:
                parts.append((_marks(alike), figures))
        for names, parts in by_names.items():
            if len(parts) == 1:
                marks, figures = parts[0]
                figures.sort()
                periods = [spelled(first, last)[1] for first, last, _, _ in figures]
                if len(set(periods)) == len(periods):
                    key = (*map(code_id, names), "1")
                    yield Stretch(key, marks, periods, [value for _, _, _, value in figures])
                    continue
            yield from self._numbered(names, parts)

    def _numbered(
        self, names: tuple[str, ...], parts: list[tuple[_Marks, list[_Dated]]]
    ) -> Iterator[Stretch]:
        """The same where a source prints a figure twice, or not all have the same with them."""
        every = sorted(((figure, marks) for marks, part in parts for figure in part), key=_FIGURE)
        stated = ((first, last, value, marks) for (first, last, _, value), marks in every)
        rows = (row for row, _ in numbered(names, stated))
        for (key, marks), group in groupby(rows, key=itemgetter(0, 3)):
            self._most = max(self._most, int(key[-1]))
            alike = list(group)
            values = [row.value or "" for row in alike]
            yield Stretch(key, marks, [row.period for row in alike], values)

    def _named(self, series: PrintedSeries, alike: Alike) -> tuple[str, ...]:
        """What stands in the dimensions."""
        names = (
            series.indicator, series.subject, alike.kind, alike.unit, alike.scope, alike.vintage,
            alike.source_url,
        )  # fmt: skip
        for found, text in zip(self._names.values(), names, strict=True):
            found.add(text)
        return names


def _marks(alike: Alike) -> _Marks:
    return attributes(alike.source_title, alike.published_on, alike.known_on, alike.scope_note)
