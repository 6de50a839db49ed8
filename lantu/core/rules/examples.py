"""Worked examples of a method: what goes in, what should come out, in sentences.

All examples of a method run in one pass, as the method runs in life.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lantu.core import content
from lantu.core.rules.methods import Method


@dataclass(frozen=True)
class Example:
    """One row, and what is expected of it: a number, a text, or null; or several columns.

    `zh` says in Chinese what `name` says; empty where the file has it in one language only.
    """

    name: str
    zh: str
    where: str
    row: dict[str, str | None]
    expect: dict[str, str | None]


def examples(path: Path) -> tuple[Example, ...]:
    """The examples of a file. Raises ContentError with the line."""
    return tuple(_example(one) for one in content.read(path, path.name).items())


def of(method: Method) -> tuple[Example, ...]:
    """The examples beside a method's service; none where there is no file."""
    path = method.sources[0].parent.parent / "tests" / f"{method.short}.yaml"
    return examples(path) if path.exists() else ()


def _example(entry: content.Entry) -> Example:
    row = dict(entry.mapping())
    name, expect = entry.need("name").text(), row.pop("expect", None)
    in_chinese = row.pop("zh", None)
    if expect is None:
        raise entry.fail("There is no `expect`.", "Say what should come out; null is an answer.")
    del row["name"]
    wanted = expect.plain() if isinstance(expect.value, dict) else {"": expect.plain()}
    zh = "" if in_chinese is None else in_chinese.text()
    return Example(name, zh, entry.where, {key: one.plain() for key, one in row.items()}, wanted)


def differing(method: Method, listed: tuple[Example, ...]) -> Iterator[str]:
    """Run all examples at once and say which do not come out. Numbers agree to nine places."""
    import ibis
    import pyarrow as pa

    from lantu.core.rules.evaluation import evaluated

    names = sorted({name for one in listed for name in one.row})
    columns = {name: pa.array([one.row.get(name) for one in listed]) for name in names}
    # Columns that no example fills have no type of their own.
    columns = {
        name: column.cast(pa.string()) if pa.types.is_null(column.type) else column
        for name, column in columns.items()
    }
    table = ibis.memtable(pa.table({"example_": pa.array(range(len(listed))), **columns}))
    result = evaluated(method, table, on=date.max.replace(year=2099))
    got = ibis.duckdb.connect().to_pyarrow(result.order_by("example_")).to_pylist()
    for one, row in zip(listed, got, strict=True):
        for key, wanted in one.expect.items():
            found = row[key or method.short]
            if not _same(found, wanted):
                yield f"{one.where} {one.name}: expected {wanted}, got {found}"


def _same(found: Any, wanted: str | None) -> bool:
    if wanted is None or found is None:
        return found is None and wanted is None
    if isinstance(found, (int, float)):
        return abs(Decimal(str(found)) - Decimal(wanted)) <= Decimal("1e-9")
    return str(found) == wanted
