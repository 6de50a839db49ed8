"""Hourly values on disk: one Parquet file a batch, written whole or not at all, never changed."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

COLUMNS = ("station", "hour", "item", "text", "value", "unit", "mark")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as it came in: the text as sent, the number in the item's unit, what was seen."""

    station: str
    hour: datetime  # the beginning of the hour, in the zone's own clock
    item: str
    text: str
    value: float | None
    unit: str
    mark: str = ""

    @property
    def place(self) -> tuple[str, datetime, str]:
        return self.station, self.hour, self.item


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a batch lies, and its hash."""

    path: str
    sha256: str


def store(zone: str, number: int, readings: Sequence[Reading]) -> Stored:
    """Write a batch. Until its record is in the database the file counts for nothing."""
    import pyarrow as pa

    columns = {name: [getattr(one, name) for one in readings] for name in COLUMNS}
    table = pa.table(
        {
            **columns,
            "hour": pa.array(columns["hour"], pa.timestamp("us")),
            "value": pa.array(columns["value"], pa.float64()),
        }
    )
    return store_table(zone, number, table)


def store_table(zone: str, number: int, table: Any) -> Stored:
    """Write a table with the columns of a batch: first under another name, then renamed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    home: Path = settings.HOME
    folder = home / "stations" / zone
    folder.mkdir(parents=True, exist_ok=True)
    table = table.append_column("batch", pa.array([number] * table.num_rows, pa.int32()))
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        pq.write_table(table, file)
        file.flush()
        os.fsync(file.fileno())
    written = Path(file.name)
    digest = hashlib.sha256(written.read_bytes()).hexdigest()
    target = folder / f"{number:06d}-{digest[:16]}.parquet"
    written.replace(target)
    return Stored(target.relative_to(home).as_posix(), digest)


def opened(paths: Iterable[str]) -> Any:
    """A connection with the view `hours`: of each station, hour and item what came in last.

    None where there is no batch. Nothing is written into the connection's own database.
    """
    import ibis

    home: Path = settings.HOME
    files = [str(home / path) for path in paths]
    if not files:
        return None
    connection = ibis.duckdb.connect(threads=2)
    listed = ", ".join("'" + one.replace("'", "''") + "'" for one in files)
    connection.raw_sql(
        f"CREATE VIEW hours AS SELECT station, hour, item, "
        f"arg_max(struct_pack(text, value, unit, mark), batch) AS newest "
        f"FROM read_parquet([{listed}]) GROUP BY station, hour, item"
    )
    connection.raw_sql(
        "CREATE VIEW series AS SELECT station, hour, item, newest.text AS text, "
        "newest.value AS value, newest.unit AS unit, newest.mark AS mark FROM hours"
    )
    return connection
