"""`lantu verify`: prove that no entry of the ledger was altered, removed or reordered."""

import argparse
import sys

HELP = "check the ledger's chain of hashes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    from lantu.cli.django import existing

    existing()
    from lantu.kernel.access.queries import verify

    proof = verify()
    for fault in proof.faults:
        sys.stderr.write(f"ledger: {fault}\n")
    if proof.faults:
        sys.stdout.write(f"{proof.entries} entries, {len(proof.faults)} faults\n")
        return 1
    if not args.quiet:
        sys.stdout.write(f"{proof.entries} entries, the chain is whole\n")
    return 0
