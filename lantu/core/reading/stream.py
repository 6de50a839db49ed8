"""Streams: cells that stand in order only, cut into rows by the likeliest path through the columns.

A copied table drops its empty cells, breaks its names and prints a merged cell once. So no cell
tells its column by itself; the cheapest reading of all of them does (Viterbi's algorithm).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from lantu.core.reading.grids import NATURE, Cell
from lantu.core.reading.heads import Heads
from lantu.core.reading.rows import (
    ENDS_IN_UNIT,
    GROUP,
    INDEX,
    NOTHING,
    NUMBERED,
    is_name,
    is_value,
    is_words,
)
from lantu.core.reading.words import either

VALUES = ("base", "target", "growth", "former", "later", "total")
MOST = 3000  # cells that are read as one stream
_NEVER = -1e9
_SKIPS = {"pre": 0.0, "unit": 1.5, "nature": 0.7, "post": 0.0, "name": 9.0}
_LOOPS = frozenset({"pre", "name", "post"})
_LIKE_UNIT = re.compile(r"[十百千万亿]{1,2}[^\d\s]{1,5}")  # 亿吨原煤


@dataclass(slots=True)
class Cut:
    """The cells of one row by what they are."""

    pre: list[Cell] = field(default_factory=list)
    names: list[Cell] = field(default_factory=list)
    unit: Cell | None = None
    values: dict[int, Cell] = field(default_factory=dict)  # by the place of the head
    nature: Cell | None = None
    post: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of the stream; `is_new`: it begins a line whose cells blanks set off."""

    cell: Cell
    is_new: bool = True
    is_lined: bool = False  # lines are rows, for the most part


def columns(head: Heads) -> list[tuple[str, int]]:
    """The columns in order as (kind, place): what stands before the name, the name, the rest."""
    found = [("pre", -1)]
    for place, role in sorted(head.roles.items()):
        if role in (*VALUES, "name", "unit", "nature"):
            found.append((role, place))
    return [*found, ("post", -2)]


def cut(pieces: Sequence[Piece], head: Heads) -> list[Cut]:
    """The rows of a stream, in order; what fits no column stands in `pre` or `post`."""
    found: list[Cut] = []
    for begin in range(0, len(pieces), MOST):
        found += _cut(pieces[begin : begin + MOST], columns(head))
    return found


def _cut(pieces: Sequence[Piece], wanted: list[tuple[str, int]]) -> list[Cut]:
    path = _path(pieces, wanted)
    found: list[Cut] = []
    for piece, (state, is_row) in zip(pieces, path, strict=True):
        if is_row or not found:
            found.append(Cut())
        kind, place = wanted[state]
        row = found[-1]
        if kind == "unit":
            row.unit = piece.cell
        elif kind == "nature":
            row.nature = piece.cell
        elif kind in VALUES:
            row.values[place] = piece.cell
        else:
            {"pre": row.pre, "name": row.names, "post": row.post}[kind].append(piece.cell)
    return found


def _path(
    pieces: Sequence[Piece], wanted: list[tuple[str, int]]
) -> list[tuple[int, bool]]:  # the column of each cell, and whether it begins a row
    kinds = [kind for kind, _ in wanted]
    skips = [_skip(at, kinds) for at in range(len(kinds))]
    before = [sum(skips[:at]) for at in range(len(kinds) + 1)]  # of all columns left of one
    ends = [before[-1] - before[at + 1] for at in range(len(kinds))]
    ends[kinds.index("name")] = min(ends[kinds.index("name")], 1.5)  # a heading among the rows
    ends[0] = 1.0
    best = [_NEVER] * len(kinds)
    steps: list[list[tuple[int, bool]]] = []
    for count, piece in enumerate(pieces):
        fits = fit(piece.cell.text.strip())
        begun = max((score - ends[at], at) for at, score in enumerate(best)) if count else (0.0, 0)
        inside = 4.0 if piece.is_lined and not piece.is_new else 0.0
        over = 2.0 if piece.is_lined and piece.is_new else 0.0
        now, step = [], []
        for at, kind in enumerate(kinds):
            score, came = begun[0] - before[at] - inside, (begun[1], True)
            for last in range(at + 1 if kind in _LOOPS else at):
                across = over if kind != "name" or last != at else 0.5
                going = best[last] - (before[at] - before[last + 1]) * (last < at) - across
                if last == at == kinds.index("name"):
                    going -= _joins(pieces[count - 1].cell.text, piece.cell.text)
                if going > score:
                    score, came = going, (last, False)
            now.append(score + fits(kind))
            step.append(came)
        best = now
        steps.append(step)
    return _back(steps, max(range(len(kinds)), key=lambda at: best[at] - ends[at]))


def _back(steps: list[list[tuple[int, bool]]], state: int) -> list[tuple[int, bool]]:
    path = []
    for step in reversed(steps):
        came, is_row = step[state]
        path.append((state, is_row))
        state = came
    return path[::-1]


def _skip(at: int, kinds: Sequence[str]) -> float:
    """What it costs that a row has no cell in a column; the last numbers are left out first."""
    return _SKIPS.get(kinds[at], 2.6 - 0.05 * at)


def _joins(before: str, text: str) -> float:
    """What it costs that a name goes on in the next cell."""
    opened = len(re.findall(r"[(（]", before)) > len(re.findall(r"[)）]", before))
    if opened or text.startswith(("（", "(", "的")) and not NUMBERED.match(text):
        return -1.0
    if NUMBERED.match(text) or GROUP.fullmatch(text):
        return 4.0
    return 3.0 if ENDS_IN_UNIT.search(before) else 0.6


def fit(text: str) -> Callable[[str], float]:
    """How well a text fits each kind of column: positive where it does."""
    worth = dict.fromkeys((*VALUES, "unit", "nature"), -6.0) | {"pre": -2.0, "post": -2.5}
    worth["name"] = -4.0
    if is_name(text):
        worth |= {"pre": -0.8, "name": 1.0}
        worth["unit"] = -0.5 if _LIKE_UNIT.fullmatch(text) else -6.0
    if GROUP.fullmatch(text):
        worth |= {"pre": 0.5, "name": -0.5}
    worth |= _as_value(text)
    if INDEX.fullmatch(text):
        worth["pre"] = 1.2
    if NATURE.fullmatch(text):
        worth |= {"nature": 3.0, "name": -6.0, "pre": -4.0}
    if _unit().fullmatch(text):
        worth |= {"unit": 2.0, "name": min(worth["name"], -1.0)}
    return worth.__getitem__


def _as_value(text: str) -> dict[str, float]:
    """The fit of a text among the numbers; a dash could be a unit left out as well."""
    if text in NOTHING:
        return dict.fromkeys((*VALUES, "unit"), 1.0)
    if is_value(text):
        is_change = text[0] in "[〔【［" or text.startswith(("累计", "年均"))
        of_change = {"growth": 4.0, "total": 4.0, "base": 2.5} if is_change else {}
        return dict.fromkeys(VALUES, 3.0) | of_change
    if is_words(text):
        return dict.fromkeys(VALUES, 1.2) | {"target": 1.6, "former": 0.5, "name": -0.2}
    return {}


@lru_cache(maxsize=1)
def _unit() -> re.Pattern[str]:
    measures = either("quantities", "counters")
    return re.compile(
        rf"{either('magnitudes')}?{measures}(?:/.{{1,6}})?|[%‰]|个?百分点|.{{1,4}}/.{{1,6}}"
    )
