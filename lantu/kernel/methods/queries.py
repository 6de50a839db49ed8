"""Reads of runs: their rows, and where two of them differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lantu.core.errors import Refused
from lantu.core.rules.engines import checksum
from lantu.core.rules.explain import Explanation, explained
from lantu.core.rules.methods import Method, named
from lantu.kernel.methods.models import Run
from lantu.kernel.methods.snapshots import SERVICES, inputs, results


@dataclass(frozen=True)
class Change:
    """A subject whose result differs between two runs, and the inputs that differ with it."""

    subject: str
    period: Any
    column: str
    before: Any
    after: Any
    inputs: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Comparison:
    """What differs between two runs of one method."""

    parameters_differ: bool
    code_differs: bool
    changes: tuple[Change, ...]


def method_of(run: Run) -> Method:
    """The method as it is now; `run.code_hash` says whether it is still the same."""
    return named(SERVICES, run.method)


def explain(run: Run, subject: str, *, subject_column: str = "subject") -> list[Explanation]:
    """Why a subject has its results, one explanation for each of its rows.

    Raises Refused for an unknown subject, or where the method is no longer the one that ran.
    """
    method, table = method_of(run), inputs(run)
    if checksum(*method.sources) != run.code_hash:
        raise Refused(f"{run} ran version {run.version} of another rule. Run it again to explain.")
    if subject_column not in table.column_names:
        raise Refused(f"{run} has no column {subject_column}; it has {table.column_names}.")
    tried = {name: Decimal(one) for name, one in run.parameters.items()}
    names = table.column(subject_column).to_pylist()
    found = [at for at, one in enumerate(names) if str(one) == subject]
    if not found:
        raise Refused(f"{run} has no subject {subject}.")
    return [explained(method, table, at, on=run.on, overrides=tried) for at in found]


def compare(before: Run, after: Run, *, subject_column: str = "subject") -> Comparison:
    """Who changed between two runs of one method, and with which inputs.

    Raises Refused for runs of different zones or methods, or where a subject is listed twice.
    """
    if (before.zone_id, before.method) != (after.zone_id, after.method):
        raise Refused(f"{before} and {after} cannot be compared: another zone or method.")
    old, new = _keyed(before, subject_column), _keyed(after, subject_column)
    needs = method_of(after).needs
    changes = [
        change
        for key in sorted(old.keys() | new.keys(), key=str)
        for change in _changes(key, old.get(key, {}), new.get(key, {}), needs)
    ]
    return Comparison(
        parameters_differ=before.parameters_hash != after.parameters_hash,
        code_differs=before.code_hash != after.code_hash,
        changes=tuple(changes),
    )


def _keyed(run: Run, subject_column: str) -> dict[tuple[Any, Any], dict[str, Any]]:
    table = results(run)
    if subject_column not in table.column_names:
        raise Refused(f"{run} has no column {subject_column}; it has {table.column_names}.")
    found = {}
    for row in table.to_pylist():
        key = (row[subject_column], row.get("period", row.get("date")))
        if key in found:
            raise Refused(f"{run} lists {key[0]} twice for {key[1]}. Remove one of the rows.")
        found[key] = row
    return found


def _changes(
    key: tuple[Any, Any], old: dict[str, Any], new: dict[str, Any], needs: tuple[str, ...]
) -> Iterator[Change]:
    moved = {
        name: (old.get(name), new.get(name)) for name in needs if old.get(name) != new.get(name)
    }
    for column in sorted(old.keys() | new.keys()):
        if column not in needs and old.get(column) != new.get(column):
            yield Change(str(key[0]), key[1], column, old.get(column), new.get(column), moved)
