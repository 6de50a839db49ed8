"""Parameters by date: a number that a paper set, from the day it was in force, with the paper."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from lantu.core import content
from lantu.core.errors import Refused
from lantu.core.figures.decimals import printed
from lantu.core.figures.units import UnitError, unit

LATEST = date.max


@dataclass(frozen=True)
class Setting:
    """What held from a day on, and the paper that says so."""

    since: date
    value: Any  # Decimal, text, truth, or lists and mappings of these
    source: str


@dataclass(frozen=True)
class Parameter:
    """A parameter with all its settings, oldest first."""

    name: str
    label: dict[str, str]
    unit: str
    settings: tuple[Setting, ...]
    checked: date

    def on(self, day: date = LATEST) -> Setting:
        """The setting in force on a day. Raises Refused before the first."""
        for setting in reversed(self.settings):
            if setting.since <= day:
                return setting
        raise Refused(
            f"{self.name} was not in force on {day}; its first value is of "
            f"{self.settings[0].since}."
        )

    def at(self, day: date = LATEST) -> Any:
        """The value in force on a day."""
        return self.on(day).value


@lru_cache(maxsize=64)
def beside(script: str) -> dict[str, Parameter]:
    """The parameters of the YAML file with the same stem as a rule's script."""
    return parameters(content.read(Path(script).with_suffix(".yaml"), Path(script).stem + ".yaml"))


def parameters(entry: content.Entry) -> dict[str, Parameter]:
    """Read `parameters:` of a method's YAML. Raises ContentError with file and line."""
    listed = entry.get("parameters")
    if listed is None:
        return {}
    return {name: _parameter(name, one) for name, one in listed.mapping().items()}


def _parameter(name: str, entry: content.Entry) -> Parameter:
    entry.only({"label", "unit", "values", "checked", "note"})
    label = {key: one.text() for key, one in entry.need("label").mapping().items()}
    if set(label) != {"zh", "en"}:
        raise entry.fail(f"The label of `{name}` is not in both languages.", "Write zh and en.")
    settings = [_setting(key, one) for key, one in entry.need("values").mapping().items()]
    if not settings:
        raise entry.fail(f"`{name}` has no values.", "Write a date with its value and source.")
    if [one.since for one in settings] != sorted({one.since for one in settings}):
        raise entry.fail(f"The dates of `{name}` are not in order.", "Write the oldest first.")
    return Parameter(
        name, label, _unit(entry.need("unit")), tuple(settings), entry.need("checked").day()
    )


def _unit(entry: content.Entry) -> str:
    """A unit of the registry, or `table` for a table whose parts have their own."""
    text = entry.text()
    if text in ("table", "share", "yes/no"):
        return text
    try:
        unit(text)
    except UnitError as error:
        raise entry.fail(str(error), "Write a unit that the registry knows.") from error
    return text


def _setting(key: str, entry: content.Entry) -> Setting:
    entry.only({"value", "source"})
    try:
        since = date.fromisoformat(key)
    except ValueError as error:
        raise entry.fail(f"{key!r} is not a date.", "Write it as 2023-12-31.") from error
    return Setting(since, value(entry.need("value").plain()), entry.need("source").text())


def value(plain: Any) -> Any:
    """Texts that are numbers become Decimal, true and false become truth, in any depth."""
    if isinstance(plain, dict):
        return {key: value(one) for key, one in plain.items()}
    if isinstance(plain, list):
        return [value(one) for one in plain]
    if plain in ("true", "false"):
        return plain == "true"
    try:
        return printed(plain) if isinstance(plain, str) else plain
    except ValueError:
        return plain


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` in `whole`, in %. None where the whole is zero: there is no share of nothing."""
    return None if whole == 0 else part / whole * 100
