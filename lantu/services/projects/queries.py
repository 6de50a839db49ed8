"""What the projects' pages show."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lantu.core.judging.records import Verdict
from lantu.core.plans.records import Happening, PlanCommitment, PlanFolder, PlanProject
from lantu.core.plans.standing import Question
from lantu.kernel.commitments import queries as commitments


@dataclass(frozen=True, slots=True)
class Line:
    """One project in a list."""

    project: PlanProject
    verdict: Verdict
    events: tuple[Happening, ...]

    @property
    def stage(self) -> str:
        """The board's column: done, stopped, under way, or nothing known."""
        courses = [event.event for event in self.events if event.event]
        if "done" in courses:
            return "done"
        if not courses:
            return "unknown"
        return "stopped" if courses[-1] == "stop" else "running"


@dataclass(frozen=True, slots=True)
class Box:
    """The projects of one box, and the investment that the plan states for them."""

    box: str
    lines: tuple[Line, ...]
    invested: Decimal
    stated: int  # how many of them state an investment


@dataclass(frozen=True, slots=True)
class Board:
    """All projects of a plan."""

    plan: PlanFolder
    boxes: tuple[Box, ...]
    stages: Mapping[str, tuple[Line, ...]]
    unmapped: tuple[Happening, ...]  # events whose project cannot be told for certain
    total: Decimal
    stated: int
    projects: int
    promised: tuple[PlanCommitment, ...]  # the sums of investment that the plan promises


def board(plan: PlanFolder, question: Question) -> Board:
    """Every project with its events, by box and by stage."""
    by_code: dict[str, list[Happening]] = defaultdict(list)
    for event in plan.events:
        if event.date <= question.as_of:
            by_code[event.code].append(event)
    lines = [
        Line(
            standing.record,
            standing.verdict,
            tuple(sorted(by_code[standing.record.code], key=lambda event: event.date)),
        )
        for standing in commitments.projects(plan.name, question)
        if isinstance(standing.record, PlanProject)
    ]
    boxes = _boxes(lines)
    return Board(
        plan,
        boxes,
        _stages(lines),
        tuple(sorted(by_code[""], key=lambda event: event.date, reverse=True)),
        sum((box.invested for box in boxes), Decimal(0)),
        sum(box.stated for box in boxes),
        len(lines),
        _promised(plan),
    )


def _promised(plan: PlanFolder) -> tuple[PlanCommitment, ...]:
    """The promised sums of investment, with which the projects' own may be compared."""
    return tuple(
        record
        for record in plan.commitments
        if record.form == "cumulative" and record.unit == "亿元" and "投资" in record.metric_zh
    )


def _boxes(lines: Sequence[Line]) -> tuple[Box, ...]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.project.box].append(line)
    found = []
    for box in sorted(groups, key=_box_order):
        group = groups[box]
        stated = [line.project.investment for line in group if line.project.investment is not None]
        found.append(Box(box, tuple(group), sum(stated, Decimal(0)), len(stated)))
    return tuple(found)


def _box_order(box: str) -> tuple[bool, list[int], str]:
    """Boxes by their numbers, as the document has them; what no box lists comes last."""
    return not box, [int(part) for part in box.split("-") if part.isdecimal()], box


def _stages(lines: Sequence[Line]) -> dict[str, tuple[Line, ...]]:
    return {
        stage: tuple(line for line in lines if line.stage == stage)
        for stage in ("running", "stopped", "done", "unknown")
    }


def line(plan: PlanFolder, code: str, question: Question) -> Line | None:
    """One project; None where there is no such code."""
    for box in board(plan, question).boxes:
        for found in box.lines:
            if found.project.code == code:
                return found
    return None
