"""The order in which observations are sent: `sort=INDICATOR+TIME_PERIOD:desc`."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from lantu.services.opendata.sdmx.faults import syntax
from lantu.services.opendata.sdmx.filters import moment
from lantu.services.opendata.sdmx.model import TIME, VALUE, Flow, Row

# Components by name, each with whether the last comes first.
Order = tuple[tuple[str, bool], ...]
_WAYS: Final = {"": False, "asc": False, "desc": True}


def order(flow: Flow, text: str) -> Order:
    """What a question says of the order; nothing where it says nothing. Raises Fault.

    `*` is all dimensions in their order, `series_key` the same without the time.
    """
    dimensions = [one.id for one in flow.dimensions]
    known = {*dimensions, TIME, VALUE, *(one.id for one in flow.attributes)}
    found: list[tuple[str, bool]] = []
    # A plus in an address is a blank by the time it is read.
    for part in text.replace("+", " ").split():
        name, _, way = part.partition(":")
        if way not in _WAYS:
            raise syntax(f"{way[:40]!r} is no order. Write asc or desc.")
        names = {"*": [*dimensions, TIME], "series_key": dimensions}.get(name, [name])
        if unknown := set(names) - known:
            raise syntax(f"The flow {flow.id} has no component {sorted(unknown)[0][:40]!r}.")
        found += [(one, _WAYS[way]) for one in names]
    return tuple(found)


def in_order(flow: Flow, rows: Iterable[Row], wanted: Order, *, by_time: bool) -> list[Row]:
    """All rows in an order. Sent series by series, a series stays together."""
    places = {one.id: place for place, one in enumerate(flow.dimensions)}
    if by_time:
        of_series = [one for one in wanted if one[0] in places]
        named = {name for name, _ in of_series}
        rest = [(name, False) for name in places if name not in named]
        wanted = (*of_series, *rest, *(one for one in wanted if one[0] not in places))
    found = list(rows)
    for name, last_first in reversed(wanted):
        found.sort(key=lambda row: _key(flow, places, name, row), reverse=last_first)  # noqa: B023
    return found


def _key(flow: Flow, places: dict[str, int], name: str, row: Row) -> tuple[Any, ...]:
    """What a row is sorted by; what is not known comes before all that is."""
    if name in places:
        return (row.key[places[name]],)
    if name == TIME:
        when = moment(row.period)
        return (when.start_year, when.start_month, when.last_day)
    if name == VALUE:
        return (row.value is not None, Decimal(row.value or 0))
    place = [one.id for one in flow.attributes].index(name)
    return (row.attributes[place] or "",)
