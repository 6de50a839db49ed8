"""What happens around every request."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lantu.kernel.access.queries import at_rest

Answer = Callable[[HttpRequest], HttpResponseBase]


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
