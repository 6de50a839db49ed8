"""Published appraisals over HTTP. What was not published, or was withdrawn, is not here."""

from datetime import date
from typing import Annotated, Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Router, Schema

from lantu.core.errors import Refused
from lantu.kernel.access.models import Zone
from lantu.kernel.cases.models import Case
from lantu.services.appraisal import queries
from lantu.ui.api import MISSING, Slug

router = Router(tags=["appraisal"])
Key = Annotated[str, Field(pattern=r"^(before|after)-[0-9]{1,9}$")]
PUBLIC = AnonymousUser()


class AppraisalOut(Schema):
    """A published appraisal; `sort` says whether it came before the policy or after it."""

    key: str
    sort: Literal["before", "after"]
    title: dict[str, str]
    published_on: date | None


class AppraisedFigure(Schema):
    """A figure behind a verdict; `value` is a decimal as text."""

    year: int
    value: str
    source: str


class AppraisedVerdict(Schema):
    """How a promise stood on the day, frozen then."""

    code: str
    state: str
    figures: list[AppraisedFigure]


class AppraisalWhole(AppraisalOut):
    """What it says, by what was asked; an appraisal afterwards has its day and its verdicts."""

    plan: str
    policy: str
    promises: list[str]
    texts: dict[str, str]
    before: str | None
    as_of: date | None
    verdicts: list[AppraisedVerdict]


@router.get("/zones/{zone}/appraisals", response={200: list[AppraisalOut], **MISSING})
def appraisal_list(request: HttpRequest, zone: Slug) -> Any:
    """The appraisals of policies that were published."""
    found = queries.lines(_zone(zone), PUBLIC, localdate())
    return [
        {"key": one.key, "sort": one.key.split("-")[0], "title": dict(one.title),
         "published_on": one.closed_on}
        for one in found
    ]  # fmt: skip


@router.get("/zones/{zone}/appraisals/{key}", response={200: AppraisalWhole, **MISSING})
def appraisal_whole(request: HttpRequest, zone: Slug, key: Key) -> Any:
    """One published appraisal."""
    case = queries.find(_zone(zone), key, PUBLIC)
    if case is None:
        raise Refused(f"There is no published appraisal {key}.")
    return _whole(case)


def _zone(slug: str) -> Zone:
    zone = Zone.objects.filter(slug=slug).first()
    if zone is None:
        raise Refused(f"There is no zone {slug}.")
    return zone


def _whole(case: Case) -> dict[str, Any]:
    terms = case.terms
    return {
        "key": case.key, "sort": case.key.split("-")[0], "title": case.title,
        "published_on": case.closed_on, "plan": terms["plan"], "policy": terms["policy"],
        "promises": terms["codes"], "texts": terms["texts"],
        "before": terms.get("before") or None, "as_of": terms.get("as_of"),
        "verdicts": [
            {"code": one["code"], "state": one["state"],
             "figures": [{"year": year, "value": value, "source": source}
                         for year, value, source in one["figures"]]}
            for one in terms.get("verdicts", ())
        ],
    }  # fmt: skip
