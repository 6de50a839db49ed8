"""A large answer is sent row by row, and what is sent is whole."""

import csv
import io
import json
from decimal import Decimal

from lantu.services.opendata.sdmx.data import ROWS_AT_ONCE, as_csv, as_json
from lantu.services.opendata.sdmx.model import Code, Codelist, Component, Flow, Row

ROWS = 20 * ROWS_AT_ONCE
PLACES = Codelist("CL_PLACE", "地点", "Places", (Code("A", "甲", "A"), Code("B", "乙", "B")))
FLOW = Flow(
    "FACTS_TEST", "facts", "test", "测试", "Test",
    (Component("PLACE", "地点", "Place", PLACES),),
    (Component("NOTE", "说明", "Note"),),
)  # fmt: skip


class Source:
    """Rows that are counted as they are taken."""

    def __init__(self):
        self.taken = 0

    def __iter__(self):
        for number in range(ROWS):
            self.taken += 1
            value = None if number % 10 == 0 else str(Decimal(number).scaleb(-2))
            yield Row(("AB"[number % 2],), f"{1000 + number}", value, (f"n{number % 7}",))


def test_the_first_part_of_csv_is_sent_before_the_last_row_is_read():
    source = Source()

    next(as_csv(FLOW, source))

    assert source.taken == ROWS_AT_ONCE


def test_the_first_observations_of_json_are_sent_before_the_last_row_is_read():
    source = Source()
    parts = as_json(FLOW, source, "2026-01-01T00:00:00+08:00")

    while '"0:0":' not in next(parts):
        pass

    assert source.taken == ROWS_AT_ONCE


def test_every_row_arrives_in_csv():
    rows = list(csv.DictReader(io.StringIO("".join(as_csv(FLOW, Source())))))

    assert len(rows) == ROWS
    assert (rows[0]["OBS_VALUE"], rows[11]["OBS_VALUE"]) == ("", "0.11")


def test_every_row_arrives_in_json_and_finds_its_time():
    text = "".join(as_json(FLOW, Source(), "2026-01-01T00:00:00+08:00"))

    data = json.loads(text, parse_float=Decimal)["data"]
    found = data["dataSets"][0]["observations"]
    times = data["structures"][0]["dimensions"]["observation"][1]["values"]
    assert len(found) == len(times) == ROWS
    assert times[11] == {"value": "1011"}
    assert found["1:11"] == [Decimal("0.11"), 4]


def test_a_text_that_a_spreadsheet_would_run_is_sent_as_text():
    row = Row(("A",), "2024", "-1.5", ("=1+1",))

    (line,) = csv.DictReader(io.StringIO("".join(as_csv(FLOW, [row]))))

    assert (line["NOTE"], line["OBS_VALUE"]) == ("'=1+1", "-1.5")
