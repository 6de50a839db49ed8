"""Layout: paragraphs and tables as one plain text; a row is a line, its cells set off by tabs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_SPACES = re.compile(r"[\s\u200b\ufeff\u2028\u2029\x00-\x1f\x7f\x85]+")
_BETWEEN = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n]+\s*(?=[{_CJK}])")
_NUMBERED = re.compile(
    r"第?[一二三四五六七八九十百\d]+[章节篇部、.．\s]|[(（][一二三四五六七八九十\d]+[)）]|#|专栏|表\s*\d"
)
_MARKER = re.compile(r"[\[［〔(（]?\s*(?:\d{1,3}|[*＊①-⑳])\s*[\]］〕)）]?")
LONGEST_CELL = 1_000  # characters; a longer one is a page laid out as a table
LONGEST_HEADING = 60
WIDEST = 400  # columns
MOST_CELLS = 2_000_000
DEEPEST = 8  # tables within tables


@dataclass(slots=True)
class Paragraph:
    """One paragraph. `level`: 1 to 4 for a heading, 0 for any other."""

    text: str
    level: int = 0


@dataclass(slots=True)
class Cell:
    """One cell: what is in it, and how many columns and rows it takes."""

    blocks: "list[Block]"
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell that spans rows is named in its first row only."""

    rows: list[list[Cell]] = field(default_factory=list)


Block = Paragraph | Table


def plain_text(blocks: Iterable[Block]) -> str:
    """The blocks, a blank line between them, as one text."""
    return "\n\n".join(part for block in blocks for part in _parts(block, 0)) + "\n"


def tidy(text: str) -> str:
    """A text on one line; a break between two Chinese letters leaves no space."""
    return _SPACES.sub(" ", _BETWEEN.sub("", text)).strip()


def raised(before: str, mark: str) -> str:
    """What a superscript says: m² and 10^8 are kept, the marker of a note is dropped."""
    if mark in ("2", "3") and before.endswith("m"):
        return {"2": "²", "3": "³"}[mark]
    if re.search(r"(?<!\d)10$", before) and mark.isdigit():
        return f"^{mark}"
    return "" if _MARKER.fullmatch(mark.strip()) else mark


def _parts(block: Block, depth: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        for line in block.text.split("\f"):  # a break of a line within the paragraph
            if text := tidy(line):
                yield _heading(text, block.level)
    elif depth < DEEPEST:
        yield from _table_parts(block, depth)


def _heading(text: str, level: int) -> str:
    """A heading is marked where its words do not show that it is one."""
    if not 1 <= level <= 4 or len(text) > LONGEST_HEADING or _NUMBERED.match(text):
        return text
    return f"{'#' * level} {text}"


def _table_parts(table: Table, depth: int) -> Iterator[str]:
    """Runs of rows as lines; a row that lays out a page gives its cells one after another."""
    lines: list[str] = []
    for row in _grid(table):
        is_first = not lines
        if row.is_page or (is_first and row.is_title):
            if lines:
                yield "\n".join(lines)
                lines = []
            for cell in row.own:
                for block in cell.blocks:
                    yield from _parts(block, depth + 1)
        elif any(row.texts):
            lines.append("\t".join(row.texts))
    if lines:
        yield "\n".join(lines)


@dataclass(slots=True)
class _Row:
    own: list[Cell]  # that begin in this row
    texts: list[str] = field(default_factory=list)  # one a column
    wide: list[str] = field(default_factory=list)  # the same, said in every column it covers
    is_page: bool = False  # not a table's: holds tables or long text
    is_title: bool = False  # one cell over the whole width


def _grid(table: Table) -> Iterator[_Row]:
    """The rows with every cell at its column, and a head of several rows made one."""
    rows = _placed(table)
    width = max((len(row.texts) for row in rows), default=0)
    for row in rows:
        blanks = [""] * (width - len(row.texts))
        row.texts, row.wide = row.texts + blanks, row.wide + blanks
        row.is_page = _is_page(row.own, width)
    first = next((at for at, row in enumerate(rows) if not (row.is_title or row.is_page)), 0)
    deep = _head_depth(rows[first].own) if rows else 1
    head = rows[first : first + deep]
    if 1 < len(head) and len(head) < len(rows) - first and not any(row.is_page for row in head):
        columns = zip(*(row.wide for row in head), strict=True)
        one = _Row(head[0].own, ["".join(dict.fromkeys(parts)) for parts in columns])
        rows = [*rows[:first], one, *rows[first + deep :]]
    yield from rows


def _placed(table: Table) -> list[_Row]:
    """Every row's own cells and its texts by column."""
    held: dict[int, tuple[int, str]] = {}  # column → rows still covered, text
    found: list[_Row] = []
    count = 0
    for cells in table.rows:
        row, held = _place(cells, held)
        row.is_title = len(cells) == 1 and not any(row.texts[1:])
        count += len(row.texts)
        if count > MOST_CELLS:
            break
        found.append(row)
    return found


def _place(
    cells: list[Cell], held: dict[int, tuple[int, str]]
) -> tuple[_Row, dict[int, tuple[int, str]]]:
    """One row, and what of it (and from above) covers the next."""
    row = _Row(cells)
    down: dict[int, tuple[int, str]] = {}
    named = False
    for cell in cells:
        _cover(row, held, down, named=named)
        text = _inline(cell.blocks)
        for at in range(max(0, min(cell.across, WIDEST - len(row.texts)))):
            if cell.down > 1:
                down[len(row.texts)] = (min(cell.down, 10_000) - 1, text if at == 0 else "")
            row.texts.append(text if at == 0 else "")
            row.wide.append(text)
        named = named or re.search(r"[^\W\d_]", text) is not None
    _cover(row, held, down, named=named)
    return row, down


def _cover(
    row: _Row, held: dict[int, tuple[int, str]], down: dict[int, tuple[int, str]], *, named: bool
) -> None:
    """Fill the columns that cells from above still cover.

    Words to the right of the row's name hold for it too; a group's name, and a number that
    several rows share, are said once.
    """
    while (at := len(row.texts)) in held:
        left, text = held.pop(at)
        if left > 1:
            down[at] = (left - 1, text)
        shown = text if named and not re.search(r"\d", text) else ""
        row.texts.append(shown)
        row.wide.append(shown)


def _head_depth(cells: Sequence[Cell]) -> int:
    """How many rows the heads take: those that a cell spans beside one that spans columns."""
    deep = max((cell.down for cell in cells), default=1)
    return deep if deep <= 3 and any(c.across > 1 and c.down < deep for c in cells) else 1


def _is_page(cells: Sequence[Cell], width: int) -> bool:
    if any(isinstance(block, Table) for cell in cells for block in cell.blocks):
        return True
    full = [cell for cell in cells if any(not _is_blank(block) for block in cell.blocks)]
    if len(full) == 1 and (width == 1 or len(full[0].blocks) > 2):
        return True
    return any(len(_inline(cell.blocks)) > LONGEST_CELL for cell in cells)


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.text.strip()


def _inline(blocks: "list[Block]") -> str:
    """The words of a cell on one line."""
    parts = [tidy(block.text) for block in blocks if isinstance(block, Paragraph)]
    joined = ""
    for part in parts:
        gap = " " if joined[-1:].isascii() and part[:1].isascii() and joined and part else ""
        joined += gap + part
    return joined
