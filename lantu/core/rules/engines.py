"""Engines: DuckDB in process, PostgreSQL, or Spark; the same expression on each."""

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    with _opened(engine) as (connection, folder):
        table = _table(connection, engine, source, folder)
        result = evaluated(method, table, on=on, overrides=overrides)
        rows = _write(connection, engine, result, target)
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
    import pyarrow
    import pyarrow.parquet

    from lantu.core.rules.evaluation import evaluated

    table = pyarrow.parquet.read_table(source)
    table = table.append_column("row_", pyarrow.array(range(table.num_rows), pyarrow.int64()))
    with _opened(engine) as (connection, folder):
        held = folder / "numbered.parquet"
        pyarrow.parquet.write_table(table, held)
        given = _table(connection, engine, held, folder)
        result = evaluated(method, given, on=on, overrides=overrides)
        return _collected(connection, engine, result.order_by("row_").drop("row_"))


@contextmanager
def _opened(engine: str) -> Iterator[tuple[Any, Path]]:
    """A connection to an engine, and a folder for what it reads; both end with the run."""
    with tempfile.TemporaryDirectory(prefix="lantu-run-") as folder:
        connection = _connected(engine)
        try:
            yield connection, Path(folder)
        finally:
            if engine != "spark":  # a session serves the whole process
                connection.disconnect()


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
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise Refused("The engine spark needs Java 17: install it, or set JAVA_HOME.")
    session = (
        SparkSession.builder.master(os.environ.get("LANTU_SPARK_MASTER", "local[*]"))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.session.timeZone", "UTC")
        # Division by zero is null, and never ends a run.
        .config("spark.sql.ansi.enabled", "false")
        .getOrCreate()
    )
    # A session that is left open ends with pages of errors from its workers.
    atexit.register(session.stop)
    return ibis.pyspark.connect(session)


def _table(connection: Any, engine: str, source: Path, folder: Path) -> Any:
    """A file as a table. A csv is always read by DuckDB, so that its types are the same."""
    import duckdb

    kind = source.suffix.lower()
    if kind not in (".csv", ".parquet"):
        raise ContentError(source.name, "Only csv and parquet are read.", "Convert the table.")
    try:
        if engine == "duckdb":
            return _local(connection, source)
        if engine == "spark":
            return connection.read_parquet(str(_as_parquet(source, folder)))
        table = _typed(_collected(None, "duckdb", _local(_connected("duckdb"), source)))
        return connection.create_table(f"run_{os.getpid()}", table, temp=True)
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise ContentError(source.name, f"The table cannot be read: {first}", "Mend it.") from error


def _local(connection: Any, source: Path) -> Any:
    if source.suffix.lower() == ".csv":
        return connection.read_csv(str(source))
    return connection.read_parquet(str(source / "*.parquet" if source.is_dir() else source))


def _as_parquet(source: Path, folder: Path) -> Path:
    if source.suffix.lower() == ".parquet":
        return source.absolute()
    held = folder / "table.parquet"
    connection = _connected("duckdb")
    connection.to_parquet(_local(connection, source), str(held))
    return held


def _typed(table: Any) -> Any:
    """A pyarrow table in types that PostgreSQL knows too."""
    import pyarrow as pa
    from pyarrow import types

    def kind(given: Any) -> Any:
        if types.is_null(given) or types.is_dictionary(given):
            return pa.string()
        return pa.int64() if types.is_integer(given) else given

    return table.cast(pa.schema([(one.name, kind(one.type)) for one in table.schema]))


def _collected(connection: Any, engine: str, result: Any) -> Any:
    """The result as a pyarrow table, without a way through pandas, which has no null of its own."""
    if engine == "spark":
        return _frame(connection, result).toArrow()
    return result.to_pyarrow()


def _frame(connection: Any, result: Any) -> Any:
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    assert session is not None
    return session.sql(connection.compile(result))


def _write(connection: Any, engine: str, result: Any, target: Path) -> int:
    """Write csv or parquet whole or not at all. Gives the number of rows."""
    import pyarrow.csv
    import pyarrow.parquet

    writers = {".csv": pyarrow.csv.write_csv, ".parquet": pyarrow.parquet.write_table}
    write = writers.get(target.suffix.lower())
    if write is None:
        raise ContentError(target.name, "Only csv and parquet are written.", "Rename the file.")
    if target.is_dir():
        raise ContentError(target.name, "There is a folder of this name.", "Take another name.")
    if engine == "spark" and target.suffix.lower() == ".parquet":
        return _write_parts(_frame(connection, result), target)
    table = _collected(connection, engine, result)
    with tempfile.NamedTemporaryFile(dir=target.absolute().parent, delete=False) as file:
        write(table, file)
    Path(file.name).replace(target)
    return int(table.num_rows)


def _write_parts(frame: Any, target: Path) -> int:
    """A folder of parquet files, one by each worker: no single machine holds the whole result."""
    import pyarrow.parquet

    with tempfile.TemporaryDirectory(dir=target.absolute().parent) as folder:
        parts = Path(folder) / "parts"
        frame.write.parquet(str(parts))
        target.unlink(missing_ok=True)
        parts.replace(target)
    files = target.glob("*.parquet")
    return sum(int(pyarrow.parquet.read_metadata(one).num_rows) for one in files)


def checksum(*paths: Path) -> str:
    """The SHA-256 of files, one after the other; of a folder, of its parquet files."""
    found = hashlib.sha256()
    files = [one for path in paths for one in (_files(path) if path.is_dir() else [path])]
    for each in files:
        with each.open("rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
    return found.hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.parquet"))
