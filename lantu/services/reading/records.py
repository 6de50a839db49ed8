"""A draft's record in force, as the core has it; acts and queries both need it."""

from datetime import timedelta

from lantu.core.plans import drafts, wire
from lantu.core.reading.records import Proposal
from lantu.core.reading.ties import Ties
from lantu.services.reading.models import Draft, Reading

SILENT = timedelta(minutes=11)  # longer than the longest reading: its process is gone


def machine(draft: Draft) -> Proposal | None:
    """What the reader proposed; None for a draft that a person split off."""
    return None if draft.machine is None else wire.load(Proposal, draft.machine)


def in_force(draft: Draft) -> Proposal:
    """The person's record, else the machine's."""
    return wire.load(Proposal, draft.person if draft.person is not None else draft.machine or {})


def as_core(draft: Draft) -> drafts.Draft:
    """The draft as a plan folder is made of it."""
    return drafts.Draft(draft.code, in_force(draft), draft.en, ties_of(draft))


def machine_ties(draft: Draft) -> Ties:
    """The ties that the reader proposed; none for a draft that a person made."""
    return wire.load(Ties, draft.machine_ties)


def ties_of(draft: Draft) -> Ties:
    """The ties in force: the person's, else the machine's."""
    return wire.load(Ties, draft.machine_ties if draft.ties is None else draft.ties)


def put_ties(draft: Draft, ties: Ties) -> None:
    """Make ties the ones in force; the machine's own stay for comparison."""
    told = wire.dump(ties)
    draft.ties = None if told == draft.machine_ties else told


def put(draft: Draft, record: Proposal) -> None:
    """Make a record the one in force; the machine's own stays for comparison."""
    told = wire.dump(record)
    draft.person = None if told == draft.machine else told
    draft.kind, draft.form = record.kind, record.form or ""


def version_of(reading: Reading) -> int:
    """1 for a document that amends none, 2 for the one that amends it, and so on."""
    number, one = 1, reading
    while one.older is not None:
        number, one = number + 1, one.older
    return number
