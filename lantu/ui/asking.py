"""Asking: which day, as known when, by which rules, read from an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from lantu.core.errors import ContentError
from lantu.core.judging.rulesets import names
from lantu.core.plans.standing import Question

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
OF_THE_DAY = ("as_of", "known_on", "then", "rules")
# What names a part of one answer, which another day may not have.
NOT_OF_ANOTHER_DAY = ("page", "export", "run")


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
    is_past: bool  # another day than today was asked about, or only what was known on a day
    others: tuple[tuple[str, str], ...] = ()  # what else this page was asked: another day keeps it

    @property
    def more(self) -> str:
        """As `query`, to be added to addresses that have a question already."""
        return f"&{self.query[1:]}" if self.query else ""

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """The day as a form carries it on."""
        return tuple(parse_qsl(self.query[1:]))

    @property
    def today(self) -> str:
        """The address of this page as it stands today."""
        return _query(dict(self.others)) or "?"

    @property
    def then(self) -> Question | None:
        """The question, where it is another one than how things stand today."""
        return self.question if self.is_past else None

    @property
    def until(self) -> date:
        """The last day whose acts count: the day asked about, or an earlier day of knowledge."""
        return self.question.until

    @property
    def last_year(self) -> int:
        """The newest year of which yearly figures count; a year in the past must be over."""
        return self.question.last_year if self.is_past else self.question.as_of.year

    @property
    def known_now(self) -> str:
        """The address of the same day by all that is known today; empty where that is shown."""
        if self.question.known_on is None:
            return ""
        kept = {"as_of": self.question.as_of.isoformat(), "rules": self.question.rules or ""}
        return _query({**dict(self.others), **{key: word for key, word in kept.items() if word}})

    @property
    def only_then(self) -> bool:
        """Whether only what was known on the day asked about counts."""
        return self.question.known_on == self.question.as_of


def asked(parameters: Mapping[str, str], *, start: int, end: int) -> Asked:
    """Read as_of, known_on and rules. Raises ContentError for what cannot be read.

    `then`, as a box of a form sends it, stands for a known_on of the same day as as_of.
    """
    today = date.today()  # noqa: DTZ011  # the server's own day
    as_of = _day(parameters, "as_of") or today
    known_on = _day(parameters, "known_on") or (as_of if parameters.get("then") else None)
    rules = parameters.get("rules") or None
    if rules is not None and rules not in names():
        raise ContentError(
            "rules", f"There is no rule set {rules!r}.", f"Choose one of: {', '.join(names())}."
        )
    question = Question(as_of, known_on, rules)
    kept, others = _kept(parameters, question), _others(parameters)
    moves = ("as_of", "known_on") if known_on == as_of else ("as_of",)
    ends = [date(year, 12, 31) for year in range(start, end + 1) if date(year, 12, 31) < today]
    days = tuple(
        Day(
            day,
            _query({**dict(others), **kept, **dict.fromkeys(moves, day.isoformat())}),
            day == as_of,
        )
        for day in (*ends, today)
    )
    is_past = as_of != today or known_on is not None
    return Asked(question, days, _query(kept), is_past, others)


def carried(parameters: Mapping[str, str]) -> str:
    """The day in an address, for links on a page that cannot be asked about it; empty if none."""
    try:
        return asked(parameters, start=LATEST.year, end=LATEST.year).query
    except ContentError:
        return ""


def _others(parameters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    dropped = (*OF_THE_DAY, *NOT_OF_ANOTHER_DAY)
    return tuple((key, word) for key, word in parameters.items() if word and key not in dropped)


def _kept(parameters: Mapping[str, str], question: Question) -> dict[str, str]:
    """What other addresses carry on; a day that nobody asked for stays open, as today moves."""
    asked_for = {
        "as_of": question.as_of.isoformat() if parameters.get("as_of") else "",
        "known_on": question.known_on.isoformat() if question.known_on else "",
        "rules": question.rules or "",
    }
    return {key: value for key, value in asked_for.items() if value}


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
        remedy = f"Choose a day from {EARLIEST} to {LATEST}."
        raise ContentError(key, f"{day} is out of reach.", remedy)
    return day
