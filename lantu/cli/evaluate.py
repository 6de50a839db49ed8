"""`lantu evaluate METHOD`: one method over a csv or parquet table."""

import argparse
import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from lantu.core import content
from lantu.core.errors import Refused
from lantu.core.rules.engines import ENGINES, evaluate
from lantu.core.rules.methods import Method, named

HELP = "run one method over a csv or parquet table"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("method", help="its name, such as enterprises.per_mu_tax")
    parser.add_argument("--on", required=True, type=date.fromisoformat, metavar="DATE",
                        help="the day whose parameters count where a row has no date")  # fmt: skip
    parser.add_argument("--input", required=True, type=Path, help="csv or parquet")
    parser.add_argument("-o", "--output", required=True, type=Path, help="csv or parquet")
    parser.add_argument("--engine", choices=ENGINES, default="duckdb",
                        help="what computes; duckdb if none is named")  # fmt: skip
    parser.add_argument(
        "--params", type=Path, metavar="SET", help="a YAML file of `parameter: value` to try"
    )


def run(args: argparse.Namespace) -> int:
    """Write the result; print the record of the run as JSON."""
    method = named("lantu.services", args.method)
    overrides = _overrides(method, args.params) if args.params else None
    record = evaluate(
        method, args.input, args.output, on=args.on, engine=args.engine, overrides=overrides
    )
    if not args.quiet:
        sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    return 0


def _overrides(method: Method, path: Path) -> dict[str, Decimal]:
    found = {}
    for name, entry in content.read(path).mapping().items():
        parameter = method.parameters.get(name)
        if parameter is None or parameter.unit == "table":
            raise Refused(f"{method.name} has no single number {name} that could be replaced.")
        found[name] = entry.number()
    return found
