"""`lantu facts import FILE`: published figures from csv or xlsx, with a report row by row."""

import argparse
import sys
from pathlib import Path
from typing import Any

from lantu.core.errors import ContentError, Refused

HELP = "import published figures from csv or xlsx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=("import",), help="take a file of figures")
    parser.add_argument("file", type=Path, help="csv or xlsx")
    parser.add_argument("--zone", help="the zone's short name; needed where there are several")
    parser.add_argument("--dry-run", action="store_true", help="report, but take nothing")
    parser.add_argument(
        "--partial", action="store_true", help="take sound rows even if others fail"
    )


def run(args: argparse.Namespace) -> int:
    """1 where a row was refused."""
    from lantu.cli.django import ready

    ready()
    from lantu.kernel.facts.actions import import_file

    report = import_file(
        _zone(args.zone),
        _bytes(args.file),
        name=args.file.name,
        by=None,
        whole=not args.partial,
        dry_run=args.dry_run,
    )
    for row in report.rows:
        if row.outcome == "refused":
            sys.stderr.write(f"{row.where}\n  {row.what}\n  {row.remedy}\n")
        elif not args.quiet:
            sys.stdout.write(f"{row.outcome:<9} {row.where}\n")
    for note in report.notes:
        sys.stdout.write(f"{note}\n")
    counts = ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items())
    sys.stdout.write(f"{args.file.name}: {counts or 'no rows'}{' (trial)' * args.dry_run}\n")
    return 1 if report.refused else 0


def _zone(slug: str | None) -> Any:
    from lantu.kernel.access.queries import zones

    found = [zone for zone in zones() if slug in (None, zone.slug)]
    if slug is None:
        found = [zone for zone in found if not zone.invented] or found
    if len(found) != 1:
        names = ", ".join(zone.slug for zone in zones()) or "none yet"
        raise Refused(f"Name one zone with --zone. There are: {names}.")
    return found[0]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContentError(
            str(path), f"The file cannot be read: {error.strerror}.", "Check the name."
        ) from error
