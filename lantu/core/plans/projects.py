"""Projects: one flow-style entry each."""

from decimal import Decimal

from lantu.core.content import Entry
from lantu.core.judging.reading import number
from lantu.core.plans.commitments import (
    check_unit,
    code,
    place,
    text,
    whole,
    words,
    words_or_none,
)
from lantu.core.plans.records import Amount, PlanProject

KEYS = {
    "code", "title", "box", "investment", "area", "capacity", "start_year", "finish_year", "finish",
    "owner", "status", "items", "at", "place", "phrase", "note",
}  # fmt: skip


def project(entry: Entry) -> PlanProject:
    """Read one project. Raises ContentError with the line of what is wrong."""
    entry.only(KEYS)
    start, finish = whole(entry, "start_year"), whole(entry, "finish_year")
    if start is not None and finish is not None and finish < start:
        raise entry.fail(
            f"The project ends in {finish}, before it starts in {start}.", "Mend the years."
        )
    items, day = entry.get("items"), entry.get("finish")
    investment = number(entry, "investment")
    if investment is not None and investment <= 0:
        raise entry.fail(
            f"The investment is {investment} 亿元.", "Leave it out where the plan states none."
        )
    return PlanProject(
        code=code(entry.need("code")),
        title=words(entry.need("title")),
        box=text(entry, "box"),
        investment=investment,
        area=_amount(entry.get("area")),
        capacity=text(entry, "capacity"),
        start_year=start,
        finish_year=finish,
        finish=None if day is None else day.day(),
        owner=text(entry, "owner"),
        status=text(entry, "status"),
        items=() if items is None else tuple(words(item) for item in items.items()),
        at=_at(entry.get("at")),
        place=place(entry, "", ""),
        note=words_or_none(entry, "note"),
        where=entry.where,
    )


def _at(entry: Entry | None) -> tuple[Decimal, Decimal] | None:
    """Degrees east and north, in this order."""
    if entry is None:
        return None
    degrees = [one.number() for one in entry.items()]
    if len(degrees) != 2 or not (abs(degrees[0]) <= 180 and abs(degrees[1]) <= 90):
        raise entry.fail(
            "A place is two numbers: degrees east, then degrees north.",
            "Write it as at: ['114.05', '35.30'].",
        )
    return degrees[0], degrees[1]


def _amount(entry: Entry | None) -> Amount | None:
    if entry is None:
        return None
    entry.only({"value", "unit"})
    check_unit(entry.need("unit"))
    return Amount(entry.need("value").number(), entry.need("unit").text())
