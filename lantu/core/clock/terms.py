"""Terms: how long something may take, and when it is due; suspended time is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from lantu.core.clock import workdays

Unit = Literal["working_days", "days"]


@dataclass(frozen=True, slots=True)
class Term:
    """So many days of one kind."""

    count: int
    unit: Unit = "working_days"


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count: from the day it begins to the day before work goes on."""

    since: date
    until: date | None = None  # None: it lasts


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a term. Provisional where it rests on a year not yet announced."""

    day: date
    is_provisional: bool = False


def due(start: date, term: Term, pauses: Sequence[Pause] = (), *, today: date) -> Due:
    """The last day on which it is in time; a pause that lasts moves it with every day."""
    end = _end(start, term)
    for pause in sorted(pauses, key=lambda one: one.since):
        until = today if pause.until is None else pause.until
        if pause.since > end or until <= pause.since:
            continue
        end = _moved(end, pause.since, until, term.unit)
    return Due(end, not workdays.is_announced(end) and term.unit == "working_days")


def _end(start: date, term: Term) -> date:
    if term.unit == "days":
        return start + timedelta(days=term.count)
    return workdays.after(start, term.count)


def _moved(end: date, since: date, until: date, unit: Unit) -> date:
    """As many days later as the pause took."""
    before = since - workdays.ONE_DAY
    last = until - workdays.ONE_DAY
    if unit == "days":
        return end + (last - before)
    return workdays.after(end, workdays.between(before, last))


def days_late(end: date, done: date) -> int:
    """Working days past the last day; zero or less while in time."""
    return workdays.between(end, done)
