"""Pages that belong to no domain: the gallery of components, the choice of language."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from lantu.core import content
from lantu.ui.pages import draw
from lantu.ui.picture import Mark, Row
from lantu.ui.why import Why

YEAR_SECONDS = 31_536_000


def examples() -> dict[str, dict[str, Any]]:
    """Every component with its examples, as the gallery and the tests draw them."""
    found: dict[str, dict[str, Any]] = content.read(
        Path(__file__).with_name("examples.yaml"), "ui/examples.yaml"
    ).plain()
    return found


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    shown = examples()
    for case in shown["picture"].values():
        case["rows"] = [
            Row(one["name"], tuple(Mark(**mark) for mark in one["marks"])) for one in case["rows"]
        ]
    for name, told in shown["why"].items():
        shown["why"][name] = _why(told)
    return draw(request, "ui/gallery.html", examples=shown)


def _why(told: dict[str, Any]) -> Why:
    return Why(**{**told, "because": tuple(map(_why, told.get("because", ())))})


@require_safe
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the choice in a cookie and go back. Nothing else changes, so a link will do."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("home")
    response = HttpResponseRedirect(back)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR_SECONDS,
            samesite="Lax",
            secure=settings.HTTPS,
            httponly=True,
        )
    return response
