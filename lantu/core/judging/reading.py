"""Reading: promises, figures and events from YAML, in the form of INTERFACES."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from lantu.core.content import Entry
from lantu.core.judging.records import (
    DIRECTIONS,
    EVENT_KINDS,
    FORMS,
    KINDS,
    PATHS,
    Base,
    Commitment,
    Direction,
    Event,
    Fact,
    Kind,
    Milestone,
    Plan,
)

COMMITMENT = {
    "form", "base", "target", "unit", "path", "direction", "scope", "annual", "growth_pct",
    "every_year", "tolerance_points", "n", "k", "low", "high", "rules", "comparator", "entered",
    "milestones", "known_on", "subject", "metric", "nature", "title", "code", "departments",
}  # fmt: skip
FACT = {"period", "value", "kind", "months", "scope", "vintage", "known_on", "source", "unit"}
_LESS, _MORE = {"<", "<="}, {">", ">="}


def commitment(entry: Entry) -> Commitment:
    """A promise. Raises ContentError for what its form does not allow."""
    entry.only(COMMITMENT)
    form = _one_of(entry.need("form"), FORMS)
    printed_base = entry.get("base")
    year, value, day = target(entry.get("target"))
    found = Commitment(
        form=form,
        target_year=year,
        target=value,
        target_date=day,
        base=Base() if printed_base is None else base(printed_base),
        unit=_text(entry, "unit") or "",
        path=_choice(entry, "path", PATHS),
        direction=direction(entry),
        scope=_text(entry, "scope"),
        annual=annual(entry),
        growth_pct=number(entry, "growth_pct"),
        every_year=truth(entry, "every_year"),
        tolerance_points=number(entry, "tolerance_points"),
        n=number(entry, "n"),
        k=number(entry, "k"),
        low=number(entry, "low"),
        high=number(entry, "high"),
        rules=_text(entry, "rules") or "ratio",
        milestones=milestones(entry),
    )
    entered = entry.get("entered")
    if entered is None:
        return found
    known_on = entered.get("known_on")
    return replace(
        found,
        entered=commitment(entered),
        entered_known_on=None if known_on is None else known_on.day(),
    )


def direction(entry: Entry) -> Direction | None:
    """As stated; else as the comparator says: at most means less, at least means more."""
    stated = entry.get("direction")
    if stated is not None:
        return cast(Direction, _one_of(stated, DIRECTIONS))
    comparator = entry.get("comparator")
    if comparator is None or comparator.text() in ("=", "~", "range"):
        return None
    if comparator.text() in _LESS:
        return "less"
    if comparator.text() in _MORE:
        return "more"
    raise comparator.fail(
        f"The comparator {comparator.text()!r} is not known.", "Use = >= > <= < ~ or range."
    )


def annual(entry: Entry) -> dict[int, Decimal]:
    """The annual plans' figures, by year."""
    found = entry.get("annual")
    if found is None:
        return {}
    return {_year(key, value): value.number() for key, value in found.mapping().items()}


def milestones(entry: Entry) -> tuple[Milestone, ...]:
    found = entry.get("milestones")
    if found is None:
        return ()
    steps = []
    for step in found.items():
        step.only({"due", "done", "title"})
        done = step.get("done")
        steps.append(Milestone(step.need("due").day(), None if done is None else done.day()))
    return tuple(steps)


def fact(entry: Entry) -> Fact:
    """A figure of a year. Raises ContentError for a year-to-date flow without its months."""
    entry.only(FACT)
    period = entry.need("period")
    kind: Kind = _choice(entry, "kind", KINDS) or "level"
    months, known_on = entry.get("months"), entry.get("known_on")
    if kind == "ytd" and months is None:
        raise entry.fail("A year-to-date figure has no `months`.", "Add `months: 6`, say.")
    covered = None if months is None else months.integer()
    if covered is not None and not 1 <= covered <= 12:
        raise entry.fail(f"A year has no {covered} months.", "Write 1 to 12.")
    return Fact(
        year=_year_of(period),
        value=entry.need("value").number(),
        kind=kind,
        months=covered,
        scope=_text(entry, "scope"),
        vintage=_text(entry, "vintage"),
        known_on=None if known_on is None else known_on.day(),
        source=_text(entry, "source") or "",
    )


def event(entry: Entry) -> Event:
    entry.only({"date", "event", "known_on", "source"})
    known_on = entry.get("known_on")
    return Event(
        date=entry.need("date").day(),
        event=_one_of(entry.need("event"), EVENT_KINDS),
        known_on=None if known_on is None else known_on.day(),
        source=_text(entry, "source") or "",
    )


def plan(entry: Entry) -> Plan:
    entry.only({"start", "end"})
    found = Plan(_year_of(entry.need("start")), _year_of(entry.need("end")))
    if found.end < found.start:
        raise entry.fail(f"The plan ends in {found.end}, before it starts.", "Mend the years.")
    return found


def target(entry: Entry | None) -> tuple[int | None, Decimal | None, date | None]:
    if entry is None:
        return None, None, None
    entry.only({"year", "value", "date"})
    day, year, value = entry.get("date"), entry.get("year"), entry.get("value")
    return (
        None if year is None else _year_of(year),
        None if value is None else value.number(),
        None if day is None else day.day(),
    )


def base(entry: Entry) -> Base:
    entry.only({"year", "value", "scope"})
    year = entry.get("year")
    return Base(
        None if year is None else _year_of(year), number(entry, "value"), _text(entry, "scope")
    )


def _year(text: str, entry: Entry) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise entry.fail(f"{text!r} is not a year.", "Write four digits, such as 2022.")
    return int(text)


def _year_of(entry: Entry) -> int:
    return _year(entry.text(), entry)


def _one_of(entry: Entry, known: tuple[str, ...]) -> Any:
    text = entry.text()
    if text not in known:
        raise entry.fail(f"{text!r} is not known here.", f"Use one of: {', '.join(known)}.")
    return text


def _choice(entry: Entry, key: str, known: tuple[str, ...]) -> Any:
    found = entry.get(key)
    return None if found is None else _one_of(found, known)


def number(entry: Entry, key: str) -> Decimal | None:
    found = entry.get(key)
    return None if found is None else found.number()


def _text(entry: Entry, key: str) -> str | None:
    found = entry.get(key)
    return None if found is None else found.text()


def truth(entry: Entry, key: str) -> bool:
    found = entry.get(key)
    return False if found is None else found.truth()
