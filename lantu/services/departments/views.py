"""The pages of departments. They only join."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.core.plans.records import PlanFolder
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import roles
from lantu.kernel.commitments.views import of_plan, version
from lantu.services.departments import queries
from lantu.ui.asking import Asked
from lantu.ui.pages import draw, kept


@require_safe
@kept(version)
@of_plan
def departments(request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked) -> HttpResponse:
    """Every department, what it answers for, and how that stands."""
    is_member = bool(roles(request.user, zone))
    board = queries.board(zone, plan, ask.question, localdate(), is_member=is_member, then=ask.then)
    return draw(
        request,
        "departments/departments.html",
        zone=zone,
        view="departments",
        ask=ask,
        page=board,
        is_member=is_member,
    )


@require_safe
@kept(version)
@of_plan
def department(
    request: HttpRequest, zone: Zone, plan: PlanFolder, ask: Asked, code: str
) -> HttpResponse:
    """One department: its parts, its open cases, and what is due next."""
    is_member = bool(roles(request.user, zone))
    found = queries.department(
        zone, plan, code, ask.question, localdate(), is_member=is_member, then=ask.then
    )
    if found is None:
        raise Http404(_("The plan names no such department."))
    return draw(
        request, "departments/department.html", zone=zone, view="departments", ask=ask, page=found
    )
