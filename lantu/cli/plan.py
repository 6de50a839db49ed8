"""`lantu plan check|load|export|sample PLAN`: plan folders in and out of the database."""

import argparse
import sys
from pathlib import Path

from lantu.cli import told
from lantu.core.errors import ContentError
from lantu.core.plans import folder
from lantu.core.plans.sample import write_annual_sample, write_sample

HELP = "check, load or export a plan folder"
DO = ("check", "load", "export", "sample")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=DO, help="check needs no database")
    parser.add_argument(
        "plan",
        help="a folder, or the name of a plan that ships or is loaded; sample: the folder to write",
    )
    parser.add_argument("--annual", action="store_true", help="sample: its annual plan instead")
    parser.add_argument("--document", type=Path, help="check: the plan's text, to check places too")
    parser.add_argument("--dry-run", action="store_true", help="load: show the difference only")
    parser.add_argument("--format", choices=("yaml", "jsonl"), default="yaml", help="export")
    parser.add_argument("-o", "--output", type=Path, help="export: a folder, or a file for jsonl")


def run(args: argparse.Namespace) -> int:
    if args.do == "check":
        return _check(args)
    if args.do == "sample":
        (write_annual_sample if args.annual else write_sample)(Path(args.plan))
        return 0
    if args.do == "export":
        from lantu.cli import plan_export

        return plan_export.export(args)
    from lantu.cli.django import ready

    ready()
    from lantu.cli import plan_load

    return plan_load.load(args)


def _check(args: argparse.Namespace) -> int:
    path = folder.find(args.plan)
    faults = folder.check_folder(path, _text(args.document))
    for fault in faults:
        sys.stderr.write(f"{told(fault)}\n")
    if faults:
        sys.stdout.write(f"{path.name}: {len(faults)} faults\n")
        return 1
    plan = folder.read_folder(path)
    if not args.quiet:
        sys.stdout.write(
            f"{plan.name}: {len(plan.commitments)} commitments, {len(plan.projects)} projects, "
            f"{len(plan.observations)} observations, {len(plan.events)} events, no faults\n"
        )
    return 0


def _text(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise ContentError(str(path), "There is no such file.", "Check the name.") from error
    except UnicodeDecodeError as error:
        raise ContentError(str(path), "The file is not UTF-8 text.", "Save it as UTF-8.") from error
