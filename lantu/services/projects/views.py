"""The projects' pages. They only join."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.core.errors import ContentError
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import zone_version
from lantu.kernel.facts.export import table_response
from lantu.services.projects import queries
from lantu.ui.asking import Asked, asked
from lantu.ui.pages import draw, kept


def version(zone: str, **_: Any) -> str:
    """What the pages of a zone depend on."""
    return f"{zone}:{zone_version(get_object_or_404(Zone, slug=zone))}"


@require_safe
@kept(version)
def projects(request: HttpRequest, zone: str) -> HttpResponse:
    """The board and the table."""
    found = get_object_or_404(Zone, slug=zone)
    plan = queries.current(found)
    if plan is None:
        raise Http404(_("No plan is loaded in this zone."))
    try:
        ask = asked(request.GET, start=plan.period.start, end=plan.period.end)
    except ContentError as error:
        return draw(request, "ui/bad_question.html", zone=found, error=error, status=400)
    board = queries.board(plan, ask.question)
    if kind := request.GET.get("export"):
        return _export(board, kind, ask)
    return draw(request, "projects/projects.html", zone=found, view="projects", ask=ask, page=board)


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
def project(request: HttpRequest, zone: str, code: str) -> HttpResponse:
    """One project with its events on a time line."""
    found = get_object_or_404(Zone, slug=zone)
    plan = queries.current(found)
    if plan is None:
        raise Http404(_("No plan is loaded in this zone."))
    try:
        ask = asked(request.GET, start=plan.period.start, end=plan.period.end)
    except ContentError as error:
        return draw(request, "ui/bad_question.html", zone=found, error=error, status=400)
    line = queries.line(plan, code, ask.question)
    if line is None:
        raise Http404(_("The plan has no such project."))
    return draw(request, "projects/project.html", zone=found, view="projects", ask=ask, line=line)
