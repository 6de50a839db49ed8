"""The zone's external ranking, as far as it is known: first-level weights, and assumed scores.

A score that nobody assumes lies anywhere from 0 to 100, so the total is an interval. That parts
are scored from 0 to 100 and added by weight is an assumption too: the formula is not published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path
from typing import Final

from lantu.core import content
from lantu.core.content import Entry
from lantu.core.errors import Refused
from lantu.core.figures.decimals import ARITHMETIC, printed

_FILE: Final = Path(__file__).with_name("ranking.yaml")
HUNDRED, ZERO = Decimal(100), Decimal(0)
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A first-level part with its weight in per cent of the total."""

    key: str
    label: Words
    weight: Decimal
    indicators: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is published of the ranking since a day, and what is not."""

    since: date
    label: Words
    source: Words
    address: str
    checked: date
    parts: tuple[Part, ...]
    unknown: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What is assumed of a part, from 0 to 100. `low` and `high` differ where it is a range."""

    low: Decimal = ZERO
    high: Decimal = HUNDRED
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the total: its points between `low` and `high`, both ends possible."""

    part: Part
    score: Score
    low: Decimal
    high: Decimal

    @property
    def ten_more(self) -> Decimal:
        """By how much ten points more of this part move the total."""
        return self.part.weight / 10

    @property
    def open(self) -> Decimal:
        """How much of the total's range comes from this part."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Total:
    """The total between its ends, the part that opens it most first in `widest`."""

    lines: tuple[Line, ...]
    low: Decimal
    high: Decimal

    @property
    def widest(self) -> Line | None:
        """The part that would narrow the range most if it were known; None where none would."""
        found = max(self.lines, key=lambda line: line.open)
        return found if found.open else None


@lru_cache(maxsize=1)
def _all() -> tuple[Ranking, ...]:
    return tuple(_ranking(entry) for entry in content.read(_FILE, "whatif/ranking.yaml").items())


def ranking(on: date) -> Ranking | None:
    """What was in force on a day; None before the first one that is known."""
    return next((one for one in reversed(_all()) if one.since <= on), None)


def _ranking(entry: Entry) -> Ranking:
    entry.only({"since", "label", "source", "address", "checked", "parts", "unknown"})
    parts = tuple(
        Part(
            one.need("key").text(), _words(one.need("label")), one.need("weight").number(),
            one.need("indicators").integer(),
        )
        for one in entry.need("parts").items()
    )  # fmt: skip
    if sum((one.weight for one in parts), ZERO) != HUNDRED:
        raise entry.fail("The weights do not add up to 100.", "Look at the source again.")
    return Ranking(
        entry.need("since").day(), _words(entry.need("label")), _words(entry.need("source")),
        entry.need("address").text(), entry.need("checked").day(), parts,
        tuple(_words(one) for one in entry.need("unknown").items()),
    )  # fmt: skip


def _words(entry: Entry) -> Words:
    return {"zh": entry.need("zh").text(), "en": entry.need("en").text()}


def score(text: str) -> Score:
    """An assumed score as somebody writes it: 70, 60-75, or nothing where it is unknown.

    Raises Refused for anything else.
    """
    if not text.strip():
        return Score()
    ends = text.replace("—", "-").replace("–", "-").replace("~", "-").split("-")
    try:
        low, high = (printed(ends[place].strip()) for place in (0, -1))
    except ValueError:
        low = high = Decimal(-1)
    if len(ends) > 2 or not ZERO <= low <= high <= HUNDRED:
        raise Refused(f"“{text[:20]}” is no score. Write 0 to 100, or a range such as 60-75.")
    return Score(low, high, is_assumed=True)


def total(found: Ranking, assumed: Mapping[str, Score]) -> Total:
    """The total by weight, between what it is at least and at most."""
    with localcontext(ARITHMETIC):
        lines = tuple(
            Line(part, one, part.weight * one.low / HUNDRED, part.weight * one.high / HUNDRED)
            for part in found.parts
            for one in (assumed.get(part.key, Score()),)
        )
        low = sum((line.low for line in lines), ZERO)
        return Total(lines, low, sum((line.high for line in lines), ZERO))
