"""Schemes: the rules of an assessment, by zone and date, as `schemes.yaml` writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from lantu.core import content
from lantu.core.content import Entry
from lantu.core.judging.states import STATES, UNJUDGED

Words = Mapping[str, str]
SCHEMES = Path(__file__).with_name("schemes.yaml")
NATURES = ("binding", "expected", "other", "task")
PARTS = ("lead", "support", "track")
JUDGED = ("year", "to-date")
# Only a department's own late papers cost it points. What citizens say never does: a rule that
# counted complaints, petitions or opinions would reward whoever keeps people from speaking.
DEDUCTED = ("returns.data_return", "supervision.order")
KEYS = {
    "since", "zones", "label", "source", "checked", "marks", "parts", "judged", "full", "floor",
    "without_ratio", "bonus", "deductions", "least_scored", "veto", "classes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bonus:
    """What more than due is worth: `rate` of the excess, capped by line (share) and in all."""

    rate: Decimal
    line_cap: Decimal  # of a line's full marks
    total_cap: Decimal  # points


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points that each late paper of a kind costs."""

    kind: str
    label: Words
    each: Decimal
    at_most: Decimal


@dataclass(frozen=True, slots=True)
class Veto:
    """A target of this nature in one of these states keeps a department from a better class."""

    nature: str
    states: tuple[str, ...]
    class_at_most: str


@dataclass(frozen=True, slots=True)
class Class:
    """A class and the least total of it."""

    name: str
    label: Words
    least: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """The rules in force in some zones from a day on. Shares are fractions, marks are points."""

    since: date
    zones: tuple[str, ...]
    label: Words
    source: Words
    checked: date
    marks: Mapping[str, Decimal]  # by nature
    parts: Mapping[str, Decimal]
    judged: str
    full: tuple[str, ...]  # states that earn full marks
    floor: Decimal
    without_ratio: Mapping[str, Decimal]
    bonus: Bonus
    deductions: tuple[Deduction, ...]
    least_scored: Decimal
    veto: Veto
    classes: tuple[Class, ...]  # the best first


def scheme(zone: str, on: date) -> Scheme | None:
    """The rules of a zone in force on a day; None where it has none."""
    return next((one for one in reversed(schemes(zone)) if one.since <= on), None)


def schemes(zone: str) -> list[Scheme]:
    """All rules of a zone, the oldest first."""
    return [one for one in _all() if zone in one.zones]


@lru_cache(maxsize=1)
def _all() -> tuple[Scheme, ...]:
    return read(content.read(SCHEMES, "assessing/schemes.yaml"))


def read(root: Entry) -> tuple[Scheme, ...]:
    """The schemes of a file, by date. Raises ContentError with the line of what is wrong."""
    return tuple(sorted((_scheme(one) for one in root.items()), key=lambda one: one.since))


def _scheme(entry: Entry) -> Scheme:
    entry.only(KEYS)
    classes = _classes(entry.need("classes"))
    return Scheme(
        since=entry.need("since").day(),
        zones=tuple(one.text() for one in entry.need("zones").items()),
        label=_words(entry.need("label")),
        source=_words(entry.need("source")),
        checked=entry.need("checked").day(),
        marks=_numbers(entry.need("marks"), NATURES),
        parts=_numbers(entry.need("parts"), PARTS),
        judged=_one_of(entry.need("judged"), JUDGED),
        full=_states(entry.need("full")),
        floor=_share(entry.need("floor")),
        without_ratio={
            _state(key, value): _share(value)
            for key, value in entry.need("without_ratio").mapping().items()
        },
        bonus=_bonus(entry.need("bonus")),
        deductions=tuple(_deduction(one) for one in entry.need("deductions").items()),
        least_scored=_share(entry.need("least_scored")),
        veto=_veto(entry.need("veto"), classes),
        classes=classes,
    )


def _bonus(entry: Entry) -> Bonus:
    entry.only({"rate", "line_cap", "total_cap"})
    return Bonus(
        entry.need("rate").number(),
        _share(entry.need("line_cap")),
        entry.need("total_cap").number(),
    )


def _deduction(entry: Entry) -> Deduction:
    entry.only({"kind", "label", "each", "at_most"})
    return Deduction(
        _one_of(entry.need("kind"), DEDUCTED),
        _words(entry.need("label")),
        entry.need("each").number(),
        entry.need("at_most").number(),
    )


def _veto(entry: Entry, classes: tuple[Class, ...]) -> Veto:
    entry.only({"nature", "states", "class_at_most"})
    names = tuple(one.name for one in classes)
    return Veto(
        _one_of(entry.need("nature"), NATURES),
        _states(entry.need("states")),
        _one_of(entry.need("class_at_most"), names),
    )


def _classes(entry: Entry) -> tuple[Class, ...]:
    found = []
    for one in entry.items():
        one.only({"name", "label", "from"})
        least = one.need("from").number()
        found.append(Class(one.need("name").text(), _words(one.need("label")), least))
    if [one.least for one in found] != sorted((one.least for one in found), reverse=True):
        raise entry.fail("The classes are not in order.", "Write the best first.")
    if not found or found[-1].least != 0:
        raise entry.fail("No class begins at 0.", "Let the last one begin at 0.")
    return tuple(found)


def _numbers(entry: Entry, keys: tuple[str, ...]) -> dict[str, Decimal]:
    entry.only(set(keys))
    return {key: entry.need(key).number() for key in keys}


def _share(entry: Entry) -> Decimal:
    value = entry.number()
    if not 0 <= value <= 1:
        raise entry.fail(f"{value:f} is no share.", "Write a number from 0 to 1.")
    return value


def _states(entry: Entry) -> tuple[str, ...]:
    return tuple(_state(one.text(), one) for one in entry.items())


def _state(name: str, entry: Entry) -> str:
    # A state that is no verdict can earn and cost nothing: unknown is not zero.
    known = [state for state in STATES if state not in UNJUDGED]
    if name not in known:
        raise entry.fail(f"{name!r} is no verdict.", f"Use one of: {', '.join(known)}.")
    return name


def _one_of(entry: Entry, known: tuple[str, ...]) -> str:
    name = entry.text()
    if name not in known:
        raise entry.fail(f"{name!r} is not known here.", f"Use one of: {', '.join(known)}.")
    return name


def _words(entry: Entry) -> Words:
    entry.only({"zh", "en"})
    return {"zh": entry.need("zh").text(), "en": entry.need("en").text()}
