"""Engines: DuckDB in process, PostgreSQL, or Spark; the same expression on each."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lantu.core.errors import ContentError, Refused
from lantu.core.rules.methods import Method

ENGINES = ("duckdb", "postgres", "spark")


def evaluate(
    method: Method,
    source: Path,
    target: Path,
    *,
    on: date,
    engine: str = "duckdb",
    overrides: Mapping[str, Decimal] | None = None,
) -> dict[str, Any]:
    """Run a method over a csv or parquet table and write the result. Gives the run's record.

    Raises ContentError where the table cannot be read, Refused where the method cannot run.
    """
    from lantu.core.rules.evaluation import evaluated

    if not source.exists():
        raise ContentError(str(source), "There is no such file.", "Check the name.")
    connection = _connected(engine)
    table = _table(connection, engine, source)
    result = evaluated(method, table, on=on, overrides=overrides)
    rows = _write(result, target)
    return {
        "method": method.name,
        "version": method.version,
        "on": on.isoformat(),
        "engine": engine,
        "rule_sha256": checksum(*method.sources),
        "input_sha256": checksum(source),
        "parameters": {name: str(value) for name, value in (overrides or {}).items()},
        "rows": rows,
    }


def computed(
    method: Method,
    source: Path,
    *,
    on: date,
    engine: str = "duckdb",
    overrides: Mapping[str, Decimal] | None = None,
) -> Any:
    """The result as a pyarrow table, its rows in the order of the parquet file."""
    import ibis
    import pyarrow
    import pyarrow.parquet

    from lantu.core.rules.evaluation import evaluated

    table = pyarrow.parquet.read_table(source)
    table = table.append_column("row_", pyarrow.array(range(table.num_rows), pyarrow.int64()))
    connection = _connected(engine)
    held = ibis.memtable(table)
    result = evaluated(method, held, on=on, overrides=overrides).order_by("row_").drop("row_")
    return connection.to_pyarrow(result)


def _connected(engine: str) -> Any:
    import ibis

    if engine == "duckdb":
        return ibis.duckdb.connect()
    if engine == "postgres":
        address = os.environ.get("LANTU_DATABASE_URL", "")
        if not address.startswith("postgres"):
            raise Refused("The engine postgres needs LANTU_DATABASE_URL to name a PostgreSQL.")
        return ibis.connect(address)
    if engine == "spark":
        return _spark()
    raise Refused(f"There is no engine {engine}; there are: {', '.join(ENGINES)}.")


def _spark() -> Any:
    import ibis

    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Refused("The engine spark is not installed: use spark.lock.") from error
    master = os.environ.get("LANTU_SPARK_MASTER", "local[*]")
    session = (
        SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "false")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)


def _table(connection: Any, engine: str, source: Path) -> Any:
    import duckdb

    reader = {".csv": "read_csv", ".parquet": "read_parquet"}.get(source.suffix.lower())
    if reader is None:
        raise ContentError(source.name, "Only csv and parquet are read.", "Convert the table.")
    try:
        if engine == "postgres":
            return connection.create_table(f"run_{os.getpid()}", _local(source, reader), temp=True)
        if engine == "spark" and reader == "read_csv":
            return connection.read_csv(str(source), header=True, inferSchema=True)
        return getattr(connection, reader)(str(source))
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise ContentError(source.name, f"The table cannot be read: {first}", "Mend it.") from error


def _local(source: Path, reader: str) -> Any:
    import ibis

    return getattr(ibis.duckdb.connect(), reader)(str(source)).to_pyarrow()


def _write(result: Any, target: Path) -> int:
    """Write csv or parquet whole or not at all. Gives the number of rows."""
    import pyarrow.csv
    import pyarrow.parquet

    writers = {".csv": pyarrow.csv.write_csv, ".parquet": pyarrow.parquet.write_table}
    write = writers.get(target.suffix.lower())
    if write is None:
        raise ContentError(target.name, "Only csv and parquet are written.", "Rename the file.")
    table = result.to_pyarrow()
    with tempfile.NamedTemporaryFile(dir=target.absolute().parent, delete=False) as file:
        write(table, file)
    Path(file.name).replace(target)
    return int(table.num_rows)


def checksum(*paths: Path) -> str:
    """The SHA-256 of files, one after the other."""
    found = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
    return found.hexdigest()
