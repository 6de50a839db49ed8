"""What the pages of data returns show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lantu.core.figures.decimals import shown
from lantu.core.figures.periods import period
from lantu.core.flow.kinds import Act
from lantu.core.plans.plausibility import Question, questions
from lantu.kernel.access.models import User, Zone
from lantu.kernel.cases import queries as cases
from lantu.kernel.cases.models import Case
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts import queries as facts
from lantu.services.returns.models import Line
from lantu.services.returns.naming import in_words
from lantu.services.returns.parts import OWN, promise_of
from lantu.services.returns.typed import Seen, figure, packed

KIND = "returns.data_return"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a figure raises, and its answer if there is one."""

    question: Question
    answer: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a return."""

    code: str
    title: Mapping[str, str]
    indicator: str
    unit: str
    kind: str
    value: Decimal | None
    written: str  # the value as a form shows it
    last: str  # the newest figure of an earlier year, with its year
    remark: str
    asked: tuple[Asked, ...]
    evidence: str
    sha256: str
    is_no_number: bool = False  # what was typed and could not be taken
    kept: Seen | None = None  # what a colleague wrote meanwhile, beside what was typed
    lost: Seen | None = None  # what was typed after the return was sent, for its writer to copy

    @property
    def says_growth(self) -> bool:
        """Growth is asked for, and the name of the indicator does not say so itself."""
        return self.kind == "growth" and "增" not in self.indicator

    @property
    def is_silent(self) -> bool:
        """Neither a figure nor why there is none, so that the return cannot be sent."""
        return not self.written and not self.remark

    @property
    def is_unanswered(self) -> bool:
        return any(not one.answer for one in self.asked)


@dataclass(frozen=True, slots=True)
class Return:
    """Everything the page of a return shows."""

    line: cases.Line
    rows: tuple[Row, ...]
    acts: tuple[Act, ...]
    may_write: bool
    course: tuple[cases.Done, ...]
    filled: int
    seen: str  # what is kept of every line, by which it is known who changed what

    @property
    def sending(self) -> Act | None:
        """The act that sends what is written; it stands below the lines."""
        return next((act for act in self.acts if act.name == "submit"), None)

    @property
    def others(self) -> tuple[Act, ...]:
        """What can be done beside writing and sending."""
        return tuple(act for act in self.acts if act.name != "submit")

    @property
    def given_back(self) -> cases.Done | None:
        """The step that gave the return back, with its reason, as long as it is not sent anew."""
        if self.line.state.name != "returned":
            return None
        return next((one for one in reversed(self.course) if one.act == "give_back"), None)

    @property
    def refused(self) -> tuple[Row, ...]:
        """The lines whose typed value is no number."""
        return tuple(row for row in self.rows if row.is_no_number)


@dataclass(frozen=True, slots=True)
class Board:
    """All returns of a zone by period, with how many are in and how many are late."""

    periods: tuple[tuple[str, Mapping[str, str], tuple[cases.Line, ...]], ...]  # with their words
    late: int
    waiting: int


def board(zone: Zone, today: date) -> Board:
    """The returns by period, the newest first."""
    lines = cases.lines(zone, today, kind=KIND)
    periods: dict[str, list[cases.Line]] = {}
    for line in lines:
        periods.setdefault(str(line.terms["period"]), []).append(line)
    ordered = sorted(periods.items(), key=lambda pair: period(pair[0]).last_day, reverse=True)
    return Board(
        tuple((name, in_words(period(name)), tuple(found)) for name, found in ordered),
        sum(line.is_late for line in lines),
        sum(line.state.runs for line in lines),
    )


def find(zone: Zone, key: str) -> Case | None:
    return cases.find(zone, KIND, key)


def data_return(case: Case, person: User, today: date) -> Return:
    """One return as a person sees it."""
    lines = list(Line.objects.filter(case=case))
    titles = commitments.titles(case.terms["plan"], {promise_of(line.code) for line in lines})
    history = _history(case, lines)
    rows = tuple(_row(line, titles, history, case) for line in lines)
    acts = tuple(cases.open_acts(case, person))
    return Return(
        cases.line(case, today),
        rows,
        acts,
        any(act.name == "submit" for act in acts),
        tuple(cases.course(case)),
        sum(row.value is not None for row in rows),
        packed({row.code: (row.written, row.remark) for row in rows}),
    )


def as_typed(found: Return, typed: Mapping[str, Seen], seen: Mapping[str, Seen]) -> Return:
    """The page with the values and remarks that somebody typed, so that a refusal loses none.

    A line that a colleague changed since it was `seen`, and that was not typed over, is shown new.
    """
    rows = []
    for row in found.rows:
        kept = (row.written, row.remark)
        own, before = typed.get(row.code, kept), seen.get(row.code, kept)
        if not found.may_write:
            rows.append(replace(row, lost=own if own not in (before, kept) else None))
            continue
        merged = _merged(own, before, kept)
        clash = kept if kept != before and merged != kept else None
        no_number = not _is_number(merged[0], row.unit)
        rows.append(
            replace(row, written=merged[0], remark=merged[1], is_no_number=no_number, kept=clash)
        )
    return replace(found, rows=tuple(rows))


def _merged(own: Seen, before: Seen, kept: Seen) -> Seen:
    value, remark = (
        now if typed == was else typed for typed, was, now in zip(own, before, kept, strict=True)
    )
    return value, remark


def _is_number(text: str, unit: str) -> bool:
    try:
        figure(text, unit)
    except ValueError:
        return False
    return True


def open_questions(case: Case) -> dict[str, list[str]]:
    """The keys of the questions that no one has answered yet, line by line."""
    lines = list(Line.objects.filter(case=case))
    history = _history(case, lines)
    return {
        line.code: [one.question.key for one in _asked(line, history, case) if not one.answer]
        for line in lines
    }


def _history(case: Case, lines: list[Line]) -> dict[str, dict[int, Decimal]]:
    """The yearly figures of each line's series, the newest vintage of a year last."""
    year = period(case.terms["period"]).end_year
    pairs = {(line.indicator, line.subject) for line in lines}
    every = facts.yearly(case.zone, pairs, before=year)
    return {
        line.code: {
            one.year: one.value
            for one in every[line.indicator, line.subject]
            if (one.kind == "growth") == (line.kind == "growth") and one.unit == line.unit
        }
        for line in lines
    }


def _asked(line: Line, history: dict[str, dict[int, Decimal]], case: Case) -> tuple[Asked, ...]:
    if line.value is None:
        return ()
    span = period(case.terms["period"])
    past = history[line.code] if span.is_year else {}  # months are not held against whole years
    raised = questions(
        line.value,
        line.unit,
        history=past,
        year=span.end_year,
        is_share="%" in line.unit,
        is_growth=line.kind == "growth",
    )
    return tuple(Asked(one, line.answers.get(one.key, "")) for one in raised)


def _title(line: Line, titles: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    found = titles.get(promise_of(line.code)) or {"zh": line.indicator, "en": line.indicator}
    if not line.code.endswith(OWN):
        return found
    return {"zh": f"{found['zh']}（本部门承担的部分）",
            "en": f"{found['en']} (this department's own part)"}  # fmt: skip


def _row(
    line: Line,
    titles: Mapping[str, Mapping[str, str]],
    history: dict[str, dict[int, Decimal]],
    case: Case,
) -> Row:
    past = history[line.code]
    last = f"{shown(past[max(past)])} {line.unit} ({max(past)})" if past else ""
    return Row(
        line.code,
        _title(line, titles),
        line.indicator,
        line.unit,
        line.kind,
        line.value,
        "" if line.value is None else shown(line.value),
        last,
        line.remark,
        _asked(line, history, case),
        line.evidence_name,
        line.evidence_sha256,
    )
