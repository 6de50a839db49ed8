"""Lines of a pdf page: letters at one height, with spaces, notes and columns told apart."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from lantu.core.reading.documents.layout import raised
from lantu.core.reading.documents.pdf_page import Letter

SPACE = 0.22  # of a letter's size: a space between Latin words
WIDE_SPACE = 0.7  # of a letter's size: a space between Chinese words
COLUMN = 1.6  # of a letter's size: the next column of a table without rules
SMALL = 0.78  # of the line's size: a raised or lowered sign
EDGE = 0.12  # of the page's height: where heads and feet stand
RECURS = 3  # pages

_NUMBER = re.compile(r"[-—–·\s第]*\d{1,4}[-—–·\s页]*(/\s*\d{1,4})?|[-—\s]*[ivxlc]+[-—\s]*")


@dataclass(slots=True)
class Line:
    """One line: its text, with tabs where it has columns, and its box."""

    text: str
    left: float
    right: float
    top: float
    size: float
    is_row: bool  # it has columns


def lines_of(letters: Iterable[Letter], wide_space: float = WIDE_SPACE) -> list[Line]:
    """The lines, from the top."""
    return [_line(row, wide_space) for row in rows_of(letters)]


def rows_of(letters: Iterable[Letter]) -> list[list[Letter]]:
    """The letters at one height, from the top."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: (-one.middle, one.left)):
        if rows and _is_level(rows[-1], letter):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return rows


def _is_level(row: list[Letter], letter: Letter) -> bool:
    """Whether a letter stands within the height of the largest letter of a row."""
    largest = max(row[-80:], key=lambda one: one.size)
    if letter.size > largest.size * 1.1:
        return largest.bottom >= letter.bottom - 1 and largest.middle <= letter.top
    return largest.bottom - 0.1 * largest.size <= letter.middle <= largest.top + 0.1 * largest.size


def text_of(letters: Iterable[Letter]) -> str:
    """The text of a cell, line by line. Justified cells stretch, so a gap there says nothing."""
    return "\n".join(line.text.replace("\t", "") for line in lines_of(letters, wide_space=99))


def _line(row: list[Letter], wide_space: float) -> Line:
    row.sort(key=lambda one: one.left)
    size = median(one.size for one in row)
    text, last = "", None
    is_row = False
    for at, letter in enumerate(row):
        gap = 0.0 if last is None else letter.left - last.right
        if gap > COLUMN * size and not text.endswith("\t"):
            text, is_row = text + "\t", True
        elif last is not None and gap > size * (
            SPACE if (last.text + letter.text).isascii() else wide_space
        ):
            text += " "
        text += _sign(row, at, text, size)
        last = letter
    text = re.sub(r" *\t *", "\t", text.strip())
    return Line(text, row[0].left, row[-1].right, max(one.top for one in row), size, is_row)


def _sign(row: list[Letter], at: int, before: str, size: float) -> str:
    letter = row[at]
    usual = [one for one in row if one.size >= SMALL * size]
    if letter.size >= SMALL * size or not usual:
        return letter.text
    base = median(one.middle for one in usual)
    # What is small and high is a note or an exponent; what is small and low is an index.
    return raised(before, letter.text) if letter.middle > base else letter.text


def without_recurring(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """The lines without page numbers, and without heads and feet that stand on several pages."""
    seen = Counter(
        key
        for lines, height in zip(pages, heights, strict=True)
        for key in {_key(line) for line in lines if _at_edge(line, height)}
    )
    return [
        [
            line
            for line in lines
            if not (_at_edge(line, height) and (_NUMBER.fullmatch(line.text.strip().lower())
                                                or seen[_key(line)] >= RECURS))
        ]
        for lines, height in zip(pages, heights, strict=True)
    ]  # fmt: skip


def _at_edge(line: Line, height: float) -> bool:
    return line.top > height * (1 - EDGE) or line.top < height * EDGE


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.strip()), round(line.top / 6)
