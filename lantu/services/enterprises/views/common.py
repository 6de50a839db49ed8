"""What every page of firms begins with: the zone, and what its reader may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from lantu.core.errors import ForPeople
from lantu.core.wording import in_chinese
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments.views import of_day
from lantu.ui.pages import language

View = Callable[..., HttpResponse]


def of_zone(view: View) -> View:
    """Give a view the zone, the question about the day, and whether the reader is of the zone."""

    asked = of_day(view)

    @wraps(view)
    def wrapped(request: HttpRequest, zone: str, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(Zone, slug=zone)
        is_member = request.user.has_perm("enterprises.read", found)
        return asked(request, found, is_member=is_member, **kwargs)

    return wrapped


def told(error: ForPeople) -> str:
    """A refusal in the reader's language."""
    return in_chinese(str(error)) if language() == "zh" else str(error)


def tell(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do an act and tell how it went; whether it was done."""
    try:
        act()
    except ForPeople as error:
        messages.error(request, told(error))
        return False
    messages.success(request, done)
    return True
