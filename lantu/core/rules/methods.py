"""A method: a rule over columns, its meaning and parameters, checked when it is loaded.

The rule is a function of the same name as its file: positional arguments are input columns,
keyword-only arguments are parameters, which arrive as columns by each row's date.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from lantu.core import content
from lantu.core.errors import ContentError, Refused
from lantu.core.figures.units import UnitError, unit
from lantu.core.rules.dimensions import Measured, Mismatch
from lantu.core.rules.ladders import Ladder, ladder
from lantu.core.rules.parameters import Parameter, parameters
from lantu.core.rules.scores import Score, score

Text = dict[str, str]
_KEYS = {
    "label", "question", "version", "entity", "period", "unit", "inputs", "parameters", "history",
    "formula", "score", "ladder", "shown_as",
}  # fmt: skip


@dataclass(frozen=True)
class Input:
    """A column that a rule reads."""

    name: str
    unit: str
    label: Text


@dataclass(frozen=True)
class Method:
    """A rule with all that is known of it."""

    name: str  # service.method
    label: Text
    question: str
    formula: Text  # in words
    version: int
    entity: str
    period: str
    unit: str
    shown_as: Text | None  # what a pure number is for a reader: points, an index, a class
    inputs: tuple[Input, ...]
    parameters: dict[str, Parameter]
    rule: Callable[..., Any] | None
    score: Score | None
    ladder: Ladder | None
    history: dict[str, Text]
    sources: tuple[Path, ...] = field(repr=False)

    @property
    def short(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that a table must have."""
        if self.score is not None:
            return self.score.columns
        if self.ladder is not None:
            return self.ladder.columns
        return tuple(one.name for one in self.inputs)


@cache
def methods(package: str, *, rules: bool = True) -> dict[str, Method]:
    """Every method of the services in a package. Raises ContentError at the first fault.

    Without `rules` only the YAML is read: a page shows a method without loading an engine.
    """
    return {one.name: one for one in _walked(package, rules)}


def _walked(package: str, rules: bool) -> Iterator[Method]:
    root = Path(importlib.import_module(package).__path__[0])
    for service in sorted(one.name for one in pkgutil.iter_modules([str(root)])):
        for path in sorted((root / service / "methods").glob("*.yaml")):
            module = f"{package}.{service}.methods.{path.stem}" if rules else None
            yield load(path, f"{service}.{path.stem}", module)


def named(package: str, name: str) -> Method:
    """One method by its full or, where it is the only one, its short name."""
    known = methods(package)
    found = [one for one in known.values() if name in (one.name, one.short)]
    if len(found) == 1:
        return found[0]
    raise Refused(f"There is no method {name}; there are: {', '.join(sorted(known))}.")


def load(path: Path, name: str, module: str | None) -> Method:
    """Read and check one method. Raises ContentError with file and line."""
    entry = content.read(path, f"{path.parent.parent.name}/methods/{path.name}")
    entry.only(_KEYS)
    inputs = tuple(_input(key, one) for key, one in _listed(entry, "inputs"))
    known = parameters(entry)
    scored, climbs, shown_as = map(entry.get, ("score", "ladder", "shown_as"))
    rule = None if scored or climbs else _rule(path, module)
    method = Method(
        name=name,
        label=_text(entry.need("label")),
        question=entry.need("question").text(),
        formula=_text(entry.need("formula")),
        version=entry.need("version").integer(),
        entity=entry.need("entity").text(),
        period=entry.need("period").text(),
        unit=entry.need("unit").text(),
        shown_as=None if shown_as is None else _text(shown_as),
        inputs=inputs,
        parameters=known,
        rule=rule,
        score=None if scored is None else score(scored, known),
        ladder=None if climbs is None else ladder(climbs, known),
        history={key: _told(one) for key, one in _listed(entry, "history")},
        sources=tuple(one for one in (path, path.with_suffix(".py")) if one.exists()),
    )
    if module is not None:
        _check(method, entry)
    return method


def _told(entry: content.Entry) -> Text:
    """A text in both languages; one that is written once is the same in both."""
    return (
        _text(entry) if isinstance(entry.value, dict) else dict.fromkeys(("zh", "en"), entry.text())
    )


def _rule(path: Path, module: str | None) -> Callable[..., Any] | None:
    if module is None or not path.with_suffix(".py").exists():
        return None
    return getattr(importlib.import_module(module), path.stem, None)


def _listed(entry: content.Entry, key: str) -> list[tuple[str, content.Entry]]:
    found = entry.get(key)
    return [] if found is None else list(found.mapping().items())


def _text(entry: content.Entry) -> Text:
    found = {key: one.text() for key, one in entry.mapping().items()}
    if set(found) != {"zh", "en"}:
        raise entry.fail("This is not in both languages.", "Write zh and en.")
    return found


def _input(name: str, entry: content.Entry) -> Input:
    entry.only({"unit", "label"})
    written = entry.need("unit")
    try:
        unit(written.text())
    except UnitError as error:
        raise written.fail(str(error), "Write a unit that the registry knows.") from error
    return Input(name, written.text(), _text(entry.need("label")))


def _check(method: Method, entry: content.Entry) -> None:
    if str(method.version) not in method.history:
        raise entry.fail(
            f"Version {method.version} is not in the history.", "Say there what it changed."
        )
    if method.score is not None or method.ladder is not None:
        return
    if method.rule is None:
        raise entry.fail(
            f"There is no function `{method.short}` beside this file.",
            f"Write it in {method.short}.py.",
        )
    _check_signature(method, entry)
    _check_unit(method, entry)


def _check_signature(method: Method, entry: content.Entry) -> None:
    takes = inspect.signature(method.rule).parameters.values() if method.rule else ()
    columns = [one.name for one in takes if one.kind is one.POSITIONAL_OR_KEYWORD]
    settings = [one.name for one in takes if one.kind is one.KEYWORD_ONLY]
    if columns != [one.name for one in method.inputs]:
        raise entry.need("inputs").fail(
            f"The rule takes the columns {', '.join(columns)}; the file lists "
            f"{', '.join(one.name for one in method.inputs)}.",
            "Name the same columns in the same order in both.",
        )
    if set(settings) != set(method.parameters):
        raise entry.fail(
            f"The rule takes the parameters {', '.join(settings) or 'none'}; the file lists "
            f"{', '.join(method.parameters) or 'none'}.",
            "Name the same parameters in both.",
        )


def _check_unit(method: Method, entry: content.Entry) -> None:
    """Run the rule over units instead of numbers: what comes out must measure what is promised."""
    assert method.rule is not None
    if any(one.unit == "table" for one in method.parameters.values()):
        return  # the numbers of a table have units of their own
    columns = [Measured.of(one.unit) for one in method.inputs]
    settings = {name: Measured.of(one.unit) for name, one in method.parameters.items()}
    try:
        got = method.rule(*columns, **settings)
    except Mismatch as error:
        raise ContentError(
            entry.where, f"The units do not go together: {error}.", "Mend the units or the rule."
        ) from error
    if isinstance(got, Measured) and not got.fits(method.unit):
        raise entry.need("unit").fail(
            f"The rule gives {got}, not {method.unit}.", "Mend the unit or the rule."
        )
