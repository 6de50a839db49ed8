"""Asking: which day, as known when, by which rules, read from an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from lantu.core.errors import ContentError
from lantu.core.judging.rulesets import names
from lantu.core.plans.standing import Question

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a reader may choose."""

    day: date
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of a page, and how its address carries it on."""

    question: Question
    days: tuple[Day, ...]
    query: str  # to be added to other addresses, with its question mark
    known_now: str  # the same question with what is known today


def asked(parameters: Mapping[str, str], *, start: int, end: int) -> Asked:
    """Read as_of, known_on and rules. Raises ContentError for what cannot be read."""
    today = date.today()  # noqa: DTZ011  # the server's own day
    as_of = _day(parameters, "as_of") or today
    known_on = _day(parameters, "known_on")
    rules = parameters.get("rules") or None
    if rules is not None and rules not in names():
        raise ContentError(
            "rules", f"There is no rule set {rules!r}.", f"Choose one of: {', '.join(names())}."
        )
    ends = [date(year, 12, 31) for year in range(start, end + 1) if date(year, 12, 31) < today]
    days = tuple(
        Day(day, _query({**_kept(parameters), "as_of": day.isoformat()}), day == as_of)
        for day in (*ends, today)
    )
    kept = _kept(parameters)
    now = _query({key: kept[key] for key in kept if key != "known_on"}) or "?"
    return Asked(Question(as_of, known_on, rules), days, _query(kept), now)


def _kept(parameters: Mapping[str, str]) -> dict[str, str]:
    return {key: parameters[key] for key in ("as_of", "known_on", "rules") if parameters.get(key)}


def _query(parameters: Mapping[str, str]) -> str:
    return f"?{urlencode(parameters)}" if parameters else ""


def _day(parameters: Mapping[str, str], key: str) -> date | None:
    text = parameters.get(key)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ContentError(
            key, f"{text[:40]!r} is not a date.", "Write it as 2023-12-31."
        ) from error
    if not EARLIEST <= day <= LATEST:
        raise ContentError(key, f"{day} is out of reach.", f"Choose a day up to {LATEST}.")
    return day
