"""`lantu report KIND PLAN`: a drafted report as docx, pdf or html; and a check of its numbers."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from lantu.cli.plan_source import find_plan
from lantu.core.errors import ContentError
from lantu.core.plans.records import PlanFolder
from lantu.core.reports.document import Document
from lantu.core.reports.draft import draft
from lantu.core.reports.numbers import unmatched

HELP = "draft a monitoring, mid-term or final report as docx, pdf or html"
KINDS = ("monitoring", "midterm", "final")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help="which report")
    parser.add_argument("plan", help="a plan folder, or the name of a plan")
    parser.add_argument("--period", required=True, help="the year at whose end things are judged")
    parser.add_argument("-o", "--output", required=True, type=Path, help="FILE.docx, .pdf or .html")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language")
    parser.add_argument(
        "--check", action="store_true", help="check the numbers of a finished docx instead"
    )


def run(args: argparse.Namespace) -> int:
    """1 where a number of a checked docx is not in the snapshot."""
    plan = find_plan(args.plan)
    document = draft(plan, args.kind, _year(plan, args.period), args.lang)
    if args.check:
        return _check(document, args.output)
    args.output.write_bytes(_writer(args.output)(document))
    if not args.quiet:
        sys.stdout.write(f"{args.output}: {document.title}\n")
    return 0


def _year(plan: PlanFolder, period: str) -> int:
    if not period.isdecimal() or not plan.period.start <= int(period) <= plan.period.end + 5:
        raise ContentError(
            f"--period {period}",
            f"The plan runs from {plan.period.start} to {plan.period.end}.",
            "Write one of its years, such as 2023.",
        )
    return int(period)


def _writer(path: Path) -> Callable[[Document], bytes]:
    from lantu.core.reports import writing

    writers = {".docx": writing.as_docx, ".pdf": writing.as_pdf, ".html": writing.as_html}
    found = writers.get(path.suffix.lower())
    if found is None:
        raise ContentError(
            str(path), f"No report is written as {path.suffix!r}.", "Use .docx, .pdf or .html."
        )
    return found


def _check(document: Document, path: Path) -> int:
    from lantu.core.reports.writing import texts_of_docx

    try:
        content = path.read_bytes()
    except OSError as error:
        raise ContentError(str(path), "There is no such file.", "Check the name.") from error
    wrong = unmatched(texts_of_docx(content), document.numbers)
    for line in wrong:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{len(wrong)} numbers are in no snapshot\n")
    return 1 if wrong else 0
