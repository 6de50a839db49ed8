"""What changed between two days of knowledge: verdicts and why, figures, targets, findings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lantu.core.auditing.findings import Finding
from lantu.core.judging.records import Verdict
from lantu.core.judging.states import SEVERITY, UNJUDGED, State
from lantu.core.plans.records import PlanCommitment, PlanFolder, PlanProject
from lantu.core.plans.standing import Question, Standing
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.queries import Move
from lantu.kernel.facts import queries as facts
from lantu.kernel.facts.queries import Figure
from lantu.services.comparing.queries.asking import Days
from lantu.services.comparing.queries.reasons import Reason, Window, reasons

SHOWN = 100  # figures on the page; the export has all


@dataclass(frozen=True, slots=True)
class Stand:
    """A state and the year it was judged at; no state where there is no verdict of that kind."""

    state: str
    at: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A promise, task or project whose verdict differs between the two days."""

    record: PlanCommitment | PlanProject
    view: str  # the page of such a record
    before: Stand
    after: Stand
    year_before: Stand
    year_after: Stand
    way: str  # better, worse, known, lost; empty where none of them can be said
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two days: how the promises with a number stood then."""

    day: date
    as_of: date
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """A target that was moved, with its promise; None for one that the plan has no longer."""

    move: Move
    record: PlanCommitment | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the page shows."""

    sides: tuple[Side, Side]
    changes: tuple[Change, ...]
    ways: Mapping[str, int]
    still: int  # promises whose state is the same, though they rest on other figures now
    moved: tuple[Moved, ...]
    arrived: tuple[Figure, ...]  # the newest
    arrivals: int
    undated: int
    came: tuple[Finding, ...]
    went: tuple[Finding, ...]

    @property
    def sideways(self) -> int:
        """The changes that are neither for the better nor for the worse."""
        return self.ways.get("", 0)


def comparison(
    zone: Zone, plan: PlanFolder, chosen: Days, *, as_of: date | None, rules: str | None
) -> Comparison:
    """Judge both days once and tell what differs.

    Each day is judged as of itself, or both as of one day, so that only knowledge differs.
    """
    first, last = (Question(as_of or day, day, rules) for day in (chosen.since, chosen.until))
    pairs = list(_pairs(plan.name, first, last))
    found = [pair for pair in pairs if _differs(*pair)]
    moves = commitments.moves(plan.name, chosen.since, chosen.until)
    window = _window(zone, plan, chosen, found, moves)
    changes = tuple(_change(before, after, window) for before, after in found)
    came, went = _findings(plan.name, chosen, moves)
    by_code = {record.code: record for record in plan.commitments}
    return Comparison(
        sides=(_side(first, [one for one, _ in pairs]), _side(last, [one for _, one in pairs])),
        changes=changes,
        ways=Counter(change.way for change in changes),
        still=sum(_rests_elsewhere(*pair) for pair in pairs),
        moved=tuple(Moved(move, by_code.get(move.code)) for move in moves),
        arrived=tuple(facts.arrived(zone, chosen.since, chosen.until, count=SHOWN)),
        arrivals=facts.arrivals(zone, chosen.since, chosen.until),
        undated=facts.undated(zone),
        came=came,
        went=went,
    )


def _pairs(name: str, first: Question, last: Question) -> Iterator[tuple[Standing, Standing]]:
    for judged in (commitments.commitments, commitments.projects):
        yield from zip(judged(name, first), judged(name, last), strict=True)


def _differs(before: Standing, after: Standing) -> bool:
    return _states(before.verdict) != _states(after.verdict)


def _states(verdict: Verdict) -> tuple[str, str]:
    return verdict.state, "" if verdict.year is None else verdict.year.state


def _rests_elsewhere(before: Standing, after: Standing) -> bool:
    return not _differs(before, after) and before.verdict.used != after.verdict.used


def _side(question: Question, standings: Iterable[Standing]) -> Side:
    counts: Counter[str] = Counter(
        one.verdict.state
        for one in standings
        if isinstance(one.record, PlanCommitment) and (one.record.form or "task") != "task"
    )
    assert question.known_on is not None  # both days are days of knowledge
    return Side(question.known_on, question.as_of, counts)


def _window(
    zone: Zone,
    plan: PlanFolder,
    chosen: Days,
    found: Sequence[tuple[Standing, Standing]],
    moves: Sequence[Move],
) -> Window:
    """All that can have changed the verdicts that did: read at once, not for each of them."""
    records = [after.record for _, after in found]
    measures = [
        one.measured_by
        for one in records
        if isinstance(one, PlanCommitment) and one.measured_by is not None
    ]
    others = [one.other for one in measures if one.other is not None]
    names = {one.indicator for one in (*measures, *others)}
    verdicts = [one.verdict for pair in found for one in pair]
    keys = {fact.key for verdict in verdicts for fact in verdict.used}
    keys |= {fact.key for one in verdicts if one.year is not None for fact in one.year.used}
    return Window(
        arrived=facts.arrived(zone, chosen.since, chosen.until, indicators=names),
        named=facts.by_id(zone, {int(key) for key in keys if key.isdigit()}),
        moves=moves,
        events=plan.events,
    )


def _change(before: Standing, after: Standing, window: Window) -> Change:
    record = after.record
    return Change(
        record,
        "promise" if isinstance(record, PlanCommitment) else "project",
        _stand(before.verdict),
        _stand(after.verdict),
        _stand(before.verdict.year),
        _stand(after.verdict.year),
        _way(before.verdict.state, after.verdict.state),
        reasons(record, before.verdict, after.verdict, window),
    )


def _stand(verdict: Verdict | None) -> Stand:
    return Stand("", None) if verdict is None else Stand(verdict.state, verdict.at)


def _way(before: State, after: State) -> str:
    """Whether it is better or worse; what is no verdict is neither."""
    if before == after:
        return ""
    if before in UNJUDGED or after in UNJUDGED:
        if before in UNJUDGED and after in UNJUDGED:
            return ""
        return "known" if before in UNJUDGED else "lost"
    return "better" if SEVERITY[after] > SEVERITY[before] else "worse"


def _findings(
    name: str, chosen: Days, moves: Sequence[Move]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The contradictions that came and those that went; they follow from the targets alone."""
    if not any(move.sort == "revision" for move in moves):
        return (), ()
    before = _contradictions(name, chosen.since)
    after = _contradictions(name, chosen.until)
    came = tuple(one for key, one in after.items() if key not in before)
    went = tuple(one for key, one in before.items() if key not in after)
    return came, went


def _contradictions(name: str, day: date) -> dict[object, Finding]:
    return {
        (one.rule, one.numbers): one
        for one in commitments.findings(name, day)
        if one.result == "contradicts"
    }
