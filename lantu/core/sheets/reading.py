"""Reading: csv, xlsx and xls as plain rows, with the line each stands in.

Which columns there are, and by which heads they are known, is the caller's: see `Columns`.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from lantu.core import content
from lantu.core.errors import ContentError

MOST_ROWS = 200_000
MOST_COLUMNS = 100
LARGEST = 50_000_000  # bytes
LARGEST_UNPACKED = 500_000_000
HEAD_ROWS = 20
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_HIDDEN = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a sheet may have, and the heads by which each is known."""

    aliases: dict[str, str]  # a head without blanks and brackets, in lower case -> column
    needed: tuple[str, ...]
    known: tuple[str, ...]
    remedy: str  # what to do where the heads are not found
    months: frozenset[str] = frozenset()  # the first of a month stands for the month
    days: frozenset[str] = frozenset()  # a serial number stands for a day

    @classmethod
    def beside(cls, path: Path, name: str, **terms: Any) -> "Columns":
        """The columns of a YAML file of `column: [head, …]`."""
        entries = content.read(path, name).mapping()
        aliases = {
            plain_head(head.text()): column
            for column, entry in entries.items()
            for head in entry.items()
        }
        return cls(aliases=aliases, known=tuple(entries), **terms)


@dataclass(slots=True)
class Sheet:
    """The rows of one sheet by column name, and what a reader must know of it."""

    rows: list[tuple[int, str, dict[str, str]]]  # line, place, cells
    heads: dict[str, str] = field(default_factory=dict)  # column -> its head as written
    notes: list[str] = field(default_factory=list)
    merged: frozenset[int] = frozenset()


def read(content_bytes: bytes, name: str, columns: Columns) -> Sheet:
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
        return _workbook(content_bytes, name, columns)
    if b"\0" in content_bytes[:4096] or content_bytes[:5] == b"%PDF-":
        raise ContentError(name, "This is not a table.", "Save it as .csv or .xlsx.")
    return _text(content_bytes, name, columns)


def _text(content_bytes: bytes, name: str, columns: Columns) -> Sheet:
    text = _decoded(content_bytes, name)
    head = text[:4096]
    delimiter = max(",;\t", key=lambda mark: head.count(mark))
    csv.field_size_limit(100_000)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ContentError(name, f"This is not valid CSV: {error}.", "Mend the file.") from error
    return _named(lines, name, columns)


def _decoded(content_bytes: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content_bytes.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ContentError(name, "The characters cannot be read.", "Save it as UTF-8 CSV.")


def _workbook(content_bytes: bytes, name: str, columns: Columns) -> Sheet:
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
        if _head(lines, columns) is None:
            continue
        merged = [((a, b), (c, d)) for (a, b), (c, d) in (sheet.merged_cell_ranges or [])]
        found = _named(lines, f"{name}[{title}]", columns)
        found.merged = frozenset(
            line + 1 for (first, _), (last, _) in merged for line in range(first, last + 1)
        )
        found.notes = _hidden(content_bytes, number)
        return found
    titles = "、".join(book.sheet_names)
    raise ContentError(
        name,
        f"No sheet ({titles}) has a row of column heads.",
        columns.remedy,
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


def plain_head(head: Any) -> str:
    """A column's head without blanks, brackets and what stands in them."""
    return re.sub(r"[\s*（(].*|\s", "", str(head)).lower()


def _head(lines: list[list[Any]], columns: Columns) -> int | None:
    """The row that names the columns: the first one that has all that are needed."""
    for at, cells in enumerate(lines[:HEAD_ROWS]):
        names = {columns.aliases.get(plain_head(cell)) for cell in cells}
        if set(columns.needed) <= names:
            return at
    return None


def _named(lines: list[list[Any]], name: str, columns: Columns) -> Sheet:
    at = _head(lines, columns)
    if at is None:
        raise ContentError(
            name, f"The first {HEAD_ROWS} rows do not name the columns.", columns.remedy
        )
    if len(lines[at]) > MOST_COLUMNS:
        problem = f"There are {len(lines[at])} columns."
        raise ContentError(name, problem, f"Keep {MOST_COLUMNS} at most.")
    if len(lines) - at - 1 > MOST_ROWS:
        raise ContentError(
            name, f"There are {len(lines) - at - 1:,} rows; {MOST_ROWS:,} is the most.", "Split it."
        )
    named = [columns.aliases.get(plain_head(cell)) for cell in lines[at]]
    heads = {column: str(cell) for column, cell in zip(named, lines[at], strict=True) if column}
    return Sheet(list(_rows(lines[at + 1 :], named, name, at + 2, columns)), heads)


def _rows(
    lines: list[list[Any]], named: list[str | None], name: str, first: int, columns: Columns
) -> Iterator[tuple[int, str, dict[str, str]]]:
    for line, cells in enumerate(lines, first):
        pairs = zip(named, cells, strict=False)
        row = {column: _cell(column, cell, columns) for column, cell in pairs if column}
        if any(row.values()):
            yield line, f"{name}:{line}", {key: row.get(key, "") for key in columns.known}


def _cell(column: str, cell: Any, columns: Columns) -> str:
    """A cell as text, the way its column means it."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        # A spreadsheet turns the period 2022-06 into the first day of that month.
        return f"{cell:%Y-%m}" if column in columns.months and cell.day == 1 else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if column in columns.days and text.isdigit() and int(text) in _SERIALS:
        return (_EPOCH + timedelta(days=int(text))).isoformat()
    return text
