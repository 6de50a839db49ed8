"""Data as SDMX-CSV 2.0 and SDMX-JSON 2.0.0, row by row: a large answer is never held whole."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from lantu.kernel.facts.export import csv_cells
from lantu.services.opendata.sdmx.as_json import dsd_urn, flow_urn, meta, names
from lantu.services.opendata.sdmx.model import (
    AGENCY,
    TIME,
    VALUE,
    VERSION,
    Code,
    Component,
    Flow,
    Row,
)

ROWS_AT_ONCE = 500


def as_csv(flow: Flow, rows: Iterable[Row]) -> Iterator[str]:
    """SDMX-CSV 2.0. A missing value is an empty cell."""
    dimensions = [one.id for one in flow.dimensions]
    attributes = [one.id for one in flow.attributes]
    heads = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *dimensions, TIME, VALUE, *attributes]
    named = ["dataflow", f"{AGENCY}:{flow.id}({VERSION})", "I"]
    # What the rows of a series have alike is written out once.
    of_key = lru_cache(maxsize=1024)(lambda key: csv_cells((*named, *key)))
    of_attributes = lru_cache(maxsize=1024)(csv_cells)
    batch = [csv_cells(heads)]
    for number, (key, period, value, marks) in enumerate(rows, 1):
        batch.append(f"{of_key(key)},{period},{value or ''},{of_attributes(marks)}")
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
    flow: Flow, rows: Iterable[Row], prepared: str, then: Callable[[], Flow] | None = None
) -> Iterator[str]:
    """SDMX-JSON 2.0.0, all dimensions at the observation.

    The observations come first and the structure after them, since only then are all values
    known; the order of members means nothing in JSON. `then`: gives the flow with its code lists,
    where these too are known only then. Values that no observation has are not listed.
    """
    places = [_Places() for _ in flow.dimensions]
    attributes = [_Places() for _ in flow.attributes]
    times = _Places()
    head = json.dumps(meta("data", prepared), ensure_ascii=False)
    links = json.dumps([{"rel": "dataflow", "urn": flow_urn(flow)}])
    yield f'{{"meta":{head},"data":{{"dataSets":[{{"structure":0,"links":{links},'
    yield '"action":"Information","observations":{'
    of_key = lru_cache(maxsize=1024)(lambda key: ":".join(_numbers(places, key)))
    of_marks = lru_cache(maxsize=1024)(lambda texts: ",".join(_numbers(attributes, texts)))
    of_time = lru_cache(maxsize=1024)(times.of)
    batch: list[str] = []
    between = ""
    for key, period, value, marks in rows:
        at = f"{of_key(key)}:{of_time(period)}"
        batch.append(f'{between}"{at}":[{value or "null"},{of_marks(marks)}]')
        between = ","
        if len(batch) == ROWS_AT_ONCE:
            yield "".join(batch)
            batch.clear()
    yield "".join(batch) + "}}],"
    whole = _structure(then() if then else flow, places, attributes, times)
    yield f'"structures":[{json.dumps(whole, ensure_ascii=False)}]}}}}'


def _numbers(places: list[_Places], texts: Iterable[str | None]) -> list[str]:
    """The place of each text among those of its component; null for none."""
    return [
        "null" if text is None else str(place.of(text))
        for place, text in zip(places, texts, strict=True)
    ]


def _structure(
    flow: Flow, places: list[_Places], attributes: list[_Places], times: _Places
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
        "dataSets": [0],
        "dimensions": {"observation": [*dimensions, time]},
        "measures": {"observation": [value]},
        "attributes": {
            "observation": [
                {
                    **names(one),
                    "relationship": {"observation": {}},
                    "values": _values(one, place),
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
