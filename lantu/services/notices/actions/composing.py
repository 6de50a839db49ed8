"""Acts of composing: who is told of which matters. Nothing is sent here."""

import json
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.cases.actions import add_note
from lantu.services.notices.letters import letter
from lantu.services.notices.matters import Matter
from lantu.services.notices.models import Hook, Message, Reminder, Wish

MOST = 500  # matters in one post; the others go with the next
LETTER, POST = "notices.letter", "notices.post"


@transaction.atomic
def compose(
    matters: Sequence[Matter], *, today: date, letters: bool, by: User | None
) -> list[Message]:
    """Write the letters and posts about what nobody was told of yet; give them.

    One letter a person a day: who got one today gets the rest tomorrow. Doing it again changes
    nothing. `letters` is false where no mail can be sent.
    """
    zones = {one.zone.pk for one in matters}
    list(Zone.objects.select_for_update().filter(pk__in=zones).order_by("pk"))  # one at a time
    made = [*_letters(matters, today, by)] if letters else []
    told = {pair for message in made for pair in _pairs(message)}
    for one in matters:
        if one.case is not None and (one.zone.pk, one.key, one.step) in told:
            add_note(one.case, by=by, act="remind", note="", terms={"step": one.step})
    return made + _posts(matters, today, by)


def _pairs(message: Message) -> list[tuple[int, str, str]]:
    return list(message.reminders.values_list("zone_id", "matter", "step"))


def _letters(matters: Sequence[Matter], today: date, by: User | None) -> list[Message]:
    reached = {pk for one in matters for pk in one.people}
    people = User.objects.filter(pk__in=reached, is_active=True).exclude(email="")
    people = people.exclude(messages__day=today).select_related("wish").order_by("pk")
    made = []
    for person in people:
        wish = getattr(person, "wish", None) or Wish(user=person)
        wanted = [one for one in matters if person.pk in one.people and getattr(wish, one.sort)]
        known = _known(Reminder.objects.filter(user=person))
        fresh = [one for one in wanted if (one.zone.pk, one.key, one.step) not in known]
        if fresh:
            made.append(_letter(person, wish, fresh, today, by))
    return made


def _known(told: QuerySet[Reminder]) -> set[tuple[int, str, str]]:
    return set(told.values_list("zone_id", "matter", "step"))


def _letter(
    person: User, wish: Wish, fresh: Sequence[Matter], today: date, by: User | None
) -> Message:
    subject, text = letter(person, fresh, language=wish.language, root=settings.ADDRESS)
    message = Message.objects.create(user=person, day=today, subject=subject, text=text)
    _note(message, fresh, by, act="remind", key=person.username)
    return message


def _posts(matters: Sequence[Matter], today: date, by: User | None) -> list[Message]:
    made = []
    for hook in Hook.objects.filter(zone__in={one.zone.pk for one in matters}).order_by("pk"):
        known = _known(Reminder.objects.filter(hook=hook))
        fresh = [
            one
            for one in matters
            if one.zone.pk == hook.zone_id and (one.zone.pk, one.key, one.step) not in known
        ][:MOST]
        if fresh:
            message = Message(hook=hook, day=today)
            message.text = _body(message, fresh)
            message.save()
            _note(message, fresh, by, act="remind", key=hook.address)
            made.append(message)
    return made


def _body(message: Message, fresh: Sequence[Matter]) -> str:
    """What is posted: matters, never people."""
    zone = fresh[0].zone
    told = [
        {
            "key": one.key, "step": one.step, "sort": one.sort, "title": dict(one.title),
            "what": dict(one.what), "address": settings.ADDRESS + one.path,
        }
        for one in fresh
    ]  # fmt: skip
    whole = {
        "id": str(message.key),
        "zone": zone.slug,
        "invented": zone.invented,
        "day": message.day.isoformat(),
        "matters": told,
    }
    return json.dumps(whole, ensure_ascii=False)


def _note(
    message: Message, fresh: Sequence[Matter], by: User | None, *, act: str, key: str
) -> None:
    """Keep what a message tells, and put it in the ledger of each zone that it tells of."""
    Reminder.objects.bulk_create(
        Reminder(
            message=message, user=message.user, hook=message.hook,
            zone=one.zone, matter=one.key, step=one.step,
        )
        for one in fresh
    )  # fmt: skip
    kind = POST if message.user is None else LETTER
    for zone in sorted({one.zone for one in fresh}, key=lambda one: one.pk):
        told = [f"{one.key} {one.step}" for one in fresh if one.zone == zone]
        record(
            zone=zone, by=by, act=act, object_type=kind, object_key=key,
            after={"message": str(message.key), "matters": told},
        )  # fmt: skip
