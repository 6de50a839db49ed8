"""Asking: the two days that a page compares, read from its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lantu.core.errors import ContentError
from lantu.core.judging.records import Plan


@dataclass(frozen=True, slots=True)
class Days:
    """Two days of knowledge, the earlier one first."""

    since: date
    until: date


class Swapped(ContentError):
    """The two days stand in the wrong order; the other way round they can be compared."""


def days(parameters: Mapping[str, str], plan: Plan, today: date) -> Days:
    """Read `from` and `to`; without them, from the end of last year to today.

    Raises ContentError for what is no day, lies before the plan or has not come yet, and where
    both are the same; Swapped where only their order is wrong.
    """
    last_year = max(date(today.year - 1, 12, 31), date(plan.start, 1, 1))
    since = _day(parameters, "from", last_year)
    until = _day(parameters, "to", today)
    for key, day in (("from", since), ("to", until)):
        _refuse_out_of_reach(key, day, date(plan.start, 1, 1), today)
    if since == until:
        raise ContentError(
            "to", f"Both days are {since}, so nothing lies between them.", "Choose two days."
        )
    if since > until:
        raise Swapped("from", f"{since} comes after {until}.", "Swap the two days.")
    return Days(since, until)


def years(plan: Plan, today: date) -> list[Days]:
    """Each year of the plan that has begun, from the end of the year before to its own end."""
    first, found = date(plan.start, 1, 1), []
    for year in range(plan.start, plan.end + 2):
        last = min(date(year, 12, 31), today)
        if first < last:
            found.append(Days(first, last))
        first = last
    return found


def _day(parameters: Mapping[str, str], key: str, otherwise: date) -> date:
    text = parameters.get(key, "").strip()
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ContentError(
            key, f"{text[:40]!r} is not a date.", "Write it as 2023-12-31."
        ) from error


def _refuse_out_of_reach(key: str, day: date, first: date, today: date) -> None:
    if day < first:
        raise ContentError(
            key,
            f"{day} lies before the plan, which begins on {first}.",
            "Choose a day from then on.",
        )
    if day > today:
        raise ContentError(
            key, f"{day} has not come yet, so nothing is known of it.", f"Choose up to {today}."
        )
