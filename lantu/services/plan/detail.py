"""One promise: its two verdicts, its figures, its path, and what touches it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from functools import partial
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse

from lantu.core.auditing.findings import Finding
from lantu.core.figures.decimals import ARITHMETIC, power
from lantu.core.judging.explain import path_word, reason, words
from lantu.core.judging.paths import default_path
from lantu.core.judging.records import Fact, Unused, Verdict
from lantu.core.judging.tree import Node, tree
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts import queries as facts
from lantu.services.plan.ahead import Prospect, prospect
from lantu.ui.charts import line_against_path
from lantu.ui.templatetags.ui import as_unit

Language = Literal["zh", "en"]
HAN = re.compile(r"[\u4e00-\u9fff]")
UNUSED = 20  # figures that were not used, of which a page tells; the catalogue has them all


@dataclass(frozen=True, slots=True)
class Used:
    """A figure of this promise: how the verdict treated it, and where it was published."""

    year: int
    value: Decimal
    part: str  # "1–9" where it covers a part of the year
    kind: str
    note: str  # why it was not used; empty where it was
    figure: facts.Figure | None


@dataclass(frozen=True, slots=True)
class Why:
    """One sentence of the explanation, the source it ends in, and the sentences it rests on."""

    text: str
    url: str
    label: str  # of the source
    because: tuple["Why", ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict with its explanation."""

    verdict: Verdict
    why: Why
    path: str


@dataclass(frozen=True, slots=True)
class PathRow:
    """One year of the chart's table."""

    year: int
    path: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, slots=True)
class Promise:
    """Everything the page of a promise shows."""

    plan: PlanFolder
    record: PlanCommitment
    to_date: Told
    year: Told | None
    used: tuple[Used, ...]
    unused: tuple[Used, ...]  # the newest ones
    unused_count: int  # of all of them
    series: str  # the address of the series that measures it; empty where none does
    rows: tuple[PathRow, ...]
    chart: str
    findings: tuple[Finding, ...]
    links: tuple[PlanCommitment, ...]
    scope: str
    department: str
    missing: str
    phrase: str  # by which the place is found; empty for the bare numbers of a table's row
    outlook: Prospect | None


def promise(
    zone: Zone, plan: PlanFolder, code: str, question: Question, language: Language
) -> Promise | None:
    """A promise of the plan; None where there is no such code."""
    standing = commitments.explained(plan.name, code, question)
    if standing is None or not isinstance(standing.record, PlanCommitment):
        return None
    record, verdict = standing.record, standing.verdict
    scopes = {slug: scope["name"][language] for slug, scope in plan.scopes.items()}
    shown = _newest(verdict.unused)
    named = _figures(zone, verdict, shown)
    told = partial(_told, language=language, scopes=scopes, as_of=question.as_of)
    rows = _rows(plan, record, verdict)
    by_code = {found.code: found for found in plan.commitments}
    return Promise(
        plan=plan,
        record=record,
        to_date=told(verdict, named),
        year=None if verdict.year is None else told(verdict.year, named),
        used=tuple(_used(fact, "", named) for fact in verdict.used),
        unused=tuple(_used(found.fact, reason(found.reason, language), named) for found in shown),
        unused_count=len(verdict.unused),
        series=_series(zone, record),
        rows=rows,
        chart=_chart(record, rows, language),
        findings=tuple(one for one in commitments.findings(plan.name) if code in one.codes),
        links=tuple(by_code[other] for other in (*record.links, *record.parts) if other in by_code),
        scope=scopes.get(record.scope, ""),
        department=plan.departments.get(record.lead, {}).get(language, record.lead),
        missing=_missing(record, verdict, language),
        phrase=record.place.phrase if HAN.search(record.place.phrase or "") else "",
        outlook=_prospect(plan, record, question, language),
    )


def _prospect(
    plan: PlanFolder, record: PlanCommitment, question: Question, language: Language
) -> Prospect | None:
    found = commitments.outlook(plan.name, record.code, question)
    return None if found is None else prospect(found, record.unit, language)


def _told(
    verdict: Verdict,
    named: Mapping[str, facts.Figure],
    *,
    language: Language,
    scopes: Mapping[str, str],
    as_of: date,
) -> Told:
    path = "" if verdict.path is None else path_word(verdict.path, language)

    shown = _newest(verdict.unused)
    more = len(verdict.unused) - len(shown)

    def why(node: Node, depth: int = 0) -> Why:
        below = tuple(why(child, depth + 1) for child in node.children)
        if node.key == "unused" and more:
            below += (Why(_more(more, language), "", "", (), False),)
        found = named.get(node.fact.key) if node.fact else None
        title, url = (found.source_title, found.source_url) if found else ("", "")
        # The first two floors answer most questions; figures that were not used stay folded.
        is_open = depth < 2 and node.key != "unused"
        text = words(node, language, scopes, with_source=not url)
        return Why(text, url, title or url, below, is_open)

    return Told(verdict, why(tree(replace(verdict, unused=shown), as_of)), path)


def _newest(unused: Sequence[Unused]) -> tuple[Unused, ...]:
    """As many as a page tells of, in their order: a long series would bury the verdict."""
    if len(unused) <= UNUSED:
        return tuple(unused)
    places = sorted(range(len(unused)), key=lambda at: unused[at].fact.year)[-UNUSED:]
    return tuple(unused[at] for at in sorted(places))


def _more(count: int, language: Language) -> str:
    return f"还有{count}个未用的数字。" if language == "zh" else f"{count} more that were not used."


def _series(zone: Zone, record: PlanCommitment) -> str:
    if record.measured_by is None:
        return ""
    asked = {"indicator": record.measured_by.indicator, "subject": record.measured_by.subject}
    return f"{reverse('series', args=[zone.slug])}?{urlencode(asked)}"


def _figures(zone: Zone, verdict: Verdict, unused: Sequence[Unused]) -> dict[str, facts.Figure]:
    keys = {fact.key for fact in verdict.used} | {found.fact.key for found in unused}
    numbers = {int(key) for key in keys if key.isdigit()}
    return {str(key): figure for key, figure in facts.by_id(zone, numbers).items()}


def _used(fact: Fact, note: str, named: Mapping[str, facts.Figure]) -> Used:
    part = f"1–{fact.months}" if fact.months else ""
    return Used(fact.year, fact.value, part, fact.kind, note, named.get(fact.key))


def _missing(record: PlanCommitment, verdict: Verdict, language: Language) -> str:
    """Which figure nobody published, in words."""
    if verdict.state != "no-data":
        return ""
    metric = record.metric.get(language) or record.title[language]
    years = [str(year) for year in verdict.missing]
    if language == "zh":
        return (
            f"没有公开“{metric}”的数字：{'、'.join(years)}年。"
            if years
            else (f"没有公开“{metric}”的数字。")
        )
    when = f" for {', '.join(years)}" if years else ""
    return f"No figure of “{metric}”{when} was published."


def _rows(plan: PlanFolder, record: PlanCommitment, verdict: Verdict) -> tuple[PathRow, ...]:
    """The path from base to target beside the figures, year by year; levels only."""
    actual = {fact.year: fact.value for fact in verdict.used if fact.kind == "level"}
    unused = {
        found.fact.year: found.fact.value
        for found in verdict.unused
        if found.fact.kind == "level" and found.reason == "not-needed" and not found.fact.is_part
    }
    actual = {**unused, **actual}
    if record.form not in ("level", "floor", "ceiling", "range") or not (
        actual or record.target_value or record.low
    ):
        return ()
    last = record.target_year or plan.period.end
    first = record.base.year if record.base.value is not None else plan.period.start
    path = _path(record, first or plan.period.start, last)
    if record.base.value is not None and record.base.year:
        actual.setdefault(record.base.year, record.base.value)
    years = range(min([first or last, *actual]), max([last, *actual]) + 1)
    return tuple(PathRow(year, path.get(year), actual.get(year)) for year in years)


def _path(record: PlanCommitment, first: int, last: int) -> dict[int, Decimal]:
    target = record.target_value if record.target_value is not None else record.low
    if target is None:
        return {}
    base = record.base.value
    if base is None or last <= first:
        return {last: target}
    path = record.path or default_path(record.promise())
    found = {first: base, last: target}
    with localcontext(ARITHMETIC):
        for year in range(first + 1, last):
            if path == "annual" and year in record.annual:
                found[year] = record.annual[year]
            elif path == "geometric" and base > 0 and target > 0:
                found[year] = base * power(target / base, year - first, last - first)
            elif path in ("linear", "geometric"):
                found[year] = base + (target - base) * (year - first) / (last - first)
    return found


def _chart(record: PlanCommitment, rows: tuple[PathRow, ...], language: Language) -> str:
    if not any(row.actual is not None for row in rows):
        return ""
    words = {
        "zh": {"actual": "实际", "path": "应达到", "target": "目标"},
        "en": {"actual": "Actual", "path": "Due", "target": "Target"},
    }[language]
    last = max((row.year for row in rows if row.path is not None), default=None)
    points: list[dict[str, object]] = []
    for row in rows:
        if row.path is not None:
            series = words["target"] if row.year == last else words["path"]
            points.append({"year": row.year, "value": row.path, "series": series})
            if row.year == last:
                points.append({"year": row.year, "value": row.path, "series": words["path"]})
        if row.actual is not None:
            points.append({"year": row.year, "value": row.actual, "series": words["actual"]})
    return line_against_path(points, words, as_unit(record.unit))
