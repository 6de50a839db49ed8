"""Levers: what a scenario assumes of projects, of a sector's growth, and of a policy.

A lever is somebody's assumption, never a fact. An output that nobody stated is unknown, not zero.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from lantu.core.errors import Refused
from lantu.core.plans import wire

ZERO, HUNDRED = Decimal(0), Decimal(100)
MOST_LEVERS: Final = 40


@dataclass(frozen=True, slots=True)
class Project:
    """A project: money by year into one promise, and yearly output into another once it runs.

    `delay` moves both by whole years. The risks are per cent: that it slips by another year (asked
    anew for each year), and that it never comes.
    """

    title: str
    into: str = ""  # the code of the promise that its output adds to
    output: Decimal | None = None  # a year, when running
    runs_from: int | None = None
    invested_into: str = ""
    investment: Mapping[int, Decimal] = field(default_factory=dict)
    delay: int = 0
    cancelled: bool = False
    delay_risk: Decimal = ZERO
    cancel_risk: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Growth:
    """A sector grows by `rate` per cent a year from a year on, instead of with the whole.

    `share` is its part of the whole in per cent before that year; `spread` is how far off the rate
    may be, as a standard deviation in points.
    """

    title: str
    into: str
    share: Decimal
    rate: Decimal
    since: int
    spread: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy adds `amount` to each year's figure: in its unit, or per cent of it (`relative`).

    `least` and `most` are how small and how great the effect may be; without them it is certain.
    """

    title: str
    into: str
    amount: Decimal
    since: int
    until: int | None = None
    relative: bool = False
    least: Decimal | None = None
    most: Decimal | None = None


Lever = Project | Growth | Policy
SORTS: Final[Mapping[str, type[Lever]]] = {"project": Project, "growth": Growth, "policy": Policy}


def sort_of(lever: Lever) -> str:
    return next(name for name, kind in SORTS.items() if isinstance(lever, kind))


def dump(levers: Sequence[Lever]) -> list[dict[str, Any]]:
    """Levers as plain JSON."""
    return [{"sort": sort_of(one), **wire.dump(one)} for one in levers]


def load(kept: Sequence[Mapping[str, Any]]) -> tuple[Lever, ...]:
    """Levers from what `dump` gave."""
    return tuple(
        wire.load(SORTS[one["sort"]], {key: one[key] for key in one if key != "sort"})
        for one in kept
    )


def touched(lever: Lever) -> tuple[str, ...]:
    """The codes of the promises that a lever moves."""
    both = (lever.into, lever.invested_into) if isinstance(lever, Project) else (lever.into,)
    return tuple(dict.fromkeys(code for code in both if code))


def check(levers: Sequence[Lever], codes: Collection[str]) -> None:
    """Raises Refused for a lever that cannot be meant, and says which and why."""
    if len(levers) > MOST_LEVERS:
        raise Refused(f"A scenario has up to {MOST_LEVERS} levers. Make a second one.")
    for one in levers:
        if not one.title.strip():
            raise Refused("A lever needs a name. Say which project, sector or policy it is.")
        if not touched(one):
            raise Refused(f"“{one.title}” moves no promise. Choose the one that it adds to.")
        strange = [code for code in touched(one) if code not in codes]
        if strange:
            raise Refused(f"The plan has no promise {strange[0]} that a lever can move.")
        _CHECKS[sort_of(one)](one)
    for code in codes:
        shares = [one.share for one in levers if isinstance(one, Growth) and one.into == code]
        if sum(shares, ZERO) > HUNDRED:
            raise Refused(f"The sectors of {code} are more than the whole: over 100 %.")


def _project(one: Project) -> None:
    if one.into and one.runs_from is None:
        raise Refused(f"“{one.title}” has an output, but no year from which it runs. Give it.")
    if one.invested_into and not one.investment:
        raise Refused(f"“{one.title}” has no investment by year. Write it as 2024: 3.5; 2025: 2.")
    if any(amount < 0 for amount in one.investment.values()) or (one.output or ZERO) < 0:
        raise Refused(f"“{one.title}” has an amount below zero. Write it from zero up.")
    if not 0 <= one.delay <= 20:
        raise Refused(f"The delay of “{one.title}” is {one.delay} years. Write 0 to 20.")
    for risk in (one.delay_risk, one.cancel_risk):
        if not 0 <= risk < HUNDRED:
            raise Refused(f"A risk of “{one.title}” is {risk:f} %. Write 0 to below 100.")


def _growth(one: Growth) -> None:
    if not 0 < one.share <= HUNDRED:
        raise Refused(f"“{one.title}” is {one.share:f} % of the whole. Write above 0, up to 100.")
    if not -HUNDRED < one.rate <= 1000:
        raise Refused(
            f"“{one.title}” grows by {one.rate:f} % a year. Write above -100, up to 1000."
        )
    if not 0 <= one.spread <= HUNDRED:
        raise Refused(f"The spread of “{one.title}” is {one.spread:f} points. Write 0 to 100.")


def _policy(one: Policy) -> None:
    if one.until is not None and one.until < one.since:
        raise Refused(f"“{one.title}” ends before it begins. Change one of the years.")
    if (one.least is None) != (one.most is None):
        raise Refused(f"“{one.title}” has one end of its range. Give both, or none.")
    if one.least is not None and one.most is not None and not one.least <= one.amount <= one.most:
        raise Refused(
            f"The effect of “{one.title}” lies outside its own range. Change one of them."
        )


_CHECKS: Final[Mapping[str, Any]] = {"project": _project, "growth": _growth, "policy": _policy}
