"""`lantu methods`: what is computed and how; and whether it gives what was printed."""

import argparse
import sys
from pathlib import Path

from lantu.core.errors import Refused
from lantu.core.rules import published
from lantu.core.rules.methods import Method, methods, named
from lantu.core.rules.parameters import Parameter

HELP = "the methods with their parameters by date; or check worked examples"
PACKAGE = "lantu.services"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("method", nargs="?", help="one method; or the word `check`")
    parser.add_argument("file", nargs="?", type=Path, help="after `check`: a csv of examples")


def run(args: argparse.Namespace) -> int:
    """List, one method, or a check; 1 if any example differs."""
    if args.method == "check":
        return _check(args)
    if args.file is not None:
        raise Refused("A file is read only after the word check: lantu methods check FILE.csv")
    if args.method is None:
        for one in methods(PACKAGE).values():
            sys.stdout.write(
                f"{one.name:<40} v{one.version}  {one.label['zh']} {one.label['en']}\n"
            )
        sys.stdout.write(
            f"{len(published.formulas(PACKAGE))} published formulas to check against\n"
        )
        return 0
    _show(named(PACKAGE, args.method))
    return 0


def _check(args: argparse.Namespace) -> int:
    if args.file is None:
        raise Refused("Name the file: lantu methods check FILE.csv")
    counts = {"agree": 0, "differ": 0, "unknown case": 0}
    for answer in published.answers(args.file, published.formulas(PACKAGE)):
        counts[answer.result] += 1
        if args.quiet and answer.result == "agree":
            continue
        more = f"  {'; '.join(answer.differences)}" if answer.differences else ""
        sys.stdout.write(f"{answer.result:<12} {answer.id}  ({answer.case}){more}\n")
    told = ", ".join(f"{number} {result}" for result, number in counts.items())
    sys.stdout.write(f"{sum(counts.values())} rows: {told}\n")
    return 1 if counts["differ"] else 0


def _show(method: Method) -> None:
    lines = [
        f"{method.name}  v{method.version}  {method.label['zh']} · {method.label['en']}",
        f"  {method.question}",
        f"  {method.formula['zh']}",
        f"  {method.formula['en']}",
        f"  {method.entity} / {method.period} / {method.unit}",
        "  columns: " + ", ".join(method.needs),
    ]
    lines += [f"    {one.name}: {one.label['zh']} {one.unit}" for one in method.inputs]
    for parameter in method.parameters.values():
        lines += _parameter(parameter)
    lines += [f"  v{version}: {text['en']}" for version, text in method.history.items()]
    sys.stdout.write("\n".join(lines) + "\n")


def _parameter(parameter: Parameter) -> list[str]:
    head = f"  {parameter.name}: {parameter.label['zh']} · {parameter.label['en']}"
    lines = [f"{head} ({parameter.unit}; checked {parameter.checked})"]
    for one in parameter.settings:
        lines.append(f"    {one.since}  {_plain(one.value)}  [{one.source}]")
    return lines


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_plain(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return str(value)
