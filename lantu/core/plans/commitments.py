"""Commitments: one YAML entry a promise, checked against what its form needs."""

import re
from collections.abc import Callable
from typing import Any, cast

from lantu.core.content import Entry
from lantu.core.figures.periods import period
from lantu.core.figures.units import UnitError, unit
from lantu.core.judging import reading
from lantu.core.judging.reading import number, truth
from lantu.core.judging.records import FORMS, PATHS, Base, Form
from lantu.core.plans.records import (
    Kind,
    Measure,
    Place,
    PlanCommitment,
    SeriesKind,
    Tense,
    Words,
)

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_PHRASE = 30
KINDS = ("target", "task", "fact")
TENSES = ("past", "future")
NATURES = ("binding", "expected")
COMPARATORS = ("=", ">=", ">", "<=", "<", "~", "range")
SERIES_KINDS = ("level", "growth", "cumulative", "ratio", "rank")
KEYS = {
    "code", "kind", "form", "title", "subject", "metric", "unit", "comparator", "direction", "base",
    "target", "growth_pct", "low", "high", "n", "k", "every_year", "tolerance_points", "annual",
    "milestones", "path", "entered", "nature", "scope", "departments", "place", "phrase", "links",
    "parts", "measured_by", "note", "value", "year", "period", "tense", "parent",
}  # fmt: skip
PLACE_KEYS = {"chapter", "section", "table", "row", "start", "end"}


def commitment(entry: Entry, chapter: str, section: str) -> PlanCommitment:
    """Read one entry. Raises ContentError with the line of what is wrong."""
    entry.only(KEYS)
    kind = cast(Kind, choice(entry, "kind", KINDS) or "target")
    form = cast("Form | None", choice(entry, "form", FORMS))
    _check_kind(entry, kind, form)
    target = entry.get("target")
    year, value, day = reading.target(target)
    _check_comparator(entry)
    found = PlanCommitment(
        code=code(entry.need("code")),
        kind=kind,
        form="task" if kind == "task" else form,
        title=words(entry.need("title")),
        subject=text(entry, "subject"),
        metric=words_or_none(entry, "metric"),
        unit=_unit(entry, needed=kind != "task" and form not in ("milestone", "task", "delegated")),
        comparator=text(entry, "comparator"),
        direction=reading.direction(entry) or ("more" if form == "floor" else None),
        base=_base(entry),
        target_year=year,
        target_value=value,
        target_date=day,
        growth_pct=number(entry, "growth_pct"),
        low=number(entry, "low"),
        high=number(entry, "high"),
        n=number(entry, "n"),
        k=number(entry, "k"),
        every_year=truth(entry, "every_year"),
        tolerance_points=number(entry, "tolerance_points"),
        annual=reading.annual(entry),
        milestones=reading.milestones(entry),
        path=choice(entry, "path", PATHS),
        **_entered(entry),
        nature=choice(entry, "nature", NATURES) or "",
        scope=text(entry, "scope"),
        **_departments(entry),
        place=place(entry, chapter, section),
        links=codes(entry, "links"),
        parts=codes(entry, "parts"),
        measured_by=_measure(entry.get("measured_by")),
        note=words_or_none(entry, "note"),
        parent=text(entry, "parent"),
        value=number(entry, "value"),
        period=_period(entry),
        tense=_tense(entry, kind),
        where=entry.where,
    )
    _check_form(entry, found)
    return found


def _check_kind(entry: Entry, kind: str, form: str | None) -> None:
    if kind == "target" and form is None:
        raise entry.fail("There is no `form`.", f"Use one of: {', '.join(FORMS)}.")
    if kind == "task" and form not in (None, "task"):
        raise entry.fail(f"A task has the form {form!r}.", "Leave `form` out, or make it a target.")
    if kind == "fact" and form is not None:
        raise entry.fail("A stated fact has a `form`.", "Leave `form` out: a fact is not judged.")
    if kind == "fact":
        entry.need("value")
        if entry.get("year") is None and entry.get("period") is None:
            raise entry.fail("A stated fact has no `year`.", "Add `year:` or `period:`.")


def _tense(entry: Entry, kind: str) -> Tense | None:
    """Only work without a number may be of the past: a fact always is, and says nothing more."""
    found = cast("Tense | None", choice(entry, "tense", TENSES))
    if kind == "target" and found == "past":
        raise entry.fail("A target is of the past.", "Make it a fact, with its `value`.")
    if kind == "fact" and found == "future":
        raise entry.fail("A stated fact is of the future.", "Make it a target.")
    return found if kind == "task" else None


def _check_comparator(entry: Entry) -> None:
    choice(entry, "comparator", COMPARATORS)


# What each form must have, and what to do where it is absent.
_NEEDS: dict[str, tuple[Callable[[PlanCommitment], Any], str, str]] = {
    "level": (lambda c: c.target_value, "target value", "Add `target: {year: …, value: …}`."),
    "cumulative": (lambda c: c.target_value, "target value", "Add the sum that is promised."),
    "change": (lambda c: c.target_value, "target value", "Add the change, as a positive number."),
    "reduction": (lambda c: c.target_value, "target value", "Add the fall in per cent."),
    "floor": (lambda c: c.target_value, "target value", "Add the least value."),
    "ceiling": (lambda c: c.target_value, "target value", "Add the greatest value."),
    "rank": (lambda c: c.target_value, "target value", "Add the place promised."),
    "growth": (
        lambda c: c.growth_pct is not None or c.low is not None,
        "growth_pct",
        "Add the mean yearly growth in per cent.",
    ),
    "range": (lambda c: c.low is not None and c.high is not None, "low and high", "Add both ends."),
    "multiple": (lambda c: c.k, "k", "Say how many times the base: doubling is `k: 2`."),
    "complete": (
        lambda c: c.n if c.n is not None else c.target_value,
        "n",
        "Say of how many: all nine is `n: 9`.",
    ),
    "per_year": (
        lambda c: c.target_value is not None or c.low is not None,
        "quota",
        "Add `target: {value: …}`, or `low` and `high`.",
    ),
    "milestone": (lambda c: c.target_date or c.target_year, "date", "Add `target: {date: …}`."),
}


def _is_given(value: object) -> bool:
    """A zero is given; only nothing is not."""
    return value is not None and value is not False


def _check_form(entry: Entry, found: PlanCommitment) -> None:
    need = _NEEDS.get(found.form or "")
    if found.kind == "target" and need and not _is_given(need[0](found)):
        raise entry.fail(f"The form {found.form} has no {need[1]}.", need[2])
    if found.low is not None and found.high is not None and found.low > found.high:
        raise entry.fail(
            f"The range begins at {found.low}, above its end {found.high}.", "Swap low and high."
        )
    if found.base.year and found.target_year and found.base.year >= found.target_year:
        raise entry.fail(
            f"The target year {found.target_year} is not after the base year {found.base.year}.",
            "Mend one of the years.",
        )


def _entered(entry: Entry) -> dict[str, Any]:
    found = entry.get("entered")
    if found is None:
        return {}
    known_on = found.get("known_on")
    return {
        "entered": reading.commitment(found),
        "entered_known_on": None if known_on is None else known_on.day(),
    }


def _departments(entry: Entry) -> dict[str, Any]:
    found = entry.get("departments")
    if found is None:
        return {}
    found.only({"lead", "support"})
    return {"lead": text(found, "lead"), "support": codes(found, "support")}


def _base(entry: Entry) -> Base:
    found = entry.get("base")
    return Base() if found is None else reading.base(found)


def _measure(entry: Entry | None) -> Measure | None:
    if entry is None:
        return None
    entry.only({"indicator", "subject", "unit", "kind", "other"})
    kind = entry.get("kind")
    several = kind.items() if kind is not None and isinstance(kind.value, list) else [kind]
    kinds = tuple(_series_kind(one) for one in several if one is not None)
    return Measure(
        entry.need("indicator").text(),
        entry.need("subject").text(),
        text(entry, "unit"),
        kinds,
        _measure(entry.get("other")),
    )


def _series_kind(entry: Entry) -> SeriesKind:
    found = entry.text()
    if found not in SERIES_KINDS:
        raise entry.fail(
            f"The kind {found!r} is not known.", f"Use one of: {', '.join(SERIES_KINDS)}."
        )
    return cast(SeriesKind, found)


def _period(entry: Entry) -> Any:
    found = entry.get("period") or entry.get("year")
    if found is None:
        return None
    try:
        return period(found.text())
    except ValueError as error:
        raise found.fail(f"{found.text()!r} is not a period.", str(error)) from error


def _unit(entry: Entry, *, needed: bool) -> str:
    found = entry.get("unit")
    if found is None:
        if needed:
            raise entry.fail("There is no `unit`.", "Add the unit as the plan prints it.")
        return ""
    check_unit(found)
    return found.text()


def check_unit(entry: Entry) -> None:
    """Refuse a unit that the registry does not know."""
    try:
        unit(entry.text())
    except UnitError as error:
        raise entry.fail(
            f"The unit {entry.text()!r} is not known.",
            "Write it as a plan prints it (亿元, 万元/亩, %), or add it to core/figures/units.txt.",
        ) from error


def place(entry: Entry, chapter: str, section: str) -> Place:
    """Where it stands, with the phrase by which it is found."""
    found, phrase = entry.get("place"), text(entry, "phrase")
    if len(phrase) > LONGEST_PHRASE:
        raise entry.fail(
            f"The phrase has {len(phrase)} characters; {LONGEST_PHRASE} is the most.",
            "Keep only what is needed to find the place.",
        )
    if found is None:
        return Place(chapter, section, phrase=phrase)
    found.only(PLACE_KEYS)
    row, start, end = (whole(found, key) for key in ("row", "start", "end"))
    if start is not None and end is not None and not 0 <= start < end:
        raise found.fail(f"The place runs from {start} to {end}.", "Mend the offsets.")
    return Place(
        text(found, "chapter") or chapter,
        text(found, "section") or section,
        text(found, "table"),
        row,
        start,
        end,
        phrase,
    )


def code(entry: Entry) -> str:
    found = entry.text()
    if not CODE.fullmatch(found) or len(found) > 60:
        raise entry.fail(
            f"{found!r} is not a code.", "Use up to 60 lower-case letters, digits and hyphens."
        )
    return found


def codes(entry: Entry, key: str) -> tuple[str, ...]:
    found = entry.get(key)
    return () if found is None else tuple(code(item) for item in found.items())


def words(entry: Entry) -> Words:
    """A text in both languages."""
    entry.only({"zh", "en"})
    return {"zh": entry.need("zh").text(), "en": entry.need("en").text()}


def words_or_none(entry: Entry, key: str) -> Words:
    found = entry.get(key)
    return {} if found is None else words(found)


def choice(entry: Entry, key: str, known: tuple[str, ...]) -> Any:
    found = entry.get(key)
    if found is None:
        return None
    if found.text() not in known:
        raise found.fail(
            f"The {key} {found.text()!r} is not known.", f"Use one of: {', '.join(known)}."
        )
    return found.text()


def text(entry: Entry, key: str) -> str:
    found = entry.get(key)
    return "" if found is None else found.text()


def whole(entry: Entry, key: str) -> int | None:
    found = entry.get(key)
    return None if found is None else found.integer()
