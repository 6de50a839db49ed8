"""Acts on runs: run a method, make a run final, publish its results as facts."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

import lantu
from lantu.core.errors import Refused
from lantu.core.figures.periods import Period
from lantu.core.plans.records import Observed
from lantu.core.rules.engines import checksum, computed
from lantu.core.rules.methods import Method, named
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.facts.actions import import_observed
from lantu.kernel.facts.report import Report
from lantu.kernel.methods.models import Run
from lantu.kernel.methods.snapshots import SERVICES, keep, kept, results


@dataclass(frozen=True)
class About:
    """What a run is for: runs of one topic can be set side by side."""

    topic: str = ""
    reason: str = ""
    address: str = ""  # of the page that it serves


@transaction.atomic
def run_method(
    zone: Zone,
    *,
    method: str,
    table: Any,
    on: date,
    by: User | None,
    parameters: Mapping[str, Decimal] | None = None,
    engine: str = "duckdb",
    draft: bool = True,
    about: About | None = None,
) -> Run:
    """Run a method over a pyarrow table and keep input and result.

    Raises Refused where the method cannot run on this table.
    """
    rule = named(SERVICES, method)
    tried = dict(parameters or {})
    _refuse_unknown(rule, tried)
    inputs = keep(table)
    result = computed(rule, kept(inputs), on=on, engine=engine, overrides=tried)
    return _enter(zone, rule, inputs, result, on, by, tried, engine, draft, about or About())


@transaction.atomic
def keep_run(
    zone: Zone,
    method: Method,
    *,
    inputs: Any,
    results: Any,
    on: date,
    by: User | None,
    parameters: Mapping[str, Decimal] | None = None,
    engine: str = "duckdb",
    draft: bool = True,
    about: About | None = None,
) -> Run:
    """Keep what a method was given and gave, as tables whose rows correspond, with the trace."""
    rule, tried = named(SERVICES, method.name), dict(parameters or {})
    return _enter(zone, rule, keep(inputs), results, on, by, tried, engine, draft, about or About())


def _enter(
    zone: Zone,
    rule: Method,
    inputs: str,
    results: Any,
    on: date,
    by: User | None,
    tried: Mapping[str, Decimal],
    engine: str,
    draft: bool,
    told: About,
) -> Run:
    """The run of a table that is kept under the checksum `inputs`."""
    run = Run.objects.create(
        zone=zone,
        method=rule.name,
        version=rule.version,
        on=on,
        engine=engine,
        parameters={name: str(one) for name, one in sorted(tried.items())},
        parameters_hash=_parameters_hash(rule, tried),
        input_hash=inputs,
        result_hash=keep(results),
        package_version=lantu.__version__,
        code_hash=checksum(*rule.sources),
        rows=results.num_rows,
        unknown=results.column(rule.short).null_count,
        state="draft" if draft else "final",
        topic=told.topic,
        reason=told.reason[:300],
        address=told.address,
        by=by,
    )
    after = {"method": rule.name, "input": run.input_hash, "result": run.result_hash}
    record(zone=zone, by=by, act="run", object_type="run", object_key=str(run.pk), after=after)
    return run


def _refuse_unknown(method: Method, tried: Mapping[str, Decimal]) -> None:
    for name in tried:
        if name not in method.parameters or method.parameters[name].unit == "table":
            raise Refused(f"{method.name} has no single number {name} that could be replaced.")


def _parameters_hash(method: Method, tried: Mapping[str, Decimal]) -> str:
    known = {
        name: [[str(each.since), each.value, each.source] for each in one.settings]
        for name, one in method.parameters.items()
    }
    text = json.dumps([known, dict(tried)], default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def make_final(run: Run, *, by: User | None) -> Run:
    """End the draft. Raises Refused for a run that is no draft."""
    return _move(run, "draft", "final", by)


@transaction.atomic
def note_published(run: Run, *, by: User | None) -> Run:
    """Say that the caller put the results among the facts. Raises Refused for a draft."""
    return _move(run, "final", "published", by)


def _move(run: Run, old: str, new: str, by: User | None) -> Run:
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state != old:
        raise Refused(f"{run} is {run.state}; only a run that is {old} can become {new}.")
    run.state = new
    run.save(update_fields=["state"])
    record(
        zone=run.zone,
        by=by,
        act=new,
        object_type="run",
        object_key=str(run.pk),
        before={"state": old},
        after={"state": new},
    )
    return run


@transaction.atomic
def publish(
    run: Run,
    *,
    columns: Mapping[str, tuple[str, str]],
    subject_column: str = "subject",
    by: User | None,
) -> Report:
    """Put results of a final run among the facts: `columns` is {column: (indicator, unit)}.

    Unknown results are left out: unknown is not zero. Raises Refused for a draft.
    """
    table = results(run)
    missing = [name for name in (*columns, subject_column) if name not in table.column_names]
    if missing:
        raise Refused(f"{run} has no column {', '.join(missing)}; it has {table.column_names}.")
    if "period" not in table.column_names:
        raise Refused(
            f"{run} has no column `period`, so its rows speak for no year. "
            "Sum the days up to years with a method first."
        )
    run = _move(run, "final", "published", by)
    rows = list(_observed(run, table.to_pylist(), columns, subject_column))
    return import_observed(run.zone, rows, source=f"run {run.pk}", by=by)


def _observed(
    run: Run,
    rows: list[dict[str, Any]],
    columns: Mapping[str, tuple[str, str]],
    subject_column: str,
) -> Iterator[Observed]:
    for number, row in enumerate(rows, 1):
        year = int(row["period"])
        for column, (indicator, unit) in columns.items():
            if row[column] is not None:
                yield Observed(
                    indicator=indicator,
                    subject=str(row[subject_column]),
                    period=Period(year, 1, year, 12),
                    kind="level",
                    value=Decimal(repr(row[column])),
                    unit=unit,
                    scope="",
                    scope_note="",
                    vintage="",
                    source_title=f"{run.method} {run.version}, run {run.pk}",
                    source_url="",
                    published_on="",
                    known_on=run.at.date(),
                    where=f"run {run.pk}, row {number}",
                )
