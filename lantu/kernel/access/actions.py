"""Acts on zones and people, and the one way into the ledger."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone

from lantu.core.errors import Refused
from lantu.kernel.access.ledger import Link, witness
from lantu.kernel.access.models import (
    LedgerEntry,
    LedgerHead,
    Membership,
    Role,
    Seen,
    User,
    Zone,
)

SYSTEM = "system"
PAUSE = 0.12  # seconds; one who waits for SQLite's lock looks again every tenth of a second


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger is told of one act."""

    act: str
    object_type: str
    object_key: str
    before: Any = None
    after: Any = None
    note: str = ""


def record(
    *,
    zone: Zone | None,
    by: User | None,
    act: str,
    object_type: str,
    object_key: str,
    before: Any = None,
    after: Any = None,
    note: str = "",
) -> LedgerEntry:
    """Write one act to the ledger. Call it in the transaction of the act itself."""
    told = Told(act, object_type, object_key, before, after, note)
    return record_all([told], zone=zone, by=by)[0]


@transaction.atomic(savepoint=False)  # an act whose entry cannot be written is no act
def record_all(acts: Sequence[Told], *, zone: Zone | None, by: User | None) -> list[LedgerEntry]:
    """Write several acts of one person to the ledger, each with its entry, in one pass.

    The chain is held once for all of them. Call it in the transaction of the acts themselves.
    """
    if not acts:
        return []
    head, entries = _head(), []
    for told in acts:
        entry = _entry(told, head, zone, by)
        entries.append(entry)
        head.number, head.hash = entry.number, entry.hash
    LedgerEntry.objects.bulk_create(entries)
    head.save(update_fields=["number", "hash"])
    transaction.on_commit(lambda: _witness(entries))
    return entries


def _entry(told: Told, head: LedgerHead, zone: Zone | None, by: User | None) -> LedgerEntry:
    """The link that follows the last one."""
    link = Link(
        number=head.number + 1,
        zone=None if zone is None else zone.slug,
        at=timezone.now(),
        by_name=SYSTEM if by is None else by.get_username(),
        act=told.act,
        object_type=told.object_type,
        object_key=told.object_key[:200],
        before=told.before,
        after=told.after,
        note=told.note[:500],
        previous_hash=head.hash,
    )
    return LedgerEntry(
        number=link.number,
        zone=zone,
        at=link.at,
        by=by,
        by_name=link.by_name,
        act=link.act,
        object_type=link.object_type,
        object_key=link.object_key,
        before=link.before,
        after=link.after,
        note=link.note,
        previous_hash=link.previous_hash,
        hash=link.digest(),
    )


def _head() -> LedgerHead:
    """The last link, held until the transaction ends; made for the first entry of all."""
    held = LedgerHead.objects.select_for_update().filter(pk=1)
    found = held.first()
    if found is None:
        LedgerHead.objects.get_or_create(pk=1)
        found = held.get()
    return found


def _witness(entries: Sequence[LedgerEntry]) -> None:
    """Note the hashes outside the database, so that a cut at the end shows."""
    with witness().open("a", encoding="ascii") as file:
        file.write("".join(f"{entry.number} {entry.hash}\n" for entry in entries))


def in_steps(zone: Zone, steps: Iterable[Callable[[], bool]]) -> None:
    """Do the acts of a long job one by one, each committed by itself, so that others can write.

    A job that was cut off is done again as a whole: each step looks first, in its own transaction,
    whether it was done, and gives whether there was anything to do. The zone is held meanwhile, so
    that two jobs never do one step twice. What a generator computes between steps holds nothing.
    """
    for step in steps:
        with transaction.atomic():
            Zone.objects.select_for_update().get(pk=zone.pk)
            has_done = step()
        if (
            has_done and not connection.in_atomic_block
        ):  # within another transaction a pause frees nothing
            time.sleep(PAUSE)


@transaction.atomic
def ensure_zone(slug: str, *, zh: str, en: str, invented: bool, by: User | None) -> Zone:
    """The zone of that slug, made if there is none.

    Raises Refused where a real zone would become invented or the reverse.
    """
    zone, is_new = Zone.objects.get_or_create(
        slug=slug, defaults={"zh": zh, "en": en, "invented": invented}
    )
    if zone.invented != invented:
        raise Refused(
            f"The zone {slug} holds {'invented' if zone.invented else 'real'} figures. "
            "Real and invented never mix: load this plan into another zone."
        )
    if is_new:
        after = {"zh": zh, "en": en, "invented": invented}
        record(zone=zone, by=by, act="create", object_type="zone", object_key=slug, after=after)
    return zone


@transaction.atomic
def create_user(username: str, *, password: str, by: User | None, email: str = "") -> User:
    """A person who can sign in. Raises Refused where the name is taken."""
    if User.objects.filter(username=username).exists():
        raise Refused(f"There is already a user {username}. Choose another name.")
    user = User.objects.create_user(username, email or None, password)
    record(zone=None, by=by, act="create", object_type="user", object_key=username)
    return user


@transaction.atomic
def set_address(user: User, address: str, *, by: User | None) -> None:
    """The work address of a person; empty takes it away. Raises Refused for what is none.

    The ledger keeps that it was set, not the address: nothing is ever taken out of the ledger.
    """
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(f"{address[:80]} is no mail address. Write name@example.org.") from None
    user.email = address
    user.save(update_fields=["email"])
    after = {"has_address": bool(address)}
    record(
        zone=None, by=by, act="address", object_type="user", object_key=user.username, after=after
    )


@transaction.atomic
def grant_role(user: User, zone: Zone, role: str, *, by: User | None, department: str = "") -> None:
    """Let a person act in a zone. Raises Refused for a role that does not exist."""
    if role not in Role.values:
        raise Refused(f"There is no role {role}. Choose one of: {', '.join(Role.values)}.")
    _, is_new = Membership.objects.get_or_create(
        user=user, zone=zone, role=role, defaults={"department": department}
    )
    if is_new:
        after = {"role": role, "department": department}
        record(
            zone=zone, by=by, act="grant", object_type="role", object_key=user.username, after=after
        )


@transaction.atomic
def revoke_role(user: User, zone: Zone, role: str, *, by: User | None) -> None:
    """Take a role back. Raises Refused where the person does not have it."""
    gone, _ = Membership.objects.filter(user=user, zone=zone, role=role).delete()
    if not gone:
        raise Refused(f"{user.username} is not a {role} of {zone.slug}.")
    before = {"role": role}
    record(
        zone=zone, by=by, act="revoke", object_type="role", object_key=user.username, before=before
    )


@transaction.atomic
def mark_seen(zone: Zone, *, until: datetime, by: User) -> Seen:
    """Note up to when a person has seen what happened in a zone; never later than now.

    The entry belongs to no zone: what is drawn for the zone does not change by it.
    """
    at = min(until, timezone.now())
    found, _ = Seen.objects.update_or_create(user=by, zone=zone, defaults={"at": at})
    record(
        zone=None, by=by, act="see", object_type="zone", object_key=zone.slug,
        after={"until": at.isoformat()},
    )  # fmt: skip
    return found
