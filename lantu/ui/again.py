"""Forms that met a closed door: what was typed is handed back, to be sent again."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from lantu.ui.pages import draw

_TOKEN = "csrfmiddlewaretoken"
_OF_SIGN_IN = "/accounts/"  # what is typed there is secret


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form that a page of this site sent; none where it may come from elsewhere.

    A browser says from which site a form was sent, and no page can make it say another one.
    """
    came = urlsplit(request.headers.get("Origin", "")).netloc
    if came != request.get_host() or request.path.startswith(_OF_SIGN_IN):
        return []
    pairs = ((name, str(value)) for name in request.POST for value in request.POST.getlist(name))
    return [(name, value) for name, value in pairs if name != _TOKEN]


def handed_back(request: HttpRequest, *, is_signed_out: bool) -> HttpResponse | None:
    """The page from which a form can be sent once more; None where nothing was typed."""
    fields = typed(request)
    files = [str(file) for _name, file in request.FILES.items()]
    if not (fields or files):
        return None
    # The path only, so that no other site can be named.
    back = "/" + urlsplit(request.headers.get("Referer", "")).path.lstrip("/")
    title = _("You are signed out") if is_signed_out else _("This form has expired")
    return draw(
        request, "ui/again.html", title=title, is_signed_out=is_signed_out, fields=fields,
        words=[value for _name, value in fields if value.strip() and not value.startswith("{")],
        files=files, back=back,
        status=403,
    )  # fmt: skip


def signed_out(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: who was signed out while writing does not lose what was written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        door = resolve_url(settings.LOGIN_URL)
        sent_off = response.status_code == 302 and response["Location"].startswith(door)
        if request.method != "POST" or not sent_off or request.user.is_authenticated:
            return response
        return handed_back(request, is_signed_out=True) or response

    return middleware
