"""Reasons: why a verdict differs between two days, each with what it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lantu.core.judging.records import Verdict
from lantu.core.plans.records import Happening, PlanCommitment, PlanProject
from lantu.kernel.commitments.queries import Move
from lantu.kernel.facts.queries import Figure


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. Only what belongs to its kind is there.

    used: a figure arrived and counts; unused: one arrived and does not count; now: one known
    before counts now; dropped: one counts no longer; target: a target was moved; event: something
    happened or came to be known; time: the day asked about moved on.
    """

    kind: str
    figure: Figure | None = None
    move: Move | None = None
    event: Happening | None = None
    years: tuple[int | None, int | None] = (None, None)  # judged before and after


@dataclass(frozen=True, slots=True)
class Window:
    """What happened between two days, and the figures by number."""

    arrived: Sequence[Figure]
    named: Mapping[int, Figure]
    moves: Sequence[Move]
    events: Sequence[Happening]
    by_series: dict[tuple[str, str], list[Figure]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for figure in self.arrived:
            self.by_series.setdefault((figure.indicator, figure.subject), []).append(figure)


def reasons(
    record: PlanCommitment | PlanProject, before: Verdict, after: Verdict, window: Window
) -> tuple[Reason, ...]:
    """Every reason that the records give; that time went by where they give no other."""
    found = [*_of_figures(record, before, after, window)]
    found += [Reason("target", move=move) for move in window.moves if move.code == record.code]
    found += _of_events(record, before, after, window)
    years = (before.at, after.at)
    if before.at != after.at or not found:
        found.append(Reason("time", years=years))
    return tuple(found)


def _of_figures(
    record: PlanCommitment | PlanProject, before: Verdict, after: Verdict, window: Window
) -> Iterator[Reason]:
    old, new = _used(before), _used(after)
    arrived = list(_arrived(record, window))
    fresh = {figure.id for figure in arrived}
    yield from (Reason("used", figure) for figure in arrived if figure.id in new - old)
    for number in sorted(new - old - fresh):
        if number in window.named:
            yield Reason("now", window.named[number])
    for number in sorted(old - new):
        if number in window.named:
            yield Reason("dropped", window.named[number])
    # A figure that does not count explains something only where none does.
    if old == new:
        yield from (Reason("unused", figure) for figure in arrived if figure.id not in new)


def _used(verdict: Verdict) -> set[int]:
    year = () if verdict.year is None else verdict.year.used
    return {int(fact.key) for fact in (*verdict.used, *year) if fact.key.isdigit()}


def _arrived(record: PlanCommitment | PlanProject, window: Window) -> Iterator[Figure]:
    measure = record.measured_by if isinstance(record, PlanCommitment) else None
    while measure is not None:
        yield from window.by_series.get((measure.indicator, measure.subject), ())
        measure = measure.other


def _of_events(
    record: PlanCommitment | PlanProject, before: Verdict, after: Verdict, window: Window
) -> list[Reason]:
    known = {(event.date, event.event) for event in before.events}
    fresh = {(event.date, event.event) for event in after.events} - known
    return [
        Reason("event", event=one)
        for one in window.events
        if one.code == record.code and (one.date, one.event) in fresh
    ]
