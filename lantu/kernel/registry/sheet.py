"""The rows of a register as they come in: what is sound, and what is refused and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from lantu.core.errors import ContentError
from lantu.core.figures.identifiers import credit_check, is_credit_code, normalised
from lantu.core.sheets.reading import Columns, Sheet
from lantu.core.sheets.report import Report, RowReport

HEADS = "Put the heads code and name (or 统一社会信用代码、企业名称) in one row."
LONGEST = {"zh": 120, "en": 160, "industry": 80, "source": 200}
STATUSES = {
    "": "active", "active": "active", "存续": "active", "在业": "active", "开业": "active",
    "正常": "active", "suspended": "suspended", "停业": "suspended", "歇业": "suspended",
    "停产": "suspended", "moved": "moved", "迁出": "moved", "closed": "closed", "注销": "closed",
    "吊销": "closed", "已注销": "closed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One firm as a sheet gives it, checked."""

    line: int
    where: str
    code: str
    zh: str
    en: str
    status: str
    industry: str
    founded_on: date | None
    since: date | None
    source: str


@lru_cache(maxsize=1)
def columns() -> Columns:
    """The columns of a register."""
    return Columns.beside(
        Path(__file__).with_name("columns.yaml"),
        "registry/columns.yaml",
        needed=("code", "zh"),
        remedy=HEADS,
        days=frozenset({"founded_on", "since"}),
    )


def sound_rows(sheet: Sheet, report: Report) -> Iterator[EntityRow]:
    """The rows that can be taken; every other is refused in the report, with the reason."""
    seen: dict[str, EntityRow] = {}
    for line, where, cells in sheet.rows:
        try:
            row = _row(line, where, cells)
            first = seen.setdefault(row.code, row)
            if first is not row and first.zh != row.zh:
                raise ContentError(
                    where,
                    f"The code {row.code} stands twice, first at {first.where} for {first.zh}.",
                    "Keep one of the rows.",
                )
        except ContentError as error:
            report.rows.append(RowReport(line, "refused", error.where, error.what, error.remedy))
        else:
            if first is row:
                yield row
            else:
                report.rows.append(RowReport(line, "known", where))


def _row(line: int, where: str, cells: dict[str, str]) -> EntityRow:
    _refuse_missing(where, cells)
    for key, most in LONGEST.items():
        if len(cells[key]) > most:
            raise ContentError(where, f"The cell `{key}` is too long.", f"{most} is the most.")
    status = STATUSES.get(cells["status"])
    if status is None:
        raise ContentError(
            where, f"The status {cells['status']!r} is not known.", "Use 存续、停业、迁出 or 注销."
        )
    founded, since = (_day(where, key, cells[key]) for key in ("founded_on", "since"))
    return EntityRow(
        line, where, checked_code(where, cells["code"]), cells["zh"], cells["en"], status,
        cells["industry"], founded, since, cells["source"],
    )  # fmt: skip


def _refuse_missing(where: str, cells: dict[str, str]) -> None:
    for key in ("code", "zh"):
        if not cells[key]:
            raise ContentError(where, f"The cell `{key}` is empty.", "Fill it.")


def checked_code(where: str, text: str) -> str:
    """A social credit code without blanks, in capitals. Raises ContentError where it is wrong."""
    code = normalised(text)
    if is_credit_code(code):
        return code
    if len(code) != 18:
        raise ContentError(
            where,
            f"The code {code[:40]} has {len(code)} characters; a social credit code has 18.",
            "Copy it from the business licence; format the column as text.",
        )
    check = credit_check(code)
    if check is None or check == code[17]:
        raise ContentError(
            where,
            f"The code {code} has a character that no code has.",
            "I, O, S, V, Z occur in none.",
        )
    raise ContentError(
        where,
        f"The code {code} ends in {code[17]}; by its check digit it would end in {check}.",
        "Copy it from the business licence; one character is wrong.",
    )


def _day(where: str, key: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise ContentError(
            where, f"{key}: {text[:40]!r} is not a date.", "Write it as 2023-12-31."
        ) from error
