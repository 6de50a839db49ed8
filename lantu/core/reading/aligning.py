"""Aligning: the cells of one row under the heads, whatever spans or is left out."""

from collections.abc import Sequence

from lantu.core.reading.grids import NATURE, Cell
from lantu.core.reading.heads import Heads
from lantu.core.reading.rows import is_name
from lantu.core.reading.stream import VALUES, fit


def aligned(row: Sequence[Cell], head: Heads) -> dict[str, Cell]:
    """The cells by role; a row that misses a cell on the left is moved to the right.

    A row of more cells than there are heads has them where one head spans several columns; the
    first of the cells under the head of names is then the `whole`.
    """
    name_at = head.place_of("name") or 0
    shift = _shift(row, head, name_at)
    wider = max(range(3), key=lambda more: (_worth(row, head, name_at, more), -more))
    placed: dict[str, Cell] = {}
    for at, role in head.roles.items():
        place = at - shift + (wider if at > name_at else 0)
        if 0 <= place < len(row):
            placed[role] = row[place]
    for cell in row[name_at + 1 : name_at + wider + 1]:
        if is_name(cell.text):
            placed["whole"] = placed.get("name", cell)
            placed["name"] = cell
    _find_nature(placed, row, head, shift)
    return placed


def _shift(row: Sequence[Cell], head: Heads, name_at: int) -> int:
    """How many cells a row misses on the left of its name."""
    width = max(head.roles) + 1
    found = next((at for at, cell in enumerate(row) if is_name(cell.text)), name_at)
    misses = len(row) < width and found < name_at and width - len(row) <= name_at
    return name_at - found if misses else 0


def _find_nature(placed: dict[str, Cell], row: Sequence[Cell], head: Heads, shift: int) -> None:
    """A nature that stands in another column; in one of remarks it speaks of its own row only."""
    if "nature" in placed and NATURE.search(placed["nature"].text):
        return
    own = next(
        (n for n in reversed(range(len(row))) if NATURE.fullmatch(row[n].text.strip())), None
    )
    if own is not None:
        is_remark = head.roles.get(own + shift) == "other"
        placed["own_nature" if is_remark else "nature"] = row[own]


def _worth(row: Sequence[Cell], head: Heads, name_at: int, more: int) -> float:
    """How well the cells right of the name fit their heads when they stand `more` further on."""
    texts = [cell.text.strip() for cell in row]
    if more and not any(is_name(one) for one in texts[name_at + 1 : name_at + more + 1]):
        return -100.0
    worth = 0.0
    for at, role in head.roles.items():
        if at <= name_at or role not in (*VALUES, "unit", "nature"):
            continue
        if at + more >= len(row):
            worth -= 0.7
        elif texts[at + more]:
            worth += fit(texts[at + more])(role)
    return worth
