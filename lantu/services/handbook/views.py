"""The pages of the handbook and of the guide. They only join."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lantu.core.handbook import pages
from lantu.kernel.access.queries import zones
from lantu.services.handbook import actions, queries
from lantu.ui.pages import draw, language


@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """The contents."""
    return draw(request, "handbook/contents.html", groups=pages.contents())


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the handbook."""
    lang = language()
    found = pages.page(name, lang)
    if found is None:
        raise Http404(_("The handbook has no such page."))
    return draw(request, "handbook/page.html", turn=queries.turn(found, lang))


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture that a page of the handbook shows."""
    found = pages.picture(name)
    if found is None:
        raise Http404(_("The handbook has no such picture."))
    return FileResponse(found.open("rb"), content_type=pages.IMAGES[found.suffix])


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words, with what they mean."""
    return draw(request, "handbook/glossary.html", words=queries.words())


@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest) -> HttpResponse:
    """The guided path through the sample zone; a form for each tick."""
    if request.method == "POST":
        return _tick(request, request.POST)
    sample = next((zone for zone in zones() if zone.slug == queries.SAMPLE), None)

    def may(permission: str) -> bool:
        return sample is not None and request.user.has_perm(permission, sample)

    found = queries.guide(actions.done(request.session), may)
    return draw(request, "handbook/guide.html", guide=found, has_sample=sample is not None)


def _tick(request: HttpRequest, asked: Any) -> HttpResponse:
    if asked.get("act") == "begin-again":
        actions.begin_again(request.session)
        return redirect("guide")
    known = {step.name for step in queries.steps()}
    name = asked.get("step", "")
    if name in known:
        actions.tick(request.session, name, is_done=asked.get("act") != "undo")
        return redirect(f"{reverse('guide')}#{name}")
    return redirect("guide")
