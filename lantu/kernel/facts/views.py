"""The page by which files of figures come in."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from lantu.core.errors import ForPeople
from lantu.kernel.access.models import Zone
from lantu.kernel.facts.actions import import_file
from lantu.kernel.facts.forms import ImportForm
from lantu.ui.pages import draw


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, zone: str) -> HttpResponse:
    """Choose a file; then the report, row by row. Repeating the same file changes nothing."""
    found = get_object_or_404(Zone, slug=zone)
    if not request.user.has_perm("facts.enter", found):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return draw(request, "facts/import.html", zone=found, form=form)
    file = form.cleaned_data["file"]
    try:
        report = import_file(
            found,
            file.read(),
            name=file.name[:120],
            by=request.user,  # type: ignore[arg-type]
            whole=not form.cleaned_data["partial"],
            dry_run=form.cleaned_data["dry_run"],
        )
    except ForPeople as error:
        return draw(request, "facts/import.html", zone=found, form=form, fault=error, status=400)
    return draw(request, "facts/report.html", zone=found, report=report)
