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
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.cases.models import Case
from lantu.kernel.cases.queries import outcome
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.views import asked_of, of_day
from lantu.kernel.facts.export import table_response
from lantu.services.assessment import actions, queries, tables
from lantu.services.assessment.models import Round, Run
from lantu.ui.asking import Asked
from lantu.ui.pages import draw, in_words, language

COMPUTES, RELEASES = "assessment.compute", "assessment.release"
KINDS = ("csv", "xlsx")


@require_safe
@of_day
def rounds(request: HttpRequest, zone: Zone, ask: Asked) -> HttpResponse:
    """Every round that the reader may see."""
    return _list(request, zone, ask)


def _list(request: HttpRequest, zone: Zone, ask: Asked, fault: str = "") -> HttpResponse:
    return draw(
        request,
        "assessment/rounds.html",
        zone=zone,
        view="assessment",
        ask=ask,
        lines=queries.rounds(zone, request.user, ask.then),
        start=queries.start(zone),
        may_start=not ask.is_past and request.user.has_perm(COMPUTES, zone),
        fault=fault,
        status=400 if fault else 200,
    )


@require_POST
@allowed(COMPUTES)
def start(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Compute the draft of a year."""
    year, plan = request.POST.get("year", ""), commitments.current_plan(zone)
    if plan is None or not year.isdecimal():
        return _list(request, zone, asked_of(zone, {}), _("Choose a year of the plan."))
    try:
        found = actions.start_round(zone, plan, int(year), by=request.user)  # type: ignore[arg-type]
    except ForPeople as error:
        return _list(request, zone, asked_of(zone, {}), in_words(error))
    return redirect("assessment_round", zone.slug, found.number)


@require_safe
@of_day
def rules(request: HttpRequest, zone: Zone, ask: Asked) -> HttpResponse:
    """The rules by which departments are assessed, by date."""
    return draw(
        request, "assessment/rules.html", zone=zone, view="assessment", ask=ask,
        rules=queries.rules_of(zone, ask.question.as_of),
    )  # fmt: skip


def _seen(request: HttpRequest, zone: Zone, number: int, then: Question | None = None) -> Run:
    """The computation asked for by `run`, else the newest that the reader may see."""
    one, asked = queries.find(zone, number), request.GET.get("run", "")
    which = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    run = None if one is None else queries.visible(one, request.user, which, then)
    if run is None:
        raise Http404(_("There is no such round."))
    return run


@require_safe
@of_day
def one_round(request: HttpRequest, zone: Zone, ask: Asked, number: int) -> HttpResponse:
    """Every department's total and class."""
    return _round_page(request, zone, ask, _seen(request, zone, number, ask.then))


def _round_page(
    request: HttpRequest, zone: Zone, ask: Asked, run: Run, fault: str = ""
) -> HttpResponse:
    may_compute, may_release = (
        not ask.is_past and request.user.has_perm(permission, zone)
        for permission in (COMPUTES, RELEASES)
    )
    return draw(
        request,
        "assessment/round.html",
        zone=zone,
        view="assessment",
        ask=ask,
        page=queries.table(run, request.user, language(), ask.then),
        may_compute=may_compute,
        may_release=may_release,
        fault=fault,
        status=400 if fault else 200,
    )


@require_safe
@of_day
def table(request: HttpRequest, zone: Zone, ask: Asked, number: int, kind: str) -> HttpResponse:
    """A round as a spreadsheet."""
    run = _seen(request, zone, number, ask.then)
    page = queries.table(run, request.user, language(), ask.then)
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
        return _round_page(
            request, zone, asked_of(zone, {}), queries.newest(found), in_words(error)
        )
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
@of_day
def changes(request: HttpRequest, zone: Zone, ask: Asked, number: int, run: int) -> HttpResponse:
    """What a computation changed against the one before."""
    _seen(request, zone, number, ask.then)
    one = get_object_or_404(Round, zone=zone, number=number)
    lines = queries.difference(one, run, request.user, ask.then)
    if lines is None:
        raise Http404(_("There is no such difference."))
    return draw(
        request, "assessment/changes.html", zone=zone, view="assessment", round=one, number=run,
        changes=lines, ask=ask,
    )  # fmt: skip


@require_safe
@of_day
def sheet(
    request: HttpRequest, zone: Zone, ask: Asked, number: int, department: str
) -> HttpResponse:
    """One department's sheet, line by line."""
    return _sheet_page(request, zone, ask, _seen(request, zone, number, ask.then), department)


def _sheet_page(
    request: HttpRequest, zone: Zone, ask: Asked, run: Run, department: str, fault: str = ""
) -> HttpResponse:
    return draw(
        request,
        "assessment/sheet.html",
        zone=zone,
        view="assessment",
        ask=ask,
        page=_sheet(request, run, department, ask.then),
        fault=fault,
        status=400 if fault else 200,
    )


def _sheet(request: HttpRequest, run: Run, department: str, then: Question | None) -> queries.Sheet:
    page = queries.sheet(run, department, request.user, language(), then)
    if page is None:
        raise Http404(_("The round has no such department."))
    return page


@require_safe
@of_day
def sheet_table(
    request: HttpRequest, zone: Zone, ask: Asked, number: int, department: str, kind: str
) -> HttpResponse:
    """A sheet as a spreadsheet."""
    run = _seen(request, zone, number, ask.then)
    page = _sheet(request, run, department, ask.then)
    rows, heads = tables.sheet_rows(page, language()), tables.SHEET_HEADS[language()]
    return _download(kind, heads, rows, f"assessment-{page.table.round.year}-{department}")


@require_POST
@allowed("assessment.read_released")
def lodge(request: HttpRequest, zone: Zone, number: int, department: str) -> HttpResponse:
    """Appeal against a line or a late paper of one's own department."""
    run = _seen(request, zone, number)
    about, text = request.POST.get("about", ""), request.POST.get("text", "")
    try:
        made = actions.appeal(run, department=department, about=about, text=text, by=request.user)  # type: ignore[arg-type]
    except ForPeople as error:
        return _sheet_page(request, zone, asked_of(zone, {}), run, department, in_words(error))
    messages.success(request, _("The appeal is lodged. Its ruling appears on this page."))
    return redirect("assessment_appeal", zone.slug, made.key)


def _appeal(zone: Zone, key: str) -> Case:
    found = queries.appeal(zone, key)
    if found is None:
        raise Http404(_("There is no such appeal."))
    return found


@require_safe
@allowed("assessment.read_released")
@of_day
def appeal(request: HttpRequest, zone: Zone, ask: Asked, key: str) -> HttpResponse:
    """One appeal."""
    return _appeal_page(request, zone, ask, _appeal(zone, key))


def _appeal_page(
    request: HttpRequest, zone: Zone, ask: Asked, case: Case, fault: str = ""
) -> HttpResponse:
    user: Any = request.user
    page = queries.appeal_page(case, user, timezone.localdate(), language(), ask.then)
    if page is None:
        raise Http404(_("There is no such appeal."))
    return draw(
        request,
        "assessment/appeal.html",
        zone=zone,
        view="assessment",
        ask=ask,
        page=page,
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
        return _appeal_page(request, zone, asked_of(zone, {}), case, in_words(error))
    messages.success(request, outcome(case))
    return redirect("assessment_appeal", zone.slug, key)
