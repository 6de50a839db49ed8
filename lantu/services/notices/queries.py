"""What the pages of notices show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from lantu.core.plans.standing import Question
from lantu.kernel.access.models import User, Zone
from lantu.kernel.commitments import queries as commitments
from lantu.services.notices.models import Hook, Message, Subscription, Wish

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Sent:
    """One letter or post in a list."""

    day: date
    state: str
    label: str
    fault: str
    count: int  # of matters that it tells


@dataclass(frozen=True, slots=True)
class HookLine:
    """Another system that is told."""

    pk: int
    address: str
    secret: str
    by: str
    at: datetime
    sent: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person has chosen, and what was sent lately."""

    wish: Wish
    address: str
    sent: tuple[Sent, ...]
    zones: tuple[Zone, ...]  # of which the person sets the webhooks


def wishes(person: User) -> Wishes:
    """A person's own page."""
    administered = Zone.objects.filter(
        memberships__user=person, memberships__role="administrator"
    ).order_by("slug")
    return Wishes(
        Wish.objects.filter(user=person).first() or Wish(user=person),
        person.email,
        _sent(Message.objects.filter(user=person).order_by("-day", "-pk")[:SHOWN]),
        tuple(administered),
    )


def hooks(zone: Zone) -> list[HookLine]:
    """The other systems that a zone tells, in the order in which they were added."""
    return [
        HookLine(
            one.pk,
            one.address,
            one.secret,
            "" if one.by is None else one.by.get_username(),
            one.at,
            _sent(one.messages.order_by("-pk")[:5]),
        )
        for one in Hook.objects.filter(zone=zone).select_related("by").order_by("pk")
    ]


def hook(zone: Zone, pk: int) -> Hook | None:
    return Hook.objects.filter(zone=zone, pk=pk).first()


def subscription(key: str) -> Subscription | None:
    return Subscription.objects.filter(key=key).select_related("zone").first()


def subject(zone: Zone, code: str, language: str) -> str:
    """What a subscription is to, in words: the zone's plan, or a promise of it."""
    plan = commitments.current_plan(zone)
    if plan is None:
        return zone.zh if language == "zh" else zone.en
    found = commitments.titles(plan.name, {code}) if code else {}
    return found.get(code, plan.title)[language]


def states(zone: Zone) -> dict[str, tuple[Mapping[str, str], str]]:
    """The verdict of each promise of the zone's plan as anybody can read it today, by its code."""
    name = commitments.current(zone)
    if name is None:
        return {}
    return {
        one.record.code: (one.record.title, one.verdict.state)
        for one in commitments.commitments(name, Question(timezone.localdate()))
    }


def _sent(messages: QuerySet[Message]) -> tuple[Sent, ...]:
    return tuple(
        Sent(one.day, one.state, str(Message.State(one.state).label), one.fault, count)
        for one in messages.prefetch_related("reminders")
        for count in [len(one.reminders.all())]
    )
