"""`lantu judge FILE.yaml`: run a conformance file without a database."""

import argparse
import sys
from pathlib import Path

from lantu.core.judging import conformance

HELP = "judge the cases of a conformance file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a YAML file of judged cases")


def run(args: argparse.Namespace) -> int:
    """One line a case; 1 if any differs."""
    total = differing = 0
    for answer in conformance.answers(args.file):
        total += 1
        differing += not answer.agrees
        if answer.agrees and args.quiet:
            continue
        sys.stdout.write(f"{'agree ' if answer.agrees else 'differ'} {answer.name}\n")
        for difference in answer.differs:
            sys.stdout.write(f"         {difference}\n")
        if answer.fault is not None:
            sys.stderr.write(f"{answer.fault}\n")
    sys.stdout.write(f"{total} cases: {total - differing} agree, {differing} differ\n")
    return 1 if differing else 0
