"""Acts of sending. A message is claimed before it goes out, so it never goes out twice."""

import smtplib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from lantu.kernel.access.actions import record
from lantu.kernel.access.models import Membership
from lantu.services.notices.letters import address_to
from lantu.services.notices.models import Message
from lantu.services.notices.posting import NotReached, post

State = Message.State
CLAIM_LASTS = timedelta(minutes=10)  # far longer than any attempt takes
MOST_ATTEMPTS = 8
Outcome = tuple[str, str]  # state and fault


def send_all(now: datetime) -> Counter[str]:
    """Send what waits, and say how many came to which state. What fails waits for the next run."""
    settle_lost(now)
    found: Counter[str] = Counter()
    waiting = Message.objects.filter(state=State.WAITING)
    found += _sent(waiting.filter(hook__isnull=False), now, _post)
    if settings.EMAIL_HOST:
        letters = waiting.filter(hook__isnull=True)
        if letters.exists():
            found += _mailed(letters, now)
    return found


def settle_lost(now: datetime) -> None:
    """What a run left behind when it was stopped: nobody knows whether it went out.

    A letter is not sent again. A post is: its receiver knows it by its id.
    """
    lost = Message.objects.filter(state=State.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    for message in lost.order_by("pk"):
        way = State.UNKNOWN if message.hook is None else State.WAITING
        _settle(message, (way, "the run was stopped while it was sent"), now)


def send_now(message: Message, now: datetime) -> None:
    """Send one letter at once, as somebody waits for it; what fails waits for the next run."""
    if settings.EMAIL_HOST:
        _mailed([message], now)


def _mailed(letters: Iterable[Message], now: datetime) -> Counter[str]:
    connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        return Counter({f"mail server: {error}": 1})  # nothing was claimed, all wait
    try:
        return _sent(letters, now, lambda message: _mail(message, connection))
    finally:
        connection.close()


def _sent(
    messages: Iterable[Message], now: datetime, way: Callable[[Message], Outcome]
) -> Counter[str]:
    found: Counter[str] = Counter()
    for message in messages:
        if claim(message, now):
            outcome = way(message)
            found[_settle(message, outcome, now)] += 1
    return found


def claim(message: Message, now: datetime) -> bool:
    """Take a message to send it. False where another run has taken it."""
    free = Message.objects.filter(pk=message.pk, state=State.WAITING)
    taken = free.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    if taken:
        message.refresh_from_db()
    return taken == 1


@transaction.atomic
def _settle(message: Message, outcome: Outcome, now: datetime) -> str:
    state, fault = outcome
    if state == State.WAITING and message.attempts >= MOST_ATTEMPTS:
        state = State.FAILED
    text = message.text if state == State.WAITING else ""
    held = Message.objects.filter(pk=message.pk, state=State.SENDING)
    held.update(state=state, fault=fault[:300], settled_at=now, text=text)
    record(
        zone=None if message.hook is None else message.hook.zone, by=None, act="send",
        object_type="notices.letter" if message.hook is None else "notices.post",
        object_key=str(message.key), after={"state": state, "attempt": message.attempts},
        note=fault,
    )  # fmt: skip
    return state


def _mail(message: Message, connection: BaseEmailBackend) -> Outcome:
    if not (address := _reader(message)):
        return State.DROPPED, "nobody may read it any more"
    mail = EmailMessage(
        message.subject,
        message.text,
        to=[address],
        connection=connection,
        headers={**_heads(message), "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        return State.WAITING, f"refused: {error}"
    except (OSError, smtplib.SMTPException) as error:
        return State.UNKNOWN, f"the line broke: {error}"
    return State.SENT, ""


def _reader(message: Message) -> str:
    """The address of the reader, if he may still read what the letter tells."""
    subscription, person = message.subscription, message.user
    if subscription is not None:
        is_asked = message.sort == "confirm" or subscription.confirmed_at is not None
        return subscription.address if is_asked else ""
    if person is None or not person.is_active:
        return ""
    zones = set(message.reminders.values_list("zone_id", flat=True))
    held = set(Membership.objects.filter(user=person).values_list("zone_id", flat=True))
    return person.email if zones <= held else ""


def _heads(message: Message) -> dict[str, str]:
    """The same name at every attempt, so that a mail server can tell a double; the way out."""
    host = settings.ADDRESS.split("//")[-1].split("/")[0].split(":")[0]
    heads = {"Message-ID": f"<{message.key}@{host}>"}
    if message.subscription is not None:
        heads["List-Unsubscribe"] = f"<{address_to('unsubscribe', message.subscription)}>"
        heads["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return heads


def _post(message: Message) -> Outcome:
    hook = message.hook
    assert hook is not None  # the caller chose posts
    try:
        status = post(hook.address, message.text.encode(), key=hook.secret, name=str(message.key))
    except NotReached as error:
        return State.WAITING, str(error)
    if 200 <= status < 300:
        return State.SENT, ""
    return State.WAITING, f"it answered {status}"
