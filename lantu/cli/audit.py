"""`lantu audit FILE_OR_PLAN`: the plan's own arithmetic."""

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from lantu.cli.plan_source import find_plan
from lantu.core.auditing.audit import audit_plan, audit_text
from lantu.core.auditing.findings import RESULTS, RULES, Finding
from lantu.core.figures.decimals import rounded, shown
from lantu.core.reading.prose import Stated
from lantu.core.reading.source import read_source

HELP = "check a plan's own arithmetic"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "plan", help="a document (txt, md, html, docx, pdf), a plan folder, or the name of a plan"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text",
        help="the form of the output; text if none is named",
    )  # fmt: skip
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="text: the language")


def run(args: argparse.Namespace) -> int:
    """1 where anything contradicts."""
    findings = _findings(args.plan)
    if args.format == "json":
        json.dump([_row(one) for one in findings], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        _text(findings, args)
    return 1 if any(one.result == "contradicts" for one in findings) else 0


def _findings(name: str) -> list[Finding]:
    path = Path(name)
    if path.is_file():
        return audit_text(read_source(path), name=path.name)
    return audit_plan(find_plan(name))


def _text(findings: list[Finding], args: argparse.Namespace) -> None:
    word = 0 if args.lang == "zh" else 1
    for one in findings:
        if args.quiet and one.result != "contradicts":
            continue
        head = f"{one.id} {RESULTS[one.result][word]} · {RULES[one.rule][word]}"
        sys.stdout.write(f"{head}\n     {one.message[args.lang]}\n")
        places = [f"{n.start}–{n.end}" for n in one.numbers if n.start is not None]
        if places:
            sys.stdout.write(f"     @ {', '.join(places)}\n")
    counts = {key: sum(one.result == key for one in findings) for key in RESULTS}
    parts = [f"{RESULTS[key][word]} {count}" for key, count in counts.items()]
    sys.stdout.write(" · ".join(parts) + "\n")


def _row(one: Finding) -> dict[str, Any]:
    """The record of INTERFACES, with the English message and the records touched beside it."""
    return {
        "id": one.id,
        "rule": one.rule,
        "result": one.result,
        "severity": one.severity,
        "message": one.message["zh"],
        "message_en": one.message["en"],
        "numbers": [_number(number) for number in one.numbers],
        "stated": _plain(one.stated),
        "computed": _plain(one.computed),
        "tolerance": _plain(one.tolerance),
        "explained_by": None if one.explained_by is None else _number(one.explained_by),
        "codes": list(one.codes),
    }


def _number(number: Stated) -> dict[str, Any]:
    return {
        "value": _plain(number.value),
        "unit": number.unit,
        "start": number.start,
        "end": number.end,
    }


def _plain(value: Decimal | None) -> float | int | None:
    """INTERFACES gives numbers; a computed one is rounded to what can be compared."""
    if value is None:
        return None
    short = shown(rounded(value, 4))
    return int(short.split(".")[0]) if Decimal(short) == int(value) else float(short)
