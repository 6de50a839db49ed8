"""A plan folder into the database; called by `lantu plan load`."""

import argparse
import sys

from lantu.core.plans import folder
from lantu.kernel.commitments import actions, queries


def load(args: argparse.Namespace) -> int:
    """Show what an amended folder changes; then apply it, unless it is only a trial."""
    path = folder.find(args.plan)
    found = actions.load_folder(path, dry_run=True)
    known = queries.plan(folder.read_folder(path).name) is not None
    if known or args.dry_run:
        for change in found:
            sys.stdout.write(f"{change}\n")
    if args.dry_run:
        sys.stdout.write(f"{path.name}: {len(found)} changes (trial)\n")
        return 0
    actions.load_folder(path)
    if not args.quiet:
        sys.stdout.write(f"{path.name}: {len(found)} changes\n")
    return 0
