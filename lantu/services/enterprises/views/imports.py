"""The page by which firms and their figures come in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from lantu.core.errors import ForPeople
from lantu.kernel.access.models import Zone
from lantu.kernel.access.views import allowed
from lantu.kernel.registry.actions import import_entities
from lantu.services.enterprises.actions.figures import import_figures
from lantu.services.enterprises.forms import ImportForm
from lantu.services.enterprises.items import items
from lantu.ui.pages import draw


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("enterprises.enter")
def firms_import(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Choose a file; then the report, row by row. Repeating the same file changes nothing."""
    form = ImportForm(request.POST or None, request.FILES or None)
    terms: dict[str, Any] = {"zone": zone, "view": "firms", "form": form}
    terms["items"] = items().values()
    if request.method != "POST" or not form.is_valid():
        return draw(request, "enterprises/import.html", **terms)
    given = form.cleaned_data
    file = given["file"]
    more: dict[str, Any] = {}
    take: Any = import_entities
    if given["kind"] == "figures":
        take, more = import_figures, {"reason": given["reason"]}
    try:
        report = take(
            zone,
            file.read(),
            name=file.name[:120],
            by=request.user,
            whole=not given["partial"],
            dry_run=given["dry_run"],
            **more,
        )
    except ForPeople as error:
        return draw(request, "enterprises/import.html", **terms, fault=error, status=400)
    return draw(request, "enterprises/report.html", zone=zone, view="firms", report=report)
