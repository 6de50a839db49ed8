"""The drafts of a document; of an amended one, with what the older version decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lantu.core.plans import wire
from lantu.core.reading.difference import difference
from lantu.core.reading.finding import blank, places
from lantu.core.reading.records import Proposal
from lantu.core.reading.ties import Ties
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.records import (
    in_force,
    machine,
    machine_ties,
    ties_of,
    version_of,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft of the older version, found again."""

    act: str  # kept or changed
    new: Proposal


def fresh(reading: Reading, one: Proposal, code: str, ties: Ties) -> Draft:
    """A draft as the machine proposes it."""
    return Draft(
        reading=reading,
        code=code,
        machine=wire.dump(one),
        machine_ties=wire.dump(ties),
        kind=one.kind,
        form=one.form or "",
        confidence=Decimal(str(one.confidence)),
    )


def compared(
    reading: Reading, older: Reading, found: tuple[Proposal, ...], ties: Sequence[Ties]
) -> list[Draft]:
    """The drafts of an amended document, in the order of the text.

    A promise that is found again keeps its code; where nothing about it changed, scope and
    departments included, the decision of the older version stands too. Notes on the reading which
    accepted promises are gone.
    """
    tied = {one.id: of_it for one, of_it in zip(found, ties, strict=True)}
    known = {row.code: row for row in older.drafts.all()}
    before = [(row, one) for row in known.values() if (one := machine(row)) is not None]
    row_of = {id(one): row for row, one in before}
    version, rows, again, codes = version_of(reading), [], {}, {}
    for change in difference([one for _, one in before], found):
        if change.new is None:
            continue
        old = None if change.old is None else row_of[id(change.old)]
        code, of_it = old.code if old else f"v{version}-{change.new.id}", tied[change.new.id]
        row = fresh(reading, change.new, code, of_it)
        row.change = change.act
        codes[change.new.id] = code
        if old is not None:
            if change.act == "kept" and not _is_tied_alike(machine_ties(old), of_it):
                row.change = Draft.Change.CHANGED
            again[old.code] = _Found(row.change, change.new)
            row.was, row.en = wire.dump(in_force(old)), old.en
            row.was_ties = wire.dump(ties_of(old))
            if row.change == Draft.Change.KEPT:
                _carry(row, old, change.new)
        rows.append(row)
    for row in rows:
        _recode(row, codes)
    by_hand = (_by_hand(reading, old, again) for old in known.values() if old.machine is None)
    rows += [one for one in by_hand if one is not None]
    rows.sort(key=lambda row: (in_force(row).start, row.machine is None))
    _open_orphans(rows)
    there = {row.code for row in rows}
    reading.removed = [
        code
        for code, old in known.items()
        if code not in there and old.state == Draft.State.ACCEPTED
    ]
    for row in rows:
        _unlink(row, there)
    return rows


def _is_tied_alike(old: Ties, new: Ties) -> bool:
    """Links follow from the other promises, which are compared themselves."""
    return replace(old, links=()) == replace(new, links=())


def _recode(row: Draft, codes: Mapping[str, str]) -> None:
    """The reader links its own ids; a draft that is found again goes by its older code."""
    links = tuple(sorted(codes[one] for one in machine_ties(row).links if one in codes))
    row.machine_ties = wire.dump(replace(machine_ties(row), links=links))


def _unlink(row: Draft, there: set[str]) -> None:
    """What a person linked may be gone from the newer version."""
    if row.ties is not None:
        links = tuple(one for one in ties_of(row).links if one in there)
        row.ties = wire.dump(replace(ties_of(row), links=links))


def _carry(row: Draft, old: Draft, new: Proposal) -> None:
    """Let a decision stand for the same promise at its new place."""
    row.state, row.into, row.ties = old.state, old.into, old.ties
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
        ties=old.ties,
        was_ties=old.ties,
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
