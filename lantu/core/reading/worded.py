"""Worded rows: one indicator a line, its years said in words.

接待游客人数：2025年860万人次，2030年1200万人次，年均增长6.9%，预期性。
"""

import re
from collections.abc import Iterator, Sequence

from lantu.core.reading.grids import NATURE, Cell, lines
from lantu.core.reading.periods import Period
from lantu.core.reading.rows import Region, Row, is_value

_LINE = re.compile(
    r"\s*(?:[（(]?\d{1,3}\s*[)）.、．]|[①-⑳]|[-—•·*]{1,2})?\s*(?P<name>[^：:，,。；;|\t]{2,40})[：:]\s*"
    r"(?=(?:19|20)\d\d\s*年)(?P<rest>[^。|\t]{4,120})。?\s*$"
)
_PIECE = re.compile(r"[^，,；;、]+")
_OF_YEAR = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)\s*年(?:末|底)?(?:实际|预计|目标|完成|达到|为|约)*[:：]?\s*(?P<value>.+?)\s*$"
)
_GROWTH = re.compile(
    r"\s*年均(?:增长|增速|下降)(?:率)?(?:为)?\s*(?P<value>[\d.]+\s*%(?:左右|以上)?)\s*$"
)


def worded(text: str, years: Period) -> tuple[list[Row], list[Region]]:
    """The rows of such lines, and where they stand; two years, or one and a nature, make a row."""
    found: list[Row] = []
    for start, line in lines(text):
        if len(line) > _LONGEST or "年" not in line:
            continue
        match = _LINE.match(line)
        row = _row(match, start, years) if match else None
        if row is not None:
            found.append(row)
    return found, [Region(one.start, one.end) for one in found]


_LONGEST = 200


def _row(match: re.Match[str], start: int, years: Period) -> Row | None:
    cells = {"name": _cell(match, start, *match.span("name"))}
    of_years: list[tuple[int, Cell]] = []
    for place, end, words in _pieces(match):
        told = _OF_YEAR.match(words)
        growth = _GROWTH.match(words)
        if told and is_value(told["value"]):
            first = place + told.start("value")
            cell = _cell(match, start, first, first + len(told["value"]))
            of_years.append((int(told["year"]), cell))
        elif growth:
            cells["growth"] = _cell(match, start, place + growth.start("value"), end)
        elif NATURE.fullmatch(words.strip()):
            cells["nature"] = _cell(match, start, place, end)
        else:
            return None
    return _dated(cells, of_years, years, start + match.end("rest"))


def _dated(
    cells: dict[str, Cell], of_years: Sequence[tuple[int, Cell]], years: Period, end: int
) -> Row | None:
    """The plan's last year is the goal's, the latest before the plan the base's."""
    due = years.end or years.now
    by_year = dict(of_years)
    if (
        len(by_year) < len(of_years)
        or due not in by_year
        or len(of_years) + ("nature" in cells) < 2
    ):
        return None
    assert due is not None
    before = [year for year in by_year if year < (years.first or due)]
    base = max(before, default=None)
    cells["target"] = by_year[due]
    if base is not None:
        cells["base"] = by_year[base]
    later = tuple((cell, year) for year, cell in of_years if year > due)
    return Row(cells["name"].start, end, cells, base, due, tuple(cells.values()), later=later)


def _pieces(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    for piece in _PIECE.finditer(match["rest"]):
        first = match.start("rest") + piece.start()
        yield first, first + len(piece.group()), piece.group()


def _cell(match: re.Match[str], start: int, first: int, last: int) -> Cell:
    return Cell(match.string[first:last].strip(), start + first, start + last)
