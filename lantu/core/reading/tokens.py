"""Tokens: rows told from cells that stand in order only, one a line or set off by blanks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lantu.core.reading.grids import Cell, Grid
from lantu.core.reading.heads import Heads
from lantu.core.reading.rows import ENDS_IN_UNIT, GROUP, INDEX, NOTHING, NUMBERED, Row, is_name
from lantu.core.reading.stream import Cut, Piece, cut


def _with_names(rows: Sequence[list[Cell]]) -> Iterator[list[Cell]]:
    """A line of numbers takes its name from the lines above and below, where it has none."""
    lone = [all(is_name(cell.text) for cell in row) and len(row) <= 2 for row in rows]
    lone = [
        is_lone and not GROUP.fullmatch(row[0].text)
        for is_lone, row in zip(lone, rows, strict=True)
    ]
    bare = [len(rows) > 2 and not any(is_name(cell.text) for cell in row) for row in rows]
    spent = -1  # the last line that gave its words away
    for at, row in enumerate(rows):
        if at == spent or (lone[at] and at + 1 < len(rows) and bare[at + 1]):
            continue
        if not bare[at]:
            yield row
            continue
        numbered = 1 if len(row) > 2 and INDEX.fullmatch(row[0].text) else 0
        above = rows[at - 1] if at and lone[at - 1] and at - 1 != spent else []
        below = rows[at + 1] if at + 1 < len(rows) and lone[at + 1] else []
        if above and below and at + 2 < len(rows) and bare[at + 2]:
            below = []  # it is the name of the next line
        if not above and not below:
            yield row
            continue
        spent = at + 1 if below else spent
        name = "".join(cell.text for cell in [*above, *below])
        place = (above or below)[0]
        yield [Cell(name, place.start, place.end), *row[numbered:]]


def of_tokens(grid: Grid, first: int, head: Heads) -> Iterator[Row]:
    """Rows from cells in order: number of the row, name, unit, values, nature."""
    by_blanks = len(grid.rows) > 2
    pieces = [
        Piece(cell, is_new=at == 0, is_lined=by_blanks)
        for row in _with_names(grid.rows[first:])
        for at, cell in enumerate(row)
        if not _is_head_again(cell, grid.rows[:first])
    ]
    group = ""
    for one in cut(pieces, head):
        if one.names and not one.values:
            group = one.names[-1].text if ENDS_IN_UNIT.search(one.names[-1].text) else ""
            continue
        found = _row(one, head, by_blanks=by_blanks)
        if found is not None:
            name = found.cells["name"].text
            group = "" if ENDS_IN_UNIT.search(name) or NUMBERED.match(name) else group
            yield replace(found, group=group)


def _is_head_again(cell: Cell, heads_of: Sequence[list[Cell]]) -> bool:
    """A head that a new page repeats in the midst of the rows."""
    return any(cell.text == one.text for row in heads_of for one in row)


def _row(one: Cut, head: Heads, *, by_blanks: bool) -> Row | None:
    names = _whole_name(one.names, by_blanks=by_blanks)
    if not names or not any(cell.text not in NOTHING for cell in one.values.values()):
        return None
    text = "".join(cell.text for cell in names)
    cells = {"name": Cell(text, names[0].start, names[-1].end)}
    cells |= {head.roles[place]: cell for place, cell in one.values.items()}
    if one.unit is not None and one.unit.text not in NOTHING:
        cells["unit"] = one.unit
    if one.nature is not None:
        cells["nature"] = one.nature
    years = dict(head.later)
    values = list(one.values.values())
    every = [*names, *values, *([one.nature] if one.nature else [])]
    return Row(
        min(cell.start for cell in every), max(cell.end for cell in every), cells,
        head.base_year, head.target_year, tuple(every), head.is_mixed,
        is_guessed=len(values) != len(head.values),
        later=tuple((cell, years[at]) for at, cell in one.values.items() if at in years),
    )  # fmt: skip


def _whole_name(names: list[Cell], *, by_blanks: bool) -> list[Cell]:
    """The last name of those before the values, with the parts that belong to it."""
    if len(names) < 2:
        return names
    kept = [names[-1]]
    for one in reversed(names[:-1]):
        text = "".join(cell.text for cell in kept)
        is_numbered = re.match(r"[（(]\s*\d", text) is not None
        is_part = (text.startswith(("（", "(")) and not is_numbered) or len(
            re.findall(r"[)）]", text)
        ) > len(re.findall(r"[(（]", text))
        is_numbered = is_numbered or INDEX.match(text) is not None
        is_near = kept[0].start - one.end <= 1 and len(one.text) >= 10 and not is_numbered
        is_word = by_blanks and kept[0].start - one.end <= 1
        if not (is_part or is_near or is_word):
            break
        kept.insert(0, one)
    return kept
