"""The plan over HTTP: plans, commitments, verdicts, facts, findings. Public, read only."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from lantu.core.auditing.findings import Finding
from lantu.core.errors import Refused
from lantu.core.figures.decimals import shown
from lantu.core.judging.explain import outline
from lantu.core.judging.records import Verdict
from lantu.core.judging.tree import tree
from lantu.core.plans import wire
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts import queries as facts
from lantu.ui.api import MISSING, IsoDay, Slug, within_reach

router = Router(tags=["plan"])
Rules = Literal["ratio", "open-sdg", "gap-points", "ratio-cards"]
MOST = 500


class PlanOut(Schema):
    name: str
    zone: str
    title: dict[str, str]
    start: int
    end: int
    invented: bool


class RecordPage(Schema):
    """Records as `lantu plan export --format jsonl` gives them; decimals are text."""

    items: list[dict[str, Any]]
    next: str | None = None


class VerdictOut(Schema):
    """A verdict; shares are fractions, growth and gaps are points. Decimals are text."""

    code: str
    state: str
    at: int | None = None
    progress: str | None = None
    due: str | None = None
    ratio: str | None = None
    gap: str | None = None
    mean_growth: str | None = None
    left: str | None = None
    needed_per_year: str | None = None
    missing: list[int] = []
    reversed: bool = False
    provisional: bool = False
    scope_unconfirmed: bool = False
    late_days: int | None = None
    path: str | None = None
    rules: str = ""
    year: dict[str, Any] | None = None
    sources: list[str] = []
    why: dict[str, dict[str, Any]] | None = None  # by language: {text, kind, source, because}


class VerdictPage(Schema):
    as_of: date
    items: list[VerdictOut]
    next: str | None = None


class FactPage(Schema):
    items: list[dict[str, Any]]
    next: str | None = None


class NestedOut(Schema):
    name: str
    level: str
    title: dict[str, str]
    start: int
    end: int


class FindingOut(Schema):
    id: str
    rule: str
    result: str
    severity: str
    message: dict[str, str]
    numbers: list[dict[str, Any]]
    stated: str | None = None
    computed: str | None = None
    explained_by: dict[str, Any] | None = None
    codes: list[str]


class Asked(Schema):
    """Which day, as known when, by which rules."""

    as_of: IsoDay | None = None
    known_on: IsoDay | None = None
    rules: Rules | None = None

    def question(self) -> Question:
        return Question(within_reach(self.as_of), self.known_on, self.rules)


class Cursor(Schema):
    """Where to go on: `after` is the `next` of the page before."""

    after: Annotated[str, Field(max_length=80, pattern=r"^[A-Za-z0-9-]*$")] = ""
    count: Annotated[int, Field(ge=1, le=MOST)] = 100


class NotHere(Refused):
    """What the address names does not exist."""


def plan_of(name: str) -> PlanFolder:
    """The plan of that name. Raises NotHere."""
    found = commitments.plan(name)
    if found is None:
        raise NotHere(f"There is no plan {name}.")
    return found


@router.get("/plans", response=list[PlanOut], summary="All plans")
def plans(request: HttpRequest) -> Any:
    return commitments.plans()


@router.get("/plans/{name}/commitments", response={200: RecordPage, **MISSING})
def records(request: HttpRequest, name: Slug, cursor: Query[Cursor]) -> Any:
    found = plan_of(name).commitments
    page, after = _page([record.code for record in found], cursor)
    return {"items": [wire.dump(found[place]) for place in page], "next": after}


@router.get("/plans/{name}/verdicts", response={200: VerdictPage, **MISSING})
def verdicts(request: HttpRequest, name: Slug, asked: Query[Asked], cursor: Query[Cursor]) -> Any:
    plan_of(name)
    question = asked.question()
    found = commitments.commitments(name, question)
    page, after = _page([standing.record.code for standing in found], cursor)
    items = [_verdict(found[place].record.code, found[place].verdict) for place in page]
    return {"as_of": question.as_of, "items": items, "next": after}


@router.get("/plans/{name}/verdicts/{code}", response={200: VerdictOut, **MISSING})
def verdict(request: HttpRequest, name: Slug, code: Slug, asked: Query[Asked]) -> Any:
    """One verdict with the tree of sentences that led to it, down to the sources."""
    plan_of(name)
    question = asked.question()
    found = commitments.explained(name, code, question)
    if found is None:
        raise NotHere(f"The plan {name} has no promise {code}.")
    return {**_verdict(code, found.verdict), **_why(found.verdict, question.as_of)}


@router.get("/plans/{name}/nested", response={200: list[NestedOut], **MISSING})
def nested(request: HttpRequest, name: Slug) -> Any:
    """The annual and sector plans that carry a plan out; each is read like any other plan."""
    return [
        {"name": one.name, "level": one.level, "title": dict(one.title),
         "start": one.period.start, "end": one.period.end}
        for one in commitments.below(plan_of(name).name)
    ]  # fmt: skip


@router.get("/plans/{name}/findings", response={200: list[FindingOut], **MISSING})
def findings(request: HttpRequest, name: Slug) -> Any:
    plan_of(name)
    return [_finding(one) for one in commitments.findings(name)]


@router.get("/zones/{slug}/facts", response={200: FactPage, **MISSING})
def fact_list(request: HttpRequest, slug: Slug, cursor: Query[Cursor]) -> Any:
    zone = Zone.objects.filter(slug=slug).first()
    if zone is None:
        raise NotHere(f"There is no zone {slug}.")
    number = min(int(cursor.after), 2**62) if cursor.after.isdecimal() else 0
    found = facts.figures(zone, after=number, count=cursor.count)
    after = str(found[-1].id) if len(found) == cursor.count else None
    return {"items": [wire.dump(one) for one in found], "next": after}


def _page(codes: list[str], cursor: Cursor) -> tuple[range, str | None]:
    """The places of one page, and the cursor of the next."""
    start = codes.index(cursor.after) + 1 if cursor.after in codes else 0
    end = min(start + cursor.count, len(codes))
    return range(start, end), codes[end - 1] if end < len(codes) else None


def _verdict(code: str, found: Verdict) -> dict[str, Any]:
    year = None if found.year is None else _verdict(code, found.year)
    plain = {
        name: _text(getattr(found, name))
        for name in ("progress", "due", "ratio", "gap", "mean_growth", "left", "needed_per_year")
    }
    sources = list(dict.fromkeys(fact.source for fact in found.used if fact.source))
    return {
        "code": code,
        "state": found.state,
        "at": found.at,
        **plain,
        "missing": list(found.missing),
        "reversed": found.reversed,
        "provisional": found.provisional,
        "scope_unconfirmed": found.scope_unconfirmed,
        "late_days": found.late_days,
        "path": found.path,
        "rules": found.rules,
        "year": year,
        "sources": sources,
    }


def _why(found: Verdict, as_of: date) -> dict[str, Any]:
    """The tree of a verdict, and of the year's own verdict beside it."""
    grown = tree(found, as_of)
    told: dict[str, Any] = {"why": {"zh": outline(grown, "zh"), "en": outline(grown, "en")}}
    if found.year is not None:
        told["year"] = {**_verdict("", found.year), **_why(found.year, as_of)}
        del told["year"]["code"]
    return told


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "rule": one.rule,
        "result": one.result,
        "severity": one.severity,
        "message": dict(one.message),
        "numbers": [wire.dump(number) for number in one.numbers],
        "stated": _text(one.stated),
        "computed": _text(one.computed),
        "explained_by": None if one.explained_by is None else wire.dump(one.explained_by),
        "codes": list(one.codes),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else shown(value, 12)
