"""Data as SDMX-CSV 2.0 and SDMX-JSON 2.0.0, row by row: a large answer is never held whole."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lantu.services.opendata.sdmx.asking import Wanted
from lantu.services.opendata.sdmx.lines import CsvText, JsonText
from lantu.services.opendata.sdmx.model import Flow, Row, series

ROWS_AT_ONCE = 500
# The moment from which figures hold, empty where it is not known, and the figures.
Told = tuple[str, Iterable[Row]]


def told(flow: Flow, rows: Iterable[Row], wanted: Wanted) -> tuple[Flow, Iterable[Row]]:
    """The flow and its rows with the attributes and the measure that are wanted."""
    places = wanted.attributes
    if places is None and wanted.measured:
        return flow, rows
    kept = range(len(flow.attributes)) if places is None else places
    attributes = tuple(flow.attributes[place] for place in kept)
    less = replace(flow, attributes=attributes, measured=wanted.measured)
    return less, (
        row._replace(
            value=row.value if wanted.measured else None,
            attributes=tuple(row.attributes[place] for place in kept),
        )
        for row in rows
    )


def as_csv(flow: Flow, rows: Iterable[Row]) -> Iterator[str]:
    """SDMX-CSV 2.0. A missing value is an empty cell."""
    text = CsvText(flow)
    batch = [text.heads]
    for number, row in enumerate(rows, 1):
        batch.append(text.row(row))
        if number % ROWS_AT_ONCE == 0:
            yield _lines(batch)
    yield _lines(batch)


def _lines(batch: list[str]) -> str:
    """The lines as text; there are none left then."""
    text = "\r\n".join([*batch, ""])
    batch.clear()
    return text


def as_json(
    flow: Flow,
    rows: Iterable[Row],
    prepared: str,
    *,
    by_time: bool = False,
    history: Iterable[Told] | None = None,
) -> Iterator[str]:
    """SDMX-JSON 2.0.0: all dimensions at the observation, or series by series.

    With a history, a data set for each day on which figures came to be known, and no `rows`.
    """
    text = JsonText(flow, by_time=by_time)

    def members(rows: Iterable[Row]) -> Iterator[str]:
        if not by_time:
            yield from map(text.row, rows)
            return
        for key, found in series(rows):
            yield text.series(key, found)

    yield text.begin(prepared)
    number = 0
    for number, (day, found) in enumerate([("", rows)] if history is None else history):
        yield ("," if number else "") + text.begin_set(day)
        yield from _joined(members(found))
        yield text.END_OF_SET
    yield text.end(flow, number + 1)


def _joined(members: Iterable[str]) -> Iterator[str]:
    """The members of an object with commas between, many at once."""
    batch: list[str] = []
    before = ""
    for member in members:
        batch.append(member)
        if len(batch) == ROWS_AT_ONCE:
            yield before + ",".join(batch)
            before = ","
            batch.clear()
    if batch:
        yield before + ",".join(batch)
