"""The pages on which anybody subscribes to changed verdicts, confirms it, and ends it."""

from datetime import timedelta

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lantu.core.errors import ForPeople
from lantu.kernel.access.models import Zone
from lantu.services.notices import queries
from lantu.services.notices.actions import subscribing
from lantu.services.notices.actions.sending import send_now
from lantu.services.notices.forms import SubscribeForm
from lantu.services.notices.letters import SALT
from lantu.ui.forms import faults
from lantu.ui.pages import draw, in_words, language

ASKED = {"GET", "HEAD"}


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, zone: str) -> HttpResponse:
    """Ask to hear of changes; the answer does not tell whether an address is known."""
    found = get_object_or_404(Zone, slug=zone)
    form, fault = SubscribeForm(request.POST or None, initial=_asked_for(request)), ""
    is_asked = False
    if request.method == "POST" and not form.is_valid():
        fault = faults(form)
    elif request.method == "POST":
        try:
            message = subscribing.ask(
                found, **form.cleaned_data, language=language(), asker=_asker(request),
                now=timezone.now(),
            )  # fmt: skip
            is_asked = True
            if message is not None:
                send_now(message, timezone.now())
        except ForPeople as error:
            fault = in_words(error)
    return draw(
        request,
        "notices/subscribe.html",
        zone=found,
        form=form,
        title=queries.subject(found, form["code"].value() or "", language()),
        fault=fault,
        is_asked=is_asked,
        status=400 if fault else 200,
    )


def _asked_for(request: HttpRequest) -> dict[str, str]:
    return {"code": request.GET.get("promise", "")[:90]}


def _asker(request: HttpRequest) -> str:
    """Which machine asks, unreadably, for a day; empty for this machine itself."""
    place = request.META.get("REMOTE_ADDR", "")
    if place in ("", "127.0.0.1", "::1"):
        return ""
    day = timezone.localdate().isoformat()
    return salted_hmac("lantu.asker", f"{day} {place}", algorithm="sha256").hexdigest()


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The second half of subscribing: a button, since mail programs open links by themselves."""
    key = _key(token, lasts=subscribing.LASTS)
    found = queries.subscription(key)
    if found is None:
        raise Http404(_("There is no such subscription, or it has lapsed."))
    is_done = request.method not in ASKED
    if is_done:
        subscribing.confirm(found, queries.states(found.zone), now=timezone.now())
    return draw(
        request, "notices/confirm.html", zone=found.zone, is_done=is_done,
        title=queries.subject(found.zone, found.code, language()),
    )  # fmt: skip


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription. It can be ended twice, as nothing of it is kept."""
    key = _key(token)
    is_done = request.method not in ASKED
    if is_done:
        subscribing.cancel(key)
    return draw(request, "notices/unsubscribe.html", is_done=is_done)


def _key(token: str, *, lasts: timedelta | None = None) -> str:
    try:
        return str(signing.loads(token, salt=SALT, max_age=lasts))
    except (signing.BadSignature, ValueError):
        raise Http404(_("There is no such subscription, or it has lapsed.")) from None
