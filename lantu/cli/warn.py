"""`lantu warn ZONE`: the warnings that late promises, projects and papers call for."""

import argparse
import sys
from datetime import date

from lantu.cli.words import day, zone_of

HELP = "give the warnings that late promises and papers call for"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("zone", help="the zone's short name")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="the day asked about (today)")
    parser.add_argument("--dry-run", action="store_true", help="show them, but give none")


def run(args: argparse.Namespace) -> int:
    from lantu.cli.django import ready

    ready()
    from lantu.core.warning.ladder import LEVELS
    from lantu.services.supervision import actions, queries

    zone = zone_of(args.zone)
    as_of = args.as_of or date.today()  # noqa: DTZ011  # the day of whoever calls
    found = queries.pending(zone, as_of)
    for one in () if args.quiet else found.new:
        level = LEVELS[one.warned.level]["zh"]
        sys.stdout.write(f"{level}\t{one.code}\t{one.title['zh']}\t{one.warned.why['zh']}\n")
    if not args.dry_run:
        actions.warn(zone, found.new, found.over, as_of=as_of, by=None)
    trial = " (trial)" * args.dry_run
    sys.stdout.write(f"{zone.slug}: {len(found.new)} new, {len(found.over)} over{trial}\n")
    return 0
