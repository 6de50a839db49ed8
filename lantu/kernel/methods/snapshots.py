"""Snapshots: the tables of runs, each kept by its checksum."""

from pathlib import Path
from typing import Any

from django.conf import settings

from lantu.core.errors import Refused
from lantu.kernel.methods.models import Run

SERVICES = "lantu.services"


def kept(checksum: str) -> Path:
    """Where the table with this checksum is kept."""
    return Path(settings.HOME) / "snapshots" / f"{checksum}.parquet"


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
