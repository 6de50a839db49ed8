"""Drafts that a person adds: a second promise of one place, or one that the reader missed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import transaction

from lantu.core.errors import Refused
from lantu.core.plans import wire
from lantu.core.reading.finding import blank, places
from lantu.core.reading.records import Proposal
from lantu.core.reading.ties import Ties
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User
from lantu.services.reading.actions.reviewing import KEPT, opened
from lantu.services.reading.actions.tying import change_ties, partners
from lantu.services.reading.models import Draft, Reading, Step
from lantu.services.reading.records import in_force, put_ties, ties_of, version_of

MOST_PARTS = 20
NO_TIES = Ties()
LONGEST = 200  # letters of a place


@transaction.atomic
def split(draft: Draft, *, by: User) -> Draft:
    """Make a second draft of the same place, to be edited: the text says two things there.

    Both keep scope and departments, and are linked, but for two projects.
    """
    reading = opened(draft.reading_id)
    origin = draft.part_of or draft.code
    count = reading.drafts.filter(part_of=origin).count()
    if count >= MOST_PARTS:
        raise Refused(f"A draft is split into {MOST_PARTS} at most.")
    taken = set(reading.drafts.filter(code__startswith=f"{origin}-").values_list("code", flat=True))
    version = version_of(reading)
    part = "" if version == 1 else f"v{version}-"  # no code of an older version is used again
    code = next(name for n in range(2, 100) if (name := f"{origin}-{part}{n}") not in taken)
    return _made(
        reading, draft, code, in_force(draft), "split", by,
        en=draft.en, part_of=origin, change=draft.change, confidence=draft.confidence,
        ties=_beside(draft),
    )  # fmt: skip


def _beside(draft: Draft) -> Ties:
    """The ties of a draft that is split off from another."""
    found = ties_of(draft)
    links = (draft.code,) if in_force(draft).kind != "project" else ()
    return replace(found, links=links)


@transaction.atomic
def add(reading: Reading, words: str, *, by: User) -> Draft:
    """Make a draft of words that the reader passed over, to be edited.

    Raises Refused where the words stand nowhere in the document, or at more than one place.
    """
    reading = opened(reading.pk)
    found = places(reading.text, words[: LONGEST + 1])
    if len(words.strip()) > LONGEST or not found:
        raise Refused(
            "These words do not stand in the document. Copy up to 200 letters from it as they are."
        )
    if len(found) > 1:
        raise Refused(
            f"These words stand at {len(found)} places or more. Copy more of the sentence."
        )
    version, (start, end) = version_of(reading), found[0]
    prefix = "a" if version == 1 else f"v{version}-a"
    number = reading.drafts.filter(code__startswith=prefix, part_of="").count() + 1
    rows = list(reading.drafts.all())
    near = next((row for row in reversed(rows) if in_force(row).start <= start), None)
    one = blank(reading.text, start, end)
    return _made(
        reading, near, f"{prefix}{number:04d}", one, "add", by,
        change=Draft.Change.ADDED if reading.older_id else "", confidence=Decimal(1),
    )  # fmt: skip


def _made(
    reading: Reading, near: Draft | None, code: str, one: Proposal, act: str, by: User, *,
    ties: Ties = NO_TIES, **more: Any,
) -> Draft:  # fmt: skip
    """A draft without a machine's record, beside another; one step and one entry."""
    made = Draft.objects.create(
        reading=reading, code=code, place=0 if near is None else near.place, machine=None,
        person=wire.dump(one), kind=one.kind, form=one.form or "", **more,
    )  # fmt: skip
    others = partners(reading, made, ties)
    rows = list(reading.drafts.filter(pk__in=others))
    before = _changed(rows, others)
    put_ties(made, ties)
    made.save(update_fields=["ties"])
    Step.objects.create(reading=reading, act=act, before=before, made=[made.pk], by=by)
    record(
        zone=reading.zone, by=by, act=act, object_type="reading",
        object_key=f"{reading.pk}/{made.code}", after={"record": made.person},
    )  # fmt: skip
    return made


def _changed(rows: Iterable[Draft], ties: Mapping[int, Ties]) -> dict[int, dict[str, Any]]:
    """Give the drafts at the other ends their ties; how they were before."""
    before = {}
    for row in rows:
        before[row.pk] = {name: getattr(row, name) for name in KEPT}
        change_ties(row, ties)
        row.save(update_fields=["ties"])
    return before
