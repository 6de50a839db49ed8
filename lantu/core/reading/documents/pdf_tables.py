"""Tables of a pdf page: the cells between its rules."""

from bisect import bisect_right
from dataclasses import dataclass

from lantu.core.reading.documents.layout import Cell, Paragraph, Table
from lantu.core.reading.documents.pdf_lines import text_of
from lantu.core.reading.documents.pdf_page import Letter, Page

NEAR = 3.0  # points: rules that are nearer are one
LEAST = 4  # cells; fewer are a frame, not a table
Rule = tuple[float, float, float]


@dataclass(slots=True)
class Found:
    """A table, the height of its top, and the letters it holds."""

    top: float
    content: Table
    letters: list[Letter]


def tables_of(page: Page) -> list[Found]:
    """The ruled tables of a page, from the top."""
    found = [_table(group, page) for group in _groups(page)]
    return [one for one in found if one is not None]


def _groups(page: Page) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, one group a table."""
    boxes = [(left, y, right, y, 0, at) for at, (y, left, right) in enumerate(page.across)]
    boxes += [(x, bottom, x, top, 1, at) for at, (x, bottom, top) in enumerate(page.down)]
    groups: list[tuple[list[float], list[tuple[int, int]]]] = []
    for left, bottom, right, top, kind, at in sorted(boxes, key=lambda one: -one[3]):
        box, members = [left, bottom, right, top], [(kind, at)]
        apart = []
        for other, held in groups:
            if _touch(box, other):
                box = [min(box[0], other[0]), min(box[1], other[1]),
                       max(box[2], other[2]), max(box[3], other[3])]  # fmt: skip
                members += held
            else:
                apart.append((other, held))
        groups = [*apart, (box, members)]
    return [
        (
            [page.across[at] for kind, at in members if kind == 0],
            [page.down[at] for kind, at in members if kind == 1],
        )
        for _, members in sorted(groups, key=lambda one: -one[0][3])
    ]


def _touch(one: list[float], other: list[float]) -> bool:
    return (
        one[0] <= other[2] + NEAR
        and other[0] <= one[2] + NEAR
        and one[1] <= other[3] + NEAR
        and other[1] <= one[3] + NEAR
    )


def _marks(values: list[float]) -> list[float]:
    marks: list[float] = []
    for value in sorted(values):
        if not marks or value - marks[-1] > NEAR:
            marks.append(value)
    return marks


def _table(rules: tuple[list[Rule], list[Rule]], page: Page) -> Found | None:
    across, down = rules
    xs, ys = _marks([x for x, _, _ in down]), _marks([y for y, _, _ in across])[::-1]
    if (len(xs) - 1) * (len(ys) - 1) < LEAST or len(xs) < 3:
        return None
    held: dict[tuple[int, int], list[Letter]] = {}
    letters = []
    edges = [-y for y in ys]
    for letter in page.letters:
        column = bisect_right(xs, (letter.left + letter.right) / 2) - 1
        row = bisect_right(edges, -letter.middle) - 1
        if 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
            held.setdefault((row, column), []).append(letter)
            letters.append(letter)
    if not letters:
        return None
    return Found(ys[0], Table(_rows(xs, ys, across, down, held)), letters)


def _rows(
    xs: list[float],
    ys: list[float],
    across: list[Rule],
    down: list[Rule],
    held: dict[tuple[int, int], list[Letter]],
) -> list[list[Cell]]:
    """Cells grow to the right and down over every border that is not drawn."""
    taken: set[tuple[int, int]] = set()
    rows = []
    for row in range(len(ys) - 1):
        cells = []
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < len(xs) - 1 and not _drawn(
                down, xs[column + wide], (ys[row] + ys[row + 1]) / 2
            ):
                wide += 1
            high = 1
            while row + high < len(ys) - 1 and not _drawn(
                across, ys[row + high], (xs[column] + xs[column + wide]) / 2
            ):
                high += 1
            area = [(r, c) for r in range(row, row + high) for c in range(column, column + wide)]
            taken.update(area)
            inside = [letter for place in area for letter in held.get(place, ())]
            cells.append(Cell([Paragraph(text_of(inside))], across=wide, down=high))
        rows.append(cells)
    return rows


def _drawn(rules: list[Rule], at: float, middle: float) -> bool:
    return any(
        abs(place - at) <= NEAR and low - 1 <= middle <= high + 1 for place, low, high in rules
    )
