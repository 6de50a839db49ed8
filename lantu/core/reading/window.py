"""Windows: the part of a text in which some places lie, cut into pieces that can be marked.

However long a text is, its window holds little more than the places and the lines around them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CONTEXT = 300  # letters at most on each side of a place, to the ends of its lines
NEAR = 900  # a gap up to this is shown, a longer one is left out


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is to be marked."""

    key: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. `key`: the shortest place around it; `opens`: the places that begin here."""

    text: str
    key: int | None
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of the text. `skipped`: how many letters were left out before it."""

    start: int
    end: int
    skipped: int
    pieces: tuple[Piece, ...]


def window(text: str, spots: Sequence[Spot]) -> list[Excerpt]:
    """The stretches around all places, in the order of the text; nothing without a place."""
    found, last = [], 0
    for start, end in _stretches(text, spots):
        inside = [one for one in spots if one.start >= start and one.end <= end]
        pieces = tuple(_pieces(text, start, end, inside))
        found.append(Excerpt(start, end, start - last, pieces))
        last = end
    return found


def _stretches(text: str, spots: Sequence[Spot]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for one in sorted(spots, key=lambda spot: spot.start):
        start, end = _around(text, one)
        if joined and start - joined[-1][1] <= NEAR:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _around(text: str, one: Spot) -> tuple[int, int]:
    """From the line before a place to the end of its line, where these are near."""
    above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, one.start))) + 1
    below = text.find("\n", one.end)
    below = len(text) if below < 0 else below
    return max(above, one.start - CONTEXT, 0), min(below, one.end + CONTEXT)


def _pieces(text: str, start: int, end: int, spots: Sequence[Spot]) -> Iterator[Piece]:
    cuts = sorted({start, end, *(one.start for one in spots), *(one.end for one in spots)})
    for a, b in zip(cuts, cuts[1:], strict=False):
        over = [one for one in spots if one.start <= a and one.end >= b]
        inner = min(over, key=lambda one: one.end - one.start, default=None)
        opens = tuple(one.key for one in spots if one.start == a)
        yield Piece(text[a:b], None if inner is None else inner.key, opens)
