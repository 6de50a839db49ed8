"""Prose: a text without the line breaks of its pages, every character with its old place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lantu.core.figures.decimals import printed
from lantu.core.reading.numerals import with_years

_ENDS = "。；;！!？?：:"
_SKIPPED = frozenset("$*\\ \t\r\n\x0b\x0c\x85\xa0\u2028\u2029\u3000\u200b\ufeff\u2002\u2003\u2009")
_PLAIN_SIGNS = "0123456789%.+<>="
_DRAWN = tuple("|│┃║｜┌├└┏┣┗╔╠╚")  # by which a table's line begins
_STOPS = "。！!？?"
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
# 2020年工作回顾, “十五五”主要目标, ■2024年成绩单: a heading that bears no number.
PLAIN_HEADING = re.compile(
    r"[■●◆★▲☆\s]*(?:过去[一五]年|(?:20\d\d|二[〇零○][一二三四五六七八九〇零○]{2})年度?|[“\"]?十[一二三四五六]五[”\"]?(?:时期|期间)?)"
    r"(?:[^，,。；;：:、\d]{0,16}(?:回顾|总结|成就|成效|目标|任务|安排|思路|打算|要求|重点工作|主要工作)"
    r"|[^，,。；;：:、\d]{0,40}(?:成绩单|优异成绩))"
)
_HEADING = 30  # a shorter run before a blank line is a heading
# Bounded, and never begun inside a run of digits: what is longer is no number of a plan.
WRITTEN = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,10})?(?!\d)"
_UNIT = (
    r"万亿元|亿美元|万美元|亿元|万元|元/月|元|个?百分点|%|万平方米|平方米|平方公里|m²|公顷|亩|"
    r"万吨|吨|公里|千米|米|万人|人|户|家|个|项|条|座|所|套|场|名|块|班|天|件|年|岁"
)
AMOUNT = re.compile(rf"(?P<value>{WRITTEN})(?P<unit>{_UNIT})")


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
    is_first: bool = False  # of its paragraph

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
        Sentence(words[first:last], tuple(places[first:last]), first == 0)
        for places in _blocks(text)
        for words in (_letters(text, places),)
        for first, last in _split(words)
    ]


LONGEST_SENTENCE = 1500  # a run without a stop is cut, so that time stays in step with length
_SENTENCE = re.compile(rf"[^{_STOPS}]{{0,{LONGEST_SENTENCE}}}[{_STOPS}]?")


def _split(words: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(words):
        if match.group():
            yield match.span()


# Digits and signs of full width read like the others; each letter keeps its place.
WIDTH = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94) if chr(0x21 + at) in _PLAIN_SIGNS}
    | {"．": ".", "﹪": "%", "∼": "~", "～": "~", "－": "-", "○": "〇"}
)


_ZERO = re.compile(r"(?<=\d)〇+")


def _letters(text: str, places: Sequence[int]) -> str:
    letters = with_years("".join([text[place] for place in places]).translate(WIDTH))
    # 2〇 for 20: a scan, or a writer who mixes both.
    return _ZERO.sub(lambda m: "0" * len(m.group()), letters) if "〇" in letters else letters


def _blocks(text: str) -> Iterator[list[int]]:
    """Paragraphs of running text without tables, as the places of their letters."""
    places: list[int] = []
    in_row = False
    was_blank, last = True, ""
    for start, line in lines_of(text):
        in_row = in_row or "<tr" in line
        is_table = in_row or "\t" in line or line.lstrip()[:1] in _DRAWN
        in_row = in_row and "</tr" not in line
        quoted = _QUOTED.match(line)
        if quoted:  # the mark of a quotation in Markdown
            start, line = start + quoted.end(), line[quoted.end() :]
        bare = line.strip()
        if not bare or _PAGE.fullmatch(bare):
            was_blank = was_blank or not bare
            continue
        if places and (is_table or _ends(text, places, last, bare, after_blank=was_blank)):
            yield places
            places = []
        if not is_table:
            places.extend(_letters_of(line, start))
            last = bare
        was_blank = False
    yield places


_QUOTED = re.compile(r"\s{0,3}(?:>\s?)+(?=\s|[^\d.\s]|\d+[.、]\s?\D|$)")
# The number of a page on a line of its own.
_PAGE = re.compile(r"[-—–·\s]*\d{1,4}[-—–·\s]*|第\s*\d+\s*页.{0,12}")
_MARK = re.compile(
    r"(?:[#>*\s]{0,6}(?:第[一二三四五六七八九十百零〇]{1,4}[章节篇部条]|专\s?栏|[表图]\s?\d|[一二三四五六七八九十]{1,3}、|"
    r"[(（][一二三四五六七八九十]{1,3}[)）]|[(（]\d{1,2}[)）]|\d{1,2}[.．、]\s?[^\d\s]|——|一一|[-•·]\s|[●◆■★▲☆]|"
    r"[①-⑳]|#{1,6}\s|注[:：])|[-*•]\s)"
)


# Who answers for it, in brackets behind the stop of a paragraph.
_AFTERWORD = re.compile(rf"[{_STOPS}]\s*[（(【\[][^（）()【】\[\]]{{2,300}}[）)】\]]$")
_CHAPTER = re.compile(
    r"[#*\s]{0,6}(?:第[一二三四五六七八九十百]{1,4}[章节篇部]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])[^。；]*$"
)


def _ends(text: str, places: list[int], last: str, line: str, *, after_blank: bool) -> bool:
    """Whether a paragraph is over before a line. A page may break one in the middle."""
    if text[places[-1]] in _ENDS and (after_blank or text[places[-1]] in _STOPS):
        return True
    if _MARK.match(line) or _AFTERWORD.search(last):
        return True
    if after_blank and len(last) < 2 * _HEADING and _CHAPTER.match(last):
        return True
    if PLAIN_HEADING.fullmatch(last) or PLAIN_HEADING.fullmatch(line):
        return True
    mark = _MARK.match(last)
    title = last[mark.end() :] if mark else last
    is_short = len(title) < _HEADING and not any(letter in "，,、；" for letter in title)
    return is_short and (after_blank or mark is not None)


def _letters_of(line: str, start: int) -> list[int]:
    """The places of a line's letters, without white space, marks and tags."""
    if "<" not in line:
        return [start + at for at, letter in enumerate(line) if letter not in _SKIPPED]
    found: list[int] = []
    first = 0
    for tag in _TAG.finditer(line):
        found += [at for at in range(first, tag.start()) if line[at] not in _SKIPPED]
        first = tag.end()
    found += [at for at in range(first, len(line)) if line[at] not in _SKIPPED]
    return [start + at for at in found]


_LINE = re.compile(
    r"[^\n<]*(?:<(?!/(?:p|h\d|div|li|tr)\s*>|br\b)[^\n<]*)*(?:\n|</(?:p|h\d|div|li|tr)\s*>|<br\s*/?>|<)?",
    re.IGNORECASE,
)


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text; the paragraphs of a page's source are lines too."""
    if "</" not in text:
        start = 0
        for line in text.splitlines(keepends=True):
            yield start, line
            start += len(line)
        return
    for match in _LINE.finditer(text):
        if match.group():
            yield match.start(), match.group()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a flattened table: its name, its unit and the numbers in order."""

    table: int  # counts tables from the beginning
    name: str
    unit: str
    numbers: tuple[Stated, ...]
    brackets: tuple[bool, ...]


_ROW_UNIT = re.compile(r"[(（]([^()（）]{1,14})[)）]\s*$")
_CELL = re.compile(r"[\[［]?\s*[<>≥≤]?\s*(?P<value>\d[\d,]{0,19}(?:\.\s?\d{1,10})?)\s*%?\s*[\]］]?")
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
    for start, line in lines_of(text):
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
