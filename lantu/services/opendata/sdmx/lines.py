"""What a row says in SDMX-CSV 2.0 and in SDMX-JSON 2.0.0: one row, or very many that are alike."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

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
    Stretch,
)


class CsvText:
    """Lines of SDMX-CSV of one flow, without what ends a line."""

    def __init__(self, flow: Flow) -> None:
        dimensions = [one.id for one in flow.dimensions]
        attributes = [one.id for one in flow.attributes]
        measure = [VALUE] if flow.measured else []
        named = ["dataflow", f"{AGENCY}:{flow.id}({VERSION})", "I"]
        self.heads = csv_cells(
            ["STRUCTURE", "STRUCTURE_ID", "ACTION", *dimensions, TIME, *measure, *attributes]
        )
        self._is_measured = flow.measured
        # What the rows of a series have alike is written out once.
        self._of_key = lru_cache(maxsize=1024)(lambda key: csv_cells((*named, *key)))
        self._of_attributes = lru_cache(maxsize=1024)(
            lambda marks: f",{csv_cells(marks)}" if attributes else ""
        )

    def row(self, row: Row) -> str:
        """The line of one observation."""
        key, period, value, marks = row
        measured = f",{value or ''}" if self._is_measured else ""
        return f"{self._of_key(key)},{period}{measured}{self._of_attributes(marks)}"

    def stretch(self, many: Stretch) -> list[str]:
        """The lines of observations that are told with their values."""
        key, rest = self._of_key(many.key), self._of_attributes(many.attributes)
        return [
            f"{key},{period},{value}{rest}"
            for period, value in zip(many.periods, many.values, strict=True)
        ]


class Places(dict[str, int]):
    """The values of a component with their places, in the order in which they came."""

    def __missing__(self, text: str) -> int:
        self[text] = place = len(self)
        return place


class JsonText:
    """The parts of an SDMX-JSON message of one flow.

    The observations come first and the structure after them, since only then are all values
    known; the order of members means nothing in JSON. Values that no observation has are not
    listed.
    """

    END_OF_SET: Final = "}}"

    def __init__(self, flow: Flow, *, by_time: bool = False) -> None:
        self._by_time = by_time
        self._is_measured = flow.measured
        self._links = json.dumps([{"rel": "dataflow", "urn": flow_urn(flow)}])
        self._places = places = [Places() for _ in flow.dimensions]
        self._attributes = attributes = [Places() for _ in flow.attributes]
        self._times = Places()
        self._of_key = lru_cache(maxsize=1024)(lambda key: ":".join(_numbers(places, key)))
        self._of_attributes = lru_cache(maxsize=1024)(
            lambda texts: "".join(f",{number}" for number in _numbers(attributes, texts))
        )

    def begin(self, prepared: str) -> str:
        """What comes before the data sets."""
        head = json.dumps(meta("data", prepared), ensure_ascii=False)
        return f'{{"meta":{head},"data":{{"dataSets":['

    def begin_set(self, day: str = "") -> str:
        """The beginning of a data set, of what holds since a day; `END_OF_SET` ends it."""
        since = f'"validFrom":"{day}",' if day else ""
        kind = "series" if self._by_time else "observations"
        return f'{{"structure":0,"links":{self._links},{since}"action":"Information","{kind}":{{'

    def row(self, row: Row) -> str:
        """One observation with its key."""
        return f'"{self._of_key(row.key)}:{self._times[row.period]}":{self._cells(row)}'

    def series(self, key: tuple[str, ...], rows: Iterable[Row]) -> str:
        """The observations of a key."""
        told = ",".join(f'"{self._times[row.period]}":{self._cells(row)}' for row in rows)
        return f'"{self._of_key(key)}":{{"observations":{{{told}}}}}'

    def stretch(self, many: Stretch) -> list[str]:
        """The observations that are told with their values, each with its key."""
        key, times = self._of_key(many.key), self._times
        rest = self._of_attributes(many.attributes)
        return [
            f'"{key}:{times[period]}":[{value or "null"}{rest}]'
            for period, value in zip(many.periods, many.values, strict=True)
        ]

    def _cells(self, row: Row) -> str:
        rest = self._of_attributes(row.attributes)
        return f"[{row.value or 'null'}{rest}]" if self._is_measured else f"[{rest[1:]}]"

    def end(self, flow: Flow, sets: int = 1) -> str:
        """The structure, and the end. The flow with its code lists as they are known by now."""
        whole = _structure(
            flow, self._places, self._attributes, self._times, by_time=self._by_time, sets=sets
        )
        return f'],"structures":[{json.dumps(whole, ensure_ascii=False)}]}}}}'


def _numbers(places: list[Places], texts: Iterable[str | None]) -> list[str]:
    """The place of each text among those of its component; null for none."""
    return [
        "null" if text is None else str(place[text])
        for place, text in zip(places, texts, strict=True)
    ]


def _structure(
    flow: Flow,
    places: list[Places],
    attributes: list[Places],
    times: Places,
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
        "values": [{"value": text} for text in times],
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
                    **({"values": _values(one, place)} if place else {}),
                }
                for one, place in zip(flow.attributes, attributes, strict=True)
            ]
        },
    }


def _values(component: Component, place: Places) -> list[dict[str, Any]]:
    if component.codelist is None:
        return [{"value": text} for text in place]
    named = {code.id: code for code in component.codelist.codes}
    # A figure may have come after the lists were made; its code is its name then.
    return [names(named.get(text) or Code(text, text, text)) for text in place]
