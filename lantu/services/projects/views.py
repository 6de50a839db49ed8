"""The projects' pages. They only join."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.core.plans.outline import part_of
from lantu.core.plans.records import PlanFolder
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments.views import of_plan, version
from lantu.kernel.facts.export import table_response
from lantu.kernel.places.queries import outline
from lantu.services.projects import queries
from lantu.services.projects.course import course
from lantu.services.projects.mapped import SIGNS, placed, quarters, shapes
from lantu.ui.asking import Asked
from lantu.ui.pages import draw, kept, language
from lantu.ui.signs import MARKS


@require_safe
@kept(version)
@of_plan
def projects(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    """The board and the table."""
    if kind := request.GET.get("export"):
        return _export(queries.board(plan, ask.question), kind, ask)
    page: Any = SimpleLazyObject(lambda: queries.board(plan, ask.question))
    return draw(
        request,
        "projects/projects.html",
        zone=zone,
        view="projects",
        ask=ask,
        page=page,
        course=SimpleLazyObject(lambda: course(page, ask.question.as_of)),
        marks=MARKS,
        has_map=any(one.at is not None for one in plan.projects),
        map=SimpleLazyObject(lambda: _map(page, zone, ask)),
        signs=SIGNS,
        kept_as=f"{version(zone.slug)}:{timezone.localdate()}:{language()}:{ask.question}:{ask.query}",
    )


def _map(board: queries.Board, zone: Zone, ask: Asked) -> dict[str, Any]:
    lines, borders = placed(board), outline(zone, ask.question.as_of)
    return {
        "lines": lines,
        "shapes": shapes(zone.slug, lines, borders, language(), ask.query),
        "quarters": quarters(lines, borders),
        "sources": sorted({one.source for one in borders if one.source}),
        "has_outline": bool(borders),
    }


def _export(board: queries.Board, kind: str, ask: Asked) -> HttpResponse:
    heads = ["code", "title_zh", "title_en", "box", "investment_亿元", "finish", "state", "as_of"]
    rows = [
        [
            line.project.code,
            line.project.title["zh"],
            line.project.title["en"],
            line.project.box,
            line.project.investment,
            line.project.due,
            line.verdict.state,
            ask.question.as_of,
        ]
        for box in board.boxes
        for line in box.lines
    ]
    return table_response(heads, rows, kind=kind, name=f"{board.plan.name}-projects")


@require_safe
@kept(version)
@of_plan
def project(
    request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked, code: str
) -> HttpResponse:
    """One project with its events on a time line."""
    line = queries.line(plan, code, ask.question)
    if line is None:
        raise Http404(_("The plan has no such project."))
    at = line.project.at
    part = at and part_of(outline(zone, ask.question.as_of), at)
    return draw(
        request, "projects/project.html", zone=zone, view="projects", ask=ask, line=line, part=part
    )
