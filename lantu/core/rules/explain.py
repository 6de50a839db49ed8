"""Explanations: the arithmetic of one row in order, walked from the expression that gave it.

Nothing is written twice: every step is a node of the rule's own expression, and its value is
computed by the engine in the same pass.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lantu.core.errors import Refused
from lantu.core.rules.ladders import in_words
from lantu.core.rules.methods import Method

Overrides = Mapping[str, Decimal]

SIGNS = {"Add": "+", "Subtract": "−", "Multiply": "×", "Divide": "÷"}
MOST_STEPS = 150  # a rule of breakpoints has hundreds, each with all below it: a minute to compute


@dataclass(frozen=True)
class Step:
    """One operation: what it is of, and what it gives."""

    text: str
    value: Any


@dataclass(frozen=True)
class InForce:
    """A parameter on the row's day with its paper; `tried` is what a run put in its place."""

    name: str
    unit: str
    since: date
    value: Any
    source: str
    tried: Decimal | None


@dataclass(frozen=True)
class Explanation:
    """Why one row has its result."""

    method: str
    version: int
    formula: Mapping[str, str]
    inputs: Mapping[str, Any]
    parameters: tuple[InForce, ...]
    steps: Mapping[str, tuple[Step, ...]]  # by item of a score; under the method's name for a rule
    results: Mapping[str, Any]
    told: Mapping[str, str] | None = None  # one sentence in both languages, for a ladder

    def lines(self) -> Iterator[str]:
        """The explanation as text."""
        yield f"{self.method} {self.version}: {self.formula['zh']}"
        yield from (f"  {name} = {value}" for name, value in self.inputs.items())
        for one in self.parameters:
            tried = "" if one.tried is None else f", tried: {one.tried}"
            value = f"{_written(one.value)} {one.unit}"
            yield f"  {one.name} = {value} ({one.since}, {one.source}{tried})"
        for name, steps in self.steps.items():
            yield f"  {name}:"
            yield from (f"    {one.text} = {one.value}" for one in steps)
        if self.told:
            yield from (f"  {sentence}" for sentence in self.told.values())
        yield from (f"  → {name} = {value}" for name, value in self.results.items())


def _written(value: Any) -> str:
    """A parameter in a line; a whole table of breakpoints is looked up in its paper."""
    text = str(value)
    return f"{{{', '.join(value)}}}" if isinstance(value, Mapping) and len(text) > 200 else text


def explained(
    method: Method, table: Any, position: int, *, on: date, overrides: Overrides | None = None
) -> Explanation:
    """Explain the row at a position of a pyarrow table with every step, however many.

    A rule of breakpoints has hundreds: that takes half a minute. Raises Refused where there is no
    such row.
    """
    (found,) = explanations(method, table, [position], on=on, overrides=overrides, most_steps=None)
    return found


def explanations(
    method: Method,
    table: Any,
    positions: Sequence[int],
    *,
    on: date,
    overrides: Overrides | None = None,
    most_steps: int | None = MOST_STEPS,
) -> list[Explanation]:
    """Explain rows of a pyarrow table in one pass; a rule of more steps than `most_steps` without.

    Raises Refused where a row is not there.
    """
    import ibis
    import pyarrow

    from lantu.core.rules.evaluation import evaluated, terms

    for position in positions:
        if not 0 <= position < table.num_rows:
            raise Refused(f"There is no row {position}; the table has {table.num_rows}.")
    numbered = table.append_column("row_", pyarrow.array(range(table.num_rows), pyarrow.int64()))
    connection = ibis.duckdb.connect()
    source = ibis.memtable(numbered)
    result = evaluated(method, source, on=on, overrides=overrides)
    listed = connection.to_pyarrow(result.filter(result["row_"].isin(positions))).to_pylist()
    rows = {row["row_"]: row for row in listed}
    by_name: dict[str, dict[int, tuple[Step, ...]]] = {}
    if method.ladder is None:
        held, named = terms(method, source, on=on, overrides=overrides)
        by_name = {
            name: _steps(connection, held, one, positions, most_steps)
            for name, one in named.items()
        }
    return [
        _one(
            method, rows[position], {name: found[position] for name, found in by_name.items()},
            on=on, overrides=overrides or {}, given=numbered.column_names,
        )
        for position in positions
    ]  # fmt: skip


def _one(
    method: Method,
    row: Mapping[str, Any],
    steps: Mapping[str, tuple[Step, ...]],
    *,
    on: date,
    overrides: Overrides,
    given: Sequence[str],
) -> Explanation:
    in_force = tuple(_in_force(method, _day(row, on), overrides))
    told = None
    if method.ladder is not None:
        steps, told = _rungs(method, row, in_force)
    return Explanation(
        method=method.name,
        version=method.version,
        formula=method.formula,
        inputs={name: row[name] for name in method.needs},
        parameters=in_force,
        steps=steps,
        results={key: value for key, value in row.items() if key not in given},
        told=told,
    )


def _rungs(
    method: Method, row: Mapping[str, Any], in_force: tuple[InForce, ...]
) -> tuple[dict[str, tuple[Step, ...]], dict[str, str] | None]:
    """How a ladder came to its value: years on end, the step, and what applies beside it."""
    assert method.ladder is not None
    ladder, value = method.ladder, row[method.short]
    if value is None:
        return {method.short: ()}, None
    paper = next(one for one in in_force if one.name == ladder.steps)
    name, years = row[ladder.column], row["years"]
    listed = paper.value[name]
    rungs = ", ".join(str(one) for one in listed)
    own = float(listed[row["step"] - 1])
    steps = [
        Step(f"years on end in class {name}, since {row['since']}", years),
        Step(f"step {row['step']} of [{rungs}]", own),
    ]
    if ladder.beside is not None and ladder.beside in row:
        steps.append(Step(f"{ladder.take} of {own} and {row[ladder.beside]}", value))
    told = in_words(
        name=name, years=years, since=row["since"], value=value, unit=method.unit,
        source=paper.source,
    )  # fmt: skip
    return {method.short: tuple(steps)}, told


def _day(row: Mapping[str, Any], on: date) -> date:
    if row.get("date") is not None:
        return date.fromisoformat(str(row["date"])[:10])
    return date(int(row["period"]), 12, 31) if row.get("period") is not None else on


def _in_force(method: Method, day: date, overrides: Overrides) -> Iterator[InForce]:
    for name, one in method.parameters.items():
        found = [setting for setting in one.settings if setting.since <= day]
        if found:
            last = found[-1]
            yield InForce(name, one.unit, last.since, last.value, last.source, overrides.get(name))


def _steps(
    connection: Any, table: Any, term: Any, positions: Sequence[int], most: int | None
) -> dict[int, tuple[Step, ...]]:
    """Every operation below a term, the innermost first, with its value on each of the rows."""
    nodes = [one for one in _below(term.op(), set()) if _is_step(one)]
    if most is not None and len(nodes) > most:
        told = (Step("steps of the rule, too many to write out", len(nodes)),)
        return dict.fromkeys(positions, told)
    columns = {f"s{number}": one.to_expr() for number, one in enumerate(nodes)}
    picked = table.select("row_", **columns)
    rows = connection.to_pyarrow(picked.filter(picked["row_"].isin(positions))).to_pylist()
    texts = [_text(one) for one in nodes]
    return {
        row["row_"]: tuple(Step(text, row[f"s{number}"]) for number, text in enumerate(texts))
        for row in rows
    }


def _below(node: Any, seen: set[Any]) -> Iterator[Any]:
    import ibis.expr.operations as ops

    if node in seen or not isinstance(node, ops.Value):
        return
    seen.add(node)
    if not isinstance(node, (ops.Field, ops.WindowFunction)):
        for child in node.__children__:
            yield from _below(child, seen)
    yield node


def _is_step(node: Any) -> bool:
    return type(node).__name__ not in {"Field", "Literal", "Cast", "DateFromYMD", "GreaterEqual"}


def _text(node: Any) -> str:
    import ibis.expr.operations as ops

    if isinstance(node, ops.Literal):
        return str(node.value)
    if isinstance(node, ops.Field):
        return str(node.name)
    if isinstance(node, ops.Cast):
        return _text(node.arg)
    if isinstance(node, ops.WindowFunction):
        return f"{_text(node.func)} over the cohort"
    kind = type(node).__name__
    parts = [_text(one) for one in node.__children__ if isinstance(one, ops.Value)]
    if kind in SIGNS and len(parts) == 2:
        return f"({parts[0]} {SIGNS[kind]} {parts[1]})"
    return f"{kind}({', '.join(parts)})"
