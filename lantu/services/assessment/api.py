"""Published assessments over HTTP. What is only a draft or released is not here."""

from datetime import date, datetime
from typing import Annotated, Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja import Field, Router, Schema

from lantu.core.assessing.scoring import Line, Score
from lantu.core.errors import Refused
from lantu.core.figures.decimals import shown
from lantu.core.plans import wire
from lantu.kernel.access.models import Zone
from lantu.services.assessment import queries
from lantu.ui.api import MISSING, Slug

router = Router(tags=["assessment"])
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
PUBLIC = AnonymousUser()


class AssessmentOut(Schema):
    number: int
    year: int
    at: datetime
    departments: int


class LineOut(Schema):
    """One promise of a department; `points` is null where it is not scored. Decimals are text.

    `judged_by`: own (its part, by its own figures), whole (the whole target stands in), or empty.
    """

    code: str
    part: str
    nature: str
    state: str
    year_state: str
    judged_by: str
    rule: str
    full: str
    points: str | None
    bonus: str
    why: dict[str, str]


class DeductedOut(Schema):
    label: dict[str, str]
    points: str
    papers: int
    why: dict[str, str]


class DepartmentOut(Schema):
    """A department; `total` and `grade` are absent where too little is known."""

    slug: str
    name: dict[str, str]
    grade: str
    total: str | None
    rate: str | None
    bonus: str
    minus: str
    scored: str
    marks: str
    why: dict[str, str]
    lines: list[LineOut]
    deducted: list[DeductedOut]


class AssessmentWhole(Schema):
    number: int
    year: int
    as_of: date
    sha256: str
    rules: dict[str, Any]
    departments: list[DepartmentOut]


@router.get("/zones/{zone}/assessments", response={200: list[AssessmentOut], **MISSING})
def assessments(request: HttpRequest, zone: Slug) -> Any:
    """The years whose assessment is published, the newest first."""
    return queries.rounds(_zone(zone), PUBLIC)


@router.get("/zones/{zone}/assessments/{number}", response={200: AssessmentWhole, **MISSING})
def assessment(request: HttpRequest, zone: Slug, number: Number) -> Any:
    """One published assessment, line by line, with the rules that were in force."""
    found = queries.find(_zone(zone), number)
    run = None if found is None else queries.visible(found, PUBLIC)
    if run is None:
        raise Refused(f"There is no published assessment {number}.")
    page = queries.table(run, PUBLIC, "zh")
    return {
        "number": number,
        "year": page.round.year,
        "as_of": page.as_of,
        "sha256": page.sha256,
        "rules": wire.dump(page.scheme),
        "departments": [_department(one) for one in page.scores],
    }


def _zone(slug: str) -> Zone:
    zone = Zone.objects.filter(slug=slug).first()
    if zone is None:
        raise Refused(f"There is no zone {slug}.")
    return zone


def _department(one: Score) -> dict[str, Any]:
    return {
        "slug": one.slug, "name": dict(one.name), "grade": one.class_name,
        "total": None if one.total is None else shown(one.total),
        "rate": None if one.rate is None else shown(one.rate),
        "bonus": shown(one.bonus), "minus": shown(one.minus), "scored": shown(one.scored),
        "marks": shown(one.marks), "why": dict(one.why),
        "lines": [_line(line) for line in one.lines],
        "deducted": [
            {"label": dict(x.label), "points": shown(x.points), "papers": len(x.papers),
             "why": dict(x.why)}
            for x in one.deducted
        ],
    }  # fmt: skip


def _line(one: Line) -> dict[str, Any]:
    entered = one.entered
    return {
        "code": entered.code, "part": entered.part, "nature": entered.nature,
        "state": entered.state, "year_state": entered.year_state, "judged_by": entered.judged_by,
        "rule": one.rule, "full": shown(one.full),
        "points": None if one.points is None else shown(one.points),
        "bonus": shown(one.bonus), "why": dict(one.why),
    }  # fmt: skip
