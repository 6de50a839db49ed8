"""Tokens: rows told from cells that stand in order only, one a line or set off by blanks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lantu.core.reading.grids import NATURE, Cell, Grid
from lantu.core.reading.heads import Heads
from lantu.core.reading.rows import GROUP, INDEX, NOTHING, WORDS, Row, is_name, is_value
from lantu.core.reading.words import either


def _with_names(rows: Sequence[list[Cell]]) -> Iterator[list[Cell]]:
    """A line of numbers takes its name from the lines above and below, where it has none."""
    lone = [all(is_name(cell.text) for cell in row) and len(row) <= 2 for row in rows]
    bare = [not any(is_name(cell.text) for cell in row) for row in rows]
    for at, row in enumerate(rows):
        if not bare[at]:
            yield row
            continue
        numbered = 1 if len(row) > 2 and INDEX.fullmatch(row[0].text) else 0
        above = (
            rows[at - 1]
            if at and lone[at - 1] and not GROUP.fullmatch(rows[at - 1][0].text)
            else []
        )
        below = rows[at + 1] if at + 1 < len(rows) and lone[at + 1] else []
        below = [] if below and GROUP.fullmatch(below[0].text) else below
        if not above and not below:
            yield row
            continue
        name = "".join(cell.text for cell in [*above, *below])
        place = (above or below)[0]
        yield [Cell(name, place.start, place.end), *row[numbered:]]


def of_tokens(grid: Grid, first: int, head: Heads) -> Iterator[Row]:
    """Rows from cells in order: number of the row, name, unit, values, nature."""
    wanted = head.values
    for row in _with_names(grid.rows[first:]):
        for tokens in _split(row, len(wanted), has_unit="unit" in head.roles.values()):
            found = _from_tokens(tokens, head, wanted, by_blanks=len(grid.rows) > 2)
            if found is not None:
                yield found


@dataclass(slots=True)
class _Tokens:
    names: list[Cell]
    values: list[Cell]
    unit: Cell | None = None
    nature: Cell | None = None


def _split(row: Sequence[Cell], wanted: int, *, has_unit: bool) -> Iterator[_Tokens]:
    """A row begins with a name; values follow; a nature, or the next name, ends it."""
    now = _Tokens([], [])
    for at, cell in enumerate(row):
        text = cell.text.strip()
        after = row[at + 1].text.strip() if at + 1 < len(row) else ""
        is_end = NATURE.fullmatch(text) is not None
        if is_end or _is_row_number(text, after, now, wanted):
            now.nature = cell if is_end else None
            yield now
            now = _Tokens([], [])
        elif now.names and _is_of_values(text, now, wanted):
            now.values.append(cell)
        elif has_unit and now.names and not now.values and now.unit is None and _is_unit(text):
            now.unit = cell
        else:
            if now.values and len(now.values) >= wanted:
                yield now
                now = _Tokens([], [])
            now.names.append(cell)
    if now.values:
        yield now


def _is_of_values(text: str, now: _Tokens, wanted: int) -> bool:
    """A number, a dash, or words where a number could stand."""
    has_room = len(now.values) < wanted
    return text in NOTHING or is_value(text) or (has_room and WORDS.fullmatch(text) is not None)


def _is_row_number(text: str, after: str, now: _Tokens, wanted: int) -> bool:
    is_number = INDEX.fullmatch(text) is not None
    return is_number and is_name(after) and (not now.names or len(now.values) >= wanted)


@lru_cache(maxsize=1)
def _unit() -> re.Pattern[str]:
    measures = either("quantities", "counters")
    return re.compile(
        rf"{either('magnitudes')}?{measures}(?:/.{{1,6}})?|[%‰]|个?百分点|.{{1,4}}/.{{1,6}}"
    )


def _is_unit(text: str) -> bool:
    return _unit().fullmatch(text) is not None


def _from_tokens(
    tokens: _Tokens, head: Heads, wanted: Sequence[int], *, by_blanks: bool
) -> Row | None:
    names = [one for one in tokens.names if not GROUP.fullmatch(one.text.strip())]
    names = _whole_name(names or tokens.names[-1:], by_blanks=by_blanks)
    if not names or not tokens.values:
        return None
    text = "".join(one.text for one in names)
    cells = {"name": Cell(text, names[0].start, names[-1].end)}
    values = tokens.values[: len(wanted)] if wanted else []
    for place, cell in zip(wanted, values, strict=False):
        cells[head.roles[place]] = cell
    if tokens.unit is not None:
        cells["unit"] = tokens.unit
    if tokens.nature is not None:
        cells["nature"] = tokens.nature
    last = tokens.nature or tokens.values[-1]
    later = tuple(
        (cell, year)
        for place, cell in zip(wanted, values, strict=False)
        for at, year in head.later
        if at == place
    )
    return Row(
        names[0].start, last.end, cells, head.base_year, head.target_year,
        (*names, *tokens.values, *([tokens.nature] if tokens.nature else [])), head.is_mixed,
        is_guessed=len(tokens.values) != len(wanted), later=later,
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
