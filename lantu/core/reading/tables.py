"""Tables: rows of indicators, whether set off by tabs or by bars, in the order of their heads."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROLES = (
    ("nature", re.compile(r"属性|性质|类型")),
    ("growth", re.compile(r"年均|增速|增长|累计|增减")),
    ("name", re.compile(r"指标|名称|项目")),
    ("unit", re.compile(r"^单位")),
    ("target", re.compile(r"目标")),
    ("base", re.compile(r"基数|现状|基期|完成|实际|预计")),
)
_YEAR = re.compile(r"(20\d\d)")
_RULE = re.compile(r"^[\s|:\-—]+$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with the place of its text."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table with heads: its cells by role."""

    start: int
    end: int
    cells: dict[str, Cell]
    base_year: int | None
    target_year: int | None
    plain: tuple[Cell, ...] = ()  # all cells, whatever their role
    is_mixed: bool = False  # a column that holds growth or totals


@dataclass(frozen=True, slots=True)
class _Heads:
    roles: dict[int, str]
    base_year: int | None
    target_year: int | None
    is_mixed: bool = False


def rows(text: str) -> Iterator[Row]:
    """The rows of all tables that name their columns."""
    heads: _Heads | None = None
    start = 0
    for line in text.splitlines(keepends=True):
        cells = _cells(line, start)
        if not cells:
            heads = heads if not line.strip() else None
        elif not _RULE.match(line):
            found = _heads(cells)
            if found is not None:
                heads = found
            elif heads is not None and (row := _row(cells, heads, start, line)):
                yield row
        start += len(line)


_HTML_ROW = re.compile(r"<tr\b[^>]*>((?:(?!<tr\b).)*?)</tr>", re.DOTALL | re.IGNORECASE)
_HTML_CELL = re.compile(r"<t[dh]\b[^>]*>((?:(?!<t[dh]\b).)*?)</t[dh]>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,400}>|&nbsp;")


def html_rows(text: str) -> Iterator[Row]:
    """The rows of tables that a page's source left in the text."""
    heads: _Heads | None = None
    for found in _HTML_ROW.finditer(text):
        cells = [_html_cell(cell) for cell in _HTML_CELL.finditer(text, *found.span(1))]
        new = _heads(cells)
        if new is not None:
            heads = new
        elif heads is not None:
            # A cell that spans rows is missing in the rows below it.
            short = max(heads.roles) + 1 - len(cells)
            moved = [Cell("", found.start())] * max(0, short) + cells
            row = _row(moved, heads, found.start(), found.group())
            if row is not None:
                yield row


def _html_cell(match: re.Match[str]) -> Cell:
    plain = html.unescape(_TAG.sub("", match[1]))
    return Cell(re.sub(r"\s+", "", plain), match.start(1))


def _cells(line: str, start: int) -> list[Cell]:
    """The cells of a line; none where it is no table's."""
    bare = line.rstrip("\n")
    if bare.lstrip().startswith("|"):
        parts = bare.split("|")[1:-1] if bare.rstrip().endswith("|") else bare.split("|")[1:]
        offset = start + bare.index("|") + 1
    elif "\t" in bare:
        parts, offset = bare.split("\t"), start
    else:
        return []
    cells = []
    for part in parts:
        text = part.strip().replace("**", "")
        lead = part.index(text) if text and text in part else 0
        cells.append(Cell(text, offset + lead))
        offset += len(part) + 1
    return cells


def _heads(cells: list[Cell]) -> _Heads | None:
    """The roles of the columns, where a row names them."""
    roles: dict[int, str] = {}
    years: dict[int, int] = {}
    for place, cell in enumerate(cells):
        if not cell.text or len(cell.text) > 24:
            continue
        found = _YEAR.findall(cell.text)
        if found:
            years[place] = int(found[-1])
        plain = re.sub(r"\s", "", cell.text)
        role = next((name for name, words in _ROLES if words.search(plain)), None)
        if role is not None and (role not in roles.values() or role == "base"):
            roles[place] = role
    if "name" not in roles.values() or len(cells) < 2:
        return None
    mixed = any(
        roles.get(place) == "growth" and "累计" in cell.text for place, cell in enumerate(cells)
    )
    return _with_years(roles, years, mixed=mixed)


def _with_years(roles: dict[int, str], years: dict[int, int], *, mixed: bool) -> _Heads | None:
    """The first year is the base's, the last the target's."""
    order = sorted(years, key=lambda place: years[place])
    if order and len(order) == 1 and "target" not in roles.values():
        roles[order[0]] = "target"
    elif len(order) > 1:
        roles[order[0]], roles[order[-1]] = "base", "target"
    if not {"target", "growth"} & set(roles.values()):
        return None
    by_role = {role: years[place] for place, role in roles.items() if place in years}
    return _Heads(roles, by_role.get("base"), by_role.get("target"), mixed)


def _row(cells: list[Cell], heads: _Heads, start: int, line: str) -> Row | None:
    found = {role: cells[place] for place, role in heads.roles.items() if place < len(cells)}
    if not found.get("name") or not found["name"].text or not _has_value(found):
        return None
    lead = len(line) - len(line.lstrip())
    end = start + len(line.rstrip())
    return Row(
        start + lead, end, found, heads.base_year, heads.target_year, tuple(cells), heads.is_mixed
    )


def _has_value(found: dict[str, Cell]) -> bool:
    return any(found.get(role) and found[role].text for role in ("base", "target", "growth"))
