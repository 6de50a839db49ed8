"""Broken names: a name that a copy cut at the edge of its column goes on in the cell beside it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lantu.core.reading.grids import Cell
from lantu.core.reading.rows import INDEX, NUMBERED, is_value

_STRAY = re.compile(r"^[:：;；,，.。、\s]+")
_TWICE = re.compile(r"([(（)）])\1+")
_OPEN, _CLOSE = re.compile(r"[(（]"), re.compile(r"[)）]")


def mended(rows: Sequence[list[Cell]], name_at: int) -> list[list[Cell]]:
    """The rows with broken names whole; the cell that held the rest is empty then.

    Where one name stands above or before several parts, the cells beside it are these parts: the
    name of a row is broken only if it bears a number, and the next does not go on below it.
    """
    below = [*rows[1:], []]
    return [
        _whole(row, name_at) if _is_broken(row, after, name_at) else row
        for row, after in zip(rows, below, strict=True)
    ]


def _is_broken(row: Sequence[Cell], after: Sequence[Cell], name_at: int) -> bool:
    if not _rest(row, name_at) or not NUMBERED.match(row[name_at].text.strip()):
        return False
    next_name = after[name_at].text.strip() if len(after) > name_at else ""
    return not (_rest(after, name_at) and next_name in ("", row[name_at].text.strip()))


def _rest(row: Sequence[Cell], name_at: int) -> str:
    """What stands beside the name and is no number."""
    if len(row) <= name_at + 1:
        return ""
    text = row[name_at + 1].text.strip()
    is_words = re.search(r"[\u4e00-\u9fff]", text) is not None
    return text if is_words and not is_value(text) and not INDEX.fullmatch(text) else ""


def _whole(row: list[Cell], name_at: int) -> list[Cell]:
    name, more = row[name_at], row[name_at + 1]
    rest = _STRAY.sub("", more.text.strip())
    joined = replace(name, text=_joined(name.text.strip(), rest), end=more.end)
    return [*row[:name_at], joined, replace(more, text=""), *row[name_at + 2 :]]


def _joined(name: str, rest: str) -> str:
    """A letter that stands on both sides of the cut was copied twice."""
    return name + (rest[1:] if rest[:1] == name[-1:] else rest)


def once(name: str) -> str:
    """The name with each bracket that a copy doubled once: （%））."""
    if len(_OPEN.findall(name)) == len(_CLOSE.findall(name)):
        return name
    return _TWICE.sub(r"\1", name)
