"""Data as SDMX-CSV 2.0 and SDMX-JSON 2.0.0, row by row: a large answer is never held whole."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lantu.kernel.facts.export import csv_cells
from lantu.services.opendata.sdmx.as_json import dsd_urn, flow_urn, meta, names
from lantu.services.opendata.sdmx.asking import Wanted
from lantu.services.opendata.sdmx.model import (
    AGENCY,
    TIME,
    VALUE,
    VERSION,
    Code,
    Component,
    Flow,
    Row,
    series,
)

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
    dimensions = [one.id for one in flow.dimensions]
    attributes = [one.id for one in flow.attributes]
    measure = [VALUE] if flow.measured else []
    heads = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *dimensions, TIME, *measure, *attributes]
    named = ["dataflow", f"{AGENCY}:{flow.id}({VERSION})", "I"]
    # What the rows of a series have alike is written out once.
    of_key = lru_cache(maxsize=1024)(lambda key: csv_cells((*named, *key)))
    of_attributes = lru_cache(maxsize=1024)(
        lambda marks: f",{csv_cells(marks)}" if attributes else ""
    )
    batch = [csv_cells(heads)]
    for number, (key, period, value, marks) in enumerate(rows, 1):
        measured = f",{value or ''}" if flow.measured else ""
        batch.append(f"{of_key(key)},{period}{measured}{of_attributes(marks)}")
        if number % ROWS_AT_ONCE == 0:
            yield _lines(batch)
    yield _lines(batch)


def _lines(batch: list[str]) -> str:
    """The lines as text; there are none left then."""
    text = "\r\n".join([*batch, ""])
    batch.clear()
    return text


class _Places:
    """The values of a component, in the order in which they came."""

    def __init__(self) -> None:
        self.found: dict[str, int] = {}

    def of(self, text: str) -> int:
        return self.found.setdefault(text, len(self.found))


def as_json(
    flow: Flow,
    rows: Iterable[Row],
    prepared: str,
    then: Callable[[], Flow] | None = None,
    *,
    by_time: bool = False,
    history: Iterable[Told] | None = None,
) -> Iterator[str]:
    """SDMX-JSON 2.0.0: all dimensions at the observation, or series by series.

    With a history, a data set for each day on which figures came to be known, and no `rows`.

    The observations come first and the structure after them, since only then are all values
    known; the order of members means nothing in JSON. `then`: gives the flow with its code lists,
    where these too are known only then. Values that no observation has are not listed.
    """
    places = [_Places() for _ in flow.dimensions]
    attributes = [_Places() for _ in flow.attributes]
    times = _Places()
    of_key = lru_cache(maxsize=1024)(lambda key: ":".join(_numbers(places, key)))
    of_attributes = lru_cache(maxsize=1024)(
        lambda texts: "".join(f",{number}" for number in _numbers(attributes, texts))
    )
    measured = flow.measured
    head = json.dumps(meta("data", prepared), ensure_ascii=False)
    links = json.dumps([{"rel": "dataflow", "urn": flow_urn(flow)}])
    kind = "series" if by_time else "observations"

    def cells(row: Row) -> str:
        if not measured:
            return f"[{of_attributes(row.attributes)[1:]}]"
        return f"[{row.value or 'null'}{of_attributes(row.attributes)}]"

    def members(rows: Iterable[Row]) -> Iterator[str]:
        if not by_time:
            for row in rows:
                yield f'"{of_key(row.key)}:{times.of(row.period)}":{cells(row)}'
            return
        for key, found in series(rows):
            told = ",".join(f'"{times.of(row.period)}":{cells(row)}' for row in found)
            yield f'"{of_key(key)}":{{"observations":{{{told}}}}}'

    yield f'{{"meta":{head},"data":{{"dataSets":['
    number = 0
    for number, (day, found) in enumerate([("", rows)] if history is None else history):
        since = f'"validFrom":"{day}",' if day else ""
        yield f'{"," if number else ""}{{"structure":0,"links":{links},{since}'
        yield f'"action":"Information","{kind}":{{'
        yield from _joined(members(found))
        yield "}}"
    yield "],"
    whole = _structure(
        then() if then else flow, places, attributes, times, by_time=by_time, sets=number + 1
    )
    yield f'"structures":[{json.dumps(whole, ensure_ascii=False)}]}}}}'


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


def _numbers(places: list[_Places], texts: Iterable[str | None]) -> list[str]:
    """The place of each text among those of its component; null for none."""
    return [
        "null" if text is None else str(place.of(text))
        for place, text in zip(places, texts, strict=True)
    ]


def _structure(
    flow: Flow,
    places: list[_Places],
    attributes: list[_Places],
    times: _Places,
    *,
    by_time: bool,
    sets: int,
) -> dict[str, Any]:
    dimensions = [
        {**names(one), "keyPosition": number, "values": _values(one, place)}
        for number, (one, place) in enumerate(zip(flow.dimensions, places, strict=True))
    ]
    time = {
        "id": TIME,
        "name": "时间",
        "names": {"zh": "时间", "en": "Time period"},
        "keyPosition": len(dimensions),
        "values": [{"value": text} for text in times.found],
    }
    value = {"id": VALUE, "name": "观测值", "names": {"zh": "观测值", "en": "Observation value"}}
    return {
        "links": [
            {"rel": "dataflow", "urn": flow_urn(flow)},
            {"rel": "datastructure", "urn": dsd_urn(flow)},
        ],
        "dataSets": [*range(sets)],
        "dimensions": (
            {"series": dimensions, "observation": [time]}
            if by_time
            else {"observation": [*dimensions, time]}
        ),
        "measures": {"observation": [value] if flow.measured else []},
        "attributes": {
            "observation": [
                {
                    **names(one),
                    "relationship": {"observation": {}},
                    # Of an attribute that no observation has there is no list: it may not be empty.
                    **({"values": _values(one, place)} if place.found else {}),
                }
                for one, place in zip(flow.attributes, attributes, strict=True)
            ]
        },
    }


def _values(component: Component, place: _Places) -> list[dict[str, Any]]:
    if component.codelist is None:
        return [{"value": text} for text in place.found]
    named = {code.id: code for code in component.codelist.codes}
    # A figure may have come after the lists were made; its code is its name then.
    return [names(named.get(text) or Code(text, text, text)) for text in place.found]
