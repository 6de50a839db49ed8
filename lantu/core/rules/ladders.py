"""Ladders: what a class costs or earns, rising with the years that it was held on end, in YAML.

A ladder counts the years in which a subject stood in one class without a break, and takes the step
of that many years from a table by date; beyond the last step, the last one counts. The class may
come from a score (`final_class`), so that a ladder stands on a method as a table on its legs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lantu.core import content
from lantu.core.figures.decimals import shown
from lantu.core.rules.parameters import Parameter, Setting

GAPS = ("ends", "passes")
TAKES = ("higher", "sum")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass(frozen=True)
class Ladder:
    """How years are counted and what they give; `steps` names the parameter {class: [value, …]}."""

    subject: str
    column: str  # the class, a text
    steps: str
    gap: str  # a year that is not listed ends the count, or is passed over
    together: tuple[tuple[str, ...], ...]  # classes whose years are counted as one
    beside: str | None  # a column with what applies besides; a table without it has nothing such
    take: str  # the higher of the two counts, or their sum

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.subject, "period", self.column)

    def kind(self, name: str) -> str:
        """What the years of a class are counted as."""
        return next(("+".join(group) for group in self.together if name in group), name)


@dataclass(frozen=True, slots=True)
class Climb:
    """Where one subject stands in a year: years on end, since when, and what that step gives."""

    name: str  # the class
    years: int
    since: int
    step: int  # from 1
    steps: tuple[Decimal, ...]
    value: Decimal
    setting: Setting


def ladder(entry: content.Entry, parameters: Mapping[str, Parameter]) -> Ladder:
    """Read `ladder:` of a method. Raises ContentError where a name or number is wrong."""
    entry.only({"subject", "class", "steps", "gap", "together", "beside"})
    steps = entry.need("steps")
    if steps.text() not in parameters:
        raise steps.fail(
            f"There is no parameter {steps.text()}.", f"Use: {', '.join(parameters) or 'none yet'}."
        )
    groups = entry.get("together")
    beside, take = _beside(entry.get("beside"))
    found = Ladder(
        subject=entry.need("subject").text(),
        column=entry.need("class").text(),
        steps=steps.text(),
        gap=_one_of(entry.need("gap"), GAPS),
        together=tuple(tuple(x.text() for x in one.items()) for one in groups.items())
        if groups
        else (),
        beside=beside,
        take=take,
    )
    for setting in parameters[found.steps].settings:
        _check(setting, found, entry)
    return found


def _beside(entry: content.Entry | None) -> tuple[str | None, str]:
    if entry is None:
        return None, TAKES[0]
    entry.only({"column", "take"})
    return entry.need("column").text(), _one_of(entry.need("take"), TAKES)


def _one_of(entry: content.Entry, known: tuple[str, ...]) -> str:
    if entry.text() not in known:
        raise entry.fail(f"{entry.text()!r} is not known here.", f"Use: {', '.join(known)}.")
    return entry.text()


def _check(setting: Setting, ladder: Ladder, entry: content.Entry) -> None:
    table = setting.value if isinstance(setting.value, dict) else {}
    sound = {
        name: isinstance(steps, list) and steps and all(isinstance(x, Decimal) for x in steps)
        for name, steps in table.items()
    }
    if not sound or not all(sound.values()):
        raise entry.fail(
            f"{ladder.steps} of {setting.since} is no ladder.",
            "Write for every class the values of its years on end, such as D: [0.05, 0.10].",
        )
    unknown = {name for group in ladder.together for name in group} - set(table)
    if unknown:
        raise entry.fail(
            f"{ladder.steps} of {setting.since} has no class {', '.join(sorted(unknown))}.",
            "Name in `together` only classes that have steps.",
        )


def climb(
    ladder: Ladder, steps: Parameter, history: Mapping[int, str | None], year: int, *, on: date
) -> Climb | None:
    """Where a subject stands in a year, by its classes of all years; null where it is unknown.

    The same as an engine computes over a table, for a page that shows one subject. Raises Refused
    where no steps were in force on the day.
    """
    setting, name = steps.on(on), history.get(year)
    if name is None or name not in setting.value:
        return None
    since, count = year, 1
    while (before := _before(ladder, history, since)) is not None:
        last = history[before]
        if last is None or ladder.kind(last) != ladder.kind(name):
            break
        since, count = before, count + 1
    values = tuple(setting.value[name])
    step = min(count, len(values))
    return Climb(name, count, since, step, values, values[step - 1], setting)


def _before(ladder: Ladder, history: Mapping[int, str | None], year: int) -> int | None:
    """The year listed before one; null where none is, or a gap between them ends the count."""
    before = max((one for one in history if one < year), default=None)
    return None if ladder.gap == "ends" and before != year - 1 else before


def step_of(steps: tuple[Decimal, ...] | list[Decimal], years: int) -> Decimal:
    """The value of that many years on end; nothing before the first."""
    return steps[min(years, len(steps)) - 1] if years > 0 else Decimal(0)


def in_words(
    *, name: str, years: int, since: int, value: Any, unit: str, source: str
) -> dict[str, str]:
    """One sentence: the class, its years on end, what that gives, and the paper that says so."""
    gives = f"{_plain(value)} {unit}"
    ordinal = ORDINALS[years - 1] if years <= len(ORDINALS) else f"{years}th"
    return {
        "zh": f"自{since}年起连续第{years}年列入{name}类 → {gives}，依据：{source}",
        "en": f"{ordinal} year on end in class {name}, since {since} → {gives} by {source}",
    }


def _plain(value: Any) -> str:
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    return ("+" if number > 0 else "") + shown(number.normalize())
