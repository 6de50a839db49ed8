"""Reading what stations send: csv in long or wide form and JSON messages, value by value."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import printed
from lantu.core.rules.parameters import Parameter, beside
from lantu.services.environment.series import Reading

LARGEST_ROWS = 500_000
BEIJING = timezone(timedelta(hours=8))
_NAMES = {
    "pm25": "pm25", "pm2_5": "pm25", "细颗粒物": "pm25", "pm10": "pm10", "可吸入颗粒物": "pm10",
    "so2": "so2", "二氧化硫": "so2", "co": "co", "一氧化碳": "co", "no2": "no2",
    "二氧化氮": "no2", "o3": "o3", "臭氧": "o3",
}  # fmt: skip
_HEADS = {
    "station": {"station", "code", "站点", "站点编码", "点位", "监测点"},
    "time": {"time", "hour", "datetime", "时间", "时刻", "监测时间"},
    "item": {"item", "pollutant", "项目", "污染物"},
    "value": {"value", "数值", "浓度", "监测值"},
    "unit": {"unit", "单位"},
}
_MISSING = {"", "-", "—", "——", "/", "na", "n/a", "null", "nan", "无", "缺测", "-99", "-999"}
_BELOW = re.compile(r"(?:<|＜|低于)\s*(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)[Ll]")
_UNIT = re.compile(r"(.+?)\s*[(（\[](.+?)[)）\]]")
_SCALES = {"μg/m³": Decimal(1), "mg/m³": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Given:
    """One value to be read, and where it stands."""

    line: int
    where: str
    station: str
    time: str
    item: str
    text: str
    unit: str = ""


def csv_values(content: bytes, name: str) -> Iterator[Given]:
    """The values of a csv file. Raises ContentError where the file as a whole is no such table."""
    if b"\0" in content[:4096] or content.startswith((b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff")):
        raise ContentError(name, "This is not a table.", "Save it as .csv.")
    rows = csv.reader(io.StringIO(_decoded(content, name), newline=""))
    heads = [head.strip().lower() for head in next(rows, [])]
    known = {key: next((n for n, head in enumerate(heads) if head in words), None)
             for key, words in _HEADS.items()}  # fmt: skip
    items = {place: one for place, head in enumerate(heads) if (one := _head(head))}
    is_long = known["item"] is not None and known["value"] is not None
    if known["station"] is None or known["time"] is None or not (items or is_long):
        raise ContentError(
            name,
            f"The first row has the columns {', '.join(heads) or 'none'}.",
            "Name station, time and either item, value, unit or a column for each pollutant.",
        )
    for line, row in enumerate(rows, 2):
        if line > LARGEST_ROWS:
            raise ContentError(name, f"There are over {LARGEST_ROWS} rows.", "Split the file.")
        if any(cell.strip() for cell in row):
            yield from _of_row(name, line, row, known, {} if is_long else items)


def _of_row(
    name: str, line: int, row: list[str], known: Mapping[str, int | None], items: Mapping[int, Any]
) -> Iterator[Given]:
    def cell(key: str) -> str:
        place = known[key]
        return row[place].strip() if place is not None and place < len(row) else ""

    where = f"{name}:{line}"
    station, time = cell("station"), cell("time")
    if not items:
        yield Given(line, where, station, time, cell("item"), cell("value"), cell("unit"))
    for place, (item, unit) in items.items():
        text = row[place].strip() if place < len(row) else ""
        yield Given(line, f"{where} {item}", station, time, item, text, unit)


def _head(head: str) -> tuple[str, str] | None:
    found = _UNIT.fullmatch(head)
    name, unit = (found[1], found[2]) if found else (head, "")
    item = _NAMES.get(name.replace(".", "").replace(" ", ""))
    return None if item is None else (item, unit)


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ContentError(name, "The characters cannot be read.", "Save it as UTF-8 CSV.")


def message_values(payload: bytes, topic: str, line: int = 1) -> Iterator[Given]:
    """The values of a message `{"station", "time", "values": {item: value}, "units": {…}}`."""
    try:
        body = json.loads(payload, parse_float=str, parse_int=str)
        values, units = body["values"], body.get("units") or {}
        station, time = str(body["station"]), str(body["time"])
        listed = [(str(key), "" if one is None else str(one)) for key, one in values.items()]
        listed_units = {str(key): str(one) for key, one in units.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ContentError(
            topic,
            f"The message is not an object with station, time and values: {payload[:80]!r}.",
            'Send {"station": "a1", "time": "2025-01-01T08:00+08:00", "values": {"PM2.5": 35}}.',
        ) from error
    for item, text in listed:
        yield Given(line, f"{topic} {item}", station, time, item, text, listed_units.get(item, ""))


def reading(given: Given, *, ends: bool = False) -> Reading:
    """The reading of a value. Raises ContentError where it cannot be one.

    `ends` says that the times name the end of an hour, not its beginning.
    """
    item = _NAMES.get(given.item.lower().replace(".", "").replace(" ", ""))
    if item is None:
        raise ContentError(
            given.where, f"{given.item!r} is not one of the six pollutants.",
            "Write PM2.5, PM10, SO2, CO, NO2 or O3.",
        )  # fmt: skip
    hour = _hour(given) - timedelta(hours=1 if ends else 0)
    text = given.text.strip()
    if text.lower() in _MISSING:
        return Reading(given.station, hour, item, given.text, None, given.unit)
    below = _BELOW.fullmatch(text)
    number = _number(below[1] or below[2] if below else text, given)
    value = number * _scale(item, given)
    mark = ""
    if below:
        value *= _rules()["below_detection"].at()
        mark = "below-detection"
    return Reading(given.station, hour, item, given.text, float(value), given.unit, mark)


@cache
def _rules() -> dict[str, Parameter]:
    """What the rule of flags goes by. The rule itself would load the analytics library."""
    return beside(str(Path(__file__).parent / "methods" / "hourly" / "flags.py"))


def _number(text: str, given: Given) -> Decimal:
    try:
        value = printed(text)
    except ValueError:
        value = None
    if value is None or not value.is_finite():
        raise ContentError(
            given.where, f"The value {given.text[:40]!r} is not a number.",
            "Write a number; leave the cell empty where nothing was measured.",
        )  # fmt: skip
    return value


def _scale(item: str, given: Given) -> Decimal:
    """What turns the unit that was sent into the item's own. Without a unit it is the item's."""
    own = _rules()["limits"].at()[item]["unit"]
    unit = given.unit.strip().replace("m3", "m³").replace("µ", "μ").replace("ug", "μg") or own
    unit = {"微克/立方米": "μg/m³", "毫克/立方米": "mg/m³"}.get(unit, unit)
    if unit not in _SCALES:
        raise ContentError(
            given.where, f"The unit {given.unit!r} is no concentration.", "Write μg/m³ or mg/m³."
        )
    return _SCALES[unit] / _SCALES[own]


def _hour(given: Given) -> datetime:
    try:
        time = datetime.fromisoformat(given.time.replace("/", "-"))
    except ValueError as error:
        raise ContentError(
            given.where, f"{given.time[:40]!r} is not a time.", "Write it as 2025-01-31 08:00."
        ) from error
    if time.tzinfo is not None:
        # A station that keeps summer time sends its offset, so that no hour is counted twice.
        time = time.astimezone(BEIJING).replace(tzinfo=None)
    if (time.minute, time.second, time.microsecond) != (0, 0, 0):
        raise ContentError(
            given.where, f"{given.time} is not a full hour: the station's clock may have jumped.",
            "Send hourly values, each at its full hour.",
        )  # fmt: skip
    return time
