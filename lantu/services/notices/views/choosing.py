"""The pages of notices. They only join."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lantu.core.errors import ForPeople
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.services.notices import queries
from lantu.services.notices.actions import choosing
from lantu.services.notices.forms import HookForm, WishForm
from lantu.ui.pages import draw, in_words


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wishes(request: HttpRequest) -> HttpResponse:
    """What a person is told by mail; each sets it for himself."""
    person: Any = request.user
    found = queries.wishes(person)
    form = WishForm(request.POST or None, instance=found.wish)
    if request.method == "POST" and form.is_valid():
        choosing.choose(**form.cleaned_data, by=person)
        messages.success(request, _("Kept."))
        return redirect("wishes")
    return draw(request, "notices/wishes.html", page=found, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("notices.hook")
def hooks(request: HttpRequest, zone: Zone) -> HttpResponse:
    """The other systems that are told what is due or late in a zone."""
    form, fault = HookForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            choosing.add_hook(zone, form.cleaned_data["address"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The system is told from the next run on."))
            return redirect("hooks", zone.slug)
        except ForPeople as error:
            fault = in_words(error)
    return draw(
        request,
        "notices/hooks.html",
        zone=zone,
        hooks=queries.hooks(zone),
        form=form,
        fault=fault,
        status=400 if fault or form.errors else 200,
    )


@require_POST
@allowed("notices.hook")
def hook_remove(request: HttpRequest, zone: Zone, pk: int) -> HttpResponse:
    """Tell another system nothing any more."""
    found = queries.hook(zone, pk)
    if found is None:
        raise Http404(_("There is no such system."))
    choosing.remove_hook(found, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The system is told nothing any more."))
    return redirect("hooks", zone.slug)
