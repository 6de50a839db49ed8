"""Spreadsheets: csv, xlsx and xls as plain rows, with the line each stands in."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from lantu.core import content
from lantu.core.errors import ContentError
from lantu.core.plans.tables import OBSERVATIONS

MOST_ROWS = 200_000
MOST_COLUMNS = 100
LARGEST = 50_000_000  # bytes
LARGEST_UNPACKED = 500_000_000
HEAD_ROWS = 20
NEEDED = ("indicator", "subject", "period", "value", "unit", "kind")
HEADS = f"Put the heads {', '.join(NEEDED)} (or 指标、主体、时期、数值、单位、类型) in one row."
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_HIDDEN = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')


@dataclass(slots=True)
class Sheet:
    """The rows of one sheet by column name, and what a reader must know of it."""

    rows: list[tuple[int, str, dict[str, str]]]  # line, place, cells
    notes: list[str] = field(default_factory=list)
    merged: frozenset[int] = frozenset()


def read(content_bytes: bytes, name: str) -> Sheet:
    """Read a file by what it contains, whatever it is called.

    Raises ContentError for a file that is empty, too large, no table, or without the columns.
    """
    if not content_bytes.strip():
        raise ContentError(name, "The file is empty.", "Choose a file with rows.")
    if len(content_bytes) > LARGEST:
        raise ContentError(
            name,
            f"The file has {len(content_bytes):,} bytes; {LARGEST:,} is the most.",
            "Split it.",
        )
    if content_bytes[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return _workbook(content_bytes, name)
    if b"\0" in content_bytes[:4096] or content_bytes[:5] == b"%PDF-":
        raise ContentError(name, "This is not a table.", "Save it as .csv or .xlsx.")
    return _text(content_bytes, name)


def _text(content_bytes: bytes, name: str) -> Sheet:
    text = _decoded(content_bytes, name)
    head = text[:4096]
    delimiter = max(",;\t", key=lambda mark: head.count(mark))
    csv.field_size_limit(100_000)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ContentError(name, f"This is not valid CSV: {error}.", "Mend the file.") from error
    return Sheet(_named(lines, name, 1))


def _decoded(content_bytes: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content_bytes.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ContentError(name, "The characters cannot be read.", "Save it as UTF-8 CSV.")


def _workbook(content_bytes: bytes, name: str) -> Sheet:
    from python_calamine import CalamineError, CalamineWorkbook

    if content_bytes[:2] == b"PK":
        _refuse_bombs(content_bytes, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content_bytes))
        sheets = [(title, book.get_sheet_by_name(title)) for title in book.sheet_names]
        tables = [(title, sheet, sheet.to_python(skip_empty_area=False)) for title, sheet in sheets]
    except (CalamineError, ValueError, OSError) as error:
        raise ContentError(
            name, "This workbook cannot be read.", "Save it again as .xlsx, or as .csv."
        ) from error
    for number, (title, sheet, lines) in enumerate(tables, 1):
        if _head(lines) is None:
            continue
        merged = [((a, b), (c, d)) for (a, b), (c, d) in (sheet.merged_cell_ranges or [])]
        found = Sheet(_named(lines, f"{name}[{title}]", 1))
        found.merged = frozenset(
            line + 1 for (first, _), (last, _) in merged for line in range(first, last + 1)
        )
        found.notes = _hidden(content_bytes, number)
        return found
    titles = "、".join(book.sheet_names)
    raise ContentError(
        name,
        f"No sheet ({titles}) has a row of column heads.",
        HEADS,
    )


def _refuse_bombs(content_bytes: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content_bytes)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as error:
        raise ContentError(name, "The file is damaged.", "Save it again as .xlsx.") from error
    if size > LARGEST_UNPACKED:
        raise ContentError(name, f"Unpacked it would have {size:,} bytes.", "Split it.")


def _hidden(content_bytes: bytes, number: int) -> list[str]:
    """Hidden rows are read like the others; the report says so."""
    if content_bytes[:2] != b"PK":
        return []
    with zipfile.ZipFile(io.BytesIO(content_bytes)) as packed:
        part = f"xl/worksheets/sheet{number}.xml"
        if part not in packed.namelist():
            return []
        rows = [match[1].decode() for match in _HIDDEN.finditer(packed.read(part))]
    return [f"Hidden rows were read like the others: {', '.join(rows[:50])}."] if rows else []


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    entries = content.read(Path(__file__).with_name("columns.yaml"), "facts/columns.yaml").mapping()
    return {
        _plain(alias.text()): column for column, entry in entries.items() for alias in entry.items()
    }


def _plain(head: Any) -> str:
    return re.sub(r"[\s*（(].*|\s", "", str(head)).lower()


def _head(lines: list[list[Any]]) -> int | None:
    """The row that names the columns: the first one that has all that are needed."""
    for at, cells in enumerate(lines[:HEAD_ROWS]):
        names = {_aliases().get(_plain(cell)) for cell in cells}
        if set(NEEDED) <= names:
            return at
    return None


def _named(lines: list[list[Any]], name: str, first: int) -> list[tuple[int, str, dict[str, str]]]:
    at = _head(lines)
    if at is None:
        raise ContentError(
            name,
            f"The first {HEAD_ROWS} rows do not name the columns.",
            HEADS,
        )
    if len(lines[at]) > MOST_COLUMNS:
        raise ContentError(name, f"There are {len(lines[at])} columns.", f"Keep {MOST_COLUMNS}.")
    if len(lines) - at - 1 > MOST_ROWS:
        raise ContentError(
            name, f"There are {len(lines) - at - 1:,} rows; {MOST_ROWS:,} is the most.", "Split it."
        )
    columns = [_aliases().get(_plain(cell)) for cell in lines[at]]
    return list(_rows(lines[at + 1 :], columns, name, first + at + 1))


def _rows(
    lines: list[list[Any]], columns: list[str | None], name: str, first: int
) -> Iterator[tuple[int, str, dict[str, str]]]:
    for line, cells in enumerate(lines, first):
        named = zip(columns, cells, strict=False)
        row = {column: _cell(column, cell) for column, cell in named if column}
        if any(row.values()):
            yield line, f"{name}:{line}", {key: row.get(key, "") for key in OBSERVATIONS}


def _cell(column: str, cell: Any) -> str:
    """A cell as text, the way its column means it."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        # A spreadsheet turns the period 2022-06 into the first day of that month.
        return f"{cell:%Y-%m}" if column == "period" and cell.day == 1 else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if column in ("published_on", "known_on") and text.isdigit() and int(text) in _SERIALS:
        return (_EPOCH + timedelta(days=int(text))).isoformat()
    return text
