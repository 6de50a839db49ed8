"""The pages of assessment. They only join."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.views.decorators.http import require_POST, require_safe

from lantu.core.errors import ForPeople
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.cases.models import Case
from lantu.kernel.cases.queries import outcome
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts.export import table_response
from lantu.services.assessment import actions, queries, tables
from lantu.services.assessment.models import Round, Run
from lantu.ui.pages import draw, in_words, language

COMPUTES, RELEASES = "assessment.compute", "assessment.release"
KINDS = ("csv", "xlsx")


@require_safe
def rounds(request: HttpRequest, zone: str) -> HttpResponse:
    """Every round that the reader may see."""
    return _list(request, get_object_or_404(Zone, slug=zone))


def _list(request: HttpRequest, zone: Zone, fault: str = "") -> HttpResponse:
    return draw(
        request,
        "assessment/rounds.html",
        zone=zone,
        view="assessment",
        lines=queries.rounds(zone, request.user),
        start=queries.start(zone),
        may_start=request.user.has_perm(COMPUTES, zone),
        fault=fault,
        status=400 if fault else 200,
    )


@require_POST
@allowed(COMPUTES)
def start(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Compute the draft of a year."""
    year, plan = request.POST.get("year", ""), commitments.current_plan(zone)
    if plan is None or not year.isdecimal():
        return _list(request, zone, _("Choose a year of the plan."))
    try:
        found = actions.start_round(zone, plan, int(year), by=request.user)  # type: ignore[arg-type]
    except ForPeople as error:
        return _list(request, zone, in_words(error))
    return redirect("assessment_round", zone.slug, found.number)


@require_safe
def rules(request: HttpRequest, zone: str) -> HttpResponse:
    """The rules by which departments are assessed, by date."""
    found = get_object_or_404(Zone, slug=zone)
    lines = queries.rules_of(found)
    return draw(request, "assessment/rules.html", zone=found, view="assessment", rules=lines)


def _seen(request: HttpRequest, zone: str, number: int) -> tuple[Zone, Run]:
    """The computation asked for by `run`, else the newest that the reader may see."""
    found = get_object_or_404(Zone, slug=zone)
    one, asked = queries.find(found, number), request.GET.get("run", "")
    which = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    run = None if one is None else queries.visible(one, request.user, which)
    if run is None:
        raise Http404(_("There is no such round."))
    return found, run


@require_safe
def one_round(request: HttpRequest, zone: str, number: int) -> HttpResponse:
    """Every department's total and class."""
    found, run = _seen(request, zone, number)
    return _round_page(request, found, run)


def _round_page(request: HttpRequest, zone: Zone, run: Run, fault: str = "") -> HttpResponse:
    return draw(
        request,
        "assessment/round.html",
        zone=zone,
        view="assessment",
        page=queries.table(run, request.user, language()),
        may_compute=request.user.has_perm(COMPUTES, zone),
        may_release=request.user.has_perm(RELEASES, zone),
        fault=fault,
        status=400 if fault else 200,
    )


@require_safe
def table(request: HttpRequest, zone: str, number: int, kind: str) -> HttpResponse:
    """A round as a spreadsheet."""
    _found, run = _seen(request, zone, number)
    page = queries.table(run, request.user, language())
    rows, heads = tables.round_rows(page, language()), tables.ROUND_HEADS[language()]
    return _download(kind, heads, rows, f"assessment-{page.round.year}")


def _download(kind: str, heads: list[str], rows: list[tables.Row], name: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404(_("There is no such table."))
    return table_response(heads, rows, kind=kind, name=name)


@require_POST
@allowed("assessment.release")
def act(request: HttpRequest, zone: Zone, number: int) -> HttpResponse:
    """Compute again, release or publish the newest computation of a round."""
    found, way = queries.find(zone, number), ACTS.get(request.POST.get("act", ""))
    if found is None or way is None:
        raise Http404(_("There is no such act."))
    permission, do = way
    if not request.user.has_perm(permission, zone):
        raise PermissionDenied
    try:
        do(found, request)
    except ForPeople as error:
        return _round_page(request, zone, queries.newest(found), in_words(error))
    messages.success(request, DONE[request.POST["act"]])
    return redirect("assessment_round", zone.slug, number)


def _compute(found: Round, request: HttpRequest) -> None:
    reason = request.POST.get("reason", "")
    actions.compute_again(found, reason=reason, by=request.user)  # type: ignore[arg-type]


def _release(found: Round, request: HttpRequest) -> None:
    actions.release(queries.newest(found), by=request.user)  # type: ignore[arg-type]


def _publish(found: Round, request: HttpRequest) -> None:
    actions.publish(queries.newest(found), by=request.user)  # type: ignore[arg-type]


# What was done, and how it goes on.
DONE = {
    "compute": _t("Computed again, as a draft. The earlier computation stays on record."),
    "release": _t("Released: each department sees its own sheet and may appeal."),
    "publish": _t("Published: everybody can read it."),
}
ACTS: dict[str, tuple[str, Callable[[Round, HttpRequest], None]]] = {
    "compute": (COMPUTES, _compute),
    "release": (RELEASES, _release),
    "publish": (RELEASES, _publish),
}


@require_safe
def changes(request: HttpRequest, zone: str, number: int, run: int) -> HttpResponse:
    """What a computation changed against the one before."""
    found, _newest = _seen(request, zone, number)
    one = get_object_or_404(Round, zone=found, number=number)
    lines = queries.difference(one, run, request.user)
    if lines is None:
        raise Http404(_("There is no such difference."))
    return draw(
        request, "assessment/changes.html", zone=found, view="assessment", round=one, number=run,
        changes=lines,
    )  # fmt: skip


@require_safe
def sheet(request: HttpRequest, zone: str, number: int, department: str) -> HttpResponse:
    """One department's sheet, line by line."""
    found, run = _seen(request, zone, number)
    return _sheet_page(request, found, run, department)


def _sheet_page(
    request: HttpRequest, zone: Zone, run: Run, department: str, fault: str = ""
) -> HttpResponse:
    return draw(
        request,
        "assessment/sheet.html",
        zone=zone,
        view="assessment",
        page=_sheet(request, run, department),
        fault=fault,
        status=400 if fault else 200,
    )


def _sheet(request: HttpRequest, run: Run, department: str) -> queries.Sheet:
    page = queries.sheet(run, department, request.user, language())
    if page is None:
        raise Http404(_("The round has no such department."))
    return page


@require_safe
def sheet_table(
    request: HttpRequest, zone: str, number: int, department: str, kind: str
) -> HttpResponse:
    """A sheet as a spreadsheet."""
    _found, run = _seen(request, zone, number)
    page = _sheet(request, run, department)
    rows, heads = tables.sheet_rows(page, language()), tables.SHEET_HEADS[language()]
    return _download(kind, heads, rows, f"assessment-{page.table.round.year}-{department}")


@require_POST
@allowed("assessment.read_released")
def lodge(request: HttpRequest, zone: Zone, number: int, department: str) -> HttpResponse:
    """Appeal against a line or a late paper of one's own department."""
    _found, run = _seen(request, zone.slug, number)
    about, text = request.POST.get("about", ""), request.POST.get("text", "")
    try:
        made = actions.appeal(run, department=department, about=about, text=text, by=request.user)  # type: ignore[arg-type]
    except ForPeople as error:
        return _sheet_page(request, zone, run, department, in_words(error))
    messages.success(request, _("The appeal is lodged. Its ruling appears on this page."))
    return redirect("assessment_appeal", zone.slug, made.key)


def _appeal(zone: Zone, key: str) -> Case:
    found = queries.appeal(zone, key)
    if found is None:
        raise Http404(_("There is no such appeal."))
    return found


@require_safe
@allowed("assessment.read_released")
def appeal(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """One appeal."""
    return _appeal_page(request, zone, _appeal(zone, key))


def _appeal_page(request: HttpRequest, zone: Zone, case: Case, fault: str = "") -> HttpResponse:
    user: Any = request.user
    return draw(
        request,
        "assessment/appeal.html",
        zone=zone,
        view="assessment",
        page=queries.appeal_page(case, user, timezone.localdate(), language()),
        fault=fault,
        status=400 if fault else 200,
    )


@require_POST
@allowed("assessment.read_released")
def appeal_act(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """Grant, dismiss or withdraw; who may not is told why."""
    case = _appeal(zone, key)
    try:
        actions.decide_appeal(
            case,
            request.POST.get("act", ""),
            by=request.user,  # type: ignore[arg-type]
            note=request.POST.get("note", ""),
            remedy=request.POST.get("remedy", ""),
        )
    except ForPeople as error:
        return _appeal_page(request, zone, case, in_words(error))
    messages.success(request, outcome(case))
    return redirect("assessment_appeal", zone.slug, key)
