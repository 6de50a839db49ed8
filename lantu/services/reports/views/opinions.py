"""The page of opinions: anybody may give one, and sees what became of those before."""

import hashlib

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lantu.core.errors import ForPeople
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.commitments.views import asked_of, of_day
from lantu.services.reports import actions, queries
from lantu.services.reports.forms import AnswerForm, CollectedForm, OpinionForm
from lantu.services.reports.models import Opinion
from lantu.ui.asking import Asked
from lantu.ui.forms import faults
from lantu.ui.pages import draw, in_words

MOST_AN_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
def opinions(request: HttpRequest, zone: str) -> HttpResponse:
    """Opinions and their answers; a form for a new one."""
    found = get_object_or_404(Zone, slug=zone)
    collects = request.user.has_perm("reports.draft", found)
    kind = CollectedForm if collects else OpinionForm
    if request.method != "POST":
        return _shown(request, zone=zone, form=kind())
    form = kind(request.POST)
    if not form.is_valid():
        is_empty = not request.POST.get("text", "").strip()
        fault = _("Write what you suggest.") if is_empty else faults(form)
        return _page(request, found, form, fault, 400)
    if not collects and _is_too_many(request):
        return _page(request, found, form, _("That was a lot at once. Try again in an hour."), 429)
    given = form.cleaned_data
    try:
        taken = actions.give_opinion(
            found,
            text=given["text"],
            sort=given.get("sort", Opinion.Sort.PUBLIC),
            source=given["source"],
            # Who is signed in is not noted with what they suggest; only what they collected is.
            by=request.user if collects else None,  # type: ignore[arg-type]
        )
    except ForPeople as error:
        return _page(request, found, form, in_words(error), 400)
    messages.success(
        request,
        _("Thank you. It is number %(number)s and is shown here once it is answered.")
        % {"number": taken.number},
    )
    return redirect("opinions", zone)


@of_day
def _shown(request: HttpRequest, zone: Zone, ask: Asked, form: OpinionForm) -> HttpResponse:
    return _page(request, zone, form, ask=ask)


def _is_too_many(request: HttpRequest) -> bool:
    """Counted for an hour under a hash; no address is kept."""
    place = hashlib.sha256(str(request.META.get("REMOTE_ADDR")).encode()).hexdigest()
    key = f"opinions:{place}"
    cache.add(key, 0, 3600)
    try:
        return int(cache.incr(key)) > MOST_AN_HOUR
    except ValueError:  # it ran out between the two calls
        return False


def _page(
    request: HttpRequest, zone: Zone, form: OpinionForm, fault: str = "", status: int = 200,
    ask: Asked | None = None,
) -> HttpResponse:  # fmt: skip
    ask = ask or asked_of(zone, {})
    said = queries.opinions(zone, request.user, ask.until)
    answers = request.user.has_perm("reports.draft", zone) and not ask.is_past
    return draw(
        request, "reports/opinions.html", zone=zone, view="opinions", ask=ask, said=said, form=form,
        tally=queries.tally(said), answer=AnswerForm() if answers else None, fault=fault,
        status=status,
    )  # fmt: skip


@require_POST
@allowed("reports.draft")
def answer(request: HttpRequest, zone: Zone, number: int) -> HttpResponse:
    """Say what became of an opinion."""
    found = Opinion.objects.filter(zone=zone, number=number).first()
    if found is None:
        raise Http404(_("There is no such opinion."))
    try:
        actions.answer(
            found,
            outcome=request.POST.get("outcome", ""),
            text=request.POST.get("text", ""),
            by=request.user,  # type: ignore[arg-type]
        )
    except ForPeople as error:
        return _page(request, zone, CollectedForm(), in_words(error), 400)
    return redirect("opinions", zone.slug)
