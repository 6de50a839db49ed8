"""What an expression says several times is computed once, and nothing else changes."""

import ibis
import pytest

from lantu.core.rules.columns import double
from lantu.core.rules.staging import staged

ROWS = {"a": [1.0, 2.0, None, -4.0], "b": [3.0, 0.0, 5.0, 2.0], "text": ["1", "x", None, "2.5"]}


@pytest.fixture
def table():
    return ibis.memtable(ROWS, schema={"a": "float64", "b": "float64", "text": "string"})


def written(table):
    return ibis.to_sql(table, dialect="duckdb")


def answers(table):
    return ibis.duckdb.connect().to_pyarrow(table).to_pylist()


def test_what_is_written_grows_with_the_rule_and_not_with_its_power(table):
    one = table["a"]
    for _ in range(8):  # each step says the one before three times
        one = ibis.cases((one + 1 > table["b"], one * 2 + 1), else_=one - table["b"])

    plain = table.mutate(found=one).select("found")
    found = staged(plain)

    assert len(written(found)) < 8_000 < len(written(plain)) / 10
    assert [row["found"] is None for row in answers(found)] == [False, False, True, False]


def test_the_answers_are_the_same(table):
    part = ibis.cases((table["a"] > 0, table["a"] * 3 + table["b"]), else_=table["b"] - 1)
    plain = table.mutate(c=part * part, d=ibis.greatest(part, table["b"]), e=part.isnull())

    assert answers(staged(plain)) == answers(plain)
    assert staged(plain).columns == plain.columns


def test_a_part_stands_once_and_its_column_is_gone_at_the_end(table):
    part = (table["a"] * 34567 + table["b"]) * table["b"]
    found = staged(table.mutate(c=part + 1, d=part - 1))

    assert written(found).count("34567") == 1
    assert found.columns == ("a", "b", "text", "c", "d")


def test_what_may_fail_stays_behind_its_condition(table):
    number = double(table["text"]) * 2 + 1

    found = staged(table.mutate(c=number + number * number))

    assert [row["c"] for row in answers(found)] == [12.0, None, None, 42.0]


def test_a_division_stays_behind_its_condition(table):
    share = table["a"] / table["b"] + table["a"] / 2
    guarded = ibis.cases((table["b"] != 0, share * share), else_=ibis.null())

    found = written(staged(table.mutate(c=guarded)))

    assert found.index("<> ") < found.index(" / ")  # nothing was divided in a step before


def test_a_sum_over_rows_stays_in_its_window(table):
    total = (table["b"] * 2 + 1).sum().over(ibis.window())
    found = staged(table.mutate(c=total / 3 + total, d=total))

    assert {row["d"] for row in answers(found)} == {24.0}
    assert {row["c"] for row in answers(found)} == {32.0}
