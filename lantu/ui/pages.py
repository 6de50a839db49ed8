"""Pages: how a page is drawn, and how long a drawn page may be kept."""

import gzip
from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from typing import Any, Protocol

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from lantu.core.errors import ForPeople
from lantu.core.wording import told
from lantu.ui import navigation
from lantu.ui.asking import Asked, carried
from lantu.ui.foreign import marked

KEPT_SECONDS = 3600


def in_words(error: ForPeople) -> str:
    """An error in the reader's language."""
    return told(error, chinese=language() == "zh")


class ZoneLike(Protocol):
    """What a page shows of a zone."""

    slug: str
    zh: str
    en: str
    invented: bool


def language() -> str:
    """zh or en: the language in which records are shown."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def _may(request: HttpRequest, zone: Any, permission: str) -> bool:
    return request.user.has_perm(permission, zone)


def draw(
    request: HttpRequest,
    template: str,
    *,
    zone: ZoneLike | None = None,
    view: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Draw a page with what every page needs: the zone, its menu and the language."""
    lang = language()
    ask = context.get("ask")
    # A page may have a day of its own, as that up to which warnings are looked for.
    is_asked = isinstance(ask, Asked) or "as_of" in context
    query = ask.query if isinstance(ask, Asked) else carried(request.GET)
    context |= {
        "zone": zone,
        "zone_name": "" if zone is None else getattr(zone, lang),
        "menu": ""
        if zone is None
        else navigation.drawn(zone.slug, view, lang, may=partial(_may, request, zone), query=query),
        "lang": lang,
        "day_query": query,
        "sends_mail": bool(settings.EMAIL_HOST),
        # A page that knows no other day than today says so where another one is asked about.
        "is_of_today": bool(zone and query and not is_asked and status == 200),
    }
    page = render(request, template, context, status=status)
    page.content = marked(page.content.decode(), lang)
    return page


def _packed(page: HttpResponse) -> HttpResponse:
    """The page as it travels: packed once, it costs neither time at every reading nor memory.

    A page that everybody sees alike holds no secret that its length could give away.
    """
    if not page.has_header("Content-Encoding"):
        page.content = gzip.compress(page.content, compresslevel=6, mtime=0)
        page.headers["Content-Encoding"] = "gzip"
        page.headers["Content-Length"] = str(len(page.content))
    patch_vary_headers(page, ("Accept-Encoding",))
    return page


def kept(version: Callable[..., object]) -> Callable[[Any], Any]:
    """Keep a page that everybody sees alike, until its version or the day changes.

    `version` gets the view's arguments. Pages of people who are signed in are drawn anew.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated or request.method != "GET":
                return view(request, *args, **kwargs)
            place = request.get_full_path()
            today = date.today()  # noqa: DTZ011  # the server's own day
            packs = "gzip" in request.headers.get("Accept-Encoding", "")
            version_now = version(*args, **kwargs)
            key = f"page:{language()}:{version_now}:{today}:{packs}:{hash(place)}"
            found: HttpResponse | None = cache.get(key)
            if found is None:
                found = view(request, *args, **kwargs)
                if found.status_code == 200:
                    cache.set(key, _packed(found) if packs else found, KEPT_SECONDS)
            return found

        return wrapped

    return decorate
