"""The pages of reports: draft, read, freeze, release, compare."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.views.decorators.http import require_POST, require_safe

from lantu.core.errors import ForPeople
from lantu.core.reports import writing
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.views import asked_of, of_day
from lantu.kernel.documents.actions import place_of_file
from lantu.services.reports import actions, queries
from lantu.services.reports.forms import DraftForm, FinishedForm
from lantu.services.reports.models import Edition
from lantu.ui.asking import Asked
from lantu.ui.pages import draw, in_words, language

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS = {
    "docx": (writing.as_docx, DOCX),
    "pdf": (writing.as_pdf, "application/pdf"),
    "html": (writing.as_html, "text/html; charset=utf-8"),
}


def _edition(request: HttpRequest, zone: Zone, number: int, until: date = date.max) -> Edition:
    """One that the reader may see; a draft is absent for everybody else."""
    found = queries.edition(zone, number, request.user, until)
    if found is None:
        raise Http404(_("There is no such report."))
    return found


@require_safe
@of_day
def reports(request: HttpRequest, zone: Zone, ask: Asked) -> HttpResponse:
    """Every report that the reader may see."""
    return _list(request, zone, ask)


def _list(
    request: HttpRequest, zone: Zone, ask: Asked, fault: str = "", form: Any = None
) -> HttpResponse:
    plan = commitments.current_plan(zone)
    may_draft = plan is not None and request.user.has_perm("reports.draft", zone)
    return draw(
        request,
        "reports/reports.html",
        zone=zone,
        view="reports",
        ask=ask,
        lines=queries.editions(zone, request.user, language(), ask.until),
        form=(form or DraftForm()) if may_draft and not ask.is_past else None,
        fault=fault,
        status=400 if fault else 200,
    )


@require_POST
@allowed("reports.draft")
def draft(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Draft a report as things stand now."""
    form, plan = DraftForm(request.POST), commitments.current_plan(zone)
    if plan is None or not form.is_valid():
        return _list(
            request, zone, asked_of(zone, {}), _("Choose a report and a year of the plan."), form
        )
    try:
        edition = actions.draft_edition(
            zone,
            plan,
            kind=form.cleaned_data["kind"],
            year=form.cleaned_data["year"],
            by=request.user,  # type: ignore[arg-type]
        )
    except ForPeople as error:
        return _list(request, zone, asked_of(zone, {}), in_words(error), form)
    return redirect("report", zone.slug, edition.number)


@require_safe
@of_day
def report(request: HttpRequest, zone: Zone, ask: Asked, number: int) -> HttpResponse:
    """One report: its text, on what it rests, what has changed since."""
    return _page(request, zone, ask, _edition(request, zone, number, ask.until))


def _page(
    request: HttpRequest, zone: Zone, ask: Asked, edition: Edition, fault: str = ""
) -> HttpResponse:
    plan = commitments.plan(edition.plan)
    # What is done with a report is done today, not on the day that a reader looks at.
    may_file, may_release = (
        not ask.is_past and request.user.has_perm(permission, zone)
        for permission in ("reports.draft", "reports.release")
    )
    return draw(
        request,
        "reports/report.html",
        zone=zone,
        view="reports",
        ask=ask,
        page=queries.page(edition, plan, request.user, language(), ask),
        finish=FinishedForm() if may_file else None,
        may_release=may_release,
        is_member=request.user.has_perm("reports.read", zone),
        fault=fault,
        status=400 if fault else 200,
    )


@require_safe
def download(request: HttpRequest, zone: str, number: int, form: str) -> HttpResponse:
    """The report as docx, pdf or html, in the reader's language."""
    found = get_object_or_404(Zone, slug=zone)
    edition = _edition(request, found, number)
    if form not in WRITERS:
        raise Http404(_("Reports are written as docx, pdf or html."))
    write, content_type = WRITERS[form]
    response = HttpResponse(write(queries.document(edition, language())), content_type=content_type)
    name = f"{edition.plan}-{edition.kind}-{edition.year}-{edition.number}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@of_day
def against(request: HttpRequest, zone: Zone, ask: Asked, number: int, other: int) -> HttpResponse:
    """What stands otherwise in this report than in another."""
    first, second = (_edition(request, zone, one, ask.until) for one in (other, number))
    return draw(
        request, "reports/against.html", zone=zone, view="reports", ask=ask, first=first,
        second=second, changes=queries.compared(first, second),
    )  # fmt: skip


@require_POST
@allowed("reports.read")
def act(request: HttpRequest, zone: Zone, number: int, act: str) -> HttpResponse:
    """Freeze, release, or file the finished docx."""
    known = ACTS.get(act)
    if known is None:
        raise Http404(_("There is no such act."))
    permission, way = known
    if not request.user.has_perm(permission, zone):
        raise PermissionDenied
    edition = _edition(request, zone, number)
    try:
        way(request, edition)
    except ForPeople as error:
        return _page(request, zone, asked_of(zone, {}), edition, in_words(error))
    messages.success(request, DONE[act])
    return redirect("report", zone.slug, number)


def _freeze(request: HttpRequest, edition: Edition) -> None:
    actions.freeze(edition, note=request.POST.get("note", ""), by=request.user)  # type: ignore[arg-type]


def _release(request: HttpRequest, edition: Edition) -> None:
    actions.release(edition, note=request.POST.get("note", ""), by=request.user)  # type: ignore[arg-type]


def _finish(request: HttpRequest, edition: Edition) -> None:
    form = FinishedForm(request.POST, request.FILES)
    file = form.cleaned_data["file"] if form.is_valid() else None
    actions.file_finished(
        edition,
        b"" if file is None else file.read(),
        name="" if file is None else file.name,
        explanation=request.POST.get("explanation", ""),
        by=request.user,  # type: ignore[arg-type]
    )


# What was done, and how it goes on.
DONE = {
    "freeze": _t("Frozen: the report keeps the figures of this moment. A colleague releases it."),
    "release": _t("Released: everybody can read the report."),
    "finish": _t("The finished paper is filed beside the report."),
}
ACTS: dict[str, tuple[str, Callable[[HttpRequest, Edition], None]]] = {
    "freeze": ("reports.draft", _freeze),
    "release": ("reports.release", _release),
    "finish": ("reports.draft", _finish),
}


@require_safe
@allowed("reports.read")
def finished(request: HttpRequest, zone: Zone, number: int, pk: int) -> FileResponse:
    """The finished docx, as it was filed."""
    filed = get_object_or_404(_edition(request, zone, number).finished, pk=pk)
    path = place_of_file(filed.sha256)
    if not path.is_file():
        raise Http404(_("The file is not on this machine."))
    return FileResponse(path.open("rb"), as_attachment=True, filename=filed.name)
