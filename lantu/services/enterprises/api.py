"""Firms and final rounds over HTTP. Public, read only: no figure of a firm is here."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from lantu.core.errors import Refused
from lantu.kernel.access.models import Zone
from lantu.services.enterprises.queries import firm as one_firm
from lantu.services.enterprises.queries import firms as queries
from lantu.services.enterprises.queries import rounds
from lantu.ui.api import MISSING, Slug

router = Router(tags=["enterprises"])
Code = Annotated[str, Field(pattern=r"^[0-9A-HJ-NP-RT-UW-Y]{18}$")]


class FirmOut(Schema):
    """A firm of the register; `grade` is its class in the newest final round, empty if none."""

    code: str
    name: str
    name_en: str
    status: str
    industry: str
    grade: str


class FirmsOut(Schema):
    """A page of firms. `next` is the number of the page that follows, null on the last."""

    firms: list[FirmOut]
    count: int
    next: int | None


class NameOut(Schema):
    """A name with the days on which it held."""

    name: str
    since: date | None
    until: date | None


class GradeOut(Schema):
    """The class of a year's final round."""

    year: int
    cohort: str
    grade: str


class OneFirmOut(Schema):
    """A firm with all its names and classes."""

    code: str
    name: str
    status: str
    industry: str
    founded_on: date | None
    names: list[NameOut]
    grades: list[GradeOut]


class RoundOut(Schema):
    """A final round."""

    id: int
    year: int
    publicity_from: date | None
    publicity_to: date | None
    final_on: date | None


class PlaceOut(Schema):
    """A firm's class in a round."""

    code: str
    name: str
    cohort: str
    grade: str


class Asked(Schema):
    q: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


def _zone(slug: str) -> Zone:
    found = Zone.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(f"There is no zone {slug}.")
    return found


@router.get("/zones/{zone}/firms", response={200: FirmsOut, **MISSING})
def firms(request: HttpRequest, zone: Slug, asked: Query[Asked]) -> Any:
    found = _zone(zone)
    final = rounds.last_final(found)
    ask = queries.Asked(asked.q, final.year if final else 0, "", "", "name", False, asked.page)
    page = queries.firms(found, ask, is_member=False)
    lines = page.lines if asked.page <= page.pages else ()
    return {
        "firms": [
            {"code": one.code, "name": one.zh, "name_en": one.en, "status": one.status,
             "industry": one.industry, "grade": one.name}
            for one in lines
        ],
        "count": page.count,
        "next": asked.page + 1 if asked.page < page.pages else None,
    }  # fmt: skip


@router.get("/zones/{zone}/firms/{code}", response={200: OneFirmOut, **MISSING})
def firm(request: HttpRequest, zone: Slug, code: Code) -> Any:
    page = one_firm.firm(_zone(zone), code, is_member=False)
    if page is None:
        raise Refused(f"The register has no firm {code}.")
    return {
        "code": page.entity.code,
        "name": page.entity.zh,
        "status": page.entity.status,
        "industry": page.entity.industry,
        "founded_on": page.entity.founded_on,
        "names": [{"name": x.zh, "since": x.since, "until": x.until} for x in page.names],
        "grades": [
            {"year": x.year, "cohort": x.result.cohort, "grade": x.result.final_class}
            for x in page.classes
        ],
    }


@router.get("/zones/{zone}/rounds", response={200: list[RoundOut], **MISSING})
def final_rounds(request: HttpRequest, zone: Slug) -> Any:
    return rounds.rounds(_zone(zone), is_member=False)


@router.get("/zones/{zone}/rounds/{number}", response={200: list[PlaceOut], **MISSING})
def round_results(
    request: HttpRequest, zone: Slug, number: Annotated[int, Field(ge=1, le=2**31)]
) -> Any:
    found = rounds.round_of(_zone(zone), number, is_member=False)
    if found is None:
        raise Refused(f"There is no final round {number}.")
    return [
        {"code": one.code, "name": one.name, "cohort": one.cohort, "grade": one.final_class}
        for one in rounds.results(rounds.last_run(found))
    ]
