"""The pages by which figures come in, and on which one figure is seen and put right."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantu.core.errors import ForPeople
from lantu.kernel.access.models import Zone
from lantu.kernel.facts import queries
from lantu.kernel.facts.actions import import_file, supersede
from lantu.kernel.facts.forms import ImportForm, SupersedeForm
from lantu.kernel.facts.models import Observation
from lantu.ui.pages import draw


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, zone: str) -> HttpResponse:
    """Choose a file; then the report, row by row. Repeating the same file changes nothing."""
    found = get_object_or_404(Zone, slug=zone)
    if not request.user.has_perm("facts.enter", found):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return draw(request, "facts/import.html", zone=found, view="facts", form=form)
    file = form.cleaned_data["file"]
    try:
        report = import_file(
            found,
            file.read(),
            name=file.name[:120],
            by=request.user,  # type: ignore[arg-type]
            whole=not form.cleaned_data["partial"],
            dry_run=form.cleaned_data["dry_run"],
        )
    except ForPeople as error:
        return draw(
            request, "facts/import.html", zone=found, view="facts", form=form, fault=error,
            status=400,
        )  # fmt: skip
    return draw(request, "facts/report.html", zone=found, view="facts", report=report)


@require_http_methods(["GET", "HEAD", "POST"])
def figure_page(request: HttpRequest, zone: str, number: int) -> HttpResponse:
    """One figure: where it was published, what it replaced, what replaced it. Clerks correct it."""
    found = get_object_or_404(Zone, slug=zone)
    history = queries.history(found, number)
    if not history:
        raise Http404(_("There is no such figure."))
    may_enter = request.user.has_perm("facts.enter", found)
    if request.method == "POST" and not may_enter:
        raise PermissionDenied
    form = SupersedeForm(request.POST or None) if may_enter else None
    fault = None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            new = supersede(
                Observation.objects.get(zone=found, pk=number),
                value=form.cleaned_data["value"],
                reason=form.cleaned_data["reason"],
                known_on=form.cleaned_data["known_on"],
                by=request.user,  # type: ignore[arg-type]
            )
            told = _(
                "Corrected. This figure counts from now on; the earlier one stays in its history."
            )
            messages.success(request, told)
            return redirect("figure", zone, new.pk)
        except ForPeople as error:
            fault = error
    this = next(one for one in history if one.id == number)
    return draw(
        request,
        "facts/figure.html",
        zone=found,
        view="facts",
        status=400 if request.method == "POST" else 200,
        figure=this,
        history=history,
        entered=queries.entered(found, number),
        names_people=request.user.has_perm("ledger.read", found),
        form=None if this.is_superseded else form,
        fault=fault,
    )
