"""What the plan's pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from lantu.core.auditing.findings import Finding
from lantu.core.judging.states import STATES
from lantu.core.plans.printing import target_of, unit_of
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.standing import Question, Standing
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts import queries as figures
from lantu.kernel.facts.queries import Figure

NEWEST = 8
# By what a list of promises can be narrowed and sorted: exactly, by words, by sort of promise.
EXACTLY = ("chapter", "section", "form", "nature", "state", "department")
FILTERS = (*EXACTLY, "q", "kind", "sort")
LATE = ("badly-behind", "missed", "behind")


@dataclass(frozen=True, slots=True)
class Line:
    """One promise in a list."""

    code: str
    title: Mapping[str, str]
    form: str
    nature: str
    chapter: str
    section: str  # of its chapter; empty where it has none
    department: str
    target: str
    unit: str
    state: str
    at: int | None
    progress: Decimal | None
    year_state: str  # empty where the year has no verdict of its own
    year_at: int | None
    is_contradicted: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The zone in two minutes."""

    plan: PlanFolder
    numeric: tuple[Line, ...]  # promises with a number
    tasks: int
    projects: int
    facts: int
    late: tuple[Line, ...]
    main: tuple[Line, ...]
    contradictions: tuple[Finding, ...]
    newest: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list of promises can be narrowed to."""

    chapters: tuple[str, ...]
    forms: tuple[str, ...]
    natures: tuple[str, ...]
    states: tuple[str, ...]
    departments: tuple[tuple[str, Mapping[str, str]], ...]  # slug and name


def overview(zone: Zone, plan: PlanFolder, question: Question) -> Overview:
    """How a plan of the zone stands."""
    contradictions = _contradictions(plan)
    lines = _lines(commitments.commitments(plan.name, question), contradictions)
    numeric = [line for line in lines if line.form != "task"]
    return Overview(
        plan=plan,
        numeric=tuple(numeric),
        tasks=len(lines) - len(numeric),
        projects=len(plan.projects),
        facts=figures.count(zone, known_on=question.known_on),
        late=tuple(line for line in numeric if line.state in LATE),
        # What the plan itself puts first: rows of its indicator tables, binding and expected.
        main=tuple(line for line in lines if line.nature),
        contradictions=contradictions,
        newest=tuple(figures.newest(zone, NEWEST, known_on=question.known_on)),
    )


def lines(plan: PlanFolder, question: Question) -> list[Line]:
    """Every promise and task in the order of the plan."""
    return _lines(commitments.commitments(plan.name, question), _contradictions(plan))


def _contradictions(plan: PlanFolder) -> tuple[Finding, ...]:
    return tuple(one for one in commitments.findings(plan.name) if one.result == "contradicts")


def _lines(standings: Sequence[Standing], contradictions: Sequence[Finding]) -> list[Line]:
    touched = {code for one in contradictions for code in one.codes}
    return [
        _line(standing, touched)
        for standing in standings
        if isinstance(standing.record, PlanCommitment)
    ]


def _line(standing: Standing, touched: set[str]) -> Line:
    record, verdict = standing.record, standing.verdict
    assert isinstance(record, PlanCommitment)  # projects have a service of their own
    return Line(
        code=record.code,
        title=record.title,
        form=record.form or "task",
        nature=record.nature,
        chapter=record.place.chapter,
        section=record.place.section,
        department=record.lead,
        target=target_of(record),
        unit=unit_of(record),
        state=verdict.state,
        at=verdict.at,
        progress=verdict.progress,
        year_state="" if verdict.year is None else verdict.year.state,
        year_at=None if verdict.year is None else verdict.year.at,
        is_contradicted=record.code in touched,
    )


def choices(plan: PlanFolder, found: Sequence[Line]) -> Choices:
    """The values that occur, in the order of the plan."""
    states = {line.state for line in found}
    return Choices(
        chapters=tuple(dict.fromkeys(line.chapter for line in found)),
        forms=tuple(sorted({line.form for line in found})),
        natures=tuple(sorted({line.nature for line in found if line.nature})),
        states=tuple(state for state in STATES if state in states),
        departments=tuple(plan.departments.items()),
    )


def narrowed(found: Sequence[Line], filters: Mapping[str, str]) -> list[Line]:
    """The lines that a reader asked for, sorted as asked."""
    words = filters.get("q", "").strip().lower()
    exactly = [(attrgetter(key), filters[key]) for key in EXACTLY if filters.get(key)]
    kept = [line for line in found if all(of(line) == value for of, value in exactly)]
    if words:
        kept = [line for line in kept if _says(line, words)]
    if filters.get("kind") == "number":
        kept = [line for line in kept if line.form != "task"]
    return _sorted(kept, filters.get("sort", ""))


def _says(line: Line, words: str) -> bool:
    return any(words in text.lower() for text in (*line.title.values(), line.code))


def _sorted(found: list[Line], key: str) -> list[Line]:
    order = {state: place for place, state in enumerate(STATES)}
    if key == "state":
        return sorted(found, key=lambda line: order[line.state])  # type: ignore[index]
    if key == "progress":
        return sorted(found, key=lambda line: (line.progress is None, line.progress or 0))
    if key == "title":
        return sorted(found, key=lambda line: line.title["zh"])
    return found
