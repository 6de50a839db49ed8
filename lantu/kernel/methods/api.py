"""Runs over HTTP, read only. Drafts, and what a run holds of its subjects, are for the zone."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from lantu.core.errors import Refused
from lantu.kernel.access.models import Zone
from lantu.kernel.methods import queries, showing
from lantu.kernel.methods.models import Run
from lantu.ui.api import MISSING, Slug

router = Router(tags=["methods"])
Number = Annotated[int, Field(ge=1, le=2**31)]
MOST = 1000  # subjects in one answer


class RunOut(Schema):
    """A run with its trace. The hashes are SHA-256: of parameters, inputs, result and rule."""

    id: int
    method: str
    version: int
    on: date
    engine: str
    parameters_hash: str
    input_hash: str
    result_hash: str
    code_hash: str
    package_version: str
    rows: int
    unknown: int
    state: str
    topic: str
    reason: str
    at: datetime


class MovedOut(Schema):
    """A subject whose result changed; each change is [column, before, after] as texts."""

    subject: str
    period: str
    results: list[list[str]]
    inputs: list[list[str]]
    whys: list[str]
    is_class_changed: bool


class ChangesOut(Schema):
    """What differs between two runs: `count` subjects, of which the first thousand are listed."""

    parameters_differ: bool
    code_differs: bool
    left_out: int
    count: int
    moved: list[MovedOut]


class Asked(Schema):
    topic: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")] = ""
    before: Annotated[int, Field(ge=1, le=2**31)] | None = None


def _zone(request: HttpRequest, slug: str) -> tuple[Zone, bool]:
    found = Zone.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(f"There is no zone {slug}.")
    return found, request.user.has_perm("runs.read", found)


def _run(request: HttpRequest, slug: str, pk: int) -> Run:
    """A run, for those who may read what it holds; for others there is none."""
    zone, is_member = _zone(request, slug)
    found = queries.run_of(zone, pk) if is_member else None
    if found is None:
        raise Refused(f"There is no run {pk} that you may read.")
    return found


@router.get("/zones/{zone}/runs", response={200: list[RunOut], **MISSING})
def runs(request: HttpRequest, zone: Slug, asked: Query[Asked]) -> Any:
    found, is_member = _zone(request, zone)
    return queries.runs(
        found, is_member=is_member, topic=asked.topic, before=asked.before, limit=100
    )


@router.get("/zones/{zone}/runs/{number}/since/{other}", response={200: ChangesOut, **MISSING})
def run_changes(request: HttpRequest, zone: Slug, number: Number, other: Number) -> Any:
    after, before = _run(request, zone, number), _run(request, zone, other)
    found = queries.compare(before, after)
    return {
        "parameters_differ": found.parameters_differ,
        "code_differs": found.code_differs,
        "left_out": found.left_out,
        "count": len(found.moved),
        "moved": [showing.moved(one) for one in found.moved[:MOST]],
    }


@router.get("/zones/{zone}/runs/{number}/why/{subject}", response={200: list[str], **MISSING})
def run_why(
    request: HttpRequest,
    zone: Slug,
    number: Number,
    subject: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]+$")],
) -> Any:
    run = _run(request, zone, number)
    return [line for one in queries.explain(run, subject) for line in one.lines()]
