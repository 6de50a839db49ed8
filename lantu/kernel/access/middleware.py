"""What happens around every request."""

import ipaddress
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lantu.kernel.access.queries import at_rest, zone_at

Answer = Callable[[HttpRequest], HttpResponseBase]


def asked_from(get_response: Answer) -> Answer:
    """Behind a web server on this machine, a reader's address is the one that server names.

    Else all readers would be one machine: what is counted for each would be counted for all. The
    last address is the one that the server itself saw; what stands before it anybody can write.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.META.get("REMOTE_ADDR") in ("", "127.0.0.1", "::1"):
            told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            try:
                request.META["REMOTE_ADDR"] = str(ipaddress.ip_address(told))
            except ValueError:
                pass  # nobody stands between, or it does not say from where it was asked
        return get_response(request)

    return answer


def of_a_zone(get_response: Answer) -> Answer:
    """A page that is drawn where no view is reached can ask in which zone the reader stands."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.of_zone = partial(zone_at, request.path_info)  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def one_state(get_response: Answer) -> Answer:
    """A page that is only read is drawn of one state, and asks for it once.

    Else a page might say two things where somebody writes while it is drawn. What is sent row by
    row is read as it is sent.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with at_rest():
            return get_response(request)

    return answer
