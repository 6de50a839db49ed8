"""Gathering: what a round is computed from, as things are known at the time of computing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

from lantu.core.assessing.scheme import Scheme
from lantu.core.assessing.scoring import ONE, Entered, Office, Paper
from lantu.core.figures.decimals import ARITHMETIC, rounded, shown
from lantu.core.judging.records import Verdict
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.splits import sort_of
from lantu.core.plans.standing import Question, Standing
from lantu.kernel.access.models import Zone
from lantu.kernel.cases import queries as cases
from lantu.kernel.commitments import queries as commitments

Aside = Mapping[tuple[str, str], str]  # department and what is appealed against -> key of appeal
SHARE_PLACES, RATIO_PLACES = 4, 6


def end_of(year: int) -> date:
    """The day at whose end a year is assessed."""
    return date(year, 12, 31)


def offices(
    zone: Zone, plan: PlanFolder, year: int, scheme: Scheme, aside: Aside
) -> tuple[Office, ...]:
    """Every department that answers for a promise, with its lines and its late papers.

    `aside` holds what granted appeals take out.
    """
    # PostgreSQL keeps no order of the plan's departments, so their short names give one.
    lines: dict[str, list[Entered]] = {slug: [] for slug in sorted(plan.departments)}
    parts = commitments.parts(plan, year)
    for standing in commitments.commitments(plan.name, Question(end_of(year))):
        shares = parts.get(standing.record.code, ())
        for share in shares:
            own = _own(plan, standing, share, year)
            entered = _entered(own or standing, share, shares, year, scheme)
            if own is not None or share.value is not None or len(shares) > 1:
                entered = replace(entered, judged_by="whole" if own is None else "own")
            key = aside.get((share.department, line_of(entered.code)), "")
            lines.setdefault(share.department, []).append(_set_aside(entered, key))
    papers = list(_papers(zone, year, scheme))
    return tuple(
        Office(
            slug,
            plan.departments.get(slug, {"zh": slug, "en": slug}),
            tuple(found),
            tuple(_paper(one, slug, aside) for one, owner in papers if owner == slug),
        )
        for slug, found in lines.items()
        if found
    )


def _own(
    plan: PlanFolder, standing: Standing, share: commitments.ShareLine, year: int
) -> Standing | None:
    """The department's own part with its verdict.

    None where it took over no number, or has no figures of its own that can be judged.
    """
    record, name = standing.record, plan.departments.get(share.department)
    if share.value is None or name is None or not isinstance(record, PlanCommitment):
        return None
    found = commitments.part_verdict(
        plan.name, record, name["zh"], share.value, Question(end_of(year)), year=share.year
    )
    return None if found is None or not found.is_judged else Standing(record, found)


def line_of(code: str) -> str:
    """What an appeal against a line names."""
    return f"line/{code}"


def paper_of(paper: Paper) -> str:
    """What an appeal against a late paper names."""
    return f"paper/{paper.kind}/{paper.key}"


def _set_aside(entered: Entered, key: str) -> Entered:
    return replace(entered, set_aside=key) if key else entered


def _paper(paper: Paper, department: str, aside: Aside) -> Paper:
    key = aside.get((department, paper_of(paper)), "")
    return replace(paper, set_aside=key) if key else paper


def _entered(
    standing: Standing,
    share: commitments.ShareLine,
    shares: Sequence[commitments.ShareLine],
    year: int,
    scheme: Scheme,
) -> Entered:
    record, verdict = standing.record, standing.verdict
    assert isinstance(record, PlanCommitment)  # projects name no department by its key
    judged = verdict.year if scheme.judged == "year" and verdict.year is not None else verdict
    return Entered(
        code=record.code,
        title=record.title,
        nature=_nature(record),
        part=share.part,
        state=_state(record, verdict, year),
        year_state="" if verdict.year is None else _state(record, verdict.year, year),
        ratio=None if judged.ratio is None else rounded(judged.ratio, RATIO_PLACES),
        share=_share(record, share, shares),
        taken=share.value,
        unit=record.unit,
        is_settled=_is_settled(record, verdict, year),
        facts=tuple((str(one.year), shown(one.value), one.source or "") for one in judged.used),
    )


def _nature(record: PlanCommitment) -> str:
    if record.nature in ("binding", "expected"):
        return record.nature
    return "task" if record.form == "task" or record.kind == "task" else "other"


def _state(record: PlanCommitment, verdict: Verdict, year: int) -> str:
    """The state of a verdict; an earlier year's figures say nothing of this one."""
    is_old = verdict.is_judged and verdict.at is not None and verdict.at < year
    return "no-data" if is_old and record.form not in ("milestone", "task") else verdict.state


def _is_settled(record: PlanCommitment, verdict: Verdict, year: int) -> bool:
    """Whether a milestone was done in an earlier year."""
    done = [one.date.year for one in verdict.events if one.event == "done"]
    return record.form == "milestone" and bool(done) and max(done) < year


def _share(
    record: PlanCommitment,
    share: commitments.ShareLine,
    shares: Sequence[commitments.ShareLine],
) -> Decimal:
    """How much of the target it took over, of what all leading departments took over."""
    leads = [one.value for one in shares if one.part == "lead" and one.value is not None]
    whole = sum(leads, Decimal(0))
    if share.part != "lead" or share.value is None or len(leads) < 2 or whole <= 0:
        return ONE
    if sort_of(record) != "additive" or min(leads) < 0:
        return ONE
    with localcontext(ARITHMETIC):
        return rounded(share.value / whole, SHARE_PLACES)


def _papers(zone: Zone, year: int, scheme: Scheme) -> Iterator[tuple[Paper, str]]:
    """The papers due in the year that came late, with their departments."""
    for rule in scheme.deductions:
        for one in cases.lines(zone, end_of(year), kind=rule.kind):
            if one.due is not None and one.due.day.year == year and one.is_late:
                yield Paper(one.kind, one.key, one.title, one.late or 0), one.department
