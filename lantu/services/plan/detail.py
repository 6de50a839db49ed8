"""One promise: its two verdicts, its figures, its path, and what touches it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse

from lantu.core.auditing.findings import Finding
from lantu.core.judging.explain import path_word, reason, words
from lantu.core.judging.records import Fact, Unused, Verdict
from lantu.core.judging.tree import Node, tree
from lantu.core.plans.records import Happening, PlanCommitment, PlanFolder
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts import queries as facts
from lantu.services.plan.ahead import Prospect, prospect
from lantu.services.plan.path import LEVELS, Path, chart, path
from lantu.ui.why import Why

Language = Literal["zh", "en"]
HAN = re.compile(r"[\u4e00-\u9fff]")
PER_CENT, POINTS = "%", ("个百分点", "百分点")
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
class Told:
    """A verdict with its explanation."""

    verdict: Verdict
    why: Why
    path: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope of which there are figures, and the promise judged by it."""

    slug: str
    name: str
    is_own: bool  # that of the target: only by it the promise stands or falls
    is_chosen: bool


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
    path: Path
    chart: str
    findings: tuple[Finding, ...]
    links: tuple[PlanCommitment, ...]
    base_unit: str
    target_unit: str
    due: date | None  # of a milestone, whose promise is a day
    happened: tuple[Happening, ...] | None  # on what such a verdict rests; None where on figures
    scope: str
    scopes: tuple[Scope, ...]  # of its figures; empty where there is no choice
    department: str
    missing: str
    phrase: str  # by which the place is found; empty for the bare numbers of a table's row
    outlook: Prospect | None


def promise(
    zone: Zone,
    plan: PlanFolder,
    code: str,
    question: Question,
    language: Language,
    scope: str = "",
) -> Promise | None:
    """A promise of the plan; None where there is no such code.

    `scope`: judged as if the target spoke for this one, which is a trial and no verdict.
    """
    standing = commitments.explained(plan.name, code, question)
    if standing is None or not isinstance(standing.record, PlanCommitment):
        return None
    own, verdict = standing.record, standing.verdict
    spoken = _spoken(own, verdict)
    record = replace(own, scope=scope) if scope else own
    if scope:
        verdict = _on(plan, record, question, explain=True)(question.as_of)
    scopes = {slug: scope["name"][language] for slug, scope in plan.scopes.items()}
    shown = _newest(verdict.unused)
    named = _figures(zone, verdict, shown)
    # Of another scope the figures that decide are not at hand, so all of them are asked for.
    at = _on(plan, record, question, explain=bool(scope))
    walked = path(plan, record, verdict, at, question.as_of)
    told = partial(
        _told,
        language=language,
        scopes=scopes,
        as_of=question.as_of,
        is_way=_is_way(record, walked),
    )
    base_unit, target_unit = _units(record)
    ahead = None if scope else _prospect(plan, record, question, language)
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
        path=walked,
        chart=chart(record, walked, ahead, language),
        findings=tuple(one for one in commitments.findings(plan.name) if code in one.codes),
        links=tuple(by_code[other] for other in (*record.links, *record.parts) if other in by_code),
        base_unit=base_unit,
        target_unit=target_unit,
        due=_due(record),
        happened=_happened(plan, record, verdict),
        scope=scopes.get(record.scope, ""),
        scopes=tuple(
            Scope(one, scopes.get(one, one), one == own.scope, one == record.scope)
            for one in spoken
        ),
        department=plan.departments.get(record.lead, {}).get(language, record.lead),
        missing=_missing(record, verdict, language),
        phrase=record.place.phrase if HAN.search(record.place.phrase or "") else "",
        outlook=ahead,
    )


def _spoken(record: PlanCommitment, verdict: Verdict) -> list[str]:
    """The scopes of the target and of its figures, the target's first; none where all is one."""
    known = [*verdict.used, *(found.fact for found in verdict.unused)]
    found = sorted({fact.scope for fact in known if fact.scope and fact.scope != record.scope})
    return [record.scope, *found] if record.scope and found else []


def _on(
    plan: PlanFolder, record: PlanCommitment, question: Question, *, explain: bool
) -> Callable[[date], Verdict]:
    """The verdict of the promise as of another day, by the same knowledge and rules."""
    judged = commitments.judged(plan.name, question.known_on)

    def on(day: date) -> Verdict:
        assert judged is not None  # the promise was just judged
        return judged.verdict(record, replace(question, as_of=day), explain=explain)

    return on


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
    is_way: bool,
) -> Told:
    path = path_word(verdict.path, language) if verdict.path and is_way else ""

    shown = _newest(verdict.unused)
    more = len(verdict.unused) - len(shown)

    def why(node: Node, depth: int = 0) -> Why:
        below = tuple(why(child, depth + 1) for child in node.children)
        if node.key == "unused" and more:
            below += (Why(_more(more, language)),)
        found = named.get(node.fact.key) if node.fact else None
        title, url = (found.source_title, found.source_url) if found else ("", "")
        # The first two floors answer most questions; figures that were not used stay folded.
        is_open = depth < 2 and node.key != "unused"
        text = words(node, language, scopes, with_source=not url)
        return Why(text, url, title or url, below, is_open)

    return Told(verdict, why(tree(replace(verdict, unused=shown), as_of)), path)


def _is_way(record: PlanCommitment, walked: Path) -> bool:
    """Whether there is a way whose shape can be told: not to an end that is not set yet.

    Nor to a level of which no base is known: until the end nothing is due.
    """
    if record.form in LEVELS:
        return walked.is_way or not walked.rows
    return record.form != "delegated"


def _units(record: PlanCommitment) -> tuple[str, str]:
    """The units of base and target: a share is in per cent, and its change in points."""
    if record.form != "change" or record.unit not in (PER_CENT, *POINTS):
        return record.unit, record.unit
    return PER_CENT, record.target_unit


def _due(record: PlanCommitment) -> date | None:
    """The last day of a milestone."""
    if record.form != "milestone":
        return None
    if record.target_date is not None or record.target_year is None:
        return record.target_date
    return date(record.target_year, 12, 31)


def _happened(
    plan: PlanFolder, record: PlanCommitment, verdict: Verdict
) -> tuple[Happening, ...] | None:
    """What was reported of a milestone or a task by the day asked about, in order of time."""
    if record.promise().form not in ("milestone", "task"):
        return None
    known = {(one.date, one.event, one.source) for one in verdict.events}
    found = (
        one
        for one in plan.events
        if one.code == record.code and (one.date, one.event, one.source_url) in known
    )
    return tuple(sorted(found, key=lambda one: one.date))


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
