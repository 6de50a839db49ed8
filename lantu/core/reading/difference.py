"""The difference of two versions of a document: which promises were added, removed or changed.

A record is found again by its words, wherever they now stand; then by its words without numbers;
then by what it measures. A moved paragraph changes nothing.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from lantu.core.reading.records import Proposal

Act = Literal["added", "removed", "changed", "kept"]
COMPARED: Final = (
    "kind", "form", "tense", "subject", "metric", "comparator", "value", "low", "high", "unit",
    "base_value", "base_year", "target_year", "growth_pct", "nature", "scope", "investment",
    "area", "capacity", "start_year", "finish_year", "owner",
)  # fmt: skip
_BLANK: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_ORDINAL: Final = re.compile(r"^[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．]\s*")
ALIKE: Final = 0.75  # of the words, for two records to be one that was rewritten
MOST_PAIRS: Final = 40_000  # beyond this only records of one metric are compared


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one record. `fields` are those that differ."""

    act: Act
    old: Proposal | None
    new: Proposal | None
    fields: tuple[str, ...] = ()


def difference(old: Sequence[Proposal], new: Sequence[Proposal]) -> list[Change]:
    """Every record of both versions, once: in the order of the new text, what was removed last."""
    pairs = _pairs(old, new)
    partner = {id(b): a for a, b in pairs}
    found = []
    for one in new:
        before = partner.get(id(one))
        if before is None:
            found.append(Change("added", None, one))
        else:
            fields = changed_fields(before, one)
            found.append(Change("changed" if fields else "kept", before, one, fields))
    matched = {id(a) for a, _ in pairs}
    return found + [Change("removed", one, None) for one in old if id(one) not in matched]


def changed_fields(old: Proposal, new: Proposal) -> tuple[str, ...]:
    """The fields in which two records differ; where they stand is none of them."""
    return tuple(
        name for name in COMPARED if _plain(getattr(old, name)) != _plain(getattr(new, name))
    )


def _plain(value: object) -> object:
    return _BLANK.sub("", value) if isinstance(value, str) else value


def _pairs(old: Sequence[Proposal], new: Sequence[Proposal]) -> list[tuple[Proposal, Proposal]]:
    """Which record is which: by ever weaker signs, each record once."""
    pairs: list[tuple[Proposal, Proposal]] = []
    left, right = list(old), list(new)
    keys: tuple[Callable[[Proposal], object], ...] = (_all, _words, _masked, _measured)
    for key in keys:
        fresh = list(_by_key(left, right, key))
        pairs += fresh
        left = _without(left, (a for a, _ in fresh))
        right = _without(right, (b for _, b in fresh))
    return pairs + list(_alike(left, right))


def _without(records: Sequence[Proposal], gone: Iterable[Proposal]) -> list[Proposal]:
    ids = {id(one) for one in gone}
    return [one for one in records if id(one) not in ids]


def _all(one: Proposal) -> object:
    """Same words, same meaning."""
    return (_quote(one), one.metric, one.value, one.low, one.growth_pct, one.target_year, one.form)


def _words(one: Proposal) -> object:
    return one.kind, _quote(one), one.metric


def _masked(one: Proposal) -> object:
    """The words with every number masked."""
    return one.kind, _NUMBER.sub("#", _quote(one)), one.target_year


def _measured(one: Proposal) -> object:
    metric = _BLANK.sub("", one.metric)
    return one.kind, one.subject, metric, one.target_year, one.form, one.unit


def _quote(one: Proposal) -> str:
    return _BLANK.sub("", _ORDINAL.sub("", one.quote.strip()))


def _by_key(
    left: Sequence[Proposal], right: Sequence[Proposal], key: Callable[[Proposal], object]
) -> Iterator[tuple[Proposal, Proposal]]:
    """Those of one key, in the order of both texts."""
    waiting: dict[object, list[Proposal]] = defaultdict(list)
    for one in reversed(right):
        waiting[key(one)].append(one)
    for one in left:
        if waiting[key(one)]:
            yield one, waiting[key(one)].pop()


def _alike(
    left: Sequence[Proposal], right: Sequence[Proposal]
) -> Iterator[tuple[Proposal, Proposal]]:
    """What was rewritten: the most alike first."""
    if len(left) * len(right) > MOST_PAIRS:
        return
    scored = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if a.kind == b.kind and (a.unit == b.unit or not (a.unit and b.unit)):
                score = difflib.SequenceMatcher(None, _bare(a), _bare(b), False).ratio()
                if score >= ALIKE:
                    scored.append((score, -i, -j))
    used: set[tuple[str, int]] = set()
    for _, i, j in sorted(scored, reverse=True):
        if ("a", i) not in used and ("b", j) not in used:
            used |= {("a", i), ("b", j)}
            yield left[-i], right[-j]


def _bare(one: Proposal) -> str:
    return _NUMBER.sub("", _quote(one))
