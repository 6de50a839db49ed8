"""Staging: what an expression says several times is computed once, in a column of its own.

A rule is a graph: one part may stand in many places. Written as SQL it becomes a tree, in which
each place repeats the whole part, and the parts of that part; the air quality index of a day was
770,000 characters. Here every shared part becomes a column of a step before, so that what is
written grows with the rule, and not with its power.
"""

from collections import Counter
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

LEAST = 4  # operations; a smaller part is cheaper to repeat than to keep
PREFIX = "staged_"
_FAILING = (
    ops.Floor, ops.Ceil, ops.Round, ops.Sqrt, ops.Ln, ops.Log, ops.Log10, ops.Log2, ops.Exp,
    ops.Power, ops.FloorDivide,
)  # fmt: skip

# Without this, ibis would write the steps as one again.
ibis.options.sql.fuse_selects = False


def staged(table: ir.Table) -> ir.Table:
    """The same table, each shared part of its columns computed once."""

    def replaced(node: ops.Node, given: Any) -> ops.Node:
        rebuilt = node.__recreate__(given) if given else node
        return _project(rebuilt) if isinstance(rebuilt, ops.Project) else rebuilt

    return table.op().replace(replaced).to_expr()


def _project(node: ops.Project) -> ops.Relation:
    """A projection in steps: columns that are kept, the shared parts, then what was asked for."""
    parent, values = node.parent, dict(node.values)
    while shared := _shared(list(values.values())):
        kept = {field.name: field for field in _fields([*values.values(), *shared])}
        names = {part: f"{PREFIX}{_height(parent)}_{place}" for place, part in enumerate(shared)}
        step = ops.Project(parent, {**kept, **{name: part for part, name in names.items()}})
        become: dict[Any, Any] = {part: ops.Field(step, name) for part, name in names.items()}
        become |= {field: ops.Field(step, name) for name, field in kept.items()}
        values = {name: _exchanged(value, become) for name, value in values.items()}
        parent = step
    return ops.Project(parent, values)


def _height(relation: Any) -> int:
    found = 0
    while isinstance(relation, ops.Project):
        found, relation = found + 1, relation.parent
    return found


def _shared(values: list[ops.Value]) -> list[ops.Value]:
    """The parts that stand in several places and hold no other such part; in order."""
    uses: Counter[ops.Value] = Counter()
    order: list[ops.Value] = []
    for value in values:
        _count(value, uses, order)
    found: list[ops.Value] = []
    sizes: dict[ops.Value, int] = {}
    holds: dict[ops.Value, bool] = {}
    for part in order:  # from the leaves upwards
        below = _parts(part)
        holds[part] = any(holds[one] for one in below)
        sizes[part] = 1 + sum(sizes[one] for one in below)
        if uses[part] > 1 and sizes[part] >= LEAST and not holds[part] and _may_stand_alone(part):
            found.append(part)
            holds[part] = True
    return found


def _count(value: ops.Value, uses: Counter[ops.Value], order: list[ops.Value]) -> None:
    """Count in how many places each part stands; each part once in `order`, after its own parts."""
    waiting: list[tuple[ops.Value, bool]] = [(value, False)]
    while waiting:
        part, is_done = waiting.pop()
        if is_done:
            order.append(part)
            continue
        uses[part] += 1
        if uses[part] == 1:
            waiting.append((part, True))
            waiting.extend((one, False) for one in _parts(part))


def _parts(value: ops.Value) -> list[ops.Value]:
    """The values that a value is made of; a column of a table is made of nothing."""
    if isinstance(value, ops.Field | ops.Subquery):
        return []
    return [one for one in value.__children__ if isinstance(one, ops.Value)]


def _may_stand_alone(part: ops.Value) -> bool:
    """Whether a part may be computed for every row by itself.

    What is summed over rows belongs to its window. What can fail, such as a text made a number, is
    done only where a condition has found that it will not: it may not be moved before that.
    """
    return not (
        isinstance(part, ops.Reduction | ops.Analytic | ops.SortKey | ops.Subquery)
        or not part.shape.is_columnar()
        or part.dtype.is_null()
        or _can_fail(part)
    )


def _can_fail(part: ops.Value) -> bool:
    seen: set[ops.Value] = set()
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if _fails(one):
            return True
        waiting.extend(_parts(one))
    return False


def _fails(one: ops.Value) -> bool:
    """Whether an operation ends a run for some values, on one engine or another."""
    if isinstance(one, ops.Cast):
        given, made = one.arg.dtype, one.dtype
        narrows = made.is_integer() and not (given.is_integer() or given.is_boolean())
        return bool(given.is_string() or narrows)
    if isinstance(one, ops.Divide):
        return not (isinstance(one.right, ops.Literal) and one.right.value)
    return isinstance(one, _FAILING)


def _fields(values: list[ops.Value]) -> list[ops.Field]:
    """The columns that values read, each once."""
    found: dict[ops.Field, None] = {}
    seen: set[ops.Value] = set()
    waiting = list(values)
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if isinstance(one, ops.Field):
            found[one] = None
        waiting.extend(_parts(one))
    return list(found)


def _exchanged(value: ops.Value, become: dict[Any, Any]) -> ops.Value:
    """A value on the next step: a part that has its column there is that column."""
    known: dict[Any, Any] = dict(become)

    def walk(node: Any) -> Any:
        if node in known:
            return known[node]
        if not isinstance(node, ops.Value):
            return node
        waiting = [node]
        while waiting:
            one = waiting[-1]
            if one in known:
                waiting.pop()
                continue
            ahead = [part for part in _parts(one) if part not in known]
            if ahead:
                waiting.extend(ahead)
                continue
            known[one] = _rebuilt(one, known)
            waiting.pop()
        return known[node]

    found: ops.Value = walk(value)
    return found


def _rebuilt(node: ops.Value, known: dict[Any, Any]) -> Any:
    if not _parts(node):
        return node
    given = {}
    for name, argument in zip(node.__argnames__, node.__args__, strict=True):
        if isinstance(argument, tuple):
            given[name] = tuple(known.get(one, one) for one in argument)
        else:
            given[name] = (
                known.get(argument, argument) if isinstance(argument, ops.Node) else argument
            )
    return node.__recreate__(given)
