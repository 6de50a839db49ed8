"""Tables: rows of indicators by the roles of their columns, from tables of any layout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lantu.core.reading.grids import NATURE, Cell, Grid
from lantu.core.reading.heads import Heads, heads
from lantu.core.reading.words import either

NOTHING = frozenset({"", "_", "—", "-", "–", "——", "--", "/", "…", "－", "*", "无"})
_VALUE = re.compile(
    r"(?:约|预计|累计|年均(?:增长|增速)?|增长|下降|降低|>|<|≥|≤|＞|＜|达到|达|不低于|不少于|超过|高于|低于|小于|大于|控制在)?\s*"
    r"[\[［〔【(（]?\s*[<>≥≤＜＞±+\-－–—]?=?\s*(?:约|累计)?\d[\d,，.\s]*(?:[-—–~～至:∶：/]\s*\d[\d,.]*)?\s*[%‰﹪％]?"
    r"(?:\s*[-—–~～至]\s*\d[\d,.]*\s*[%％]?)?"
    r"[^\s\d\u3000]{0,10}(?:以上|以下|以内|左右)?\s*[\]］〕】)）]?.{0,12}"
)
_WORDS = re.compile(
    r".{0,12}(?:完成|达到|控制|下达|同步|高于|不低于|持续|保持|逐步|进一步|零发生|市定|省定|国家).{0,16}"
)
_YEAR_CELL = re.compile(r"(?:19|20)\d\d\s*年.{0,12}")
_INDEX = re.compile(
    r"[（(]?\d{1,3}[)）]?\s*[.．、]?|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[)）、.]?"
)
_NAMED = re.compile(r"[\u4e00-\u9fff]{2}|GDP")
_GROUP = re.compile(
    r"[一二三四五六七八九十]{1,3}、.{2,14}|.{2,12}[（(][\d一二三四五六七八九十]{1,2}\s*[个项][)）]"
)


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
    is_guessed: bool = False  # the columns were told from the order of the numbers
    later: tuple[tuple[Cell, int], ...] = ()  # goals beyond the plan
    group: str = ""  # the row of a whole above this part


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of lines that is a table though it looks like text."""

    start: int
    end: int


def rows(tables: Sequence[Grid], last_year: int | None = None) -> tuple[list[Row], list[Region]]:
    """The rows of all tables that name their columns, and where text is a table."""
    found: list[Row] = []
    regions: list[Region] = []
    known: Heads | None = None
    for grid in tables:
        fresh, known = _rows_of(grid, last_year, known)
        found += _with_natures(fresh)
        if fresh and grid.is_text:
            regions.append(Region(grid.spans[0][0], grid.spans[-1][1]))
    return found, regions


def _rows_of(
    grid: Grid, last_year: int | None, known: Heads | None
) -> tuple[list[Row], Heads | None]:
    first = next((at for at, row in enumerate(grid.rows) if _is_data(row)), None)
    if first is None:
        return [], None
    while first > 1 and _only_name(grid.rows[first - 1]):
        first -= 1  # a name, or a category, above the first line of numbers
    head = _joined(grid.rows[:first], last_year)
    if head is None and first == 0 and known is not None and grid.is_exact:
        head = known  # a table that goes on after a page
    if head is None:
        return [], None
    if not grid.is_exact:
        return list(_of_tokens(grid, first, head)), None
    return list(_of_columns(grid, first, head, last_year)), head


def _joined(above: Sequence[list[Cell]], last_year: int | None) -> Heads | None:
    """The heads of a column from all lines above the first row, one under the other."""
    width = max((len(row) for row in above), default=0)
    for begin in range(len(above)):
        columns = []
        for place in range(width):
            parts = [row[place].text for row in above[begin:] if place < len(row)]
            columns.append("".join(dict.fromkeys(parts)))
        found = heads(columns, last_year)
        if found is not None:
            return found
    single = (heads([cell.text for cell in row], last_year) for row in reversed(above))
    return next((one for one in single if one is not None), None)


def is_value(text: str) -> bool:
    plain = text.strip()
    if re.match(r"[（(]?\d{1,3}[)）.、．]\s*[\u4e00-\u9fff]", plain):
        return False  # a numbered name
    return not _YEAR_CELL.fullmatch(plain) and _VALUE.fullmatch(plain) is not None


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row holds a name and a number or a nature."""
    texts = [cell.text.strip() for cell in row]
    named = any(_NAMED.search(one) and not is_value(one) for one in texts)
    has_nature = any(NATURE.fullmatch(one) for one in texts)
    numbers = sum(
        is_value(one) and not (_INDEX.fullmatch(one) and _is_first(texts, at))
        for at, one in enumerate(texts)
    )
    some = [one for one in texts if one]
    is_head = heads(texts) is not None and not has_nature and len(some) > 2
    has_words = any(one in NOTHING for one in some) or any(_WORDS.fullmatch(one) for one in some)
    if is_head or not (named or (has_nature and numbers)):
        return False
    return numbers > 0 or (has_nature and (has_words or len(some) > 1))


def _is_first(texts: Sequence[str], at: int) -> bool:
    """Whether a cell is the first of its row that holds anything, and a name follows."""
    return not any(texts[:at]) and any(_NAMED.search(one) for one in texts[at + 1 :])


def _of_columns(grid: Grid, first: int, head: Heads, last_year: int | None) -> Iterator[Row]:
    """The rows of a table whose cells stand in their columns."""
    waiting = ""  # a name above the line that it belongs to
    group = ""
    made: Row | None = None
    for row, span in zip(grid.rows[first:], grid.spans[first:], strict=True):
        texts = [cell.text for cell in row]
        new = None if _is_data(row) else heads(texts, last_year)
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
        group = _whole(row, made) or group
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
    return some[0] if len(set(some)) == 1 and _NAMED.search(some[0]) else ""


def _is_open(name: str, more: str) -> bool:
    """Whether a name goes on in the line below: a bracket still open, or only a unit follows."""
    if len(re.findall(r"[(（]", name)) > len(re.findall(r"[)）]", name)):
        return True
    if _GROUP.fullmatch(more) or re.search(r"[(（]", name):
        return False
    return re.fullmatch(r"[\u4e00-\u9fff]{0,8}[（(][^()（）]{1,14}[)）]", more) is not None


def _renamed(row: Row, name: str) -> Row:
    cell = row.cells["name"]
    return replace(row, cells={**row.cells, "name": replace(cell, text=name)})


def _row(
    row: Sequence[Cell], span: tuple[int, int], head: Heads, waiting: str, group: str
) -> Row | None:
    cells = _aligned(row, head)
    group = _with_part(cells, row, head) or group
    name = cells.get("name")
    if waiting and not _GROUP.fullmatch(waiting) and (name is None or not _NAMED.search(name.text)):
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
        later=later, group=group,
    )  # fmt: skip


def _with_part(cells: dict[str, Cell], row: Sequence[Cell], head: Heads) -> str:
    """Put the name of a part, in a column without a head, in place of its whole's name."""
    place = next((at for at, role in head.roles.items() if role == "name"), None)
    if place is None or len(row) <= max(head.roles):
        return ""
    first_value = min((at for at in head.values if at > place), default=place)
    parts = [row[at] for at in range(place + 1, first_value) if at not in head.roles]
    part = next((one for one in parts if _is_name(one.text)), None)
    if part is None:
        return ""
    whole = cells["name"].text if "name" in cells else ""
    cells["name"] = part
    return whole


def _aligned(row: Sequence[Cell], head: Heads) -> dict[str, Cell]:
    """The cells by role; a row that misses a cell on the left is moved to the right."""
    width = max(head.roles) + 1
    shift = 0
    if len(row) < width:
        name_at = next((at for at, role in head.roles.items() if role == "name"), 0)
        found = next((at for at, cell in enumerate(row) if _is_name(cell.text)), None)
        if found is not None and found < name_at and width - len(row) <= name_at:
            shift = name_at - found
    placed: dict[str, Cell] = {}
    for at, role in head.roles.items():
        if 0 <= at - shift < len(row):
            placed[role] = row[at - shift]
    if "nature" not in placed or not NATURE.search(placed["nature"].text):
        last = next((cell for cell in reversed(row) if NATURE.fullmatch(cell.text.strip())), None)
        if last is not None:
            placed["nature"] = last
    return placed


def _is_name(text: str) -> bool:
    plain = text.strip()
    return (
        _NAMED.search(plain) is not None
        and not is_value(plain)
        and not NATURE.fullmatch(plain)
        and not _INDEX.fullmatch(plain)
    )


def _of_tokens(grid: Grid, first: int, head: Heads) -> Iterator[Row]:
    """Rows from cells in order: number of the row, name, unit, values, nature."""
    wanted = head.values
    for row in grid.rows[first:]:
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
    return text in NOTHING or is_value(text) or (has_room and _WORDS.fullmatch(text) is not None)


def _is_row_number(text: str, after: str, now: _Tokens, wanted: int) -> bool:
    is_number = _INDEX.fullmatch(text) is not None
    return is_number and _is_name(after) and (not now.names or len(now.values) >= wanted)


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
    names = [one for one in tokens.names if not _GROUP.fullmatch(one.text.strip())]
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
        is_numbered = is_numbered or _INDEX.match(text) is not None
        is_near = kept[0].start - one.end <= 1 and len(one.text) >= 10 and not is_numbered
        is_word = by_blanks and kept[0].start - one.end <= 1
        if not (is_part or is_near or is_word):
            break
        kept.insert(0, one)
    return kept


def _with_natures(found: list[Row]) -> list[Row]:
    """A nature that stands once for several rows counts for all of them."""
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
