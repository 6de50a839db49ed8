"""Snapshots: the tables of runs, each kept by its checksum."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from lantu.core.errors import Refused
from lantu.core.rules.engines import checksum as checksum_of
from lantu.kernel.methods.models import Run

SERVICES = "lantu.services"


def kept(checksum: str) -> Path:
    """Where the table with this checksum is kept."""
    return Path(settings.HOME) / "snapshots" / f"{checksum}.parquet"


def keep(table: Any) -> str:
    """Write a table under its checksum; the same table is kept once."""
    with _written(table) as path:
        digest = checksum_of(path)
        path.replace(kept(digest))
    return digest


def digest(table: Any) -> str:
    """The checksum under which a table would be kept."""
    with _written(table) as path:
        return checksum_of(path)


@contextmanager
def _written(table: Any) -> Iterator[Path]:
    import pyarrow.parquet

    folder = kept("").parent
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        # One chunk a column: the same rows give the same file however an engine handed them over.
        pyarrow.parquet.write_table(table.combine_chunks(), file, compression="zstd")
    path = Path(file.name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def results(run: Run) -> Any:
    """The result of a run as a pyarrow table, rows in the order of its input."""
    return _read(run.result_hash)


def inputs(run: Run) -> Any:
    """The table that a run was given."""
    return _read(run.input_hash)


def _read(checksum: str) -> Any:
    import pyarrow.parquet

    path = kept(checksum)
    if not path.exists():
        raise Refused(f"The table {checksum[:12]} of this run is not kept here. Restore a backup.")
    return pyarrow.parquet.read_table(path)
