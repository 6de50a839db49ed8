"""Choosing: of all figures of a zone, the one that counts for each month, quarter and year.

As the judge chooses: the scope asked for before an unstated one, a census before an annual figure
before a flash one, then the one known last. A figure of another scope is never taken, and where
several scopes are stated and none was asked for, none of them is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from lantu.core.figures.scopes import Match, match
from lantu.core.figures.units import UnitError, convert
from lantu.core.judging.evidence import vintage_rank
from lantu.core.plans.records import Observed
from lantu.core.rollup.kinds import Kind
from lantu.core.rollup.slots import Years

KINDS = ("level", "ratio")  # a sum since January and a growth rate are no amount of a month


@dataclass(slots=True)
class Chosen:
    """A zone's figures by slot, and why others were left out."""

    values: dict[int, Decimal] = field(default_factory=dict)
    stated: frozenset[str] = frozenset()  # all scopes that figures state
    unscoped: int = 0  # figures that count and state no scope
    mixed: int = 0  # periods with several scopes, of which none counts
    other_unit: int = 0  # figures in a unit that measures something else


def usable(figures: Iterable[Observed], kind: Kind, subject: str) -> list[Observed]:
    """The figures of a kind's indicator that speak of the zone itself."""
    return [
        one
        for one in figures
        if one.indicator == kind.name and one.subject == subject and one.kind in KINDS
    ]


def chosen(
    figures: Iterable[Observed],
    kind: Kind,
    years: Years,
    *,
    scope: str,
    known_on: date | None,
) -> Chosen:
    """What counts for each slot, in the unit of the kind."""
    found, by_slot = Chosen(), dict[int, list[Observed]]()
    read = list(figures)
    found.stated = frozenset(one.scope for one in read if one.scope)
    for one in read:
        slot = years.slot(one.period)
        is_known = known_on is None or one.known_on is None or one.known_on <= known_on
        is_meant = match(one.scope or None, scope or None) is not Match.OTHER
        if slot is not None and is_known and is_meant:
            by_slot.setdefault(slot, []).append(one)
    for slot, several in by_slot.items():
        if len({one.scope for one in several if one.scope}) > 1:
            found.mixed += 1
            continue
        best = max(several, key=lambda one: _rank(one, scope))
        try:
            found.values[slot] = convert(best.value, best.unit, kind.unit)
            found.unscoped += not best.scope
        except UnitError:
            found.other_unit += 1
    return found


def _rank(one: Observed, scope: str) -> tuple[Any, ...]:
    """Higher counts."""
    is_same = match(one.scope or None, scope or None) is Match.SAME
    return is_same, vintage_rank(one.vintage), one.known_on or date.min, int(one.where)
