"""The projects of a zone as OC4IDS tells them."""

from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import Any, Final

from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.plans.records import PlanFolder, PlanProject
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments

YUAN: Final = Decimal(100_000_000)  # in one 亿元
VERSION: Final = "0.9"


def oc4ids(zone: Zone, root: str, at: datetime) -> dict[str, Any]:
    """A project package. What the plan does not say is not there.

    The names of projects bear no prefix of a registered publisher: none was registered.
    """
    found = (commitments.plan(line.name) for line in commitments.plans(zone))
    return {
        "version": VERSION,
        "uri": f"{root}/z/{zone.slug}/projects.oc4ids.json",
        "publishedDate": at.isoformat(),
        "publisher": {"name": "蓝图 Lantu", "uri": root},
        "projects": [
            _project(zone, plan, project, root)
            for plan in found
            if plan is not None
            for project in plan.projects
        ],
    }


def _project(zone: Zone, plan: PlanFolder, project: PlanProject, root: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": f"lantu-{plan.name}-{project.code}",
        "title": project.title["zh"],
        "description": _about(zone, project),
        "locations": [{"id": zone.slug, "description": zone.zh}],
        "documents": [
            {
                "id": "plan",
                "documentType": "projectPlan",
                "title": plan.title["zh"],
                "url": f"{root}/z/{zone.slug}/projects/{project.code}/",
                "format": "text/html",
            }
        ],
    }
    if status := _status(plan, project):
        told["status"] = status
    if period := _period(project):
        told["period"] = period
    if project.investment is not None:
        told["budget"] = {"amount": {"amount": _yuan(project.investment), "currency": "CNY"}}
    if project.owner:
        # Often a firm; the plan does not say what it is to the project, so no role is claimed.
        told["parties"] = [{"name": project.owner, "id": project.owner}]
    return told


def _about(zone: Zone, project: PlanProject) -> str:
    english = project.title["en"]
    return f"虚构样例 Invented sample. {english}" if zone.invented else english


def _yuan(amount: Decimal) -> float | int:
    with localcontext(ARITHMETIC):
        yuan = amount * YUAN
    # JSON knows no decimals; sums of the plan are whole yuan.
    return int(yuan) if yuan == yuan.to_integral_value() else float(yuan)


def _status(plan: PlanFolder, project: PlanProject) -> str:
    """Only what events say; the standard has no word for work that stands still."""
    events = sorted(
        (one for one in plan.events if one.code == project.code and one.event is not None),
        key=lambda one: one.date,
    )
    courses = [one.event for one in events]
    if "done" in courses:
        return "completed"
    return "implementation" if courses and courses[-1] != "stop" else ""


def _period(project: PlanProject) -> dict[str, str]:
    found = {}
    if project.start_year is not None:
        found["startDate"] = f"{date(project.start_year, 1, 1)}T00:00:00+08:00"
    if project.due is not None:
        found["endDate"] = f"{project.due}T23:59:59+08:00"
    return found
