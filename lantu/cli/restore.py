"""`lantu restore FILE`: bring a backup back."""

import argparse
import shutil
import sys
import tarfile
from pathlib import Path

from lantu.core.errors import ContentError, Refused

HELP = "bring a backup back"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="what `lantu backup` wrote")
    parser.add_argument("--force", action="store_true", help="in the place of what is here")


def run(args: argparse.Namespace) -> int:
    from lantu.cli.backup import FOLDERS, KEPT, sqlite_file
    from lantu.cli.django import setup

    setup()
    from django.conf import settings

    database = sqlite_file(settings.DATABASES["default"])
    if database.exists() and not args.force:
        raise Refused(f"There is a state in {settings.HOME}. Stop the server and add --force.")
    try:
        with tarfile.open(args.file, "r:gz") as packed:
            if "lantu.sqlite3" not in packed.getnames():
                raise ContentError(
                    str(args.file), "This is not a backup of Lantu.", "Choose another."
                )
            # The file too: a server that was not stopped goes on in the old one, not in this.
            for suffix in ("", "-wal", "-shm"):
                database.with_name(database.name + suffix).unlink(missing_ok=True)
            for name in FOLDERS:  # what is not in the backup must not outlive it
                shutil.rmtree(settings.HOME / name, ignore_errors=True)
            known = ("lantu.sqlite3", *KEPT, *FOLDERS)
            wanted = [one for one in packed.getmembers() if one.name.split("/")[0] in known]
            packed.extractall(settings.HOME, wanted, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise ContentError(str(args.file), f"It cannot be read: {error}.", "Check it.") from error
    if not args.quiet:
        sys.stdout.write(f"restored from {args.file}\n")
    return 0
