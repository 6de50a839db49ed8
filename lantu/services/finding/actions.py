"""The one write: the index follows what it was made from.

It leaves no entry in the ledger: the index holds nothing of its own, and an entry would itself be
a change of the zone that the index would have to follow.
"""

from collections.abc import Iterable

from django.db import transaction

from lantu.core.spelling import pinyin
from lantu.kernel.access.models import User, Zone
from lantu.services.finding import gathering
from lantu.services.finding.gathering import Thing
from lantu.services.finding.letters import folded
from lantu.services.finding.models import Entry, Indexed

BATCH = 500


def keep_current(zones: Iterable[Zone], *, by: User | None = None) -> None:
    """Bring the index of these zones, and of what all share, up to what is recorded."""
    known = dict(Indexed.objects.values_list("part", "version"))
    for zone in (None, *zones):
        version = gathering.version(zone)
        if known.get("" if zone is None else zone.slug) != version:
            _refresh(zone, version)


@transaction.atomic
def _refresh(zone: Zone | None, version: str) -> None:
    part = "" if zone is None else zone.slug
    Indexed.objects.get_or_create(part=part, defaults={"version": ""})
    # Two readers may come at once: the second waits here, and finds the work done.
    state = Indexed.objects.select_for_update().get(part=part)
    if state.version == version:
        return
    write(zone, gathering.things(zone))
    state.version = version
    state.save(update_fields=["version"])


@transaction.atomic
def write(zone: Zone | None, things: Iterable[Thing]) -> None:
    """Make the index of a zone hold exactly these things. What did not change is left alone."""
    wanted = {thing.print: (place, thing) for place, thing in enumerate(things)}
    there = dict(Entry.objects.filter(zone=zone).values_list("print", "pk"))
    gone = [pk for print_, pk in there.items() if print_ not in wanted]
    for start in range(0, len(gone), BATCH):
        Entry.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    new = [found for print_, found in wanted.items() if print_ not in there]
    readings = pinyin([thing.zh for _, thing in new])
    Entry.objects.bulk_create(
        (
            _entry(zone, place, thing, *reading)
            for (place, thing), reading in zip(new, readings, strict=True)
        ),
        batch_size=BATCH,
    )


def _entry(zone: Zone | None, place: int, thing: Thing, whole: str, first: str) -> Entry:
    # A line break on either side, so that a whole title and its beginning can be told.
    titles = f"\n{folded(thing.zh)}\n{folded(thing.en)}\n"
    code, words = folded(thing.code), folded(thing.words)
    return Entry(
        zone=zone,
        kind=thing.kind,
        members_only=thing.members_only,
        place=place,
        address=thing.address[:1000],
        zh=thing.zh[:500],
        en=thing.en[:500],
        code=thing.code[:200],
        titles=titles,
        initials=first[:500],
        text="\n".join(part for part in (titles, code, first, whole, words) if part),
        print=thing.print,
    )
