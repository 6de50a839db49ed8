"""Acts on data returns: to ask for figures, write them down, send, give back, approve, lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from lantu.core.errors import Refused
from lantu.core.figures.decimals import shown
from lantu.core.figures.periods import Period, period
from lantu.core.plans.records import Observed, PlanCommitment, PlanFolder, SeriesKind
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.cases.actions import Opening, move_last_day, open_cases, perform
from lantu.kernel.cases.models import Case, Step
from lantu.kernel.documents.actions import keep_file
from lantu.kernel.facts.actions import import_observed
from lantu.services.returns.models import Line
from lantu.services.returns.parts import own_parts
from lantu.services.returns.typed import Seen, figure

KIND = "returns.data_return"
OPEN = ("draft", "returned")
VINTAGES = ("快报", "年报")
_GROWTH_FORMS = ("growth", "reduction", "relative")


@dataclass(frozen=True, slots=True)
class Written:
    """What a clerk wrote on one line. None leaves the line as it is; an empty value clears it.

    `seen` is what the page showed: what is still the same was not written by this clerk.
    """

    value: str | None = None
    remark: str | None = None
    answers: Mapping[str, str] | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """The returns of a period that are asked for, new ones and those that were before.

    `moved` of those before have another last day now; `kept` were sent already and keep theirs.
    """

    cases: list[Case]
    moved: int = 0
    kept: int = 0


@transaction.atomic
def issue_returns(
    zone: Zone,
    plan: PlanFolder,
    responsible: Mapping[str, tuple[str, ...]],
    *,
    when: str,
    vintage: str,
    due_on: date | None,
    by: User,
) -> Issued:
    """Ask every responsible department for the figures of a period.

    Asking twice changes nothing but the last day, where another is given, of what is not sent yet.
    A department that a released split gives a number is asked for the figure of its own part too.
    A return that was sent gets no further line. Raises Refused for a period that is no year and
    does not begin in January, or without anything to ask for.
    """
    span = _span(when)
    if vintage not in VINTAGES:
        raise Refused(f"There is no vintage {vintage!r}. Choose one of: {', '.join(VINTAGES)}.")
    owed: dict[str, list[PlanCommitment]] = {}
    for promise in plan.commitments:
        if promise.measured_by is not None and promise.code in responsible:
            owed.setdefault(responsible[promise.code][0], []).append(promise)
    for department, part in own_parts(plan, span.end_year):
        owed.setdefault(department, []).append(part)
    if not owed:
        raise Refused(
            "No department answers for a promise that is measured by a figure, so there is nothing "
            "to ask for. Hand targets down first."
        )
    openings = [_opening(plan, department, span, vintage, due_on) for department in owed]
    cases = open_cases(zone, KIND, openings, by=by)
    have = set(Line.objects.filter(case__in=cases).values_list("case_id", "code", "kind"))
    lines = [
        _line(case, place, promise, span)
        for case, promises in zip(cases, owed.values(), strict=True)
        if case.state in OPEN
        for place, promise in enumerate(promises)
    ]
    Line.objects.bulk_create(one for one in lines if (one.case_id, one.code, one.kind) not in have)
    return Issued(cases) if due_on is None else _moved(cases, due_on, by)


def _moved(cases: list[Case], day: date, by: User) -> Issued:
    others = [case for case in cases if case.due_on != day]
    still_open = [case for case in others if case.state in OPEN]
    for case in still_open:
        move_last_day(case, day, by=by)
        case.due_on = day
    return Issued(cases, len(still_open), len(others) - len(still_open))


def _span(when: str) -> Period:
    try:
        found = period(when)
    except ValueError as error:
        raise Refused(str(error)) from error
    if not (found.is_year or found.is_year_to_date):
        raise Refused(
            f"{when} is neither a year nor the months from January on. "
            "Write 2023, or 2023-01/2023-09 for the first nine months."
        )
    return found


def _opening(
    plan: PlanFolder, department: str, span: Period, vintage: str, due_on: date | None
) -> Opening:
    name = plan.departments.get(department, {"zh": department, "en": department})
    mark = "final" if vintage == "年报" else "flash"
    told = str(span).replace("/", "–")
    return Opening(
        f"{str(span).replace('/', '-')}-{mark}-{department}".lower(),
        {
            "zh": f"{name['zh']}{told}{'年' if span.is_year else ''}数据填报（{vintage}）",
            "en": f"{name['en']}: figures of {told}",
        },
        department,
        due_on,
        {"plan": plan.name, "period": str(span), "vintage": vintage},
    )


def _line(case: Case, place: int, promise: PlanCommitment, span: Period) -> Line:
    measure = promise.measured_by
    assert measure is not None  # only measured promises are asked for
    kind = _kind(promise, span)
    return Line(
        case=case,
        code=promise.code,
        kind=kind,
        place=place,
        indicator=measure.indicator,
        subject=measure.subject,
        unit="%" if kind == "growth" else measure.unit or promise.unit,
        scope=promise.scope,
    )


def _kind(promise: PlanCommitment, span: Period) -> SeriesKind:
    """What kind of figure speaks for a promise: growth, a year's level, or the months so far."""
    kinds: tuple[SeriesKind, ...] = promise.measured_by.kinds if promise.measured_by else ()
    if kinds and "growth" in kinds or (promise.form in _GROWTH_FORMS and not kinds):
        return "growth"
    if promise.form == "rank":
        return "rank"
    return "level" if span.is_year else "cumulative"


@transaction.atomic
def write_lines(case: Case, written: Mapping[str, Written], *, by: User) -> list[str]:
    """Keep what a clerk wrote, line by line; give the codes of the lines that changed.

    Raises Refused where the return is not open, for another department, for what is no number, or
    where a colleague changed the same line since the page was opened: then nothing is kept.
    """
    case = _open_for(case, by)
    changed: list[Line] = []
    clashes = 0
    before, after = {}, {}
    for line in Line.objects.select_for_update().filter(case=case):
        new = written.get(line.code)
        if new is None:
            continue
        old, kept = _plain(line), _shown(line)
        _write(line, new)
        if _plain(line) != old:
            changed.append(line)
            before[line.code], after[line.code] = old, _plain(line)
            clashes += new.seen is not None and kept != new.seen and _shown(line) != kept
    if clashes:
        raise Refused(
            f"A colleague changed {clashes} of the same lines meanwhile. What is kept stands "
            "beside yours; save again to put yours in its place."
        )
    if changed:
        _store(changed)
        record(
            zone=case.zone, by=by, act="write", object_type=KIND, object_key=case.key,
            before=before, after=after,
        )  # fmt: skip
    return [line.code for line in changed]


def _store(changed: list[Line]) -> None:
    """Write lines that are there already, in one statement.

    An insert that gives way to an update: Django's `bulk_update` takes three times as long.
    """
    for line in changed:
        line.pk = None  # the row is known by its case, code and kind
    Line.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["case", "code", "kind"],
        update_fields=["value", "remark", "answers"],
    )


def _write(line: Line, new: Written) -> None:
    value, remark = new.seen or (None, None)
    if new.value is not None and new.value != value:
        line.value = _number(line, new.value)
    if new.remark is not None and new.remark != remark:
        line.remark = new.remark.strip()[:500]
    if new.answers is not None:
        kept = {key: text.strip() for key, text in new.answers.items() if text.strip()}
        line.answers = {**line.answers, **kept}


def _number(line: Line, text: str) -> Decimal | None:
    try:
        return figure(text, line.unit)
    except ValueError:
        raise Refused(
            f"{line.code}: {text.strip()!r} is not a number. Write 12.5, or leave it empty and say "
            "in the remark why it is missing."
        ) from None


def _shown(line: Line) -> Seen:
    return "" if line.value is None else shown(line.value), line.remark


def _open_for(case: Case, by: User) -> Case:
    case = Case.objects.select_for_update(of=("self",)).select_related("zone").get(pk=case.pk)
    if case.state not in OPEN:
        raise Refused("The return was sent, so it cannot be changed. Ask for it to be given back.")
    own = by.memberships.filter(zone=case.zone, role="clerk", department=case.department)
    if not own.exists():
        raise Refused("Only a clerk of its department fills in a return.")
    return case


def _plain(line: Line) -> dict[str, object]:
    return {
        "value": None if line.value is None else shown(line.value),
        "remark": line.remark,
        "answers": dict(line.answers),
    }


@transaction.atomic
def attach_evidence(case: Case, code: str, content: bytes, *, name: str, by: User) -> Line:
    """Keep a file that proves a figure, by its hash. Raises Refused for one that is too large."""
    case = _open_for(case, by)
    line = Line.objects.filter(case=case, code=code).first()
    if line is None:
        raise Refused(f"The return has no line {code}.")
    digest = keep_file(content)
    line.evidence_name, line.evidence_sha256 = name[-200:], digest
    line.save(update_fields=["evidence_name", "evidence_sha256"])
    after = {"line": code, "file": line.evidence_name, "sha256": digest}
    record(zone=case.zone, by=by, act="attach", object_type=KIND, object_key=case.key, after=after)
    return line


@transaction.atomic
def submit(case: Case, open_questions: Mapping[str, list[str]], *, by: User) -> Step:
    """Send a return. `open_questions` are the keys of what each line still raises.

    Raises Refused where a line is empty without a reason, or a question is not answered.
    """
    case = _open_for(case, by)
    silent = case.return_lines.filter(value__isnull=True, remark="").count()
    if silent:
        raise Refused(
            f"{silent} lines are empty without a reason. "
            "Fill them in, or say in the remark why the figure is missing."
        )
    asked = {code: keys for code, keys in open_questions.items() if keys}
    if asked:
        raise Refused(
            f"{len(asked)} figures raise a question that is not answered. "
            "Answer it beside the figure; any answer is taken."
        )
    return perform(case, "submit", by=by)


@transaction.atomic
def approve(case: Case, *, by: User) -> Step:
    """Approve a return: its figures become facts. An approved zero stays zero.

    A figure that was approved before, for the same period and vintage, is left as it is.
    """
    step = perform(case, "approve", by=by)
    span = period(case.terms["period"])
    today = timezone.localdate()
    rows = [
        _observed(case, line, span, today)
        for line in case.return_lines.all()
        if line.value is not None
    ]
    if rows:
        import_observed(case.zone, rows, source=f"{KIND}/{case.key}", by=by)
    return step


def _observed(case: Case, line: Line, span: Period, today: date) -> Observed:
    assert line.value is not None
    return Observed(
        indicator=line.indicator,
        subject=line.subject,
        period=span,
        value=line.value,
        unit=line.unit,
        kind=line.kind,  # type: ignore[arg-type]  # written by `_kind`
        scope=line.scope,
        scope_note=line.remark,
        vintage=case.terms["vintage"],
        source_title=case.title["zh"],
        source_url=f"/z/{case.zone.slug}/returns/{case.key}/",
        published_on=today.isoformat(),
        known_on=today,
        where=f"{case.key}/{line.code}",
    )


@transaction.atomic
def lock_period(zone: Zone, when: str, *, by: User) -> int:
    """Lock every approved return of a period; give how many. Raises Refused where one is not."""
    span = str(_span(when))
    cases = list(Case.objects.filter(zone=zone, kind=KIND, terms__period=span))
    waiting = sum(case.state not in ("approved", "locked") for case in cases)
    if not cases:
        raise Refused(f"There is no return of {span}. Ask for figures first.")
    if waiting:
        raise Refused(
            f"{waiting} returns of {span} are not approved. A period is locked when all are."
        )
    fresh = [case for case in cases if case.state == "approved"]
    for case in fresh:
        perform(case, "lock", by=by)
    return len(fresh)
