"""The projects over HTTP. Public, read only."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from lantu.core.errors import Refused
from lantu.core.plans import wire
from lantu.core.plans.standing import Question
from lantu.kernel.commitments import queries as commitments
from lantu.services.projects import queries
from lantu.ui.api import MISSING, IsoDay, Slug, within_reach

router = Router(tags=["projects"])


class ProjectOut(Schema):
    """A project with its verdict and events. `investment` is in 亿元; decimals are text."""

    project: dict[str, Any]
    state: str
    stage: str
    late_days: int | None
    events: list[dict[str, Any]]


class Asked(Schema):
    as_of: IsoDay | None = None


@router.get("/plans/{name}/projects", response={200: list[ProjectOut], **MISSING})
def projects(request: HttpRequest, name: Slug, asked: Query[Asked]) -> Any:
    plan = commitments.plan(name)
    if plan is None:
        raise Refused(f"There is no plan {name}.")
    board = queries.board(plan, Question(within_reach(asked.as_of)))
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
