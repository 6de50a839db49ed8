"""The pages of methods: how each figure is computed, by which numbers, from which papers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.kernel.methods import catalogue
from lantu.ui.pages import draw


@require_safe
def method_list(request: HttpRequest) -> HttpResponse:
    """Every method of the services."""
    return draw(request, "methods/methods.html", methods=catalogue.catalogue())


@require_safe
def method_page(request: HttpRequest, name: str) -> HttpResponse:
    """One method: formula, columns, parameters by date, and its worked examples run now."""
    method = catalogue.found(name)
    if method is None:
        raise Http404(_("There is no such method."))
    return draw(
        request,
        "methods/method.html",
        method=method,
        parameters=catalogue.parameters(method),
        checks=catalogue.checks(name),
        history=sorted(method.history.items(), reverse=True),
    )
