"""Tables: the published figures and events of a folder, row by row."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import printed
from lantu.core.figures.periods import period
from lantu.core.figures.units import UnitError, unit
from lantu.core.judging.records import EVENT_KINDS, EventKind
from lantu.core.plans.commitments import SERIES_KINDS
from lantu.core.plans.faults import MOST, Faults
from lantu.core.plans.records import Happening, Observed, SeriesKind

LARGEST = 50_000_000  # bytes
MOST_ROWS = 200_000
LONGEST_CELL = 4_000
OBSERVATIONS = (
    "indicator", "subject", "period", "value", "unit", "kind", "scope", "scope_note", "vintage",
    "source_title", "source_url", "published_on", "known_on",
)  # fmt: skip
EVENTS = (
    "code", "project", "event", "event_printed", "date", "precision", "detail", "source_title",
    "source_url", "known_on",
)  # fmt: skip
PRECISIONS = ("day", "month", "year")
T = TypeVar("T")


def observations(path: Path, name: str, faults: Faults, *, invented: bool) -> tuple[Observed, ...]:
    """Read observations.csv; every fault goes to `faults`, every sound row is returned."""

    def read(row: dict[str, str], where: str) -> Observed:
        return observation(row, where, invented=invented)

    return tuple(_rows(path, name, OBSERVATIONS, faults, read))


def events(path: Path, name: str, faults: Faults) -> tuple[Happening, ...]:
    """Read events.csv."""
    return tuple(_rows(path, name, EVENTS, faults, _event))


def _rows(
    path: Path,
    name: str,
    columns: tuple[str, ...],
    faults: Faults,
    read: Callable[[dict[str, str], str], T],
) -> Iterator[T]:
    if not path.exists():
        return
    with faults.kept():
        yield from _sound_rows(_lines(path, name, columns), faults, read)


def _sound_rows(
    lines: Iterator[tuple[dict[str, str], str]],
    faults: Faults,
    read: Callable[[dict[str, str], str], T],
) -> Iterator[T]:
    for row, where in lines:
        if len(faults.found) >= MOST:
            return
        try:
            yield read(row, where)
        except ContentError as error:
            faults.found.append(error)


def _lines(path: Path, name: str, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    if path.stat().st_size > LARGEST:
        raise ContentError(
            name, f"The file has more than {LARGEST:,} bytes.", "Split the plan's figures."
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_columns(reader.fieldnames, name, columns)
            for count, row in enumerate(reader, 1):
                where = f"{name}:{reader.line_num}"
                if count > MOST_ROWS:
                    raise ContentError(where, f"There are more than {MOST_ROWS:,} rows.", "Split.")
                yield _plain(row, where), where
    except UnicodeDecodeError as error:
        raise ContentError(name, "The file is not UTF-8 text.", "Save it as UTF-8.") from error
    except csv.Error as error:
        raise ContentError(name, f"This is not valid CSV: {error}.", "Mend the line.") from error


def _check_columns(found: object, name: str, columns: tuple[str, ...]) -> None:
    have = list(cast("list[str]", found or []))
    missing = [column for column in columns if column not in have]
    unknown = [column for column in have if column not in columns]
    if missing or unknown or len(have) != len(set(have)):
        what = f"missing {', '.join(missing) or 'none'}; unknown {', '.join(unknown) or 'none'}"
        raise ContentError(
            f"{name}:1", f"The columns differ: {what}.", f"Write: {','.join(columns)}."
        )


def _plain(row: dict[str | None, object], where: str) -> dict[str, str]:
    if None in row or any(value is None for value in row.values()):
        raise ContentError(where, "The row has too many or too few cells.", "Quote commas in text.")
    found = {str(key): str(value).strip() for key, value in row.items()}
    long = next((key for key, value in found.items() if len(value) > LONGEST_CELL), None)
    if long is not None:
        raise ContentError(where, f"The cell `{long}` is too long.", f"{LONGEST_CELL} is the most.")
    return found


def observation(row: dict[str, str], where: str, *, invented: bool) -> Observed:
    for key in ("indicator", "subject", "period", "value", "unit", "kind"):
        if not row[key]:
            raise ContentError(
                where, f"The cell `{key}` is empty.", "Fill it; an unknown figure has no row."
            )
    if not row["source_url"] and not invented:
        raise ContentError(
            where, "A real figure has no source_url.", "Give the address where it was published."
        )
    if row["kind"] not in SERIES_KINDS:
        raise ContentError(
            where, f"The kind {row['kind']!r} is not known.", f"Use {', '.join(SERIES_KINDS)}."
        )
    return Observed(
        indicator=row["indicator"],
        subject=row["subject"],
        period=_read(period, row, "period", where, "Write 2022, 2022-Q3 or 2022-01/2022-06."),
        value=_read(printed, row, "value", where, "Write digits only; leave unknown rows out."),
        unit=_known_unit(row["unit"], where),
        kind=cast(SeriesKind, row["kind"]),
        scope=row["scope"],
        scope_note=row["scope_note"],
        vintage=row["vintage"],
        source_title=row["source_title"],
        source_url=_address(row, where),
        published_on=_published(row, where),
        known_on=_day(row, "known_on", where),
        where=where,
    )


def _event(row: dict[str, str], where: str) -> Happening:
    if row["event"] and row["event"] not in EVENT_KINDS:
        raise ContentError(
            where,
            f"The event {row['event']!r} is not known.",
            f"Use {', '.join(EVENT_KINDS)}, or leave it empty and fill event_printed.",
        )
    if row["precision"] not in PRECISIONS:
        raise ContentError(
            where, f"The precision {row['precision']!r} is not known.", "Use day, month or year."
        )
    day = _day(row, "date", where)
    if day is None:
        raise ContentError(where, "The event has no date.", "Give the day it was reported.")
    return Happening(
        code=row["code"],
        project=row["project"],
        event=_event_kind(row["event"]),
        event_printed=row["event_printed"],
        date=day,
        precision=row["precision"],
        detail=row["detail"],
        source_title=row["source_title"],
        source_url=_address(row, where),
        known_on=_day(row, "known_on", where),
        where=where,
    )


def _published(row: dict[str, str], where: str) -> str:
    text = row["published_on"]
    if text and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        raise ContentError(
            where, f"published_on: {text[:60]!r} cannot be read.", "Write 2023-12-31, or 2023-12."
        )
    return text


def _event_kind(text: str) -> EventKind | None:
    return next((kind for kind in EVENT_KINDS if kind == text), None)


def _address(row: dict[str, str], where: str) -> str:
    address = row["source_url"]
    if address and not address.startswith(("http://", "https://")):
        raise ContentError(
            where, f"{address[:80]!r} is not an address.", "Begin it with https:// or http://."
        )
    return address


def _known_unit(text: str, where: str) -> str:
    try:
        unit(text)
    except UnitError as error:
        raise ContentError(
            where, f"The unit {text!r} is not known.", "Mend it, or add it to figures/units.txt."
        ) from error
    return text


def _day(row: dict[str, str], key: str, where: str) -> date | None:
    if not row[key]:
        return None
    return _read(date.fromisoformat, row, key, where, "Write it as 2023-12-31.")


def _read(reader: Callable[[str], T], row: dict[str, str], key: str, where: str, remedy: str) -> T:
    try:
        return reader(row[key])
    except ValueError as error:
        raise ContentError(where, f"{key}: {row[key][:60]!r} cannot be read.", remedy) from error
