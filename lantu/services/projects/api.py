"""The projects over HTTP. Public, read only."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from lantu.core.errors import Refused
from lantu.core.plans import wire
from lantu.core.plans.standing import Question
from lantu.kernel.commitments import queries as commitments
from lantu.services.projects import queries

router = Router(tags=["projects"])
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Problem(Schema):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class ProjectOut(Schema):
    """A project with its verdict and events. `investment` is in 亿元; decimals are text."""

    project: dict[str, Any]
    state: str
    stage: str
    late_days: int | None
    events: list[dict[str, Any]]


class Asked(Schema):
    as_of: Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))] | None = None


@router.get("/plans/{name}/projects", response={200: list[ProjectOut], 404: Problem, 422: Problem})
def projects(request: HttpRequest, name: Name, asked: Query[Asked]) -> Any:
    plan = commitments.plan(name)
    if plan is None:
        raise Refused(f"There is no plan {name}.")
    today = date.today()  # noqa: DTZ011  # the server's own day
    board = queries.board(plan, Question(asked.as_of or today))
    return [
        {
            "project": wire.dump(line.project),
            "state": line.verdict.state,
            "stage": line.stage,
            "late_days": line.verdict.late_days,
            "events": [wire.dump(event) for event in line.events],
        }
        for box in board.boxes
        for line in box.lines
    ]
