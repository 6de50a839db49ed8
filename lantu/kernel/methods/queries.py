"""Reads of runs: their rows, and where two of them differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lantu.core.errors import Refused
from lantu.core.rules.engines import checksum, computed
from lantu.core.rules.explain import Explanation, explanations
from lantu.core.rules.methods import Method, named
from lantu.kernel.access.models import Zone
from lantu.kernel.methods.models import Run
from lantu.kernel.methods.snapshots import SERVICES, digest, inputs, kept, results


@dataclass(frozen=True)
class Change:
    """A subject whose result differs between two runs, and the inputs that differ with it."""

    subject: str
    period: Any
    column: str
    before: Any
    after: Any
    inputs: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Moved:
    """A subject whose results differ, and why: inputs, parameters, rule, or the others moved."""

    subject: str
    period: Any
    results: tuple[tuple[str, Any, Any], ...]  # column, before, after
    inputs: tuple[tuple[str, Any, Any], ...]
    whys: tuple[str, ...]

    @property
    def is_class_changed(self) -> bool:
        return any(name.endswith("class") for name, _, _ in self.results)


@dataclass(frozen=True)
class Comparison:
    """What differs between two runs of one method."""

    parameters_differ: bool
    code_differs: bool
    changes: tuple[Change, ...]
    left_out: int = 0  # rows of days that only one of the runs speaks of

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The same by subject: who changed class comes first, then whose own inputs changed."""
        by_subject: dict[tuple[str, Any], list[Change]] = {}
        for one in self.changes:
            by_subject.setdefault((one.subject, one.period), []).append(one)
        found = [self._moved(listed) for listed in by_subject.values()]
        return tuple(sorted(found, key=lambda one: (not one.is_class_changed, not one.inputs)))

    def _moved(self, listed: list[Change]) -> Moved:
        first = listed[0]
        results = tuple((one.column, one.before, one.after) for one in listed)
        inputs = tuple((name, *pair) for name, pair in sorted(first.inputs.items()))
        whys = [
            word
            for word, holds in (
                ("inputs", bool(inputs)),
                ("parameters", self.parameters_differ),
                ("rule", self.code_differs),
            )
            if holds
        ]
        return Moved(first.subject, first.period, results, inputs, tuple(whys or ["others"]))


@dataclass(frozen=True, slots=True)
class Repeated:
    """A run computed again from its own snapshot."""

    is_same: bool  # to the last bit
    is_same_rule: bool
    result_hash: str


def runs(
    zone: Zone,
    *,
    is_member: bool,
    method: str = "",
    topic: str = "",
    before: int | None = None,
    limit: int = 50,
) -> list[Run]:
    """The newest runs; drafts are for the zone's people. `topic` also takes what begins with it."""
    found = Run.objects.filter(zone=zone).select_related("by").order_by("-pk")
    if not is_member:
        found = found.exclude(state="draft")
    if method:
        found = found.filter(method=method)
    if topic:
        found = found.filter(topic__startswith=topic)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found[:limit])


def run_of(zone: Zone, pk: int) -> Run | None:
    """One run of a zone."""
    return Run.objects.filter(zone=zone, pk=pk).select_related("by", "zone").first()


def earlier(run: Run) -> list[Run]:
    """Runs of the same method and topic before this one, the newest first: to compare it with."""
    found = Run.objects.filter(zone=run.zone, method=run.method, topic=run.topic, pk__lt=run.pk)
    return list(found.order_by("-pk")[:10])


def repeated(run: Run) -> Repeated:
    """Compute a run again from its snapshot. Raises Refused where that is not kept here."""
    method = method_of(run)
    inputs(run)
    tried = {name: Decimal(one) for name, one in run.parameters.items()}
    again = computed(method, kept(run.input_hash), on=run.on, engine=run.engine, overrides=tried)
    found = digest(again)
    is_same_rule = checksum(*method.sources) == run.code_hash
    return Repeated(found == run.result_hash, is_same_rule, found)


def method_of(run: Run) -> Method:
    """The method as it is now; `run.code_hash` says whether it is still the same."""
    return named(SERVICES, run.method)


def explain(
    run: Run, subject: str, *, subject_column: str = "subject", most: int | None = None
) -> list[Explanation]:
    """Why a subject has its results, one explanation for each of its rows; of the first `most`.

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
    return explanations(method, table, found[:most], on=run.on, overrides=tried)


def compare(before: Run, after: Run, *, subject_column: str = "subject") -> Comparison:
    """Who changed between two runs of one method, and with which inputs.

    Raises Refused for runs of different zones or methods, or where a subject is listed twice.
    """
    if (before.zone_id, before.method) != (after.zone_id, after.method):
        raise Refused(f"{before} and {after} cannot be compared: another zone or method.")
    old, new = _keyed(before, subject_column), _keyed(after, subject_column)
    needs = tuple({*inputs(before).column_names, *inputs(after).column_names})
    keys = old.keys() | new.keys()
    # A run of days speaks for its own days only; a firm that is missing from a year is gone.
    told = old.keys() & new.keys() if method_of(after).period == "day" else keys
    changes = [
        change
        for key in sorted(told, key=str)
        for change in _changes(key, old.get(key, {}), new.get(key, {}), needs)
    ]
    return Comparison(
        parameters_differ=before.parameters_hash != after.parameters_hash,
        code_differs=before.code_hash != after.code_hash,
        changes=tuple(changes),
        left_out=len(keys) - len(told),
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
