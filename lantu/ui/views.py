"""Pages that belong to no domain: the gallery of components, the choice of language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from lantu.ui.gallery import shown
from lantu.ui.pages import draw, language

YEAR_SECONDS = 31_536_000


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return draw(request, "ui/gallery.html", shown=shown(language()))


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
