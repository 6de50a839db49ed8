"""Comparing: which departments and lines stand otherwise after a round was computed anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lantu.core.assessing.scoring import Line, Score

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line before and after; None where it was not there, or could not be scored."""

    title: Words
    before: Decimal | None
    after: Decimal | None
    why_before: Words
    why_after: Words


@dataclass(frozen=True, slots=True)
class Change:
    """A department before and after."""

    name: Words
    before: Decimal | None
    after: Decimal | None
    class_before: Words
    class_after: Words
    lines: tuple[LineChange, ...]


def changes(before: Sequence[Score], after: Sequence[Score]) -> tuple[Change, ...]:
    """The departments that stand otherwise, in the order of the later computation."""
    old, new = ({one.slug: one for one in scores} for scores in (before, after))
    slugs = [*new, *(slug for slug in old if slug not in new)]
    found = (_change(old.get(slug), new.get(slug)) for slug in slugs)
    return tuple(one for one in found if one is not None)


def _change(old: Score | None, new: Score | None) -> Change | None:
    if old == new:
        return None
    known = new or old
    assert known is not None  # they differ, so one of them is there
    return Change(
        known.name,
        None if old is None else old.total,
        None if new is None else new.total,
        {} if old is None else old.class_label,
        {} if new is None else new.class_label,
        tuple(_lines(old, new)),
    )


def _lines(old: Score | None, new: Score | None) -> list[LineChange]:
    was = {} if old is None else {one.entered.code: one for one in old.lines}
    now = {} if new is None else {one.entered.code: one for one in new.lines}
    return [
        _line(was.get(code), now.get(code))
        for code in dict.fromkeys([*now, *was])
        if was.get(code) != now.get(code)
    ]


def _line(old: Line | None, new: Line | None) -> LineChange:
    known = new or old
    assert known is not None
    return LineChange(
        known.entered.title,
        None if old is None else old.points,
        None if new is None else new.points,
        {} if old is None else old.why,
        {} if new is None else new.why,
    )
