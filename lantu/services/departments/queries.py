"""What a department answers for. It is read from the kernel: the plan, its split, its cases.

The public sees what the plan names and what was released; members also what is not released yet,
and the returns, orders and other cases of a department.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from lantu.core.judging.states import FINAL
from lantu.core.plans.printing import target_of, unit_of
from lantu.core.plans.records import PlanCommitment, PlanFolder, PlanProject
from lantu.core.plans.standing import Question, Standing
from lantu.kernel.access.models import Zone
from lantu.kernel.cases import queries as cases
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.queries import Handed

DUE = 12  # lines of what is due next


@dataclass(frozen=True, slots=True)
class Line:
    """One department in the list; the cases are None for who may not see them."""

    slug: str
    name: Mapping[str, str]
    leads: int
    supports: int
    tracks: int
    counts: Mapping[str, int]  # of the promises with a number that it leads or tracks
    open_cases: int | None
    late_cases: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """All departments of a plan, and the promises that nobody answers for by name."""

    lines: tuple[Line, ...]
    promises: int
    unnamed: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a department has of one promise, and how the promise stands."""

    code: str
    title: Mapping[str, str]
    is_task: bool
    nature: str
    target: str  # of the whole promise
    unit: str
    year: int  # 0: for the whole plan
    value: Decimal | None  # the department's own part
    released: bool
    is_named: bool  # by the plan itself; nothing was handed down
    state: str
    at: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a day on which it has to be done."""

    day: date
    title: Mapping[str, str]
    kind: str  # target, milestone, project; of a case empty
    label: Mapping[str, str]  # of a case
    address: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """An open case of the department, with its page."""

    line: cases.Line
    address: str


@dataclass(frozen=True, slots=True)
class Department:
    """Everything that the page of a department shows."""

    slug: str
    name: Mapping[str, str]
    counts: Mapping[str, int]
    leads: tuple[Part, ...]
    tracks: tuple[Part, ...]
    supports: tuple[Part, ...]
    projects: tuple[Standing, ...]
    matters: tuple[Matter, ...] | None  # None for who may not see them
    late: int
    due: tuple[Due, ...]


def board(
    zone: Zone, plan: PlanFolder, question: Question, today: date, *, is_member: bool,
    then: Question | None = None,
) -> Board:  # fmt: skip
    """Every department that the plan names, in its order; `then`: its cases as of a day."""
    standings = _standings(plan, question)
    handed = commitments.handed(plan, released_only=not is_member)
    by_department: dict[str, list[Handed]] = defaultdict(list)
    for one in handed:
        by_department[one.department].append(one)
    open_cases = cases.lines(zone, today, is_open=True, then=then) if is_member else None
    lines = (
        _line(slug, name, by_department[slug], standings, open_cases)
        for slug, name in plan.departments.items()
    )
    named = {one.code for one in handed}
    return Board(tuple(lines), len(standings), sum(code not in named for code in standings))


def department(
    zone: Zone,
    plan: PlanFolder,
    slug: str,
    question: Question,
    today: date,
    *,
    is_member: bool,
    then: Question | None = None,
) -> Department | None:
    """One department; None where the plan names none of that code.

    `then`: its cases as they stood on a day.
    """
    if slug not in plan.departments:
        return None
    standings = _standings(plan, question)
    handed = [
        one
        for one in commitments.handed(plan, released_only=not is_member)
        if one.department == slug
    ]
    matters = _matters(zone, slug, today, then) if is_member else None
    projects = tuple(_projects(plan, slug, question))
    own = [standings[code] for code in dict.fromkeys(one.code for one in handed)]
    due = [*_due(zone, own, question.as_of), *_due(zone, projects, question.as_of)]
    due += [_of_case(one) for one in matters or () if one.line.due is not None]
    return Department(
        slug,
        plan.departments[slug],
        _counts(handed, standings),
        _parts(handed, "lead", standings),
        _parts(handed, "track", standings),
        _parts(handed, "support", standings),
        projects,
        matters,
        sum(one.line.is_late for one in matters or ()),
        tuple(sorted(due, key=lambda one: (one.day, one.address))[:DUE]),
    )


def _standings(plan: PlanFolder, question: Question) -> dict[str, Standing]:
    return {one.record.code: one for one in commitments.commitments(plan.name, question)}


def _line(
    slug: str,
    name: Mapping[str, str],
    handed: Sequence[Handed],
    standings: Mapping[str, Standing],
    open_cases: Sequence[cases.Line] | None,
) -> Line:
    own = None if open_cases is None else [one for one in open_cases if one.department == slug]
    return Line(
        slug,
        name,
        leads=len(_codes(handed, "lead")),
        supports=len(_codes(handed, "support")),
        tracks=len(_codes(handed, "track")),
        counts=_counts(handed, standings),
        open_cases=None if own is None else len(own),
        late_cases=None if own is None else sum(one.is_late for one in own),
    )


def _codes(handed: Iterable[Handed], *parts: str) -> set[str]:
    return {one.code for one in handed if one.part in parts}


def _counts(handed: Sequence[Handed], standings: Mapping[str, Standing]) -> dict[str, int]:
    """How the promises with a number stand that a department leads or tracks."""
    found = [standings[code] for code in _codes(handed, "lead", "track")]
    return dict(Counter(one.verdict.state for one in found if not _is_task(one)))


def _is_task(one: Standing) -> bool:
    return (getattr(one.record, "form", None) or "task") == "task"


def _parts(
    handed: Iterable[Handed], part: str, standings: Mapping[str, Standing]
) -> tuple[Part, ...]:
    return tuple(_part(one, standings[one.code]) for one in handed if one.part == part)


def _part(one: Handed, standing: Standing) -> Part:
    record, verdict = standing.record, standing.verdict
    assert isinstance(record, PlanCommitment)  # projects are not handed down
    return Part(
        one.code,
        record.title,
        _is_task(standing),
        record.nature,
        target_of(record),
        unit_of(record),
        one.year,
        one.value,
        one.released,
        one.is_named,
        verdict.state,
        verdict.at,
    )


def _projects(plan: PlanFolder, slug: str, question: Question) -> Iterator[Standing]:
    """The projects whose owner, as the plan prints it, is this department."""
    names = {slug, *plan.departments[slug].values()}
    for one in commitments.projects(plan.name, question):
        if isinstance(one.record, PlanProject) and one.record.owner in names:
            yield one


def _matters(zone: Zone, slug: str, today: date, then: Question | None) -> tuple[Matter, ...]:
    """The open returns, orders and other cases of a department, those due first before others."""
    found = cases.lines(zone, today, department=slug, is_open=True, then=then)
    return tuple(Matter(one, reverse(one.view, args=[zone.slug, one.key])) for one in found)


def _of_case(one: Matter) -> Due:
    line = one.line
    assert line.due is not None  # callers leave out the others
    return Due(line.due.day, line.title, "", line.kind_label, one.address, line.is_late)


def _due(zone: Zone, standings: Iterable[Standing], as_of: date) -> Iterator[Due]:
    """The next day of each promise and project that is not over: its milestone, else its target."""
    for one in standings:
        record = one.record
        if one.verdict.state in FINAL:
            continue
        view = "promise" if isinstance(record, PlanCommitment) else "project"
        for day, kind in _days(record):
            if day >= as_of:
                address = reverse(view, args=[zone.slug, record.code])
                yield Due(day, record.title, kind, {}, address, False)
                break


def _days(record: PlanCommitment | PlanProject) -> list[tuple[date, str]]:
    """The days that a record names, the first one first."""
    if isinstance(record, PlanProject):
        return [] if record.due is None else [(record.due, "project")]
    found = [(one.due, "milestone") for one in record.milestones if one.done is None]
    if record.target_date is not None:
        found.append((record.target_date, "target"))
    elif record.target_year is not None:
        found.append((date(record.target_year, 12, 31), "target"))
    return sorted(found)
