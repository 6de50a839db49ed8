"""Open data in any browser: other sites' pages may read it, and may ask first how (CORS)."""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]
_API: Final = "/api/v1/"
_OPEN: Final = re.compile(
    r"/(?:api|sdmx)/|/catalog(?:\.|\Z)|/oembed\Z"
    r"|/z/[\w-]+/(?:data/[\w.]+|news\.atom|due\.ics|projects\.oc4ids\.json)\Z"
)
_CKAN: Final = re.compile(r"/api/(?:3/)?action/")
# What a script may send with its question, beyond what it may always send.
_HEADS: Final = "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match"
_DAY: Final = "86400"  # seconds for which a browser need not ask again


def shared(get_response: Answer) -> Answer:
    """Middleware: what is public without a session may be read by the page of any site.

    The answer names no site, so that a browser never sends a session along: what it gets is what
    anybody gets.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked = request.META.get("QUERY_STRING", "")
        if not (_OPEN.match(request.path) or "export=" in asked):
            return get_response(request)
        if request.method == "OPTIONS":
            return _told_how(request)
        response = _by_any_way(get_response, request)
        if response.get("Content-Type", "").startswith("text/html"):
            return response  # a page for people, whatever was asked of it
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Content-Disposition, ETag, Link"
        return response

    return answer


def _told_how(request: HttpRequest) -> HttpResponse:
    ways = "GET, HEAD, POST, OPTIONS" if _CKAN.match(request.path) else "GET, HEAD, OPTIONS"
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = ways
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Headers"] = _HEADS
    response["Access-Control-Max-Age"] = _DAY
    patch_vary_headers(response, ["Access-Control-Request-Method"])
    return response


def _by_any_way(get_response: Answer, request: HttpRequest) -> HttpResponseBase:
    """The answer; the API's library knows no HEAD, which RFC 9110 asks for beside GET."""
    if request.method != "HEAD" or not request.path.startswith(_API):
        return get_response(request)
    request.method = "GET"
    try:
        return get_response(request)
    finally:
        request.method = "HEAD"  # the server sends no body for it
