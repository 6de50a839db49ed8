"""Joining: two proposals that say one promise become one record."""

from dataclasses import fields, replace
from typing import Any

from lantu.core.reading.records import Proposal

_OWN = frozenset(
    {"kind", "metric", "start", "end", "quote", "form", "tense", "comparator", "confidence", "id"}
)


def joined(first: Proposal, second: Proposal) -> Proposal:
    """The first, with what only the second knows. Place, metric and form stay the first's.

    The value of the second is taken only where both are of one form: a rate is no level.
    """
    more: dict[str, Any] = {}
    for field in fields(first):
        name = field.name
        if name in _OWN or (name in ("value", "low", "high") and first.form != second.form):
            continue
        mine, other = getattr(first, name), getattr(second, name)
        if mine in (None, "") and other not in (None, ""):
            more[name] = other
    return replace(first, **more)
