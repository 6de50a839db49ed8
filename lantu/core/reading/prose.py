"""Prose: a text without the line breaks of its pages, every character with its old place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lantu.core.figures.decimals import printed

_ENDS = "。；;！!？?：:"
_MARKS = "$*\\"  # of Markdown and formulas
_STOPS = "。！!？?"
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_HEADING = 30  # a shorter run before a blank line is a heading
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = (
    r"万亿元|亿美元|万美元|亿元|万元|元/月|元|个?百分点|%|万平方米|平方米|平方公里|m²|公顷|亩|"
    r"万吨|吨|公里|千米|米|万人|人|户|家|个|项|条|座|所|套|场|名|块|班|天|件|年|岁"
)
AMOUNT = re.compile(rf"(?P<value>{_NUMBER})(?P<unit>{_UNIT})")


@dataclass(frozen=True, slots=True)
class Stated:
    """One printed number, and where it stands (code points; None where only a record is known)."""

    value: Decimal
    unit: str
    start: int | None = None
    end: int | None = None
    code: str = ""  # the record it comes from, if any


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the running text, without white space."""

    text: str
    places: tuple[int, ...]  # of every character in the document

    def stated(self, match: re.Match[str], value: str = "value", unit: str = "unit") -> Stated:
        """The number of a match, with its place in the document."""
        start, end = match.span(value)
        printed_unit = match.group(unit) if unit else ""
        return Stated(
            printed(match.group(value)),
            {"m²": "平方米"}.get(printed_unit, printed_unit),
            self.places[start],
            self.places[end - 1] + 1,
        )

    def amounts(self) -> Iterator[tuple[re.Match[str], Stated]]:
        for match in AMOUNT.finditer(self.text):
            yield match, self.stated(match)


def sentences(text: str) -> list[Sentence]:
    """The sentences of the running text; lines with tabs are tables and are left out."""
    return [
        Sentence(_letters(text, piece), piece)
        for block in _blocks(text)
        for piece in _split(text, block)
    ]


def _letters(text: str, places: tuple[int, ...]) -> str:
    return "".join(text[place] for place in places)


def _blocks(text: str) -> Iterator[list[int]]:
    """Runs of text without tables, as the places of their letters."""
    places: list[int] = []
    in_row = False
    for start, line in _lines(text):
        in_row = in_row or "<tr" in line
        is_table = in_row or "\t" in line or line.lstrip().startswith("|")
        in_row = in_row and "</tr" not in line
        is_blank = not line.strip()
        # A page may break a sentence; only a finished one, or a heading, ends at a blank line.
        is_end = is_blank and places and (text[places[-1]] in _ENDS or _is_heading(text, places))
        if is_table or is_end:
            yield places
            places = []
        if not is_table:
            places.extend(_letters_of(line, start))
    yield places


def _letters_of(line: str, start: int) -> list[int]:
    """The places of a line's letters, without white space, marks and tags."""
    tags = [match.span() for match in _TAG.finditer(line)] if "<" in line else []
    return [
        start + at
        for at, letter in enumerate(line)
        if not letter.isspace()
        and letter not in _MARKS
        and not any(first <= at < last for first, last in tags)
    ]


def _is_heading(text: str, places: list[int]) -> bool:
    return len(places) < _HEADING and not any(text[place] in "，,、" for place in places)


def _split(text: str, places: list[int]) -> Iterator[tuple[int, ...]]:
    first = 0
    for count, place in enumerate(places, 1):
        if text[place] in _STOPS or count == len(places):
            yield tuple(places[first:count])
            first = count


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line
        start += len(line)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a flattened table: its name, its unit and the numbers in order."""

    table: int  # counts tables from the beginning
    name: str
    unit: str
    numbers: tuple[Stated, ...]
    brackets: tuple[bool, ...]


_ROW_UNIT = re.compile(r"[(（]([^()（）]{1,14})[)）]\s*$")
_CELL = re.compile(r"[\[［]?\s*[<>≥≤]?\s*(?P<value>\d[\d,]*(?:\.\s?\d+)?)\s*%?\s*[\]］]?")
_BOX_TITLE = re.compile(r"\s*(?:专栏|表)\s*\d")
_LEAD = re.compile(r"^\s*\d{1,3}\s*[.、．]?\s*")


@dataclass(frozen=True, slots=True)
class Table:
    """A flattened table: the words above its first row of numbers, and its rows."""

    header: str
    rows: tuple[Row, ...]


def tables(text: str) -> list[Table]:
    """The tables whose cells are set off by tabs."""
    found: list[Table] = []
    header: list[str] = []
    rows: list[Row] = []
    for start, line in _lines(text):
        is_table = "\t" in line
        if (header or rows) and (_BOX_TITLE.match(line) or (line.strip() and not is_table)):
            found.append(Table("".join(header), tuple(rows)))
            header, rows = [], []
        if not is_table:
            continue
        row = _row(len(found), start, line)
        if row is None and not rows:
            header.append(re.sub(r"\s", "", line))
        elif row is not None:
            rows.append(row)
    if header or rows:
        found.append(Table("".join(header), tuple(rows)))
    return [table for table in found if table.rows]


def _row(table: int, start: int, line: str) -> Row | None:
    cells = [(m.start(), m.group()) for m in re.finditer(r"[^\t\n]+", line)]
    name_at = next((i for i, (_, cell) in enumerate(cells) if re.search(r"[^\W\d]", cell)), None)
    if name_at is None:
        return None
    name = _LEAD.sub("", cells[name_at][1]).strip()
    for extra in cells[name_at + 1 : name_at + 2]:
        if not _CELL.fullmatch(extra[1].strip()) and not any(c.isdigit() for c in extra[1]):
            name += extra[1].strip()  # a cell that was split in two
    unit = _ROW_UNIT.search(name)
    numbers, brackets = [], []
    for offset, cell in cells[name_at + 1 :]:
        match = _CELL.fullmatch(cell.strip())
        if match is None:
            continue
        at = start + offset + cell.index(match.group("value"))
        value = printed(re.sub(r"\s", "", match.group("value")))
        numbers.append(Stated(value, unit[1] if unit else "", at, at + len(match.group("value"))))
        brackets.append(cell.strip().startswith(("[", "［")))
    if not numbers:
        return None
    plain = name[: unit.start()] if unit else name
    return Row(table, plain, unit[1] if unit else "", tuple(numbers), tuple(brackets))
