"""The pages of supervision. They only join."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu.core.errors import ForPeople
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.cases import queries as cases
from lantu.kernel.cases.actions import perform
from lantu.kernel.cases.models import Case
from lantu.kernel.cases.queries import outcome
from lantu.kernel.documents.actions import place_of_file
from lantu.services.supervision import actions, queries
from lantu.services.supervision.forms import EvidenceForm, MeasureForm, OrderForm
from lantu.services.supervision.models import ORDER, Warning
from lantu.ui.forms import faults
from lantu.ui.pages import draw, in_words, language


def _warning(zone: Zone, pk: int) -> Warning:
    found = queries.warning(zone, pk)
    if found is None:
        raise Http404(_("There is no such warning."))
    return found


def _order(zone: Zone, key: str) -> Case:
    found = cases.find(zone, ORDER, key)
    if found is None:
        raise Http404(_("There is no such order."))
    return found


@require_safe
@allowed("supervision.read")
def board(request: HttpRequest, zone: Zone) -> HttpResponse:
    """What is late and why, and who is at it."""
    return draw(
        request,
        "supervision/board.html",
        zone=zone,
        view="supervision",
        page=queries.board(zone, timezone.localdate(), language()),
        may_warn=request.user.has_perm("supervision.warn", zone),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("supervision.warn")
def pending(request: HttpRequest, zone: Zone) -> HttpResponse:
    """What warning would do as things stand; a person then does it."""
    as_of = _day(request.POST.get("as_of") or request.GET.get("as_of"))
    found = queries.pending(zone, as_of)
    if request.method == "POST":
        try:
            actions.warn(zone, found.new, found.over, as_of=as_of, by=request.user)  # type: ignore[arg-type]
        except ForPeople as error:  # a colleague gave them in between
            messages.error(request, in_words(error))
            return redirect("supervision", zone.slug)
        told = _("%(new)s warnings are given, %(over)s are over.")
        messages.success(request, told % {"new": len(found.new), "over": len(found.over)})
        return redirect("supervision", zone.slug)
    names = dict(queries.departments(zone, language()))
    return draw(
        request,
        "supervision/pending.html",
        zone=zone,
        view="supervision",
        page=found,
        rows=[(one, names.get(one.department, one.department)) for one in found.new],
        as_of=as_of,
    )


def _day(text: str | None) -> date:
    """The day asked about; today where none is given, and never a later one."""
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(text), today) if text else today
    except ValueError:
        raise Http404(_("Write the day as 2025-12-31.")) from None


@require_safe
@allowed("supervision.read")
def warning(request: HttpRequest, zone: Zone, pk: int) -> HttpResponse:
    """One warning: why, what is done about it, and what is ordered."""
    return _page(request, zone, _warning(zone, pk))


def _page(
    request: HttpRequest, zone: Zone, found: Warning, fault: str = "", **forms: Any
) -> HttpResponse:
    answers = queries.may_answer(request.user, found)  # type: ignore[arg-type]
    orders = request.user.has_perm("supervision.order", zone)
    names = queries.departments(zone, language())
    start = {"department": found.department, "matter": found.title.get(language(), "")}
    return draw(
        request,
        "supervision/warning.html",
        zone=zone,
        view="supervision",
        line=queries.line(found, timezone.localdate(), language()),
        measure=forms.get("measure", MeasureForm()) if answers else None,
        order=forms.get("order", OrderForm(departments=names, initial=start)) if orders else None,
        names=names,
        fault=fault,
        status=400 if fault else 200,
    )


@require_POST
@allowed("supervision.read")
def answer(request: HttpRequest, zone: Zone, pk: int) -> HttpResponse:
    """The department says why, and what it does about it."""
    found, form = _warning(zone, pk), MeasureForm(request.POST)
    if not queries.may_answer(request.user, found):  # type: ignore[arg-type]
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, zone, found, _("Fill in every line."), measure=form)
    try:
        actions.answer(found, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except ForPeople as error:
        return _page(request, zone, found, in_words(error), measure=form)
    messages.success(request, _("Answered. The planning office and the leaders see it."))
    return redirect("supervision_warning", zone.slug, pk)


@require_POST
@allowed("supervision.order")
def order_for(request: HttpRequest, zone: Zone, pk: int) -> HttpResponse:
    """Order a department to act on a warning."""
    found = _warning(zone, pk)
    form = OrderForm(request.POST, departments=queries.departments(zone, language()))
    if not form.is_valid():
        return _page(request, zone, found, _("Name the department and the matter."), order=form)
    try:
        made = actions.order(found, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except ForPeople as error:
        return _page(request, zone, found, in_words(error), order=form)
    messages.success(request, _("Ordered: it waits in the work of the department's clerks."))
    return redirect("supervision_order", zone.slug, made.key)


@require_safe
@allowed("supervision.read")
def order(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """One supervision order."""
    return _order_page(request, zone, _order(zone, key))


def _order_page(request: HttpRequest, zone: Zone, case: Case, fault: str = "") -> HttpResponse:
    return draw(
        request,
        "supervision/order.html",
        zone=zone,
        view="supervision",
        page=queries.order(case, request.user, timezone.localdate(), language()),  # type: ignore[arg-type]
        evidence=EvidenceForm(),
        fault=fault,
        status=400 if fault else 200,
    )


@require_POST
@allowed("supervision.read")
def act(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """Reply, give back, close, appeal …; who may not is told why."""
    case = _order(zone, key)
    try:
        perform(
            case,
            request.POST.get("act", ""),
            by=request.user,  # type: ignore[arg-type]
            note=request.POST.get("note", ""),
        )
    except ForPeople as error:
        return _order_page(request, zone, case, in_words(error))
    messages.success(request, outcome(case))
    return redirect("supervision_order", zone.slug, key)


@require_POST
@allowed("supervision.read")
def evidence(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """A file that proves what was done."""
    case, form = _order(zone, key), EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _order_page(request, zone, case, faults(form))
    file = form.cleaned_data["file"]
    try:
        actions.attach(case, file.read(), name=file.name, by=request.user)  # type: ignore[arg-type]
    except ForPeople as error:
        return _order_page(request, zone, case, in_words(error))
    return redirect("supervision_order", zone.slug, key)


@require_safe
@allowed("supervision.read")
def file(request: HttpRequest, zone: Zone, sha256: str) -> FileResponse:
    """A file that is evidence of an order of this zone."""
    name = queries.file_name(zone, sha256)
    path = None if name is None else place_of_file(sha256)
    if name is None or path is None or not path.is_file():
        raise Http404(_("There is no such file."))
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
