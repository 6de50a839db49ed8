"""`lantu backup FILE`: the whole state in one file."""

import argparse
import sqlite3
import sys
import tarfile
import tempfile
from pathlib import Path

from lantu.core.errors import Refused

HELP = "write the whole state to a file"
KEPT = ("ledger.witness", "secret.key")
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
        with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        with tarfile.open(args.file, "w:gz") as packed:
            packed.add(copy, "lantu.sqlite3")
            for name in (*KEPT, *FOLDERS):
                if (settings.HOME / name).exists():
                    packed.add(settings.HOME / name, name)
    args.file.chmod(0o600)
    if not args.quiet:
        sys.stdout.write(f"{args.file}: {args.file.stat().st_size:,} bytes\n")
    return 0


def sqlite_file(database: dict[str, object]) -> Path:
    """The database's file. Raises Refused for PostgreSQL, which has tools of its own."""
    if "sqlite" not in str(database["ENGINE"]):
        raise Refused(
            "The database is PostgreSQL. Back it up with pg_dump, restore with pg_restore."
        )
    return Path(str(database["NAME"]))
