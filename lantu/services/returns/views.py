"""The pages of data returns. They only join."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu.core.errors import ForPeople
from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.cases.actions import perform
from lantu.kernel.cases.queries import outcome
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts.export import XLSX
from lantu.services.returns import actions, queries
from lantu.services.returns.actions import Written
from lantu.services.returns.forms import EvidenceForm, IssueForm, UploadForm
from lantu.services.returns.template import filled, workbook
from lantu.services.returns.typed import Seen, unpacked
from lantu.ui.forms import faults
from lantu.ui.pages import draw, in_words, language

# What was done, and how it can be undone.
DONE = {
    "submit": _t(
        "Sent. It waits for approval; to change a figure, ask a reviewer to give it back."
    ),
    "approve": _t("Approved: its figures now stand among the facts. A mistake is corrected there."),
    "give_back": _t("Given back to the department, with your reason."),
    "lock": _t("Locked. Its figures are changed by correction only."),
}


def _case(zone: Zone, key: str) -> Any:
    found = queries.find(zone, key)
    if found is None:
        raise Http404(_("There is no such return."))
    return found


@require_safe
@allowed("returns.read")
def returns(request: HttpRequest, zone: Zone) -> HttpResponse:
    """All returns by period: who has sent, who is late, who is missing."""
    form = IssueForm() if request.user.has_perm("returns.issue", zone) else None
    return _board(request, zone, form)


def _board(request: HttpRequest, zone: Zone, form: IssueForm | None, **more: Any) -> HttpResponse:
    return draw(
        request,
        "returns/returns.html",
        zone=zone,
        view="returns",
        board=queries.board(zone, timezone.localdate()),
        plan=commitments.current_plan(zone),
        form=form,
        **more,
    )


@require_POST
@allowed("returns.issue")
def issue(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Ask the departments for the figures of a period; what is refused stays in the form."""
    form, plan = IssueForm(request.POST), commitments.current_plan(zone)
    if plan is None or not form.is_valid():
        return _board(request, zone, form, fault=faults(form), status=400)
    try:
        issued = actions.issue_returns(
            zone,
            plan,
            commitments.responsible(plan),
            when=form.cleaned_data["period"],
            vintage=form.cleaned_data["vintage"],
            due_on=form.cleaned_data["due_on"],
            by=request.user,  # type: ignore[arg-type]
        )
    except ForPeople as error:
        return _board(request, zone, form, fault=in_words(error), status=400)
    messages.success(request, " ".join(_told(issued, form.cleaned_data["due_on"])))
    return redirect("returns", zone.slug)


def _told(issued: actions.Issued, day: date | None) -> Iterator[str]:
    yield _("%(count)s returns are asked for.") % {"count": len(issued.cases)}
    if issued.moved:
        yield _("Open before, now with the last day %(day)s: %(count)s.") % {
            "count": issued.moved,
            "day": day,
        }
    if issued.kept:
        yield _("Sent before, with their own last day: %(count)s.") % {"count": issued.kept}


@require_POST
@allowed("returns.issue")
def lock(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Lock a period whose returns are all approved."""
    try:
        count = actions.lock_period(
            zone,
            request.POST.get("period", ""),
            by=request.user,  # type: ignore[arg-type]
        )
        messages.success(request, _("%(count)s returns are locked.") % {"count": count})
    except ForPeople as error:
        messages.error(request, in_words(error))
    return redirect("returns", zone.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("returns.read")
def data_return(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """One return; a clerk of its department writes the lines, and may send them in one step."""
    case = _case(zone, key)
    if request.method != "POST":
        return _page(request, zone, case)
    seen, by = unpacked(request.POST.get("seen", "")), cast(User, request.user)
    written = _written(request, seen)
    sending = request.POST.get("then") == "submit"
    try:
        actions.write_lines(case, written, by=by)
    except ForPeople as error:
        typed = {code: (one.value or "", one.remark or "") for code, one in written.items()}
        fault = in_words(error)
        return _page(request, zone, case, typed, seen, fault=fault, sending=sending, status=400)
    if not sending:
        messages.success(request, _("Kept as a draft. It is not sent yet."))
        return redirect("data_return", zone.slug, key)
    try:
        actions.submit(case, queries.open_questions(case), by=by)
    except ForPeople as error:
        return _page(request, zone, case, fault=in_words(error), sending=True, status=400)
    messages.success(request, DONE["submit"])
    return redirect("data_return", zone.slug, key)


def _page(
    request: HttpRequest,
    zone: Zone,
    case: Any,
    typed: Mapping[str, Seen] | None = None,
    seen: Mapping[str, Seen] | None = None,
    **more: Any,
) -> HttpResponse:
    found = queries.data_return(case, request.user, timezone.localdate())  # type: ignore[arg-type]
    if typed is not None:
        found = queries.as_typed(found, typed, seen or {})
    return draw(
        request,
        "returns/return.html",
        zone=zone,
        view="returns",
        page=found,
        upload=UploadForm(),
        **more,
    )


def _written(request: HttpRequest, seen: Mapping[str, Seen]) -> dict[str, Written]:
    found: dict[str, Written] = {}
    for name, text in request.POST.items():
        part, _mark, code = name.partition(":")
        if part == "value":
            answers = {
                other.split(":")[2]: str(answer)
                for other, answer in request.POST.items()
                if other.startswith(f"answer:{code}:")
            }
            remark = str(request.POST.get(f"remark:{code}", ""))
            found[code] = Written(str(text), remark, answers, seen.get(code))
    return found


@require_safe
@allowed("returns.read")
def template(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """The return as a spreadsheet, to be filled in without the network."""
    found = queries.data_return(
        _case(zone, key),
        request.user,  # type: ignore[arg-type]
        timezone.localdate(),
    )
    response = HttpResponse(workbook(found, language()), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{key}.xlsx"'
    return response


@require_POST
@allowed("returns.read")
def upload(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """A spreadsheet that came back: sound rows are kept, and every row has its report."""
    case, form = _case(zone, key), UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, zone, case, fault=faults(form), status=400)
    file = form.cleaned_data["file"]
    found = queries.data_return(case, request.user, timezone.localdate())  # type: ignore[arg-type]
    try:
        written, report = filled(file.read(), file.name[:120], found)
        actions.write_lines(case, written, by=request.user)  # type: ignore[arg-type]
    except ForPeople as error:
        return _page(request, zone, case, fault=in_words(error), status=400)
    return draw(request, "returns/report.html", zone=zone, view="returns", report=report, key=key)


@require_POST
@allowed("returns.read")
def evidence(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """A file that proves a figure."""
    case, form = _case(zone, key), EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, zone, case, fault=faults(form), status=400)
    file = form.cleaned_data["file"]
    try:
        actions.attach_evidence(
            case,
            form.cleaned_data["code"],
            file.read(),
            name=file.name,
            by=request.user,  # type: ignore[arg-type]
        )
        messages.success(request, _("The file is kept with its hash."))
    except ForPeople as error:
        return _page(request, zone, case, fault=in_words(error), status=400)
    return redirect("data_return", zone.slug, key)


@require_POST
@allowed("returns.read")
def act(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """Send, give back, approve or lock a return."""
    case, name = _case(zone, key), request.POST.get("act", "")
    by: Any = request.user
    try:
        if name == "submit":
            actions.submit(case, queries.open_questions(case), by=by)
        elif name == "approve":
            actions.approve(case, by=by)
        else:
            perform(case, name, by=by, note=request.POST.get("note", ""))
        messages.success(request, DONE.get(name) or outcome(case))
    except ForPeople as error:
        return _page(request, zone, case, fault=in_words(error), status=400)
    return redirect("data_return", zone.slug, key)
