"""Exports: tables whose cells cannot start a formula."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from django.http import HttpResponse
from django.utils import timezone

from lantu.core.figures.decimals import shown

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = object


def safe_cell(value: Cell) -> str:
    """A cell as text that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str):  # most are; a table may have them in their millions
        return f"'{value}" if value.startswith(_STARTS) else value
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return shown(value)
    if isinstance(value, (int, date)):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_STARTS) else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def csv_cells(cells: Iterable[Cell]) -> str:
    """Some cells of a row, as they stand in it; no line ends after them."""
    out = io.StringIO()
    # After an empty cell: one that stands alone would be quoted if it is empty.
    csv.writer(out, lineterminator="").writerow(["", *map(safe_cell, cells)])
    return out.getvalue()[1:]


def as_json(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A list of objects, one a line; numbers are text as printed, what is unknown is null."""
    names = [f"{_written(head)}: " for head in heads]
    written = lru_cache(maxsize=1024)(_written)  # the rows of a series have most texts alike

    def member(name: str, cell: Cell) -> str:
        return name + (written(cell) if isinstance(cell, str) else json_text(cell))

    lines = (
        f"{{{', '.join(member(name, cell) for name, cell in zip(names, row, strict=True))}}}"
        for row in rows
    )
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def json_text(cell: Cell) -> str:
    """A cell as it stands in json; numbers are text as printed."""
    return _written(_plain(cell))


_written = json.JSONEncoder(ensure_ascii=False).encode


def _plain(value: Cell) -> Cell:
    if isinstance(value, Decimal):
        return shown(value)
    return value.isoformat() if isinstance(value, date) else value


def as_xlsx(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet; text is written as text, numbers as numbers."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    # Of the day, not of the second: the same table of one day is the same file.
    book.set_properties({"created": datetime.combine(timezone.localdate(), time.min)})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, (Decimal, int)) and not isinstance(cell, bool):
                sheet.write_number(line, column, cell)
            elif cell is not None:
                sheet.write_string(line, column, safe_cell(cell))
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def table_response(
    heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, kind: str, name: str
) -> HttpResponse:
    """A download; anything but xlsx and json is csv."""
    if kind == "xlsx":
        response = HttpResponse(as_xlsx(heads, rows), content_type=XLSX)
    elif kind == "json":
        response = HttpResponse(as_json(heads, rows), content_type="application/json")
    else:
        kind = "csv"
        response = HttpResponse(as_csv(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
