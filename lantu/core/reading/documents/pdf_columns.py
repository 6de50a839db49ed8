"""Columns of a pdf page: text that runs down the left half first, then down the right half.

A page has columns where a strip near its middle is empty in most of its rows, and both sides of
it are full of text; the columns of a table without rules are not full.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from lantu.core.reading.documents.pdf_lines import Line, lines_of, rows_of
from lantu.core.reading.documents.pdf_page import Letter

FEWEST = 3  # rows with text on both sides
MIDDLE = (0.3, 0.7)  # of the width of the text: where the strip may lie
STRIP = 0.8  # of a letter's size: the least width of the strip
FULL = 0.75  # of a column's width that letters cover in its fuller rows
FULLER = 0.85  # of the rows cover less than the fuller ones
STEPS = 60  # places that are tried for the strip
Order = tuple[int, int, float]  # part of the page, column, height from the top


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of a page from top to bottom that keep the strip free; other rows have no strip."""

    top: float
    bottom: float
    strip: float | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The parts of a page from the top, each in one column or in two."""

    bands: tuple[Band, ...]
    left: float
    right: float

    def order(self, left: float, right: float, top: float) -> Order:
        """Where a box comes in the order of reading."""
        at, band = next(
            (one for one in enumerate(self.bands) if one[1].bottom <= top), (len(self.bands), None)
        )
        is_right = band is not None and band.strip is not None and left >= band.strip
        return at, int(is_right), -top


def columns_of(letters: Sequence[Letter]) -> Columns:
    """The columns of a page; one band without a strip where it has none."""
    left = min((one.left for one in letters), default=0.0)
    right = max((one.right for one in letters), default=0.0)
    rows = rows_of(letters)
    size = median(one.size for one in letters) if letters else 0.0
    strip = _strip(rows, left, right, size)
    bands = [] if strip is None else _bands(rows, strip, STRIP * size / 2)
    return Columns(tuple(bands), left, right)


def lines_in_order(letters: Sequence[Letter], columns: Columns) -> list[tuple[Order, Line]]:
    """The lines of a page in the order of reading; a column's margins stand for the page's."""
    if not any(band.strip for band in columns.bands):
        return [
            (columns.order(line.left, line.right, line.top), line) for line in lines_of(letters)
        ]
    held: dict[tuple[int, int], list[Letter]] = {}
    for letter in letters:
        part, column, _ = columns.order(letter.left, letter.right, letter.top)
        held.setdefault((part, column), []).append(letter)
    found = []
    for (part, column), inside in sorted(held.items()):
        is_column = part < len(columns.bands) and columns.bands[part].strip is not None
        first, last = min(one.left for one in inside), max(one.right for one in inside)
        for line in lines_of(inside):
            top = line.top
            if is_column:
                line.left += columns.left - first
                line.right += columns.right - last
            found.append(((part, column, -top), line))
    return found


def _strip(rows: list[list[Letter]], left: float, right: float, size: float) -> float | None:
    """The middle of the empty strip between two columns of text; None where there is none."""
    width = right - left
    if len(rows) < FEWEST or width < 10 * size:
        return None
    half = STRIP * size / 2
    tried = [left + width * (MIDDLE[0] + (MIDDLE[1] - MIDDLE[0]) * at / STEPS)
             for at in range(STEPS + 1)]  # fmt: skip
    runs = [_runs(row, half) for row in rows]
    crossed = {
        x: sum(any(a < x + half and b > x - half for a, b in run) for run in runs) for x in tried
    }
    fewest = min(crossed.values())
    same = [x for x in tried if crossed[x] == fewest]
    middle = same[len(same) // 2]
    split = _split(rows, middle, half)
    if len(split) < FEWEST or fewest * 2 > len(rows):
        return None  # the right column of a last page may be short
    is_full = all(_fullest(split, middle, side) >= FULL * (width / 2 - size) for side in (0, 1))
    return middle if is_full else None


def _fullest(split: list[list[Letter]], middle: float, side: int) -> float:
    """What letters cover of one side in its fuller rows; a column may hold short lines too."""
    covered = sorted(
        sum(one.right - one.left for one in row if (one.left > middle) == bool(side))
        for row in split
    )
    return covered[int(len(covered) * FULLER)]


def _runs(row: list[Letter], gap: float) -> list[tuple[float, float]]:
    """Where a row has letters: stretches without a gap of such a size."""
    found: list[tuple[float, float]] = []
    for one in sorted(row, key=lambda letter: letter.left):
        if found and one.left - found[-1][1] <= gap:
            found[-1] = found[-1][0], max(found[-1][1], one.right)
        else:
            found.append((one.left, one.right))
    return found


def _split(rows: list[list[Letter]], x: float, half: float) -> list[list[Letter]]:
    """The rows with letters on both sides of a strip and none within."""
    return [
        row for row in rows
        if not _crosses(row, x, half)
        and any(one.right <= x for one in row) and any(one.left >= x for one in row)
    ]  # fmt: skip


def _crosses(row: list[Letter], x: float, half: float) -> bool:
    return any(one.left < x + half and one.right > x - half for one in row)


def _bands(rows: list[list[Letter]], strip: float, half: float) -> list[Band]:
    """The parts of a page: runs of rows that keep the strip free, and runs that do not."""
    parts: list[tuple[bool, list[list[Letter]]]] = []
    for row in rows:
        free = not _crosses(row, strip, half)
        if parts and parts[-1][0] == free:
            parts[-1][1].append(row)
        else:
            parts.append((free, [row]))
    return [
        Band(
            max(one.top for row in run for one in row),
            min(one.bottom for row in run for one in row),
            strip if free and len(_split(run, strip, half)) >= 2 else None,
        )
        for free, run in parts
    ]
