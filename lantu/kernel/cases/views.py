"""My work: what a person can do now, and by when; the same as a calendar feed."""

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import roles
from lantu.kernel.cases import queries
from lantu.kernel.cases.calendars import calendar_of
from lantu.ui.pages import draw, language

SALT = "lantu.work"


@require_safe
@login_required
def work(request: HttpRequest, zone: str) -> HttpResponse:
    """Everything in which the person may act, those due first before the others."""
    found = get_object_or_404(Zone, slug=zone)
    if not roles(request.user, found):
        raise PermissionDenied
    token = signing.dumps([request.user.pk, found.slug], salt=SALT)
    return draw(
        request,
        "cases/work.html",
        zone=found,
        view="work",
        tasks=queries.tasks(request.user, found, timezone.localdate()),  # type: ignore[arg-type]
        feed=request.build_absolute_uri(reverse("work_calendar", args=[found.slug, token])),
    )


@require_safe
def calendar(request: HttpRequest, zone: str, token: str) -> HttpResponse:
    """The last days of a person's open cases, for any calendar that has the address.

    It ends with the person's roles: who has none left gets nothing.
    """
    try:
        pk, slug = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise Http404(_("There is no such calendar.")) from None
    found = get_object_or_404(Zone, slug=zone)
    person = User.objects.filter(pk=pk, is_active=True).first()
    if person is None or slug != found.slug or not roles(person, found):
        raise Http404(_("There is no such calendar."))
    tasks = queries.tasks(person, found, timezone.localdate())
    body = calendar_of(tasks, language(), timezone.now(), request.build_absolute_uri("/"))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
