"""The desk: one page of drafts, and the part of the document in which they stand."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from lantu.core.errors import ContentError
from lantu.core.figures.decimals import shown
from lantu.core.plans.drafts import problem, title
from lantu.core.reading.difference import changed_fields
from lantu.core.reading.records import Proposal
from lantu.core.reading.ties import Ties
from lantu.core.reading.window import Spot, window
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.queries.asked import Asked, listed
from lantu.services.reading.records import as_core, in_force, machine, machine_ties, ties_of

PAGE = 30


@dataclass(frozen=True, slots=True)
class Linked:
    """A draft that belongs together with another."""

    pk: int
    code: str
    title: dict[str, str]
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """One draft. `differs`: the fields in which a person departs from the machine."""

    pk: int
    number: int
    code: str
    title: dict[str, str]
    record: Proposal
    value: str  # with its unit, as the document prints it
    base: str
    state: str
    state_name: str
    into: str
    change: str
    change_name: str
    confidence: Decimal
    differs: tuple[str, ...]
    is_split: bool
    is_added: bool
    fault: ContentError | None
    is_current: bool
    scope: str
    lead: str
    support: tuple[str, ...]
    linked: tuple["Linked", ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of the document; `group` says by its look which sort of promise stands there."""

    text: str
    group: str  # empty: nothing stands there
    form: str
    opens: tuple[tuple[int, int], ...]  # key and number of the drafts that begin here


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the document. `skipped`: letters left out before it."""

    chapter: str
    section: str
    skipped: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the page of a review shows."""

    pk: int
    name: str
    state: str
    cards: tuple[Card, ...]
    stretches: tuple[Stretch, ...]
    counts: dict[str, int]  # of the whole document, by state of review
    found: int
    open_found: int  # of the filter
    total: int
    page: int
    pages: int
    is_amended: bool
    characters: int
    last_step: str


def desk(reading: Reading, ask: Asked, *, page: int = 1, at: int | None = None) -> Desk:
    """One page of a filter: the one with the draft `at`, else the one of that number."""
    keys = list(listed(reading, ask).values_list("pk", flat=True))
    if at in keys:
        page = keys.index(at) // PAGE + 1
    pages = max(1, -(-len(keys) // PAGE))
    page = min(max(1, page), pages)
    shown_keys = keys[(page - 1) * PAGE : page * PAGE]
    rows = list(reading.drafts.filter(pk__in=shown_keys))
    current = at if at in shown_keys else (shown_keys[0] if shown_keys else None)
    states = Counter(reading.drafts.values_list("state", flat=True))
    last = reading.steps.first()
    return Desk(
        pk=reading.pk,
        name=reading.name,
        state=reading.state,
        cards=tuple(_cards(reading, rows, current)),
        stretches=tuple(_stretches(reading, rows)),
        counts={state: states[state] for state in Draft.State.values},
        found=len(keys),
        open_found=listed(reading, ask).filter(state=Draft.State.OPEN).count(),
        total=sum(states.values()),
        page=page,
        pages=pages,
        is_amended=reading.older_id is not None,
        characters=len(reading.text),
        last_step="" if last is None else last.act,
    )


def after(reading: Reading, ask: Asked, draft: Draft) -> int | None:
    """The next draft of a filter, to which the eye goes on; the last one where none follows."""
    later = listed(reading, ask).filter(place__gte=draft.place).values_list("place", "pk")
    following = next((key[1] for key in later if key > (draft.place, draft.pk)), None)
    return following or draft.pk


def linked(reading: int, codes: Iterable[str]) -> tuple[Linked, ...]:
    """The drafts of these codes in the order of the text."""
    rows = Draft.objects.filter(reading=reading, code__in=list(codes))
    return tuple(Linked(row.pk, row.code, title(as_core(row)), row.state) for row in rows)


def _cards(reading: Reading, rows: list[Draft], current: int | None) -> Iterator[Card]:
    every = {code for row in rows for code in ties_of(row).links}
    known = {one.code: one for one in linked(reading.pk, every)}
    for row in rows:
        links = tuple(known[code] for code in ties_of(row).links if code in known)
        yield _card(reading, row, current, links)


def _card(reading: Reading, row: Draft, current: int | None, links: tuple[Linked, ...]) -> Card:
    record, printed, ties = in_force(row), machine(row), ties_of(row)
    is_taken = row.state in (Draft.State.OPEN, Draft.State.ACCEPTED)
    return Card(
        pk=row.pk,
        number=row.place,
        code=row.code,
        title=title(as_core(row)),
        record=record,
        value=value_of(record),
        base=_printed(record.base_value, record.unit),
        state=row.state,
        state_name=row.get_state_display(),
        into=row.into,
        change=row.change,
        change_name=row.get_change_display(),
        confidence=row.confidence,
        differs=()
        if printed is None
        else (*changed_fields(printed, record), *_untied(machine_ties(row), ties)),
        is_split=printed is None and bool(row.part_of),
        is_added=printed is None and not row.part_of,
        fault=problem(as_core(row), reading.text, reading.zone.zh) if is_taken else None,
        is_current=row.pk == current,
        scope=ties.scope,
        lead=ties.lead,
        support=ties.support,
        linked=links,
    )


def _untied(printed: Ties, ties: Ties) -> tuple[str, ...]:
    names = (field.name for field in fields(Ties))
    return tuple(name for name in names if getattr(printed, name) != getattr(ties, name))


def value_of(record: Proposal) -> str:
    """The number that is promised, with its unit; empty where none is."""
    is_rate = record.form == "growth" or record.value is None
    number = record.growth_pct if is_rate else record.value
    if number is None and record.low is not None and record.high is not None:
        return f"{shown(record.low)}–{shown(record.high)} {record.unit}".strip()
    return _printed(number, record.unit)


def _printed(number: Decimal | None, unit: str) -> str:
    return "" if number is None else f"{shown(number)} {unit}".strip()


_GROUPS = {
    "growth": "rate", "change": "rate", "reduction": "rate", "multiple": "rate", "relative": "rate",
    "cumulative": "sum", "per_year": "sum", "complete": "sum",
    "milestone": "work", "task": "work",
}  # fmt: skip


def group_of(record: Proposal) -> str:
    """level, rate, sum, work or past: how a promise of this form is drawn in the document."""
    if record.kind == "fact":
        return "past"
    return "work" if record.kind in ("task", "project") else _GROUPS.get(record.form or "", "level")


def _stretches(reading: Reading, rows: list[Draft]) -> list[Stretch]:
    records = {row.pk: in_force(row) for row in rows}
    numbers = {row.pk: row.place for row in rows}
    spots = [Spot(pk, one.start, one.end) for pk, one in records.items()]
    found = []
    for one in window(reading.text, spots):
        first = next(piece.opens[0] for piece in one.pieces if piece.opens)
        marks = tuple(
            Mark(
                piece.text,
                "" if piece.key is None else group_of(records[piece.key]),
                "" if piece.key is None else _form(records[piece.key]),
                tuple((key, numbers[key]) for key in piece.opens),
            )
            for piece in one.pieces
        )
        found.append(Stretch(records[first].chapter, records[first].section, one.skipped, marks))
    return found


def _form(record: Proposal) -> str:
    return record.form or record.kind
