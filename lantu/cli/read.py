"""`lantu read FILE`: proposed commitments from a document, one record each."""

import argparse
import json
import sys
from dataclasses import fields
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from lantu.cli import read_many, told
from lantu.core.errors import ContentError
from lantu.core.figures.decimals import exponent, shown
from lantu.core.reading.difference import difference
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
ACTS = ("added", "removed", "changed")
OF_PROJECTS = ("investment", "area", "capacity", "start_year", "finish_year", "owner")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="txt, md, html, docx or pdf; or a folder of them")
    parser.add_argument(
        "--format",
        choices=("jsonl", "yaml"),
        default="jsonl",
        help="the form of the output; jsonl if none is named",
    )
    parser.add_argument(
        "-o", "--output", type=Path, help="a file, else the terminal; a folder for a folder"
    )
    parser.add_argument(
        "--against", type=Path, help="an older version: what was added, removed and changed"
    )


def run(args: argparse.Namespace) -> int:
    if args.file.is_dir():
        return _folder(args)
    if args.against is not None:
        return _against(args)
    text = written(args.file, args.format)
    if args.output is None:
        sys.stdout.write(text)
        return 0
    args.output.write_text(text, encoding="utf-8")
    if not args.quiet:
        count = text.count('"id": "') if args.format == "jsonl" else text.count("- id: ")
        sys.stdout.write(f"{args.output}: {count} proposals\n")
    return 0


def written(path: Path, form: str) -> str:
    """The proposals of a document, as they are written out."""
    records = [record(one) for one in proposals(read_source(path), name=path.name)]
    if form == "yaml":
        return yaml.safe_dump(records, allow_unicode=True, sort_keys=False, width=100)
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in records)


def _folder(args: argparse.Namespace) -> int:
    """1 where a document was refused."""
    if args.output is None:
        raise ContentError(str(args.file), "This is a folder.", "Name a folder for it: -o OUT.")
    progress = read_many.Progress(len(read_many.documents(args.file)), quiet=args.quiet)
    outcomes = []
    way = partial(written, form=args.format)
    for one in read_many.read_all(args.file, args.output, way, told, f".{args.format}"):
        progress.step()
        outcomes.append(one)
    seconds = progress.end()
    refused = [one for one in outcomes if one.refused]
    for one in refused:
        sys.stderr.write(f"{one.name}: {one.refused}\n")
    if not args.quiet:
        sys.stdout.write(
            f"{len(outcomes) - len(refused)} read, {len(refused)} refused, "
            f"{sum(one.records for one in outcomes)} proposals, {seconds:.1f} s\n"
        )
    return 1 if refused else 0


def _against(args: argparse.Namespace) -> int:
    """1 where anything changed."""
    old, new = (proposals(read_source(path), name=path.name) for path in (args.against, args.file))
    found = [one for one in difference(old, new) if one.act != "kept"]
    lines = [
        {
            "act": one.act,
            "fields": list(one.fields),
            "old": None if one.old is None else record(one.old),
            "new": None if one.new is None else record(one.new),
        }
        for one in found
    ]
    text = (
        yaml.safe_dump(lines, allow_unicode=True, sort_keys=False, width=100)
        if args.format == "yaml" and lines
        else "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in lines)
    )
    if args.output is None:
        sys.stdout.write(text)
    else:
        args.output.write_text(text, encoding="utf-8")
    if not args.quiet:
        counts = {act: sum(one.act == act for one in found) for act in ACTS}
        words = ", ".join(f"{count} {act}" for act, count in counts.items())
        sys.stderr.write(f"{words}\n")
    return 1 if found else 0


def record(one: Proposal) -> dict[str, Any]:
    """A proposal in the keys and the order of INTERFACES."""
    assert {field.name for field in fields(one)} == {*ORDER, *OF_PROJECTS}
    keys = ORDER if one.kind != "project" else (*ORDER, *OF_PROJECTS)
    return {key: _plain(getattr(one, key)) for key in keys}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if exponent(value) == 0 else float(shown(value))
    return value
