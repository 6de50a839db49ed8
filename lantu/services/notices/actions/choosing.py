"""Acts of choosing: what a person wants to be told, and which other systems are told."""

from django.db import transaction

from lantu.core.errors import Refused
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.services.notices.models import Hook, Wish
from lantu.services.notices.posting import refuse_inner, target

MOST_HOOKS = 10


@transaction.atomic
def choose(*, soon: bool, late: bool, warning: bool, language: str, by: User) -> Wish:
    """Keep what a person wants to be told. Raises Refused for a language that there is not."""
    if language not in Wish.Language.values:
        raise Refused(f"There is no language {language}. Choose one of: both, zh, en.")
    chosen = {"soon": soon, "late": late, "warning": warning, "language": language}
    wish, _ = Wish.objects.update_or_create(user=by, defaults=chosen)
    record(
        zone=None, by=by, act="choose", object_type="notices.wish",
        object_key=by.get_username(), after=chosen,
    )  # fmt: skip
    return wish


@transaction.atomic
def add_hook(zone: Zone, address: str, *, by: User) -> Hook:
    """Post what is due or late to another system from now on.

    Raises Refused for an address that must not be reached, one that is there, or one too many.
    """
    Zone.objects.select_for_update().get(pk=zone.pk)
    address = address.strip()
    refuse_inner(target(address))
    if len(address) > 500:
        raise Refused("The address is too long: 500 letters are taken.")
    if Hook.objects.filter(zone=zone, address=address).exists():
        raise Refused("This address is told already.")
    if Hook.objects.filter(zone=zone).count() >= MOST_HOOKS:
        raise Refused(f"A zone tells {MOST_HOOKS} systems at most. Remove one first.")
    hook = Hook.objects.create(zone=zone, address=address, by=by)
    record(zone=zone, by=by, act="add", object_type="notices.hook", object_key=address)
    return hook


@transaction.atomic
def remove_hook(hook: Hook, *, by: User) -> None:
    """Tell another system nothing any more; what it was told is forgotten, the ledger is not."""
    zone, address = hook.zone, hook.address
    hook.delete()
    record(zone=zone, by=by, act="remove", object_type="notices.hook", object_key=address)
