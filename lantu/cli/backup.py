"""`lantu backup FILE`: the whole state in one file."""

import argparse
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing
from io import BytesIO
from pathlib import Path

from lantu.core.errors import Refused

HELP = "write the whole state to a file"
WITNESS = "ledger.witness"
KEPT = (WITNESS, "secret.key")
# Files that records name by their checksum: evidence, tables of runs, hourly values, papers.
FOLDERS = ("evidence", "snapshots", "stations", "readings", "plans")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="such as lantu-2026-11-24.tar.gz")
    parser.add_argument("--force", action="store_true", help="write over an existing file")


def run(args: argparse.Namespace) -> int:
    from lantu.cli.django import existing

    existing()
    from django.conf import settings

    database = sqlite_file(settings.DATABASES["default"])
    if args.file.exists() and not args.force:
        raise Refused(f"{args.file} exists. Choose another name, or add --force.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "lantu.sqlite3"
        # SQLite's own copy is consistent even while the server writes.
        with closing(sqlite3.connect(database)) as source:
            with closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        _pack(args.file, copy, settings.HOME)
    args.file.chmod(0o600)
    if not args.quiet:
        sys.stdout.write(f"{args.file}: {args.file.stat().st_size:,} bytes\n")
    return 0


def _pack(file: Path, copy: Path, home: Path) -> None:
    with tarfile.open(file, "w:gz") as packed:
        packed.add(copy, "lantu.sqlite3")
        for name in (*KEPT, *FOLDERS):
            if name == WITNESS and (home / name).exists():
                kept = _witnessed(home / name, copy)
                head = tarfile.TarInfo(name)
                head.size = len(kept)
                packed.addfile(head, BytesIO(kept))
            elif (home / name).exists():
                _add(packed, home / name, name)


def _witnessed(witness: Path, copy: Path) -> bytes:
    """The witness up to the last entry of the copy.

    Entries that were written since would be missed in it, as if somebody had cut them off.
    """
    with closing(sqlite3.connect(copy)) as taken:
        query = "SELECT COALESCE(MAX(number), 0) FROM access_ledgerentry"
        last = int(taken.execute(query).fetchone()[0])
    lines = witness.read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if line[:1].isdigit() and int(line.split()[0]) <= last)


def _add(packed: tarfile.TarFile, path: Path, name: str) -> None:
    """A file, or a folder; what is still being written there has another name soon."""
    packed.add(path, name, recursive=False)
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.suffix != ".part":
                _add(packed, child, f"{name}/{child.name}")


def sqlite_file(database: dict[str, object]) -> Path:
    """The database's file. Raises Refused for PostgreSQL, which has tools of its own."""
    if "sqlite" not in str(database["ENGINE"]):
        raise Refused(
            "The database is PostgreSQL. Back it up with pg_dump, restore with pg_restore."
        )
    return Path(str(database["NAME"]))
