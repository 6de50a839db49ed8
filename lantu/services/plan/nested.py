"""Annual and other nested plans beside the plan that they carry out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from lantu.core.auditing.findings import Finding
from lantu.core.figures.decimals import ARITHMETIC
from lantu.core.plans.nesting import Left, due, left, pairs, value_of
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.standing import Question, Standing
from lantu.kernel.commitments import queries as commitments


@dataclass(frozen=True, slots=True)
class Line:
    """A nested plan in a list."""

    name: str
    title: Mapping[str, str]
    level: str
    promises: int
    linked: int  # that carry out a promise of the plan above
    contradictions: int


@dataclass(frozen=True, slots=True)
class Row:
    """One promise of a nested plan, and what it does for the one it carries out."""

    record: PlanCommitment
    upper: PlanCommitment | None
    path: Decimal | None  # what the upper plan asks of the year
    target: Decimal | None
    unit: str
    left: Left | None
    state: str


@dataclass(frozen=True, slots=True)
class Nested:
    """A nested plan whole."""

    plan: PlanFolder
    upper: PlanFolder
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    silent: tuple[PlanCommitment, ...]  # numeric promises above that no line carries out


def lines(upper: PlanFolder) -> list[Line]:
    """The plans that carry a plan out, the newest first."""
    known = commitments.findings(upper.name)
    return [_line(upper, plan, known) for plan in commitments.below(upper.name)]


def _line(upper: PlanFolder, plan: PlanFolder, known: Sequence[Finding]) -> Line:
    found = list(pairs(upper, plan))
    wrong = [one for one in known if one.about == plan.name and one.result == "contradicts"]
    linked = sum(one.upper is not None for one in found)
    return Line(plan.name, plan.title, plan.level, len(found), linked, len(wrong))


def nested(upper: PlanFolder, name: str, question: Question) -> Nested | None:
    """A plan that carries out `upper`; None where there is none of that name."""
    plan = next((one for one in commitments.below(upper.name) if one.name == name), None)
    if plan is None:
        return None
    found = list(pairs(upper, plan))
    states = {one.record.code: one.verdict.state for one in commitments.commitments(name, question)}
    before = _before(upper, plan)
    linked = {one.upper.code for one in found if one.upper is not None}
    return Nested(
        plan,
        upper,
        tuple(_row(upper, plan, one.lower, one.upper, states, before) for one in found),
        tuple(one for one in commitments.findings(upper.name) if one.about == name),
        tuple(
            one
            for one in upper.commitments
            if one.is_judged and one.form != "task" and one.code not in linked
        ),
    )


def _row(
    upper: PlanFolder,
    plan: PlanFolder,
    record: PlanCommitment,
    above: PlanCommitment | None,
    states: Mapping[str, str],
    before: Mapping[str, Decimal],
) -> Row:
    target, year = value_of(record), record.target_year or plan.period.end
    unit = "%" if record.form in ("growth", "reduction") else record.unit
    is_alike = above is not None and above.form == record.form and above.unit == record.unit
    path = rest = None
    if above is not None and is_alike:
        path = due(above, upper, year)
        if target is not None and plan.level == "annual":
            rest = left(above, upper, year, target, before.get(above.code))
    return Row(record, above, path, target, unit, rest, states[record.code])


def _before(upper: PlanFolder, plan: PlanFolder) -> dict[str, Decimal]:
    """The sums of the years before, of the cumulative promises of which every year is known."""
    last = plan.period.start - 1
    if last < upper.period.start:
        return {one.code: Decimal(0) for one in upper.commitments if one.form == "cumulative"}
    found = commitments.commitments(upper.name, Question(date(last, 12, 31)))
    return {
        one.record.code: _sum(one)
        for one in found
        if getattr(one.record, "form", "") == "cumulative"
        and one.verdict.is_judged
        and one.verdict.at == last
        and not one.verdict.missing
    }


def _sum(one: Standing) -> Decimal:
    with localcontext(ARITHMETIC):
        return sum((fact.value for fact in one.verdict.used), Decimal(0))
