"""The page of a search, and the same for the palette."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import zones
from lantu.services.finding import actions, queries
from lantu.services.finding.queries import Found
from lantu.ui.pages import draw, language

IN_PALETTE = 10


def _found(request: HttpRequest, among: list[Zone], most: int) -> Found:
    actions.keep_current(among)
    question = request.GET.get("q", "")
    return queries.search(question, zones=among, reader=request.user, most=most)


@require_safe
def search(request: HttpRequest, zone: str | None = None) -> HttpResponse:
    """What is found in one zone, or in all of them."""
    one = None if zone is None else get_object_or_404(Zone, slug=zone)
    found = _found(request, zones() if one is None else [one], queries.MOST)
    question = request.GET.get("q", "").strip()
    return draw(request, "finding/search.html", zone=one, question=question, found=found)


@require_safe
def search_json(request: HttpRequest) -> JsonResponse:
    """The best few, for the palette; of one zone where it is named and known."""
    every = zones()
    among = [one for one in every if one.slug == request.GET.get("zone")] or every
    lang = language()
    hits = [
        {
            "title": hit.title[lang],
            "kind": hit.kind_name,
            "zone": "" if hit.zone is None else getattr(hit.zone, lang),
            "address": hit.address,
        }
        for hit in _found(request, among, IN_PALETTE).hits
    ]
    return JsonResponse({"hits": hits})
