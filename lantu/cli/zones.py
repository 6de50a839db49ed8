"""`lantu zones`: make an empty zone, into which a plan can be loaded or read; place zones."""

import argparse
import sys
from pathlib import Path

from lantu.core.errors import Refused
from lantu.core.plans.commitments import CODE

HELP = "make an empty zone; list the zones; place zones in areas"
LONGEST = 50  # letters of a short name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=("add", "list", "place"),
                        help="make an empty zone, list all, or place them in areas")  # fmt: skip
    parser.add_argument("slug", nargs="?", help="the zone's short name; place: a file of areas")
    parser.add_argument("zh", nargs="?", help="add: its Chinese name")
    parser.add_argument("en", nargs="?", help="add: its English name")
    parser.add_argument(
        "--invented", action="store_true", help="add: a sample with made-up figures"
    )


def run(args: argparse.Namespace) -> int:
    from lantu.cli.django import setup

    setup()
    from lantu.kernel.access.actions import ensure_zone
    from lantu.kernel.access.queries import zones

    if args.do == "list":
        for zone in zones():
            sys.stdout.write(f"{zone.slug}\t{zone.zh}\t{zone.en}\n")
        return 0
    if args.do == "place":
        return _place(args)
    if not (args.slug and args.zh and args.en):
        raise Refused("Give the short name and both names: lantu zones add nanhu 南湖区 Nanhu")
    if not CODE.fullmatch(args.slug) or len(args.slug) > LONGEST:
        raise Refused(
            f"{args.slug!r} is no short name. Use up to 50 lower-case letters, digits and hyphens."
        )
    if args.slug in {zone.slug for zone in zones()}:
        raise Refused(f"There is already a zone {args.slug}. Choose another short name.")
    ensure_zone(args.slug, zh=args.zh, en=args.en, invented=args.invented, by=None)
    if not args.quiet:
        sys.stdout.write(
            f"{args.slug}: next, `lantu users grant NAME --zone {args.slug} --role planner`\n"
        )
    return 0


def _place(args: argparse.Namespace) -> int:
    """Areas and what lies in them, from a file."""
    from lantu.core.rollup.territory import read
    from lantu.kernel.places.actions import take_territory

    if not args.slug:
        raise Refused("Give a file of areas: lantu zones place areas.yaml")
    changed = take_territory(read(Path(args.slug)), by=None)
    if not args.quiet:
        sys.stdout.write(f"{args.slug}: {changed} changes\n")
    return 0
