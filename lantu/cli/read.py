"""`lantu read FILE`: proposed commitments from a document, one record each."""

import argparse
import json
import sys
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from lantu.core.figures.decimals import exponent, shown
from lantu.core.reading.propose import proposals
from lantu.core.reading.records import Proposal
from lantu.core.reading.source import read_source

HELP = "propose commitments from a document"
ORDER = (
    "id", "kind", "form", "tense", "subject", "metric", "comparator", "value", "low", "high",
    "unit",
    "base_value", "base_year", "target_year", "growth_pct", "nature", "scope", "project", "chapter",
    "section", "table", "start", "end", "quote", "confidence",
)  # fmt: skip
OF_PROJECTS = ("investment", "area", "capacity", "start_year", "finish_year", "owner")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="txt, md, html, docx or pdf")
    parser.add_argument("--format", choices=("jsonl", "yaml"), default="jsonl")
    parser.add_argument("-o", "--output", type=Path, help="a file; else the terminal")


def run(args: argparse.Namespace) -> int:
    found = proposals(read_source(args.file), name=args.file.name)
    records = [record(one) for one in found]
    if args.format == "yaml":
        text = yaml.safe_dump(records, allow_unicode=True, sort_keys=False, width=100)
    else:
        text = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in records)
    if args.output is None:
        sys.stdout.write(text)
        return 0
    args.output.write_text(text, encoding="utf-8")
    if not args.quiet:
        sys.stdout.write(f"{args.output}: {len(records)} proposals\n")
    return 0


def record(one: Proposal) -> dict[str, Any]:
    """A proposal in the keys and the order of INTERFACES."""
    assert {field.name for field in fields(one)} == {*ORDER, *OF_PROJECTS}
    keys = ORDER if one.kind != "project" else (*ORDER, *OF_PROJECTS)
    return {key: _plain(getattr(one, key)) for key in keys}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if exponent(value) == 0 else float(shown(value))
    return value
