"""Tables: rows of indicators by the roles of their columns, from tables of any layout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lantu.core.reading.aligning import aligned
from lantu.core.reading.broken import mended
from lantu.core.reading.grids import NATURE, Cell, Grid
from lantu.core.reading.heads import Heads, heads
from lantu.core.reading.notes import notes_below, with_notes
from lantu.core.reading.periods import Period
from lantu.core.reading.rows import (
    GROUP,
    INDEX,
    NAMED,
    NOTHING,
    NUMBERED,
    Region,
    Row,
    Shown,
    is_name,
    is_value,
    is_words,
)
from lantu.core.reading.tokens import of_tokens


def rows(
    tables: Sequence[Grid], years: Period, text: str
) -> tuple[list[Row], list[Region], list[Region]]:
    """The rows of all tables that name their columns, where text is a table, and where notes."""
    found: list[Row] = []
    regions: list[Region] = []
    noted: list[Region] = []
    known: Heads | None = None
    for grid in tables:
        fresh, known = _rows_of(grid, years, known)
        if not fresh:
            continue
        notes = notes_below(text, fresh[-1].end)
        units = _units_above(text, grid.spans[0][0])
        found += [replace(one, units=units) for one in with_notes(_with_natures(fresh), notes)]
        if notes.end:
            noted.append(Region(notes.start, notes.end))
        if grid.is_text:
            regions.append(Region(grid.spans[0][0], fresh[-1].end))
    return found, regions, noted


_UNITS = re.compile(r"单位\s*[:：]\s*(?P<units>[^\n（）()|<]{1,24})")


def _units_above(text: str, start: int) -> tuple[str, ...]:
    """The units that stand right above a table: 单位：亿元、%."""
    match = next(iter(list(_UNITS.finditer(text, max(0, start - 60), start))[-1:]), None)
    if match is None or text.count("\n", match.end(), start) > _LINES_ABOVE:
        return ()
    return tuple(one for one in re.split(r"[、，,；;\s]+", match["units"].strip()) if one)


_LINES_ABOVE = 3


def _rows_of(grid: Grid, years: Period, known: Heads | None) -> tuple[list[Row], Heads | None]:
    first = next((at for at, row in enumerate(grid.rows) if _is_data(row)), None)
    if first is None:
        return [], None
    while first > 1 and _only_name(grid.rows[first - 1]):
        first -= 1  # a name, or a category, above the first line of numbers
    head = _joined(grid.rows[:first], years)
    if head is None and first == 0 and known is not None and grid.is_exact:
        head = known  # a table that goes on after a page
    if head is None:
        return [], None
    if not grid.is_exact:
        return list(of_tokens(grid, first, head)), None
    return list(_of_columns(grid, first, head, years)), head


def _joined(above: Sequence[list[Cell]], years: Period) -> Heads | None:
    """The heads of a column from all lines above the first row, one under the other."""
    width = max((len(row) for row in above), default=0)
    for begin in range(len(above)):
        columns = []
        for place in range(width):
            parts = [row[place].text for row in above[begin:] if place < len(row)]
            columns.append("".join(dict.fromkeys(parts)))
        found = heads(columns, years)
        if found is not None:
            return found
    single = (heads([cell.text for cell in row], years) for row in reversed(above))
    return next((one for one in single if one is not None), None)


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row holds a name and a number or a nature."""
    texts = [cell.text.strip() for cell in row]
    named = any(NAMED.search(one) and not is_value(one) for one in texts)
    has_nature = any(NATURE.fullmatch(one) for one in texts)
    numbers = sum(
        is_value(one) and not (INDEX.fullmatch(one) and _is_first(texts, at))
        for at, one in enumerate(texts)
    )
    some = [one for one in texts if one]
    is_head = heads(texts) is not None and not has_nature and len(some) > 2
    has_words = any(one in NOTHING for one in some) or any(map(is_words, some))
    if is_head or not (named or (has_nature and numbers)):
        return False
    return numbers > 0 or (has_nature and (has_words or len(some) > 1))


def _is_first(texts: Sequence[str], at: int) -> bool:
    """Whether a cell is the first of its row that holds anything, and a name follows."""
    return not any(texts[:at]) and any(NAMED.search(one) for one in texts[at + 1 :])


def _of_columns(grid: Grid, first: int, head: Heads, years: Period) -> Iterator[Row]:
    """The rows of a table whose cells stand in their columns."""
    waiting = ""  # a name above the line that it belongs to
    group = ""
    made: Row | None = None
    name_at = head.place_of("name") or 0
    for row, span in zip(mended(grid.rows[first:], name_at), grid.spans[first:], strict=True):
        texts = [cell.text for cell in row]
        new = None if _is_data(row) else heads(texts, years)
        if new is not None:
            head, waiting = new, ""
            continue
        if not _is_data(row):
            name = _only_name(row)
            if name and made is not None and _is_open(made.cells["name"].text, name):
                made = _renamed(made, made.cells["name"].text + name)
            else:
                waiting = name
                group = name or group
            continue
        if made is not None:
            yield made
        made = _row(row, span, head, waiting, group)
        group = _whole(row, made) or (made.group if made else "") or group
        waiting = ""
    if made is not None:
        yield made


def _whole(row: Sequence[Cell], made: Row | None) -> str:
    """The name of a row without numbers: the rows below are its parts."""
    if made is None or any(is_value(cell.text) for cell in row[1:]):
        return ""
    return made.cells["name"].text


def _only_name(row: Sequence[Cell]) -> str:
    some = [cell.text for cell in row if cell.text.strip()]
    return some[0] if len(set(some)) == 1 and NAMED.search(some[0]) else ""


def _is_open(name: str, more: str) -> bool:
    """Whether a name goes on in the line below: a bracket still open, or only a unit follows."""
    if len(re.findall(r"[(（]", name)) > len(re.findall(r"[)）]", name)):
        return True
    if GROUP.fullmatch(more) or re.search(r"[(（]", name):
        return False
    return re.fullmatch(r"[\u4e00-\u9fff]{0,8}[（(][^()（）]{1,14}[)）]", more) is not None


def _renamed(row: Row, name: str) -> Row:
    cell = row.cells["name"]
    return replace(row, cells={**row.cells, "name": replace(cell, text=name)})


def _row(
    row: Sequence[Cell], span: tuple[int, int], head: Heads, waiting: str, group: str
) -> Row | None:
    cells = aligned(row, head)
    whole = cells.pop("whole", None)
    named = cells["name"].text if "name" in cells else ""
    group = "" if NUMBERED.match(named) else group  # it stands by itself
    group = (whole.text.strip() if whole else _with_part(cells, row, head)) or group
    name = cells.get("name")
    if waiting and not GROUP.fullmatch(waiting) and (name is None or not NAMED.search(name.text)):
        spare = name or Cell("", span[0], span[0])
        cells["name"] = replace(spare, text=waiting + (spare.text if name else ""))
    elif name is None or not name.text.strip():
        return None
    later = tuple(
        (row[place], year)
        for place, year in head.later
        if place < len(row) and is_value(row[place].text)
    )
    return Row(
        span[0], span[1], cells, head.base_year, head.target_year, tuple(row), head.is_mixed,
        later=later, group=group, shown=tuple(_shown(row, head)),
    )  # fmt: skip


def _shown(row: Sequence[Cell], head: Heads) -> Iterator[Shown]:
    """The numbers of a row by their heads; a longer row has more cells on the side of its name."""
    nature = next((at for at, cell in enumerate(row) if NATURE.fullmatch(cell.text.strip())), None)
    named = head.place_of("nature")
    if nature is None or named is None:
        nature, named = len(row) - 1, max(head.roles)
    extra = nature - named
    for one in head.columns:
        place = one.place + extra
        if 0 <= place < len(row):
            yield Shown(row[place], one.is_growth, one.is_goal, one.year)


def _with_part(cells: dict[str, Cell], row: Sequence[Cell], head: Heads) -> str:
    """Put the name of a part, in a column without a head, in place of its whole's name."""
    place = head.place_of("name")
    if place is None:
        return ""
    first_value = min((at for at in head.values if at > place), default=place)
    last = first_value if len(row) > max(head.roles) else place
    parts = [row[at] for at in range(place + 1, last) if at not in head.roles]
    inside = row[first_value] if place < first_value < len(row) - 1 else None
    if inside is not None and is_value(row[first_value + 1].text) and _is_part(inside.text):
        parts.append(inside)  # 化学需氧量, where the base of a whole would stand
        cells.pop(head.roles[first_value], None)
    part = next((one for one in parts if is_name(one.text)), None)
    if part is None:
        return ""
    whole = cells["name"].text if "name" in cells else ""
    cells["name"] = part
    return whole


def _is_part(text: str) -> bool:
    is_plain = is_name(text) and re.search(r"\d", text) is None
    return is_plain and text not in NOTHING and not is_words(text)


def _with_natures(found: list[Row]) -> list[Row]:
    """A nature that stands once for several rows counts for all of them, but not as a remark."""
    if any("own_nature" in one.cells for one in found):
        return [
            replace(one, cells={**one.cells, "nature": one.cells["own_nature"]})
            if "own_nature" in one.cells
            else one
            for one in found
        ]
    if not any("nature" in one.cells and one.cells["nature"].text.strip() for one in found):
        return found
    filled: list[Row] = []
    last: Cell | None = None
    for one in found:
        cell = one.cells.get("nature")
        if cell is not None and cell.text.strip() and cell.text.strip() not in NOTHING:
            last = cell
        elif (cell is None or not cell.text.strip()) and last is not None:
            one = replace(one, cells={**one.cells, "nature": last})
        filled.append(one)
    return _from_below(filled)


def _from_below(found: list[Row]) -> list[Row]:
    """Rows above the first printed nature take that one."""
    first = next(
        (
            at
            for at, one in enumerate(found)
            if "nature" in one.cells and one.cells["nature"].text.strip()
        ),
        0,
    )
    if not found:
        return found
    cell = found[first].cells.get("nature")
    if cell is None:
        return found
    return [
        replace(one, cells={**one.cells, "nature": cell})
        if at < first and not (one.cells.get("nature") and one.cells["nature"].text.strip())
        else one
        for at, one in enumerate(found)
    ]
