"""The pages of appraisals. They only join."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu.core.errors import ForPeople
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.cases.models import Case
from lantu.kernel.cases.queries import outcome
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.views import asked_of, of_day
from lantu.services.appraisal import actions, queries
from lantu.services.appraisal.forms import FORMS
from lantu.services.appraisal.rules import ASKED
from lantu.ui.asking import Asked
from lantu.ui.pages import draw, in_words, language


@require_safe
@of_day
def appraisals(request: HttpRequest, zone: Zone, ask: Asked) -> HttpResponse:
    """Every appraisal that the reader may see."""
    may_write = not ask.is_past and request.user.has_perm("appraisal.write", zone)
    return draw(
        request,
        "appraisal/list.html",
        zone=zone,
        view="appraisals",
        ask=ask,
        lines=queries.lines(zone, request.user, timezone.localdate(), ask.then),
        may_write=may_write and commitments.current_plan(zone) is not None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("appraisal.write")
def write(request: HttpRequest, zone: Zone, sort: str) -> HttpResponse:
    """Write an appraisal before or after a policy."""
    plan = commitments.current_plan(zone)
    if sort not in FORMS or plan is None:
        raise Http404(_("There is no such appraisal."))
    today, fault = timezone.localdate(), ""
    form = FORMS[sort](
        request.POST if request.method == "POST" else None,
        promises=queries.choices(plan, language()),
        earlier=queries.earlier(zone, language(), today),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.write(
                zone, plan, sort, title=given["title"], codes=given["codes"],
                texts={key: given[key] for key in ASKED[sort]},
                before=given.get("before", ""), as_of=given.get("as_of"),
                by=request.user,  # type: ignore[arg-type]
            )  # fmt: skip
        except ForPeople as error:
            fault = in_words(error)
        else:
            return redirect("appraisal", zone.slug, made.key)
    return draw(
        request,
        "appraisal/write.html",
        zone=zone,
        view="appraisals",
        form=form,
        sort=sort,
        fault=fault,
        status=400 if request.method == "POST" else 200,
    )


def _seen(request: HttpRequest, zone: Zone, key: str, then: Question | None = None) -> Case:
    case = queries.find(zone, key, request.user, then)
    if case is None:
        raise Http404(_("There is no such appraisal."))
    return case


@require_safe
@of_day
def appraisal(request: HttpRequest, zone: Zone, ask: Asked, key: str) -> HttpResponse:
    """One appraisal."""
    return _page(request, zone, ask, _seen(request, zone, key, ask.then))


def _page(
    request: HttpRequest, zone: Zone, ask: Asked, case: Case, fault: str = ""
) -> HttpResponse:
    return draw(
        request,
        "appraisal/appraisal.html",
        zone=zone,
        view="appraisals",
        ask=ask,
        page=queries.paper(case, request.user, timezone.localdate(), language(), ask.then),
        fault=fault,
        status=400 if fault else 200,
    )


@require_POST
@allowed("appraisal.read_draft")
def act(request: HttpRequest, zone: Zone, key: str) -> HttpResponse:
    """Give back, publish, withdraw; who may not is told why."""
    case = _seen(request, zone, key)
    try:
        actions.take_further(
            case,
            request.POST.get("act", ""),
            by=request.user,  # type: ignore[arg-type]
            note=request.POST.get("note", ""),
        )
    except ForPeople as error:
        return _page(request, zone, asked_of(zone, {}), case, in_words(error))
    messages.success(request, outcome(case))
    return redirect("appraisal", zone.slug, key)
