"""The page on which one draft is put right."""

from dataclasses import dataclass, fields
from decimal import Decimal

from lantu.core.figures.decimals import shown
from lantu.core.plans import wire
from lantu.core.reading.difference import changed_fields
from lantu.core.reading.records import Proposal
from lantu.core.reading.ties import Ties
from lantu.core.reading.window import Piece, Spot, window
from lantu.services.reading.models import Draft
from lantu.services.reading.naming import SORTS, Sort, names_in
from lantu.services.reading.queries.desk import Linked, group_of, linked
from lantu.services.reading.records import in_force, machine, machine_ties, ties_of

IN_UNITS = ("value", "low", "high", "base_value")  # fields that are counted in the record's unit


@dataclass(frozen=True, slots=True)
class Field:
    """A field whose value differs between two records."""

    name: str
    first: str
    second: str
    unit: str = ""  # of both, where they are numbers of one unit


@dataclass(frozen=True, slots=True)
class Page:
    """A draft with the lines around it; what the machine had, where that differs."""

    pk: int
    number: int
    code: str
    record: Proposal
    written: dict[str, str]  # the fields as a form shows them
    machine: tuple[Field, ...]
    was: tuple[Field, ...]  # what the older version had, where that differs
    pieces: tuple[Piece, ...]
    group: str
    linked: tuple[Linked, ...]
    known: dict[str, tuple[str, ...]]  # scopes and departments that other drafts name


def page_of(draft: Draft) -> Page:
    record, printed = in_force(draft), machine(draft)
    (around,) = window(draft.reading.text, [Spot(draft.pk, record.start, record.end)])
    written = {field.name: plain(getattr(record, field.name)) for field in fields(record)}
    ties = ties_of(draft)
    return Page(
        pk=draft.pk,
        number=draft.place,
        code=draft.code,
        record=record,
        written={**written, **_written(ties), "en": draft.en},
        machine=()
        if printed is None
        else (*differing(printed, record), *untied(machine_ties(draft), ties)),
        was=before(draft),
        pieces=around.pieces,
        group=group_of(record),
        linked=linked(draft.reading_id, ties.links),
        known={sort: _named(draft, sort) for sort in SORTS},
    )


def _named(draft: Draft, sort: Sort) -> tuple[str, ...]:
    rows = Draft.objects.filter(reading=draft.reading_id)
    return tuple(sorted({name for row in rows for name in names_in(row, sort)}))


def _written(ties: Ties) -> dict[str, str]:
    """Ties as a form shows them."""
    return {
        "scope": ties.scope,
        "lead": ties.lead,
        "support": "、".join(ties.support),
        "links": " ".join(ties.links),
    }


def untied(first: Ties, second: Ties) -> tuple[Field, ...]:
    """The ties in which two records differ."""
    one, other = _written(first), _written(second)
    return tuple(Field(name, one[name], other[name]) for name in one if one[name] != other[name])


def before(draft: Draft) -> tuple[Field, ...]:
    """The fields in which a draft differs from the older version; none where there is none."""
    if draft.was is None:
        return ()
    was_ties = () if draft.was_ties is None else _changed_ties(draft)
    return (*differing(wire.load(Proposal, draft.was), in_force(draft)), *was_ties)


def _changed_ties(draft: Draft) -> tuple[Field, ...]:
    """Scope and departments; what links there are follows from the other promises."""
    found = untied(wire.load(Ties, draft.was_ties or {}), ties_of(draft))
    return tuple(one for one in found if one.name != "links")


def differing(first: Proposal, second: Proposal) -> tuple[Field, ...]:
    """The fields of meaning in which two records differ."""
    units = dict.fromkeys(IN_UNITS, second.unit if first.unit == second.unit else "")
    units["growth_pct"] = "%"
    return tuple(
        Field(name, plain(getattr(first, name)), plain(getattr(second, name)), units.get(name, ""))
        for name in changed_fields(first, second)
    )


def plain(value: object) -> str:
    """A value as a person writes it."""
    if value is None:
        return ""
    return shown(value) if isinstance(value, Decimal) else str(value)
