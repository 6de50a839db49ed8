"""Worked examples as they were published: does a formula give what was printed?

A file has one row an example: `id, case, inputs (JSON), expected (JSON), tolerance`. A case is the
name of a function in `services/*/methods/published/`. Keys that end in `_published` hold a print
that does not follow from its own inputs; the key that ends in `_computed` says what does.
"""

import csv
import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

from lantu.core.errors import ContentError, ForPeople
from lantu.core.figures.decimals import printed

LARGEST_FILE = 20_000_000  # bytes
COLUMNS = ("id", "case", "inputs", "expected", "tolerance")
Formula = Callable[..., Mapping[str, Any]]


@dataclass(frozen=True)
class Answer:
    """How one row came out: `agree`, `differ` or `unknown case`, and what was got."""

    id: str
    case: str
    result: str
    differences: tuple[str, ...] = ()


@cache
def formulas(package: str) -> dict[str, Formula]:
    """Every formula by its name: the public functions below `methods/published` of each service."""
    services = importlib.import_module(package)
    found: dict[str, Formula] = {}
    for service in pkgutil.iter_modules(services.__path__):
        name = f"{package}.{service.name}.methods.published"
        if (Path(services.__path__[0]) / service.name / "methods" / "published").is_dir():
            for part in pkgutil.iter_modules(importlib.import_module(name).__path__):
                found |= dict(_functions(importlib.import_module(f"{name}.{part.name}")))
    return found


def _functions(module: ModuleType) -> Iterator[tuple[str, Formula]]:
    for name, thing in vars(module).items():
        own = inspect.isfunction(thing) and thing.__module__ == module.__name__
        if own and not name.startswith("_"):
            yield name.removesuffix("_"), thing  # `sum_`: a case may have a builtin's name


def answers(path: Path, known: Mapping[str, Formula]) -> Iterator[Answer]:
    """One answer a row. Raises ContentError for a file that cannot be read as examples."""
    for number, row in enumerate(_rows(path), start=2):
        yield _answer(row, known, f"{path.name}:{number}")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ContentError(path.name, "The file is over 20 MB.", "Split it into several files.")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ContentError(str(path), "There is no such file.", "Check the name.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(path.name, "The file is not UTF-8 text.", "Save it as UTF-8.") from error
    try:
        reader = csv.DictReader(text.splitlines(keepends=True))
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise ContentError(
                f"{path.name}:1",
                f"There is no column {', '.join(missing)}.",
                "The first line names the columns: id, case, inputs, expected, tolerance.",
            )
        yield from reader
    except csv.Error as error:
        raise ContentError(path.name, f"This is not csv: {error}.", "Save it as csv.") from error


def _answer(row: dict[str, str], known: Mapping[str, Formula], where: str) -> Answer:
    id_, case = row["id"] or where, row["case"] or ""
    formula = known.get(case)
    if formula is None:
        return Answer(id_, case, "unknown case")
    inputs, expected = _object(row["inputs"], where), _object(row["expected"], where)
    try:
        inspect.signature(formula).bind(**inputs)
    except TypeError as error:
        return Answer(id_, case, "differ", (f"the inputs do not fit: {error}",))
    try:
        got = formula(**inputs)
    except ForPeople as error:
        return Answer(id_, case, "differ", (str(error),))
    except (
        ArithmeticError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        StopIteration,
    ) as error:
        # A row may hold any JSON at all; one that a formula cannot take is a row that differs.
        return Answer(id_, case, "differ", (f"cannot be computed: {type(error).__name__} {error}",))
    if got.get("absent"):
        return Answer(id_, case, "unknown case", (str(got["absent"]),))
    wrong = tuple(differences(got, expected, _tolerance(row["tolerance"], where)))
    return Answer(id_, case, "differ" if wrong else "agree", wrong)


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        found = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError, TypeError) as error:
        raise ContentError(where, f"{str(text)[:60]!r} is not JSON.", "Write an object.") from error
    if not isinstance(found, dict):
        raise ContentError(where, f"{text[:60]!r} is not an object.", 'Write {"name": value}.')
    return found


def _tolerance(text: str, where: str) -> Decimal:
    try:
        return printed(text or "0")
    except ValueError as error:
        raise ContentError(where, f"The tolerance {text!r} is no number.", "Write 0.05.") from error


def differences(
    got: Mapping[str, Any], expected: Mapping[str, Any], tolerance: Decimal
) -> Iterator[str]:
    """What a row expects and did not get, in words; nothing where all agrees."""
    for key, wanted in expected.items():
        if key.endswith("_published"):
            base = key.removesuffix("_published")
            if f"{base}_computed" in expected and got.get(base) == wanted:
                yield f"{key}: {_said(wanted)} does follow from the inputs"
        elif not key.startswith("published_"):
            yield from _compared(key, got, key.removesuffix("_computed"), wanted, tolerance)


def _compared(
    key: str, got: Mapping[str, Any], name: str, wanted: Any, tolerance: Decimal
) -> Iterator[str]:
    if name not in got:
        yield f"{key}: got nothing of this name, expected {_said(wanted)}"
    elif not _same(got[name], wanted, tolerance):
        yield f"{key}: got {_said(got[name])}, expected {_said(wanted)}"


def _same(got: Any, wanted: Any, tolerance: Decimal) -> bool:
    if isinstance(wanted, dict) and isinstance(got, Mapping):
        return set(wanted) == set(got) and all(_same(got[k], wanted[k], tolerance) for k in wanted)
    if isinstance(wanted, list) and isinstance(got, (list, tuple)):
        return len(wanted) == len(got) and all(map(_same, got, wanted, [tolerance] * len(got)))
    if isinstance(wanted, Decimal) and isinstance(got, (Decimal, int)):
        return not isinstance(got, bool) and abs(got - wanted) <= tolerance
    return type(got) is type(wanted) and bool(got == wanted)


def _said(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:.12g}".rstrip("0").rstrip(".") if "." in f"{value:.12g}" else str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_said(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_said, value)) + "]"
    return str(value)


def total(rows: Mapping[str, Any] | list[Any]) -> Decimal:
    """The sum of the numbers in a list or under the keys of a mapping; other marks are left out."""
    numbers = rows.values() if isinstance(rows, Mapping) else rows
    return sum(chain([Decimal(0)], (n for n in numbers if isinstance(n, Decimal))), Decimal(0))
