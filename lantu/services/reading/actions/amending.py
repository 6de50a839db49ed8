"""The drafts of a document; of an amended one, with what the older version decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from lantu.core.plans import wire
from lantu.core.reading.difference import difference
from lantu.core.reading.finding import blank, places
from lantu.core.reading.records import Proposal
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.records import in_force, machine, version_of


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft of the older version, found again."""

    act: str  # kept or changed
    new: Proposal


def fresh(reading: Reading, one: Proposal, code: str) -> Draft:
    """A draft as the machine proposes it."""
    return Draft(
        reading=reading,
        code=code,
        machine=wire.dump(one),
        kind=one.kind,
        form=one.form or "",
        confidence=Decimal(str(one.confidence)),
    )


def compared(reading: Reading, older: Reading, found: tuple[Proposal, ...]) -> list[Draft]:
    """The drafts of an amended document, in the order of the text.

    A promise that is found again keeps its code; where nothing about it changed, the decision of
    the older version stands too. Notes on the reading which accepted promises are gone.
    """
    known = {row.code: row for row in older.drafts.all()}
    before = [(row, one) for row in known.values() if (one := machine(row)) is not None]
    row_of = {id(one): row for row, one in before}
    version, rows, again = version_of(reading), [], {}
    for change in difference([one for _, one in before], found):
        if change.new is None:
            continue
        old = None if change.old is None else row_of[id(change.old)]
        row = fresh(reading, change.new, old.code if old else f"v{version}-{change.new.id}")
        row.change = change.act
        if old is not None:
            again[old.code] = _Found(change.act, change.new)
            row.was, row.en = wire.dump(in_force(old)), old.en
            if change.act == "kept":
                _carry(row, old, change.new)
        rows.append(row)
    by_hand = (_by_hand(reading, old, again) for old in known.values() if old.machine is None)
    rows += [one for one in by_hand if one is not None]
    rows.sort(key=lambda row: (in_force(row).start, row.machine is None))
    _open_orphans(rows)
    codes = {row.code for row in rows}
    reading.removed = [
        code
        for code, old in known.items()
        if code not in codes and old.state == Draft.State.ACCEPTED
    ]
    return rows


def _carry(row: Draft, old: Draft, new: Proposal) -> None:
    """Let a decision stand for the same promise at its new place."""
    row.state, row.into = old.state, old.into
    if old.person is not None:
        row.person = wire.dump(_moved(in_force(old), new))
        row.kind, row.form = old.kind, old.form


def _by_hand(reading: Reading, old: Draft, again: Mapping[str, _Found]) -> Draft | None:
    """A draft that a person made, beside what it was split off from or where its words stand."""
    origin = again.get(old.part_of)
    if origin is None:
        spots = places(reading.text, in_force(old).quote)
        if not spots:
            return None
        is_same = not old.part_of  # what was split off from a promise that is gone is asked anew
        place = blank(reading.text, *spots[0])
    else:
        is_same, place = origin.act == "kept", origin.new
    return Draft(
        reading=reading,
        code=old.code,
        machine=None,
        person=wire.dump(_moved(in_force(old), place)),
        en=old.en,
        state=old.state if is_same else Draft.State.OPEN,
        into=old.into if is_same else "",
        part_of=old.part_of,
        change=Draft.Change.KEPT if is_same else Draft.Change.CHANGED,
        was=wire.dump(in_force(old)),
        kind=old.kind,
        form=old.form,
        confidence=old.confidence,
    )


def _moved(record: Proposal, new: Proposal) -> Proposal:
    return replace(
        record, start=new.start, end=new.end, quote=new.quote, chapter=new.chapter,
        section=new.section, table=new.table,
    )  # fmt: skip


def _open_orphans(rows: list[Draft]) -> None:
    """What was merged into a promise that did not stay the same is to be decided anew."""
    kept = {row.code for row in rows if row.change == Draft.Change.KEPT}
    for row in rows:
        if row.state == Draft.State.MERGED and row.into not in kept:
            row.state, row.into = Draft.State.OPEN, ""
