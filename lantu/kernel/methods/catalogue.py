"""The catalogue of methods: what each says of itself, and whether its worked examples come out."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lantu.core.figures.decimals import shown
from lantu.core.rules import examples
from lantu.core.rules.methods import Method, methods
from lantu.core.rules.parameters import Parameter
from lantu.kernel.access.queries import read_before, read_once
from lantu.kernel.methods.snapshots import SERVICES
from lantu.ui.pages import language
from lantu.ui.templatetags import ui


@dataclass(frozen=True, slots=True)
class Checked:
    """A worked example, and how it came out: empty where it agrees."""

    name: Mapping[str, str]
    difference: str


@dataclass(frozen=True, slots=True)
class Row:
    """One setting of a parameter, in words; a table has a line for each of its parts."""

    since: str
    lines: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A parameter by date."""

    name: str
    label: Mapping[str, str]
    unit: str
    checked: str
    rows: tuple[Row, ...]


def catalogue() -> list[Method]:
    """Every method. Only their YAML is read, so that no engine is loaded for a list."""
    return list(methods(SERVICES, rules=False).values())


def found(name: str) -> Method | None:
    return methods(SERVICES, rules=False).get(name)


def parameters(method: Method) -> tuple[Shown, ...]:
    """The parameters of a method, the newest setting first."""
    return tuple(_shown(one) for one in method.parameters.values())


def _shown(one: Parameter) -> Shown:
    rows = tuple(
        Row(setting.since.isoformat(), _lines(setting.value), setting.source)
        for setting in reversed(one.settings)
    )
    return Shown(one.name, one.label, one.unit, one.checked.isoformat(), rows)


def _lines(value: Any) -> tuple[str, ...]:
    """What stands under one date, in the reader's language."""
    if isinstance(value, Mapping):
        return tuple(_of_part(key, one) for key, one in value.items())
    return (written(value),)


def _of_part(key: str, value: Any, colon: str = "") -> str:
    told: str = ui.register.filters["part_name"](key)
    return f"{told}{colon or (': ' if language() == 'en' else '：')}{written(value)}"


def written(value: Any) -> str:
    """A value of any depth in one line: parts of a part have a blank where it has a colon."""
    comma, pause = (", ", "; ") if language() == "en" else ("、", "；")
    if isinstance(value, Mapping):
        colons = {
            key: "" if isinstance(one, (list, Mapping)) else " " for key, one in value.items()
        }
        return pause.join(_of_part(key, one, colons[key]) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        if len(value) == 2 and isinstance(value[0], Decimal) and isinstance(value[1], str):
            return _of_part(value[1], value[0], " ")  # a limit and what it is the limit of
        is_deep = any(isinstance(one, (list, tuple, Mapping)) for one in value)
        return (pause if is_deep else comma).join(written(one) for one in value)
    return shown(value) if isinstance(value, Decimal) else str(value)


def checks(name: str) -> tuple[Checked, ...]:
    """The worked examples of a method, run now by the method itself."""
    return read_once(("checks", name), lambda: _checks(name))


def every_check() -> dict[str, tuple[Checked, ...]]:
    """The worked examples of all methods, by the method."""
    return {one.name: checks(one.name) for one in catalogue()}


def take(found: Mapping[str, tuple[Checked, ...]]) -> None:
    """What `every_check` found in another process counts here; only where all is at rest."""
    for name, one in found.items():
        read_before(("checks", name), one)


@lru_cache(maxsize=64)
def _checks(name: str) -> tuple[Checked, ...]:
    method = methods(SERVICES)[name]
    listed = examples.of(method)
    wrong = {}
    for line in examples.differing(method, listed) if listed else ():
        for one in listed:
            if line.startswith(f"{one.where} {one.name}: "):
                wrong[one.name] = line.removeprefix(f"{one.where} {one.name}: ")
    return tuple(
        Checked({"zh": one.zh or one.name, "en": one.name}, wrong.get(one.name, ""))
        for one in listed
    )
