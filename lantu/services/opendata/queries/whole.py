"""All published figures of a zone as an SDMX flow, of one reading of them."""

from collections.abc import Iterator
from operator import itemgetter

from lantu.kernel.access.models import Zone
from lantu.kernel.facts.queries import Alike, PrintedSeries
from lantu.services.opendata.queries.facts import STORED, Stated, attributes, flow_of, numbered
from lantu.services.opendata.sdmx.model import Flow, Row


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

    def rows(self, series: PrintedSeries) -> Iterator[Row]:
        """The figures of a series that are in force, as `facts_rows` gives them."""
        marks: dict[Alike, tuple[str | None, ...]] = {}
        lists: dict[Alike, list[Stated]] = {}
        by_names: dict[tuple[str, ...], list[Stated]] = {}
        for _, _, first_day, last_day, value, alike in series.figures:
            if alike not in lists:
                names = self._named(series, alike)
                lists[alike] = by_names.setdefault(names, [])
                marks[alike] = attributes(
                    alike.source_title, alike.published_on, alike.known_on, alike.scope_note
                )
            if not alike.is_superseded:
                lists[alike].append((first_day, last_day, value, marks[alike]))
        for names, figures in by_names.items():
            figures.sort(key=itemgetter(0, 1))
            for row, _ in numbered(names, figures):
                yield row
                if row.key[-1] != "1":
                    self._most = max(self._most, int(row.key[-1]))

    def _named(self, series: PrintedSeries, alike: Alike) -> tuple[str, ...]:
        """What stands in the dimensions."""
        names = (
            series.indicator, series.subject, alike.kind, alike.unit, alike.scope, alike.vintage,
            alike.source_url,
        )  # fmt: skip
        for found, text in zip(self._names.values(), names, strict=True):
            found.add(text)
        return names
