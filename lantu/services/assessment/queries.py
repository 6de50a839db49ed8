"""Rounds, tables, sheets and appeals, as each reader may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localdate, localtime

from lantu.core.assessing.comparing import Change, changes
from lantu.core.assessing.scheme import Scheme, schemes
from lantu.core.assessing.scoring import Score
from lantu.core.flow.kinds import Act
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Membership, User, Zone
from lantu.kernel.cases import queries as cases
from lantu.kernel.cases.models import Case
from lantu.kernel.commitments import queries as commitments
from lantu.services.assessment.gathering import line_of, paper_of
from lantu.services.assessment.models import APPEAL, Decision, Round, Run

Reader = User | AnonymousUser
DRAFT, RELEASED, PUBLISHED = "draft", "released", "published"


@dataclass(frozen=True, slots=True)
class RunLine:
    """One computation in a list."""

    number: int
    state: str  # draft, released or published
    reason: str
    at: datetime
    by: str
    is_newest: bool


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list, with the newest computation that the reader may see."""

    number: int
    year: int
    state: str
    at: datetime
    departments: int
    appeals: int  # that wait


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal in a list."""

    line: cases.Line
    department: str
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """A round: every department's total and class, by one computation."""

    round: Round
    run: RunLine
    scheme: Scheme
    scores: tuple[Score, ...]  # the best first; those without a total last
    as_of: date
    sha256: str
    is_whole: bool
    runs: tuple[RunLine, ...]
    appeals: tuple[Appeal, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One department's sheet, line by line."""

    table: Table
    score: Score
    appeals: tuple[Appeal, ...]
    matters: tuple[tuple[str, str], ...]  # what may be appealed against; empty for most readers


@dataclass(frozen=True, slots=True)
class AppealPage:
    """One appeal with its course and what the person may do."""

    line: cases.Line
    department: str
    acts: tuple[Act, ...]
    course: tuple[cases.Done, ...]
    round: Round


@dataclass(frozen=True, slots=True)
class Start:
    """Whether a round can be started, and what is missing."""

    years: tuple[int, ...]  # not assessed yet
    has_rules: bool
    has_departments: bool


def rounds(zone: Zone, reader: Reader, then: Question | None = None) -> list[RoundLine]:
    """The rounds that a reader may see, the newest year first; `then`: as they stood on a day."""
    found = ((one, visible(one, reader, then=then)) for one in _rounds(zone))
    return [_round_line(one, run, then) for one, run in found if run is not None]


def _rounds(zone: Zone) -> list[Round]:
    return list(Round.objects.filter(zone=zone).order_by("-year", "-number"))


def _round_line(found: Round, run: Run, then: Question | None) -> RoundLine:
    lines = cases.lines(found.zone, localdate(), kind=APPEAL, then=then)
    waiting = sum(one.terms["round"] == found.number and not one.state.ends for one in lines)
    return RoundLine(found.number, found.year, _state(run, then), run.at, len(run.result), waiting)


def _until(then: Question | None) -> date:
    """The last day whose acts count; an act is on record on the day on which it is done."""
    return date.max if then is None else then.until


def start(zone: Zone) -> Start:
    """What a new round needs."""
    plan = commitments.current_plan(zone)
    if plan is None:
        return Start((), has_rules=bool(schemes(zone.slug)), has_departments=False)
    done = set(Round.objects.filter(zone=zone, plan=plan.name).values_list("year", flat=True))
    years = range(plan.period.end, plan.period.start - 1, -1)
    return Start(
        tuple(year for year in years if year not in done),
        has_rules=bool(schemes(zone.slug)),
        has_departments=bool(commitments.parts(plan, plan.period.end)),
    )


def find(zone: Zone, number: int) -> Round | None:
    return Round.objects.filter(zone=zone, number=number).select_related("zone").first()


def visible(
    found: Round, reader: Reader, number: int | None = None, then: Question | None = None
) -> Run | None:
    """The newest run, or that of a number, as far as the reader may see it; else None.

    `then`: as far as it was there, and released or published, on a day.
    """
    until = _until(then)
    runs = Run.objects.filter(round=found, at__date__lte=until).select_related("by", "round__zone")
    if not reader.has_perm("assessment.read_draft", found.zone):
        is_member = reader.has_perm("assessment.read_released", found.zone)
        act = Decision.Act.RELEASE if is_member else Decision.Act.PUBLISH
        runs = runs.filter(decisions__act=act, decisions__at__date__lte=until)
    if number is not None:
        runs = runs.filter(number=number)
    return runs.order_by("number").last()


def newest(found: Round) -> Run:
    """The run that acts are about."""
    return Run.objects.filter(round=found).select_related("round__zone").order_by("number").last()  # type: ignore[return-value]


def _state(run: Run, then: Question | None) -> str:
    until = _until(then)
    acts = {one.act for one in run.decisions.all() if localtime(one.at).date() <= until}
    return PUBLISHED if "publish" in acts else RELEASED if "release" in acts else DRAFT


def _run_line(run: Run, last: int, then: Question | None) -> RunLine:
    by = "" if run.by is None else run.by.get_username()
    return RunLine(run.number, _state(run, then), run.reason, run.at, by, run.number == last)


def table(run: Run, reader: Reader, language: str, then: Question | None = None) -> Table:
    """A round by one computation; `then`: with what had been done about it on a day."""
    found = run.round
    runs = found.runs.filter(at__date__lte=_until(then))
    everyone = list(runs.select_related("by").prefetch_related("decisions"))
    seen = [one for one in everyone if visible(found, reader, one.number, then) is not None]
    is_member = reader.has_perm("assessment.read_released", found.zone)
    last = everyone[-1].number
    return Table(
        round=found,
        run=_run_line(run, last, then),
        scheme=run.scheme(),
        scores=ordered(run.scores()),
        as_of=date.fromisoformat(run.inputs["as_of"]),
        sha256=run.sha256,
        is_whole=run.is_whole,
        runs=tuple(_run_line(one, last, then) for one in seen) if is_member else (),
        appeals=tuple(_appeals(found, run, language, then)) if is_member else (),
    )


def ordered(scores: tuple[Score, ...]) -> tuple[Score, ...]:
    """The highest total first; those without one last, each as the plan has them."""
    return tuple(sorted(scores, key=lambda one: (one.total is None, -(one.total or 0))))


def _appeals(found: Round, run: Run, language: str, then: Question | None) -> list[Appeal]:
    names = {one.slug: one.name[language] for one in run.scores()}
    lines = cases.lines(found.zone, localdate(), kind=APPEAL, then=then)
    return [
        Appeal(one, names.get(one.department, one.department), one.terms["about"])
        for one in lines
        if one.terms["round"] == found.number
    ]


def sheet(
    run: Run, department: str, reader: Reader, language: str, then: Question | None = None
) -> Sheet | None:
    """One department's sheet; None where the round has no such department."""
    whole = table(run, reader, language, then)
    score = next((one for one in whole.scores if one.slug == department), None)
    if score is None:
        return None
    mine = tuple(one for one in whole.appeals if one.line.department == department)
    # An appeal is lodged today, not on the day that a reader looks at.
    matters = _matters(whole, score, mine, reader, language) if then is None else ()
    return Sheet(whole, score, mine, matters)


def _matters(
    whole: Table, score: Score, mine: tuple[Appeal, ...], reader: Reader, language: str
) -> tuple[tuple[str, str], ...]:
    """What this reader may still appeal against."""
    is_own = isinstance(reader, User) and Membership.objects.filter(
        user=reader, zone=whole.round.zone, role="clerk", department=score.slug
    ).exists()  # fmt: skip
    if not is_own or whole.run.state == DRAFT or not whole.run.is_newest:
        return ()
    lines = [(line_of(one.entered.code), one.entered.title[language]) for one in score.lines]
    late = [(paper_of(x), x.title[language]) for group in score.deducted for x in group.papers]
    gone = {one.about for one in mine}
    return tuple(pair for pair in (*lines, *late) if pair[0] not in gone)


def difference(
    found: Round, number: int, reader: Reader, then: Question | None = None
) -> tuple[Change, ...] | None:
    """What a run changed against the one before that the reader may see; None without both."""
    after, before = (visible(found, reader, one, then) for one in (number, number - 1))
    if after is None or before is None:
        return None
    return changes(before.scores(), after.scores())


def rules_of(zone: Zone, as_of: date = date.max) -> list[Scheme]:
    """The rules of a zone that were in force on a day or before it, the newest first."""
    return [one for one in schemes(zone.slug)[::-1] if one.since <= as_of]


def appeal(zone: Zone, key: str) -> Case | None:
    return cases.find(zone, APPEAL, key)


def appeal_page(
    case: Case, person: User, today: date, language: str, then: Question | None = None
) -> AppealPage | None:
    """One appeal as a person sees it; `then`: as it stood on a day, None before it was lodged."""
    found = Round.objects.get(zone=case.zone, number=case.terms["round"])
    stood = case if then is None else cases.known(case, then)
    if stood is None:
        return None
    names: Mapping[str, str] = {one.slug: one.name[language] for one in newest(found).scores()}
    return AppealPage(
        cases.line(stood, today),
        names.get(case.department, case.department),
        tuple(cases.open_acts(case, person)) if then is None else (),
        tuple(cases.course(case, then)),
        found,
    )
