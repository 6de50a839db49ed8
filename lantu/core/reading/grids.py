"""Grids: the tables of a text as rows of cells, whatever sets the cells off.

Tabs, bars, a page's source with spans, one cell a line, or blanks in lines that end in 预期性.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lantu.core.reading.cells import plain_cell

NATURE = re.compile(r"[（(]?(?:约束|约東|預期|预期|引导|指导|参考)(?:性|型)?(?:指标)?[)）]?")
BARS = str.maketrans("│┃║｜", "||||")  # lines that tables are drawn with
_RULE = re.compile(r"^(?=.*\S)[\s|:\-—+=─━═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝]+$")
_CATEGORY = re.compile(
    r"^\s*(?!专栏|[表图]\s?\d|第|注|#)[^\s，。；：:、]{0,3}、?[^，。；：:\s]{2,16}\s*$"
)
_AGAIN = re.compile(r"^\s*(?:续表|（?续）?|接上表)\s*\S{0,12}\s*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with the place of its text."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Grid:
    """The rows of one table. `is_exact`: a cell stands in the column that it belongs to."""

    rows: list[list[Cell]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)  # of the rows in the text
    is_exact: bool = True
    is_text: bool = False  # the lines would also be read as running text


def grids(text: str) -> list[Grid]:
    """Every table of a text, in no order."""
    if any(mark in text for mark in "│┃║｜"):
        text = text.translate(BARS)
    found = [*_of_lines(text), *_of_html(text), *_of_words(text)]
    return [one for one in found if len(one.rows) > 1]


def _of_lines(text: str) -> Iterator[Grid]:
    """Tables set off by tabs or bars; a continued table (续表) goes on."""
    grid, waiting = Grid(), 0
    for start, line in lines(text):
        cells = _cells(line, start)
        if not cells and not waiting and grid.rows and _CATEGORY.match(line):
            waiting = 1  # 二、绿色发展: a line between two rows
            continue
        if not cells and grid.rows and _RULE.match(line):
            continue  # a drawn line between two rows
        waiting = 0 if line.strip() else waiting
        if cells and not _RULE.match(line):
            grid.is_text = grid.is_text or not ("\t" in line or line.lstrip().startswith("|"))
            grid.rows.append(cells)
            lead = len(line) - len(line.lstrip())
            grid.spans.append((start + lead, start + len(line.rstrip())))
        elif not cells and line.strip() and not _AGAIN.match(line):
            yield grid
            grid = Grid()
    yield grid


def lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line
        start += len(line)


_FEWEST_BARS = 2


def _cells(line: str, start: int) -> list[Cell]:
    """The cells of a line; none where it is no table's."""
    bare = line.rstrip("\r\n")
    if bare.lstrip().startswith("|"):
        parts = bare.split("|")[1:-1] if bare.rstrip().endswith("|") else bare.split("|")[1:]
        offset = start + bare.index("|") + 1
    elif bare.count("|") >= _FEWEST_BARS and "\t" not in bare:
        parts, offset = bare.split("|"), start  # a drawn table without its outer lines
    elif "\t" in bare:
        parts, offset = bare.split("\t"), start
    else:
        return []
    cells = []
    for part in parts:
        bare, text = part.strip(), plain_cell(part)
        lead = part.index(bare) if bare else 0
        cells.append(Cell(text, offset + lead, offset + lead + len(bare)))
        offset += len(part) + 1
    return cells


_HTML_ROW = re.compile(r"<tr\b[^>]{0,400}>", re.IGNORECASE)
_HTML_END = re.compile(r"</tr\s*>|</table\s*>", re.IGNORECASE)
_HTML_TABLE = re.compile(r"<table\b|</table\s*>", re.IGNORECASE)
_HTML_CELL = re.compile(r"<t[dh]\b(?P<marks>[^>]{0,400})>", re.IGNORECASE)
_SPAN = re.compile(r"(?P<name>row|col)span\s*=\s*[\"']?(?P<count>\d{1,2})", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,400}>|&nbsp;")
_MOST_COLUMNS = 60


def _of_html(text: str) -> Iterator[Grid]:
    """Tables that a page's source left in the text, cells that span repeated where they reach."""
    if "<tr" not in text and "<TR" not in text:
        return
    grid, left = Grid(), {}  # type: ignore[var-annotated]
    tables = [match.start() for match in _HTML_TABLE.finditer(text)]
    starts = [(match.start(), match.end()) for match in _HTML_ROW.finditer(text)]
    at = 0
    for count, (start, inner) in enumerate(starts):
        while at < len(tables) and tables[at] <= start:
            at += 1
            yield grid
            grid, left = Grid(), {}
        limit = starts[count + 1][0] if count + 1 < len(starts) else len(text)
        end = _HTML_END.search(text, inner, limit)
        if end is None:
            continue
        grid.rows.append(_html_row(text, inner, end.start(), left))
        grid.spans.append((start, end.end() if end.group().startswith("</t") else end.start()))
    yield grid


def _html_row(text: str, start: int, end: int, left: dict[int, tuple[int, Cell]]) -> list[Cell]:
    """One row; `left` holds, by column, the cells that reach down from rows above."""
    opened = list(_HTML_CELL.finditer(text, start, end))
    row: list[Cell] = []
    for count, match in enumerate(opened):
        _reach_down(row, left)
        limit = opened[count + 1].start() if count + 1 < len(opened) else end
        plain = html.unescape(_TAG.sub("", text[match.end() : limit]))
        cell = Cell(re.sub(r"\s+", "", plain_cell(plain)), match.end(), limit)
        spans = {one["name"].lower(): int(one["count"]) for one in _SPAN.finditer(match["marks"])}
        for _ in range(max(1, spans.get("col", 1))):
            if spans.get("row", 1) > 1:
                left[len(row)] = (spans["row"] - 1, cell)
            if len(row) < _MOST_COLUMNS:
                row.append(cell)
    _reach_down(row, left)
    return row


def _reach_down(row: list[Cell], left: dict[int, tuple[int, Cell]]) -> None:
    while len(row) in left:
        count, cell = left.pop(len(row))
        if count > 1:
            left[len(row)] = (count - 1, cell)
        row.append(cell)


_HEAD_WORD = re.compile(
    r"序号|编号|类别|类型|分类|领域|(?:主要|重点|核心|具体|[一二三]级)?指标(?:名称|内容|项)?|名称|(?:计量)?单位|指标属性|属性|性质|"
    r"备注|(?:责任|牵头)(?:单位|部门)|[“\"]?十.五[”\"]?(?:期)?末|"
    r".{0,8}(?:19|20)\d\d年?.{0,10}|.{0,8}(?:年均|累计|增速|增长|增减|变化|目标|规划|基数|现状|完成|实际|预期).{0,12}"
)
_FIRST_HEAD = re.compile(
    r"序号|类别|分类|领域|(?:主要|重点|核心|[一二]级)?指标(?:名称|内容|项)?|名称"
)
_LONGEST_CELL = 44
_FEWEST = 8


def _of_words(text: str) -> Iterator[Grid]:
    """Tables whose cells stand one a line, or are set off by blanks."""
    run: list[Cell] = []
    for start, line in lines(text):
        bare = line.strip()
        if not bare:
            continue
        cell = Cell(bare, start + line.index(bare), start + line.index(bare) + len(bare))
        is_cell = len(bare) <= _LONGEST_CELL and "\t" not in line and "|" not in bare
        is_row = NATURE.search(bare[-6:]) is not None or _is_head_line(bare)
        is_row = is_row or (_is_wide(bare) and len(_GAP.sub(" ", bare)) <= 2 * _LONGEST_CELL)
        is_row = is_row and "\t" not in line and "|" not in bare
        if (is_cell or is_row) and not bare.endswith(("。", "；", "，")):
            run.append(cell)
            continue
        yield from _from_run(run)
        run = []
    yield from _from_run(run)


def _is_head_line(line: str) -> bool:
    parts = _GAP.split(line) if _is_wide(line) else line.split()
    return len(parts) >= 3 and "指标" in _close(line) and sum(map(_is_head, parts)) >= 3


def _is_head(part: str) -> bool:
    return _HEAD_WORD.fullmatch(_close(part)) is not None


def _close(part: str) -> str:
    """A head without the blanks that space out its letters: 指　　标."""
    return re.sub(r"\s", "", part)


def _from_run(run: list[Cell]) -> Iterator[Grid]:
    """A run of short lines that holds a head and natures or numbers is a table."""
    if len(run) < 3:
        return
    natures = sum(map(_ends_in_nature, run))
    numbers = sum(_NUMERIC.search(one.text) is not None for one in run)
    by_blanks = sum(len(one.text.split()) >= 3 and _ends_in_row(one) for one in run)
    has_heads = any(_is_head_line(one.text) for one in run)
    if by_blanks * 2 > max(natures, 1) and (natures or has_heads):
        yield from _by_blanks(run)
    elif len(run) >= _FEWEST and (natures or numbers >= _FEWEST // 2):
        yield from _by_line(run)


_NUMERIC = re.compile(
    r"(?:^|\s)(?:达到?|保持|不[低少]于|不超过|下降|降低)?[<>≥≤＜＞〔\[]?\d[\d,.]*(?:[%％‰]|[亿万]?\D{0,3})"
    r"(?:左右|以上|以下|以内)?[〕\]]?$"
)


def _ends_in_row(cell: Cell) -> bool:
    is_row = _ends_in_nature(cell) or _NUMERIC.search(cell.text) is not None
    # 1.2 1.5 招商局: what ends the row is not a number.
    return is_row or re.search(r"\d\S*\s+(?:[—–-]{1,2}|[<>≥≤]?\d\S*\s+\S+)$", cell.text) is not None


def _ends_in_nature(cell: Cell) -> bool:
    return NATURE.fullmatch(cell.text.split()[-1]) is not None


def _is_wide(line: str) -> bool:
    """Whether a line's cells are set off by two blanks or more, so that one blank is in a cell."""
    return len(_GAP.findall(line)) >= _FEWEST_BARS


_GAP = re.compile(r"[ \u3000\xa0]{2,}")
_WORD = re.compile(r"\S+")
_WIDE_WORD = re.compile(r"\S+(?:[ \u3000\xa0]\S+)*")


def _parts(cell: Cell) -> list[Cell]:
    """The words of a line that blanks set off."""
    return [
        Cell(match.group(), cell.start + match.start(), cell.start + match.end())
        for match in (_WIDE_WORD if _is_wide(cell.text) else _WORD).finditer(cell.text)
    ]


def _by_blanks(run: list[Cell]) -> Iterator[Grid]:
    grid = Grid(is_exact=False, is_text=True)
    for cell in run:
        if _is_head_line(cell.text) or grid.rows:
            grid.rows.append(_parts(cell))
            grid.spans.append((cell.start, cell.end))
    yield grid


def _by_line(run: list[Cell]) -> Iterator[Grid]:
    """One cell a line: the heads end where the first name or category begins."""
    run = _whole_heads(run)
    first = next(
        (at for at, one in enumerate(run) if _FIRST_HEAD.fullmatch(_close(one.text))),
        None,
    )
    if first is None:
        return
    last = first
    while last < len(run) and (_is_head(run[last].text) and not _begins(run[last].text)):
        last += 1
    heads = run[first:last]
    if not 2 <= len(heads) <= 12 or last == len(run):
        return
    grid = Grid([heads], [(heads[0].start, heads[-1].end)], is_exact=False, is_text=True)
    grid.rows.append(_whole_words(run[last:]))
    grid.spans.append((run[last].start, run[-1].end))
    yield grid


_HEAD_PAIRS = (
    (r"(?:19|20)\d\d年?", r"(?:基期|基准|目标|规划|现状|实际|预期)(?:值|数)?"),
    (r"年均.{0,6}", r"[〔\[（(【]?.{0,3}累计.{0,4}[〕\]）)】]?[%％]?"),
)


def _whole_heads(run: list[Cell]) -> list[Cell]:
    """Heads that stand on two lines, or whose letters are set apart: 2020, 目标值; 指  标."""
    found: list[Cell] = []
    for cell in run:
        if re.fullmatch(r"[一-龥](?:[ \u3000]+[一-龥]){1,3}", cell.text):
            cell = Cell(re.sub(r"\s", "", cell.text), cell.start, cell.end)
        last = found[-1] if found else None
        if last and any(
            re.fullmatch(a, last.text) and re.fullmatch(b, cell.text) for a, b in _HEAD_PAIRS
        ):
            found[-1] = Cell(last.text + cell.text, last.start, cell.end)
        else:
            found.append(cell)
    return found


def _whole_words(cells: list[Cell]) -> list[Cell]:
    """Words in the place of a number may stand on two lines: 与经济增长, 同步."""
    found: list[Cell] = []
    for cell in cells:
        before = found[-1] if found else None
        if before and _KEEPS.fullmatch(before.text) and _PACE.fullmatch(cell.text):
            found[-1] = Cell(before.text + cell.text, before.start, cell.end)
        else:
            found.append(cell)
    return found


_KEEPS = re.compile(r"(?:与|和|同).{2,14}")
_PACE = re.compile(r"(?:基本|保持)*同步.{0,6}")


def _begins(cell: str) -> bool:
    """A numbered name or category is no head, though it may speak of growth."""
    return (
        re.match(
            r"[(（]?\d{1,2}[)）.、．]\s*\D|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]",
            cell,
        )
        is not None
    )
