"""Composite scores: weights, caps, missing data, vetoes, ranks and classes, written in YAML.

A score adds items. An item is a column set against its baseline (`ratio`), placed between the
cohort's least and best (`minmax`) or set against the cohort's best (`best`), times a weight, within
a floor and a cap. All numbers come from dated parameters, so one pass serves all years.

With `best`, an item of which less is better counts 2 − value ÷ the cohort's mean. An item that is
missing under `penalty` counts its `penalty` points of the table (−3, say), or none.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lantu.core import content
from lantu.core.rules.parameters import Parameter

MISSING = ("null", "cohort-mean", "penalty", "exclude")
KINDS = ("ratio", "minmax", "best")
# `last` puts into the last class, `not_first` keeps out of the first. Unlike a veto's column, a
# table may be without theirs: then nobody has decided anything.
RULINGS = ("last", "not_first")


@dataclass(frozen=True)
class Item:
    """One item of a score. `missing` says what stands for an unknown value."""

    column: str
    less_is_better: bool
    missing: str


@dataclass(frozen=True)
class Score:
    """How a score is put together; `table` names the parameter with weights and baselines."""

    kind: str
    items: tuple[Item, ...]
    table: str
    cohort: tuple[str, ...]  # columns within which firms are ranked, besides the period
    bonus: str | None
    veto: str | None  # a yes/no column: yes puts a firm into the last class
    rulings: tuple[tuple[str, str], ...]  # what a person decided: (kind, yes/no column)
    classes: str | None  # the parameter with [[last percent, class], …]
    cap: Decimal | None  # an item counts at most this many times its weight
    floor: Decimal | None  # and at least this many

    @property
    def columns(self) -> tuple[str, ...]:
        extra = [name for name in (self.bonus, self.veto) if name]
        return (*(one.column for one in self.items), *self.cohort, *extra)


def score(entry: content.Entry, parameters: dict[str, Parameter]) -> Score:
    """Read `score:` of a method. Raises ContentError where a name or number is missing."""
    entry.only(
        {"kind", "items", "table", "cohort", "bonus", "veto", "rulings", "classes", "cap", "floor"}
    )
    kind = _one_of(entry.need("kind"), KINDS)
    table = _parameter(entry.need("table"), parameters)
    items = tuple(_item(name, one) for name, one in entry.need("items").mapping().items())
    found = Score(
        kind=kind,
        items=items,
        table=table,
        cohort=tuple(one.text() for one in _list(entry.get("cohort"))),
        bonus=_optional(entry.get("bonus")),
        veto=_optional(entry.get("veto")),
        rulings=_rulings(entry.get("rulings")),
        classes=_parameter(classes, parameters) if (classes := entry.get("classes")) else None,
        cap=cap.number() if (cap := entry.get("cap")) else None,
        floor=floor.number() if (floor := entry.get("floor")) else None,
    )
    _check_table(found, parameters[table], entry)
    return found


def _check_table(score: Score, parameter: Parameter, entry: content.Entry) -> None:
    wanted = {"weight", "baseline"} if score.kind == "ratio" else {"weight"}
    for setting in parameter.settings:
        for item in score.items:
            given: dict[str, Any] = setting.value.get(item.column) or {}
            if not isinstance(given.get("penalty", Decimal(0)), Decimal):
                raise entry.fail(
                    f"The penalty of {item.column} in {parameter.name} of {setting.since} is no "
                    "number.",
                    "Write the points, such as -3.",
                )
            if not wanted <= {key for key, one in given.items() if isinstance(one, Decimal)}:
                raise entry.fail(
                    f"{parameter.name} of {setting.since} gives no {' and '.join(sorted(wanted))} "
                    f"for {item.column}.",
                    "Write both as numbers, for every item and date.",
                )


def _item(name: str, entry: content.Entry) -> Item:
    entry.only({"less_is_better", "missing"})
    missing = entry.get("missing")
    less = entry.get("less_is_better")
    return Item(
        name,
        less.truth() if less else False,
        _one_of(missing, MISSING) if missing else "null",
    )


def _rulings(entry: content.Entry | None) -> tuple[tuple[str, str], ...]:
    if entry is None:
        return ()
    entry.only(set(RULINGS))
    return tuple((kind, one.text()) for kind, one in entry.mapping().items())


def _one_of(entry: content.Entry, known: tuple[str, ...]) -> str:
    if entry.text() not in known:
        raise entry.fail(f"{entry.text()!r} is not known here.", f"Use: {', '.join(known)}.")
    return entry.text()


def _parameter(entry: content.Entry, known: dict[str, Parameter]) -> str:
    return _one_of(entry, tuple(known))


def _optional(entry: content.Entry | None) -> str | None:
    return entry.text() if entry else None


def _list(entry: content.Entry | None) -> list[content.Entry]:
    return entry.items() if entry else []
