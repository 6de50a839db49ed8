"""Acts of the public: to ask for letters about changed verdicts, to confirm it, to end it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from lantu.core.errors import Refused
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.services.notices.letters import Change, changed, confirming
from lantu.services.notices.models import Message, Subscription

LASTS = timedelta(days=2)  # how long an address may wait for its confirmation
MOST_OF_A_MACHINE, MOST_OF_AN_ADDRESS, MOST_IN_ALL = 10, 3, 200  # unconfirmed in an hour
HOUR = timedelta(hours=1)
BUSY = "Too many subscriptions were asked for in the last hour. Try again later."
States = Mapping[str, tuple[Mapping[str, str], str]]  # code → title and state


@transaction.atomic
def ask(
    zone: Zone, *, address: str, code: str, language: str, asker: str, now: datetime
) -> Message | None:
    """Write the letter that asks an address to confirm; None where it is known or was just asked.

    Who did not confirm and asks again after an hour gets it again: the first one may be lost.
    Raises Refused for what is no address or no promise, without a mail server, and for too many.
    """
    Zone.objects.select_for_update().get(pk=zone.pk)  # what is counted must not grow meanwhile
    title = _title(zone, code, language)
    address = _checked(address)
    forget_lapsed(now)
    recent = Subscription.objects.filter(confirmed_at__isnull=True, asked_at__gt=now - HOUR)
    if recent.count() >= MOST_IN_ALL or (
        asker and recent.filter(asker=asker).count() >= MOST_OF_A_MACHINE
    ):
        raise Refused(BUSY)
    known = Subscription.objects.filter(zone=zone, code=code, address=address).first()
    is_told = known is not None and (known.confirmed_at or known.asked_at > now - HOUR)
    if is_told or recent.filter(address=address).count() >= MOST_OF_AN_ADDRESS:
        return None
    found = known or Subscription(zone=zone, code=code, address=address)
    found.language, found.asker, found.asked_at = language, asker, now
    found.save()
    found.messages.filter(sort="confirm").delete()
    subject, text = confirming(found, title)
    _note(found, "ask")
    return Message.objects.create(
        subscription=found, sort="confirm", day=now.date(), subject=subject, text=text
    )


def _title(zone: Zone, code: str, language: str) -> str:
    name = commitments.current(zone)
    if not settings.EMAIL_HOST or name is None:
        raise Refused("No letters are sent from here. Subscribe to the feed of news instead.")
    if not code:
        return zone.zh if language == "zh" else zone.en
    titles = commitments.titles(name, {code})
    if code not in titles:
        raise Refused(f"There is no promise {code}.")
    return titles[code][language]


def _checked(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(f"{address[:80]} is no mail address. Write name@example.org.") from None
    return address.strip().lower()


def _note(found: Subscription, act: str) -> None:
    """In the ledger without the address: nothing is ever taken out of the ledger.

    It belongs to no zone, so that the public cannot make a zone's pages be drawn anew.
    """
    record(
        zone=None, by=None, act=act, object_type="notices.subscription", object_key=str(found.key),
        after={"zone": found.zone.slug, "code": found.code},
    )  # fmt: skip


@transaction.atomic
def confirm(found: Subscription, states: States, *, now: datetime) -> None:
    """Tell of changes from now on. Confirming twice changes nothing."""
    found = Subscription.objects.select_for_update().get(pk=found.pk)
    if found.confirmed_at is None:
        found.confirmed_at, found.asker = now, ""
        found.seen = _seen(found, states)
        found.save(update_fields=["confirmed_at", "asker", "seen"])
        _note(found, "confirm")


def _seen(found: Subscription, states: States) -> dict[str, str]:
    return {code: state for code, (_, state) in states.items() if found.code in ("", code)}


@transaction.atomic
def cancel(key: str) -> None:
    """Delete an address with everything that waits for it. Doing it twice changes nothing."""
    found = Subscription.objects.filter(key=key).select_related("zone").first()
    if found is not None:
        _note(found, "cancel")
        found.delete()


@transaction.atomic
def forget_lapsed(now: datetime) -> None:
    """Delete the addresses that were not confirmed in time."""
    lapsed = Subscription.objects.filter(confirmed_at__isnull=True, asked_at__lt=now - LASTS)
    for found in lapsed.select_related("zone").order_by("pk"):
        _note(found, "lapse")
        found.delete()


@transaction.atomic
def tell_changes(zone: Zone, states: States, *, today: date) -> list[Message]:
    """Write to every subscriber of a zone what is another verdict than it was told last."""
    made = []
    known = Subscription.objects.select_for_update(of=("self",)).select_related("zone")
    for found in known.filter(zone=zone, confirmed_at__isnull=False).order_by("pk"):
        if found.messages.filter(sort="changes", day=today).exists():
            continue  # one letter a day; the rest is told tomorrow
        now = _seen(found, states)
        changes = [
            Change(states[code][0], was, now[code], f"/z/{zone.slug}/promises/{code}/")
            for code, was in found.seen.items()
            if code in now and now[code] != was
        ]
        if now != found.seen:
            found.seen = now
            found.save(update_fields=["seen"])
        if changes:
            subject, text = changed(found, changes)
            made.append(
                Message.objects.create(
                    subscription=found, sort="changes", day=today, subject=subject, text=text
                )
            )
            _note(found, "tell")
    return made
