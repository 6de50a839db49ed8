"""The ledger, for those who may read it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lantu.kernel.access import queries
from lantu.kernel.access.models import Zone
from lantu.ui.pages import draw


@require_safe
@login_required
def ledger(request: HttpRequest, zone: str) -> HttpResponse:
    """The newest acts of a zone; older ones by `before`."""
    found = get_object_or_404(Zone, slug=zone)
    if not request.user.has_perm("ledger.read", found):
        raise PermissionDenied
    before = request.GET.get("before", "")
    acts = queries.ledger(found, before=int(before) if before.isdecimal() else None)
    return draw(request, "access/ledger.html", zone=found, acts=acts, older=acts[-1:])
