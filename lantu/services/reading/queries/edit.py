"""The page on which one draft is put right."""

from dataclasses import dataclass, fields
from decimal import Decimal

from lantu.core.figures.decimals import shown
from lantu.core.plans import wire
from lantu.core.reading.difference import changed_fields
from lantu.core.reading.records import Proposal
from lantu.core.reading.window import Piece, Spot, window
from lantu.services.reading.models import Draft
from lantu.services.reading.queries.desk import group_of
from lantu.services.reading.records import in_force, machine


@dataclass(frozen=True, slots=True)
class Field:
    """A field whose value differs between two records."""

    name: str
    first: str
    second: str


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


def page_of(draft: Draft) -> Page:
    record, printed = in_force(draft), machine(draft)
    (around,) = window(draft.reading.text, [Spot(draft.pk, record.start, record.end)])
    written = {field.name: plain(getattr(record, field.name)) for field in fields(record)}
    return Page(
        pk=draft.pk,
        number=draft.place,
        code=draft.code,
        record=record,
        written={**written, "en": draft.en},
        machine=() if printed is None else differing(printed, record),
        was=before(draft),
        pieces=around.pieces,
        group=group_of(record),
    )


def before(draft: Draft) -> tuple[Field, ...]:
    """The fields in which a draft differs from the older version; none where there is none."""
    if draft.was is None:
        return ()
    return differing(wire.load(Proposal, draft.was), in_force(draft))


def differing(first: Proposal, second: Proposal) -> tuple[Field, ...]:
    """The fields of meaning in which two records differ."""
    return tuple(
        Field(name, plain(getattr(first, name)), plain(getattr(second, name)))
        for name in changed_fields(first, second)
    )


def plain(value: object) -> str:
    """A value as a person writes it."""
    if value is None:
        return ""
    return shown(value) if isinstance(value, Decimal) else str(value)
