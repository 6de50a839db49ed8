"""What is late, who was warned, and what is ordered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lantu.core.flow.kinds import Act
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question, Standing
from lantu.core.warning.ladder import LEVELS, Ladder, Late, ladder, of_delay, of_promise
from lantu.kernel.access.models import Membership, User, Zone
from lantu.kernel.cases import queries as cases
from lantu.kernel.cases.models import Case, Step
from lantu.kernel.commitments import queries as commitments
from lantu.services.supervision.models import ORDER, Measure, Warning


@dataclass(frozen=True, slots=True)
class Pending:
    """What warning today would do: new or risen ones, and those that are over."""

    new: tuple[Late, ...]
    over: tuple[Warning, ...]
    known: int  # late, and warned already


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order in a list, with its department's name."""

    line: cases.Line
    department: str


@dataclass(frozen=True, slots=True)
class Line:
    """An open warning in a list."""

    warning: Warning
    level: Mapping[str, str]
    department: str  # its name in the plan
    measures: tuple[Measure, ...]
    orders: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """What is late and why, on one page."""

    lines: tuple[Line, ...]
    by_department: tuple[tuple[str, int], ...]
    orders: tuple[OrderLine, ...]
    late_orders: int
    unanswered: int
    rules: Ladder | None


@dataclass(frozen=True, slots=True)
class Order:
    """A supervision order as a person sees it."""

    line: cases.Line
    department: str
    acts: tuple[Act, ...]
    course: tuple[cases.Done, ...]
    warning: Warning | None
    files: tuple[tuple[str, str], ...]  # name and SHA-256
    may_attach: bool

    @property
    def says_more(self) -> bool:
        """What is ordered goes beyond the title, which is in both languages."""
        return all(self.line.terms["matter"] not in words for words in self.line.title.values())


def late(zone: Zone, as_of: date) -> list[Late]:
    """Everything that calls for a warning as things stand on a day, the worst first."""
    plan = commitments.current_plan(zone)
    found = [*_papers(zone, as_of)]
    if plan is not None:
        found += [*_promises(plan, as_of), *_projects(plan, as_of)]
    return sorted(found, key=lambda one: -one.warned.rank)


def _promises(plan: PlanFolder, as_of: date) -> Iterator[Late]:
    days = _days(plan, as_of)
    owed = commitments.responsible(plan)
    columns = [commitments.commitments(plan.name, Question(day)) for day in days]
    for rows in zip(*columns, strict=True):
        record = rows[0].record
        nature = getattr(record, "nature", "")
        yield from _of(rows, "promise", as_of, owed.get(record.code, ("",))[0], nature)


def _projects(plan: PlanFolder, as_of: date) -> Iterator[Late]:
    columns = [commitments.projects(plan.name, Question(day)) for day in _days(plan, as_of)]
    for rows in zip(*columns, strict=True):
        yield from _of(rows, "project", as_of, "", "")


def _of(
    rows: tuple[Standing, ...], sort: str, as_of: date, department: str, nature: str
) -> Iterator[Late]:
    states = [one.verdict.state for one in rows]
    warned = of_promise(states, is_binding=nature == "binding", on=as_of)
    if warned is not None:
        record = rows[0].record
        yield Late(sort, record.code, record.title, department, warned)


def _days(plan: PlanFolder, as_of: date) -> list[date]:
    """The day asked about, and the ends of the years of the plan before it, the newest first."""
    ends = [date(year, 12, 31) for year in range(as_of.year - 1, plan.period.start - 1, -1)]
    return [as_of, *ends]


def _papers(zone: Zone, as_of: date) -> Iterator[Late]:
    """Open cases of every kind that are past their last day."""
    for line in cases.lines(zone, as_of, is_open=True):
        warned = of_delay(line.late or 0, on=as_of)
        if warned is not None:
            yield Late("case", f"{line.kind}/{line.key}", line.title, line.department, warned)


def open_warnings(zone: Zone) -> dict[tuple[str, str], Warning]:
    """The warning in force for each matter."""
    found = Warning.objects.filter(zone=zone, ending__isnull=True).order_by("rank", "pk")
    return {(one.sort, one.code): one for one in found}


def pending(zone: Zone, as_of: date) -> Pending:
    """What warning would do as things stand on a day. Nobody is warned twice for the same thing."""
    now, before = late(zone, as_of), open_warnings(zone)
    given = set(
        Warning.objects.filter(zone=zone, year=as_of.year).values_list("sort", "code", "level")
    )
    new = []
    for one in now:
        standing = before.get((one.sort, one.code))
        is_higher = standing is None or one.warned.rank > standing.rank
        if is_higher and (one.sort, one.code, one.warned.level) not in given:
            new.append(one)
    still = {(one.sort, one.code) for one in now}
    over = [one for key, one in before.items() if key not in still]
    return Pending(tuple(new), tuple(over), len(now) - len(new))


def board(zone: Zone, today: date, language: str) -> Board:
    """The leader's page: open warnings, the worst first, and the orders."""
    names = _departments(zone, language)
    orders = _orders(zone, today, names)
    lines = tuple(
        _line(one, names, orders)
        for one in sorted(open_warnings(zone).values(), key=lambda one: (-one.rank, one.at))
    )
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.department] = counts.get(line.department, 0) + 1
    return Board(
        lines,
        tuple(sorted(counts.items(), key=lambda pair: -pair[1])),
        tuple(orders),
        sum(one.line.is_late for one in orders if one.line.closed_on is None),
        sum(not line.measures for line in lines),
        ladder(today),
    )


def _departments(zone: Zone, language: str) -> dict[str, str]:
    plan = commitments.current_plan(zone)
    return {} if plan is None else {key: name[language] for key, name in plan.departments.items()}


def _orders(zone: Zone, today: date, names: Mapping[str, str]) -> list[OrderLine]:
    found = cases.lines(zone, today, kind=ORDER)
    return [OrderLine(one, names.get(one.department, one.department)) for one in found]


def _line(one: Warning, names: Mapping[str, str], orders: list[OrderLine]) -> Line:
    return Line(
        one,
        LEVELS[one.level],
        names.get(one.department, one.department),
        tuple(one.measures.all()),
        tuple(order for order in orders if order.line.terms.get("warning") == one.pk),
    )


def warning(zone: Zone, pk: int) -> Warning | None:
    """A warning of the zone, open or over."""
    return Warning.objects.filter(zone=zone, pk=pk).select_related("ending", "by").first()


def line(one: Warning, today: date, language: str) -> Line:
    """A warning with what was done about it."""
    names = _departments(one.zone, language)
    return _line(one, names, _orders(one.zone, today, names))


def may_answer(person: User, one: Warning) -> bool:
    """A clerk of the department that is warned; a planner where no department is."""
    roles = Membership.objects.filter(user=person, zone=one.zone)
    if one.department:
        return roles.filter(role="clerk", department=one.department).exists()
    return roles.filter(role__in=("clerk", "planner")).exists()


def order(case: Case, person: User, today: date, language: str) -> Order:
    """One order with its course, its evidence and what the person may do."""
    steps = cases.course(case)
    pk = case.terms.get("warning")
    names = _departments(case.zone, language)
    return Order(
        cases.line(case, today),
        names.get(case.department, case.department),
        tuple(cases.open_acts(case, person)),
        tuple(steps),
        warning(case.zone, pk) if isinstance(pk, int) else None,
        tuple((one.terms["file"], one.terms["sha256"]) for one in steps if "sha256" in one.terms),
        case.closed_on is None and _is_own(person, case),
    )


def _is_own(person: User, case: Case) -> bool:
    """Whether they are a clerk of the department that is ordered."""
    roles = Membership.objects.filter(user=person, zone=case.zone, role="clerk")
    return roles.filter(department=case.department).exists()


def departments(zone: Zone, language: str) -> list[tuple[str, str]]:
    """The departments that the plan names, for a choice."""
    return sorted(_departments(zone, language).items())


def file_name(zone: Zone, sha256: str) -> str | None:
    """The name of a file that is evidence of an order of the zone; None for any other file."""
    found = Step.objects.filter(
        case__zone=zone, case__kind=ORDER, terms__sha256=sha256, terms__has_key="file"
    ).first()
    return None if found is None else str(found.terms["file"])
