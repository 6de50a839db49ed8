"""Scoring: the firms of a round through the methods of its cohorts, and what each figure gave.

The arithmetic is the methods' own (`methods/*.yaml`, run by core.rules); here figures become
columns, and the columns that come back become results of firms.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from lantu.core import content
from lantu.core.figures.decimals import ARITHMETIC, rounded
from lantu.core.rules.methods import Method, methods
from lantu.core.rules.parameters import Parameter, parameters
from lantu.services.enterprises.items import RATIOS, missing, ratio

PACKAGE = "lantu.services"
COHORTS = ("above", "below")
DEFAULT = {
    "above": "enterprises.per_mu_score_capped",
    "below": "enterprises.per_mu_score_below_scale",
}
LADDER = "enterprises.power_surcharge"
NOT_CLASSIFIED = "none"  # what the ladder calls a firm without a class
PLACES = 9
MULTIPLE = "_multiple"  # an indicator over a multiple of last year's mean


@dataclass(frozen=True, slots=True)
class Entrant:
    """A firm of a round before it is scored."""

    entity: int
    name: str
    year: int
    cohort: str  # above, below, combined; empty: not classified
    figures: Mapping[str, Decimal]
    code: str = ""
    bonus: Decimal | None = None
    is_vetoed: bool = False
    is_not_first: bool = False
    note: str = ""  # why it is not classified


@dataclass(frozen=True, slots=True)
class Scored:
    """What a method gave for a firm."""

    entrant: Entrant
    values: Mapping[str, Decimal | None]
    points: Mapping[str, Decimal | None]
    score: Decimal | None
    rank: int | None
    ranked: int | None
    computed_class: str
    final_class: str
    note: str


@dataclass(frozen=True, slots=True)
class Computed:
    """What a method was given for a cohort and what it gave, as tables whose rows correspond."""

    method: Method
    inputs: Any
    results: Any

    def of_year(self, year: int) -> "Computed":
        """The rows of one year alone."""
        import pyarrow.compute

        chosen = pyarrow.compute.equal(self.inputs["period"], year)
        return Computed(self.method, self.inputs.filter(chosen), self.results.filter(chosen))


def known_methods() -> dict[str, Method]:
    """The methods by which a cohort can be scored. Only their YAML is read."""
    return {
        name: one
        for name, one in methods(PACKAGE, rules=False).items()
        if name.startswith("enterprises.") and one.score is not None
    }


def ladder_of_power() -> Method:
    """The method of differentiated prices. Only its YAML is read."""
    return methods(PACKAGE, rules=False)[LADDER]


@lru_cache(maxsize=4)
def dated(name: str) -> dict[str, Parameter]:
    """The dated parameters of one file in `parameters/`."""
    path = Path(__file__).parent / "parameters" / f"{name}.yaml"
    return parameters(content.read(path, f"enterprises/parameters/{name}.yaml"))


def year_end(year: int) -> date:
    """The day whose parameters hold for a year."""
    return date(year, 12, 31)


def needs_means(method: Method) -> bool:
    """Whether a method sets figures against last year's mean."""
    return method.score is not None and any(
        one.column.endswith(MULTIPLE) for one in method.score.items
    )


def scored(
    method: Method, entrants: Sequence[Entrant], means: Mapping[tuple[str, int], Decimal | None]
) -> tuple[list[Scored], Computed | None]:
    """Run a method over entrants of any years. `means` are last years' ratios of the cohort.

    Also gives what was computed; null where nothing was.
    """
    values = [_values(method, one, means) for one in entrants]
    if not entrants or not _has_begun(method, entrants):
        return [_without_parameters(*pair) for pair in zip(entrants, values, strict=True)], None
    found = _run(method, entrants, values)
    rows = found.results.to_pylist()
    return [
        _read(method, one, value, row)
        for one, value, row in zip(entrants, values, rows, strict=True)
    ], found


def _has_begun(method: Method, entrants: Sequence[Entrant]) -> bool:
    """Whether weights and classes were in force in any of the years."""
    assert method.score is not None
    names = [name for name in (method.score.table, method.score.classes) if name]
    last = year_end(max(one.year for one in entrants))
    return all(method.parameters[name].settings[0].since <= last for name in names)


def _without_parameters(one: Entrant, values: Mapping[str, Decimal | None]) -> Scored:
    note = "no parameters were in force"
    return Scored(one, values, dict.fromkeys(values), None, None, None, "", "", note)


def unclassified(entrant: Entrant) -> Scored:
    """A firm that takes no part, with the reason."""
    return Scored(entrant, {}, {}, None, None, None, "", "", entrant.note)


def without_rank(one: Scored) -> Scored:
    """A combined evaluation: it shows a score, and takes nobody's place."""
    return replace(one, rank=None, ranked=None, computed_class="", final_class="")


def _values(
    method: Method, one: Entrant, means: Mapping[tuple[str, int], Decimal | None]
) -> dict[str, Decimal | None]:
    assert method.score is not None
    found = {}
    for item in method.score.items:
        key = item.column.removesuffix(MULTIPLE)
        value = ratio(key, one.figures)
        if key != item.column and value is not None:
            value = _multiple(value, means.get((key, one.year)), one.year)
        found[item.column] = value
    return found


def _multiple(value: Decimal, mean: Decimal | None, year: int) -> Decimal | None:
    """A value over the multiple of last year's mean; null where there is none."""
    if not mean:
        return None
    with localcontext(ARITHMETIC):
        return value / (mean * dated("rounds")["base_multiple"].at(max(year_end(year), _first())))


def _first() -> date:
    return dated("rounds")["base_multiple"].settings[0].since


def _run(
    method: Method, entrants: Sequence[Entrant], values: Sequence[Mapping[str, Decimal | None]]
) -> Computed:
    """The rows that the method is given and gives, in the order of the entrants."""
    import ibis

    from lantu.core.rules.evaluation import evaluated

    columns = _columns(method, entrants, values)
    connection = ibis.duckdb.connect()
    listed = ", ".join(f'unnest(${name}::{kind}[]) AS "{name}"' for name, kind, _ in columns)
    given = {name: column for name, _, column in columns}
    connection.con.execute(f"CREATE TABLE entrants AS SELECT {listed}", given)
    table = connection.table("entrants")
    last = year_end(max(one.year for one in entrants))
    result = evaluated(method, table, on=last)
    found = [one.order_by("row_").drop("row_").to_pyarrow() for one in (table, result)]
    return Computed(method, *found)


def _columns(
    method: Method, entrants: Sequence[Entrant], values: Sequence[Mapping[str, Decimal | None]]
) -> list[tuple[str, str, list[Any]]]:
    """Name, type and cells of each column that a method needs."""
    assert method.score is not None
    columns: list[tuple[str, str, list[Any]]] = [
        ("row_", "BIGINT", list(range(len(entrants)))),
        ("subject", "VARCHAR", [one.code for one in entrants]),
        ("name", "VARCHAR", [one.name for one in entrants]),
        ("period", "BIGINT", [one.year for one in entrants]),
    ]
    for item in method.score.items:
        columns.append((item.column, "DOUBLE", [_float(row[item.column]) for row in values]))
    if method.score.bonus:
        columns.append((method.score.bonus, "DOUBLE", [_float(one.bonus) for one in entrants]))
    decided = {"last": [one.is_vetoed for one in entrants],
               "not_first": [one.is_not_first for one in entrants]}  # fmt: skip
    veto = (("last", method.score.veto),) if method.score.veto else ()
    for kind, name in (*veto, *method.score.rulings):
        columns.append((name, "BOOLEAN", decided[kind]))
    return columns


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _decimal(value: float | None) -> Decimal | None:
    """A result of the engine as a decimal of nine places, beyond which a double is noise."""
    return None if value is None else rounded(Decimal(repr(value)), PLACES).normalize() + 0


def _read(
    method: Method, one: Entrant, values: Mapping[str, Decimal | None], row: Mapping[str, Any]
) -> Scored:
    assert method.score is not None
    points = {item.column: _decimal(row[f"{item.column}_score"]) for item in method.score.items}
    computed, final = row.get("computed_class") or "", row.get("final_class") or ""
    notes = [_why_null(method, one, row)] if row[method.short] is None else []
    if one.is_not_first and not one.is_vetoed and final != computed:
        notes.append("not in the first class by a ruling")
    if one.is_vetoed:
        notes.append("in the last class by a veto")
    return Scored(
        one,
        values,
        points,
        _decimal(row[method.short]),
        row.get("rank"),
        row.get("ranked"),
        computed,
        final,
        "; ".join(notes),
    )


def _why_null(method: Method, one: Entrant, row: Mapping[str, Any]) -> str:
    """The figure that is missing, rather than the indicator that needs it."""
    reason = str(row[f"{method.short}_reason"] or "cannot be computed")
    key = reason.rpartition(": ")[2].removesuffix(MULTIPLE)
    return (missing(key, one.figures) if key in RATIOS else "") or (
        "no parameters were in force" if reason.startswith("not reported") else reason
    )


def class_ends(method: Method, year: int) -> list[tuple[Decimal, str]]:
    """The classes of a year with the last place of each in %."""
    assert method.score is not None and method.score.classes is not None
    listed = method.parameters[method.score.classes].settings
    day = max(year_end(year), listed[0].since)
    return [(end, name) for end, name in method.parameters[method.score.classes].at(day)]


def describe(method: Method) -> dict[str, Any]:
    """What a run keeps of its method: enough to know whether it was the same."""
    digest = hashlib.sha256()
    for path in method.sources:
        digest.update(path.read_bytes())
    return {"name": method.name, "version": method.version, "sha256": digest.hexdigest()}


def fingerprint(rows: Sequence[Any]) -> str:
    """One hash over what went into a run, or came out of it."""
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
