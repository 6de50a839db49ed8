"""A promise on another site: a page that may be framed, and oEmbed (1.0) that leads to it."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from lxml import etree

from lantu.core.plans.records import PlanCommitment
from lantu.core.plans.standing import Question, Standing
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.ui.pages import language

WIDTH, HEIGHT = 480, 220
_PROMISE = re.compile(r"/z/(?P<zone>[\w-]+)/promises/(?P<code>[\w-]+)/(?:embed/)?")


def _promise(slug: str, code: str) -> tuple[Zone, Standing]:
    zone = get_object_or_404(Zone, slug=slug)
    name = commitments.current(zone)
    found = None
    if name is not None:
        found = commitments.explained(name, code, Question(timezone.localdate()))
    if found is None or not isinstance(found.record, PlanCommitment):
        raise Http404(_("The plan has no such promise."))
    return zone, found


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "form-action": ["'none'"]})  # type: ignore[arg-type]
@require_safe
def embed(request: HttpRequest, zone: str, code: str) -> HttpResponse:
    """One promise in a small page. Nothing in it can be clicked but the way to the whole page."""
    found, standing = _promise(zone, code)
    context: dict[str, Any] = {
        "zone": found,
        "zone_name": getattr(found, language()),
        "standing": standing,
        "address": request.build_absolute_uri(reverse("promise", args=[zone, code])),
        "root": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "opendata/embed.html", context)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """What another site needs to show a promise; 404 for what is no promise here."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse(_("Write format as json or xml."), status=501)
    slug, code = _asked(request)
    zone, standing = _promise(slug, code)
    frame = request.build_absolute_uri(reverse("promise_embed", args=[slug, code]))
    width = _at_most(request, "maxwidth", WIDTH)
    height = _at_most(request, "maxheight", HEIGHT)
    title = standing.record.title[language()]
    told = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "蓝图 Lantu",
        "provider_url": request.build_absolute_uri("/"),
        "author_name": getattr(zone, language()),
        "width": width,
        "height": height,
        "html": format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>',
            frame,
            width,
            height,
            title,
        ),
    }
    return _answer(told, form)


def _answer(told: dict[str, Any], form: str) -> HttpResponse:
    if form == "json":
        text = json.dumps(told, ensure_ascii=False)
        return HttpResponse(text, content_type="application/json+oembed")
    root = etree.Element("oembed")
    for name, value in told.items():
        etree.SubElement(root, name).text = str(value)
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return HttpResponse(body, content_type="text/xml+oembed; charset=utf-8")


def _asked(request: HttpRequest) -> tuple[str, str]:
    """The promise that the address names; only addresses of this site are answered."""
    url = request.GET.get("url", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}) and "\x00" not in url
    match = _PROMISE.fullmatch(urlsplit(url).path) if ours else None
    if match is None:
        raise Http404(_("The plan has no such promise."))
    return match["zone"], match["code"]


def _at_most(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    if text.isascii() and text.isdigit() and 0 < len(text) < 6:
        return min(otherwise, max(int(text), 1))
    return otherwise
