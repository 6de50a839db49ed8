"""Who is let in to a page of a zone; and the ledger, for those who may read it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lantu.kernel.access import actions, queries
from lantu.kernel.access.models import Zone
from lantu.ui.pages import draw

View = Callable[..., HttpResponseBase]


def allowed(permission: str) -> Callable[[View], View]:
    """Give a view the zone, if its reader may act there: 403 if not, sign-in if nobody is."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def wrapped(request: HttpRequest, zone: str, **kwargs: Any) -> HttpResponseBase:
            found = get_object_or_404(Zone, slug=zone)
            if not request.user.has_perm(permission, found):
                raise PermissionDenied
            return view(request, found, **kwargs)

        return wrapped

    return decorate


@require_safe
@allowed("ledger.read")
def ledger(request: HttpRequest, zone: Zone) -> HttpResponse:
    """The newest acts of a zone; older ones by `before`."""
    before = request.GET.get("before", "")
    acts = queries.ledger(zone, before=int(before[:12]) if before.isdecimal() else None)
    older = acts[-1:] if acts and acts[-1].number > queries.first_act(zone) else []
    return draw(request, "access/ledger.html", zone=zone, view="facts", acts=acts, older=older)


@require_POST
@allowed("zone.belong")
def seen(request: HttpRequest, zone: Zone) -> HttpResponse:
    """Mark what happened up to the moment of the page as seen, and go back to the overview."""
    try:
        until = datetime.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        until = timezone.now()
    if timezone.is_naive(until):
        until = timezone.make_aware(until)
    actions.mark_seen(zone, until=until, by=request.user)  # type: ignore[arg-type]
    return redirect("overview", zone.slug)
