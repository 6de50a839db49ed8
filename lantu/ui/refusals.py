"""Refusals that no view draws itself: what is wrong, and where to go on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from lantu.ui.again import handed_back
from lantu.ui.asking import carried
from lantu.ui.pages import ZoneLike, draw

_MB = 1_000_000
PROBLEM = "application/problem+json"  # RFC 9457
OF_THE_SERVER = "lantu.refused"  # in the environ: the status with which the server refused
_OF_PROGRAMS = re.compile(r"/(?:api|sdmx)(?:/|\Z)")  # nobody reads these addresses as pages
_OF_DJANGO = re.compile(r"No \w+ matches the given query\.")  # names a class, in English only


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request was refused, and what helps. `back`: an address to go on from, or empty."""

    title: str
    what: str
    remedy: str
    back: str = ""
    word: str = ""  # for that address, where it is not simply the way back


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page; where a view said what is missing, so does the page."""
    told = exception.args[0] if exception.args else ""
    said = told if isinstance(told, str) and not _OF_DJANGO.fullmatch(told) else ""
    remedy, title = (
        _("Check the address, or start from the list of zones."),
        _("There is no such page"),
    )
    refusal = Refusal(title, said, remedy, _above(request.path))
    if carried(request.GET):
        remedy = _("It may not have been there on the day asked about; today it may be.")
        refusal = Refusal(title, said, remedy, request.path, _("The same page as of today"))
    return _refuse(request, refusal, 404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent cannot be taken: too large, or not a request that a browser writes."""
    title = _("What was sent cannot be read")
    if isinstance(exception, RequestDataTooBig):
        most = {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // _MB}
        what = _("It is larger than %(most)s MB.") % most
        remedy = _("Send it in parts, or as a file.")
        return _refuse(request, Refusal(title, what, remedy, _before(request)), 413)
    if isinstance(exception, DisallowedHost):
        title = _("The server does not answer to this name")
        what = _("It answers to the names only that its administrator has listed.")
        remedy = _(
            "Use the address that you were given. An administrator adds a name in LANTU_HOSTS."
        )
    elif isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        what = _("It has more fields or files than one form may send.")
        remedy = _("Send it in parts, or as a file.")
    else:
        what = _("The request is broken or was written by another program.")
        remedy = _("Open the page again and send it once more.")
    return _refuse(request, Refusal(title, what, remedy, _before(request)), 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Somebody who may not see a page; what else there is of the zone stands above."""
    return draw(request, "403.html", zone=_zone(request), status=403)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose key no longer fits; Django gives the reason, which helps no reader."""
    if (page := handed_back(request, is_signed_out=False)) is not None:
        return page
    refusal = Refusal(
        _("This form has expired"),
        _("It was open for long, or you signed in or out meanwhile. Nothing was taken."),
        _("Open the page again and send it once more."),
        _before(request),
    )
    return _refuse(request, refusal, 403)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours. The database may be the cause, so nothing here may need it."""
    if not _OF_PROGRAMS.match(request.path):
        return HttpResponse(render_to_string("500.html"), status=500)
    refusal = Refusal(
        _("The server failed"),
        _("This is a fault of the server, not of what was asked."),
        _("Try again in a while. Before sending anything again, look whether it was taken."),
    )
    return _refuse(request, refusal, 500)


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody asks faster than a person does, as when passwords are guessed."""
    refusal = Refusal(
        _("That was too much at once"),
        _("So many tries from one place are stopped for a while. Nothing was changed."),
        _("Wait some minutes and try again."),
        _before(request),
    )
    return _refuse(request, refusal, 429)


def locked(request: HttpRequest, *_given: object) -> HttpResponse:
    """The door is shut after too many wrong passwords; the library's own page is a bare line."""
    refusal = Refusal(
        _("Signing in is closed for a while"),
        _("Too many wrong passwords. Wait an hour, or ask an administrator."),
        _("What is public can be read without an account."),
    )
    return _refuse(request, refusal, 429)


def not_allowed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an address asked in a way that it does not take gets a page that says so."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        if request.method in ("GET", "HEAD"):
            what = _("This address only takes what a form sends.")
        else:
            what = _("This address only shows a page and takes nothing.")
        remedy = _("Go back to the page and use its form or its links.")
        refusal = Refusal(_("This cannot be done here"), what, remedy, _before(request))
        drawn = _refuse(request, refusal, 405)
        drawn["Allow"] = response["Allow"]
        return drawn

    return middleware


def by_the_server(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what the web server refused before anybody could read it gets a page too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        status = request.META.get(OF_THE_SERVER)
        if status is None:
            return get_response(request)
        title, what, remedy = {
            414: (
                _("The address is too long"),
                _("No page has an address of this length."),
                _("Ask for less at once, or start from the list of zones."),
            ),
            431: (
                _("What the browser sent along is too large"),
                _("It is more than the server takes, mostly because of many cookies."),
                _("Delete the cookies of this site and open the page again."),
            ),
        }[status]
        return _refuse(request, Refusal(title, what, remedy), status)

    return middleware


def _refuse(request: HttpRequest, refusal: Refusal, status: int) -> HttpResponse:
    if _OF_PROGRAMS.match(request.path):
        told = {"type": "about:blank", "title": refusal.title, "status": status}
        told["detail"] = " ".join(filter(None, [refusal.what, refusal.remedy]))
        options = {"ensure_ascii": False}
        return JsonResponse(told, status=status, content_type=PROBLEM, json_dumps_params=options)
    return draw(request, "ui/refused.html", zone=_zone(request), refusal=refusal, status=status)


def _zone(request: HttpRequest) -> ZoneLike | None:
    """The zone in which the reader stands, so that the way on is at hand."""
    of_zone = getattr(request, "of_zone", None)
    found: ZoneLike | None = of_zone() if of_zone and hasattr(request, "user") else None
    return found


def _before(request: HttpRequest) -> str:
    """The page from which the reader came, else the one above."""
    came = request.headers.get("Referer", "")
    if came and url_has_allowed_host_and_scheme(came, {request.get_host()}):
        return urlsplit(came).path
    return _above(request.path)


def _above(path: str) -> str:
    """The nearest address above this one that is a page; empty where only the first page is."""
    parts = path.strip("/").split("/")[:-1]
    while parts:
        above = f"/{'/'.join(parts)}/"
        try:
            resolve(above)
        except Resolver404:
            parts.pop()
        else:
            return above
    return ""
