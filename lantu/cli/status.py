"""`lantu status PLAN`: the verdict of every commitment, as text, JSON or CSV."""

import argparse
import csv
import json
import sys
from datetime import date
from decimal import Decimal
from typing import Any

from lantu.cli.plan_source import find_plan
from lantu.cli.words import day
from lantu.core.figures.decimals import shown
from lantu.core.judging.records import Verdict
from lantu.core.judging.rulesets import names
from lantu.core.judging.states import WORDS
from lantu.core.plans.standing import Judged, Question, Standing, tally

HELP = "the verdict of every commitment of a plan"
FIELDS = (
    "at", "progress", "due", "ratio", "gap", "mean_growth", "left", "needed_per_year", "missing",
    "reversed", "provisional", "scope_unconfirmed", "late_days", "path", "rules",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", help="a plan folder, or the name of a plan")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="the day asked about (today)")
    parser.add_argument("--known-on", type=day, metavar="DATE", help="only what was known then")
    parser.add_argument("--rules", choices=names(), help="another rule set than the plan's own")
    parser.add_argument(
        "--format", choices=("text", "json", "csv"), default="text",
        help="the form of the output; text if none is named",
    )  # fmt: skip
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="text: the language")


def run(args: argparse.Namespace) -> int:
    question = Question(args.as_of or date.today(), args.known_on, args.rules)  # noqa: DTZ011
    judged = Judged(find_plan(args.plan))
    standings = list(judged.commitments(question))
    {"text": _text, "json": _json, "csv": _csv}[args.format](standings, args, question)
    return 0


def _text(standings: list[Standing], args: argparse.Namespace, question: Question) -> None:
    word = 0 if args.lang == "zh" else 1
    for standing in [] if args.quiet else standings:
        verdict, record = standing.verdict, standing.record
        share = "" if verdict.progress is None else f"{shown(verdict.progress * 100, 1)}%"
        line = f"{WORDS[verdict.state][word]}\t{share}\t{record.code}\t{record.title[args.lang]}\n"
        sys.stdout.write(line)
    counts = tally(standings)
    parts = [f"{WORDS[state][word]} {counts[state]}" for state in WORDS if counts[state]]
    sys.stdout.write(f"{question.as_of}: {len(standings)} = {' · '.join(parts)}\n")


def _json(standings: list[Standing], args: argparse.Namespace, question: Question) -> None:
    rows = [_row(standing) for standing in standings]
    json.dump(
        {"plan": args.plan, "as_of": question.as_of.isoformat(), "verdicts": rows},
        sys.stdout,
        ensure_ascii=False,
        indent=1,
        default=_plain,
    )
    sys.stdout.write("\n")


def _csv(standings: list[Standing], args: argparse.Namespace, question: Question) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(["code", "title", "form", "state", *FIELDS, "year_at", "year_state"])
    for standing in standings:
        row = _row(standing)
        cells = [row["code"], row["title"]["zh"], row["form"], row["state"]]
        cells += [_cell(row[field]) for field in FIELDS]
        year = row["year"] or {}
        writer.writerow([*cells, _cell(year.get("at")), _cell(year.get("state"))])


def _row(standing: Standing) -> dict[str, Any]:
    record = standing.record
    form = getattr(record, "form", None) or "task"
    head = {"code": record.code, "title": dict(record.title), "form": form}
    year = standing.verdict.year
    return {
        **head,
        **_verdict(standing.verdict),
        "year": None if year is None else _verdict(year),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"state": verdict.state, **{field: getattr(verdict, field) for field in FIELDS}}


def _cell(value: object) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, tuple):
        return " ".join(str(item) for item in value)
    return shown(value) if isinstance(value, Decimal) else str(value)


def _plain(value: object) -> object:
    """Decimals leave as text, so that no reader turns them into binary fractions."""
    return shown(value) if isinstance(value, Decimal) else str(value)
