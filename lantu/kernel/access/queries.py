"""What pages and commands need to know of zones, roles and the ledger."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max

from lantu.kernel.access.ledger import Link, breaks, witness
from lantu.kernel.access.models import LedgerEntry, Membership, Role, Seen, User, Zone

PAGE = 100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proof:
    """What `lantu verify` found."""

    entries: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the ledger page."""

    number: int
    at: datetime
    by: str
    act: str
    object_type: str
    object_key: str
    note: str
    before: Any
    after: Any
    hash: str

    @property
    def role(self) -> str:
        """The role that was given or taken back, and of which department; or nothing."""
        told = self.after or self.before
        if self.object_type != "role" or not isinstance(told, dict):
            return ""
        names = (str(Role(told["role"]).label), told.get("department", ""))
        return " · ".join(filter(None, names))


def zones() -> list[Zone]:
    """All zones, the real ones first."""
    return list(Zone.objects.order_by("invented", "slug"))


def zone_at(path: str) -> Zone | None:
    """The zone of which a page at this address would be; None where it is of no zone."""
    first, _, rest = path.strip("/").partition("/")
    return Zone.objects.filter(slug=rest.partition("/")[0]).first() if first == "z" else None


_AT_REST: ContextVar[dict[object, Any] | None] = ContextVar("at_rest", default=None)


@contextmanager
def at_rest() -> Iterator[None]:
    """Within, everything is read as it was at first: one page, or a copy of all, is of one state.

    A server's pages are each of its moment.
    """
    token = _AT_REST.set({})
    try:
        yield
    finally:
        _AT_REST.reset(token)


def read_once(key: object, read: Callable[[], T]) -> T:
    """What is read anew each time, but only once where all is at rest."""
    kept = _AT_REST.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: T = kept[key]
    return found


def read_before(key: object, found: object) -> None:
    """Take as read what another process has read; only where all is at rest."""
    kept = _AT_REST.get()
    if kept is not None:
        kept[key] = found


def zone_version(zone: Zone) -> int:
    """A number that grows with every act in a zone: what is drawn may be kept until it changes."""

    def newest() -> int:
        found = LedgerEntry.objects.filter(zone=zone).aggregate(newest=Max("number"))["newest"]
        return found or 0

    return read_once(("version", zone.pk), newest)


def zone_mark(zone: Zone) -> str:
    """The hash of the newest act in a zone: no two states have one, even after a restore."""
    newest = LedgerEntry.objects.filter(zone=zone).order_by("-number")
    return newest.values_list("hash", flat=True).first() or ""


def last_changed(zone: Zone | None = None) -> datetime | None:
    """When something was last done in a zone, or anywhere; None where nothing was."""
    found = LedgerEntry.objects.all() if zone is None else LedgerEntry.objects.filter(zone=zone)
    return found.order_by("-number").values_list("at", flat=True).first()


def acts(zone: Zone, *, act: str, object_type: str) -> list[datetime]:
    """When each act of a kind was done in a zone, in order."""
    told = LedgerEntry.objects.filter(zone=zone, act=act, object_type=object_type)
    return list(told.order_by("number").values_list("at", flat=True))


def was_done(zone: Zone, *object_keys: str, act: str, object_type: str) -> bool:
    """Whether the ledger of a zone tells of an act, under any of some names."""
    told = LedgerEntry.objects.filter(zone=zone, act=act, object_type=object_type)
    return told.filter(object_key__in=object_keys).exists()


def newest_act() -> int:
    """The number of the newest act anywhere: what shows all zones may be kept until it changes."""
    newest = LedgerEntry.objects.aggregate(newest=Max("number"))["newest"]
    return newest or 0


def kinds_of_act_since(number: int, marks: Collection[str]) -> set[tuple[str, str]] | None:
    """The kinds of act after a number, each with what it was done to.

    None where the ledger does not hold the acts of these hashes: it is another one's, or an older.
    """
    known = {one for one in marks if one}
    if LedgerEntry.objects.filter(hash__in=known).count() != len(known):
        return None
    found = LedgerEntry.objects.filter(number__gt=number)
    return set(found.values_list("act", "object_type").distinct())


def roles(user: User | AnonymousUser, zone: Zone) -> frozenset[str]:
    """The roles of a person in a zone; none for a stranger."""
    if not user.is_authenticated:
        return frozenset()
    found = Membership.objects.filter(user=user, zone=zone).values_list("role", flat=True)
    return frozenset(found)


def zones_of(user: User | AnonymousUser) -> list[str]:
    """The zones in which a person has a role, by their slugs."""
    if not user.is_authenticated:
        return []
    found = Membership.objects.filter(user=user).values_list("zone__slug", flat=True)
    return sorted(set(found))


def seen(user: User, zone: Zone) -> datetime | None:
    """Up to when a person has seen what happened in a zone; None where nothing was marked."""
    return Seen.objects.filter(user=user, zone=zone).values_list("at", flat=True).first()


def acts_since(zone: Zone, moment: datetime) -> int:
    """How many acts the ledger of a zone holds since a moment."""
    return LedgerEntry.objects.filter(zone=zone, at__gt=moment).count()


def verify() -> Proof:
    """Go through the whole chain and name every sign of tampering."""
    count = LedgerEntry.objects.count()
    return Proof(count, tuple(breaks(_links(), _witnessed())))


def _links() -> Iterator[tuple[Link, str]]:
    entries = LedgerEntry.objects.select_related("zone").order_by("number")
    for entry in entries.iterator(chunk_size=2000):
        link = Link(
            number=entry.number,
            zone=None if entry.zone is None else entry.zone.slug,
            at=entry.at,
            by_name=entry.by_name,
            act=entry.act,
            object_type=entry.object_type,
            object_key=entry.object_key,
            before=entry.before,
            after=entry.after,
            note=entry.note,
            previous_hash=entry.previous_hash,
        )
        yield link, entry.hash


def _witnessed() -> dict[int, str]:
    if not witness().exists():
        return {}
    lines = witness().read_text(encoding="ascii").splitlines()
    pairs = (line.split() for line in lines)
    return {int(pair[0]): pair[1] for pair in pairs if len(pair) == 2}


def first_act(zone: Zone) -> int:
    """The number of the oldest act of a zone; 0 where there is none."""
    entries = LedgerEntry.objects.filter(zone=zone).order_by("number")
    return entries.values_list("number", flat=True).first() or 0


def ledger(zone: Zone, *, before: int | None = None) -> list[Act]:
    """The newest acts of a zone, or those before a number."""
    entries = LedgerEntry.objects.filter(zone=zone).order_by("-number")
    if before is not None:
        entries = entries.filter(number__lt=before)
    return [
        Act(
            entry.number,
            entry.at,
            entry.by_name,
            entry.act,
            entry.object_type,
            entry.object_key,
            entry.note,
            entry.before,
            entry.after,
            entry.hash,
        )
        for entry in entries[:PAGE]
    ]
