"""Who owes what of a promise: its parts, the years' targets, and how both stand to the target."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.splits import Balance, Part, balance_of, balance_of_years, years_of
from lantu.kernel.commitments.models import AnnualTarget, Plan, Release, Revision, Share


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One department's part."""

    department: str
    part: str
    value: Decimal | None
    weight: Decimal | None
    person: str
    released: bool
    year: int = 0  # 0: of the whole plan


@dataclass(frozen=True, slots=True)
class Handed:
    """What one department has of one promise, for one year or for the whole plan (year 0).

    `is_named` where nothing was handed down yet and the plan itself names the department.
    """

    code: str
    department: str
    part: str
    year: int = 0
    value: Decimal | None = None
    released: bool = True
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class AnnualLine:
    """A year's target: what the path asks, what the annual plan says, and which paper says it."""

    year: int
    path: Decimal | None
    value: Decimal | None
    document: str


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A proposal to move a target, and what became of it."""

    id: int
    old: Decimal
    new: Decimal
    reason: str
    document: str
    state: str
    by: str
    decided_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Split:
    """A promise with everything that was handed down of it, for the plan or for one year."""

    year: int
    target: Decimal | None
    shares: tuple[ShareLine, ...]
    balance: Balance | None
    explanation: str  # of what a released split leaves open
    is_released: bool
    annual: tuple[AnnualLine, ...]
    years: Balance | None
    revisions: tuple[RevisionLine, ...]


def split(plan: PlanFolder, record: PlanCommitment, year: int = 0) -> Split:
    """What was handed down of a promise."""
    stored = Plan.objects.get(name=plan.name)
    shares = tuple(
        _share(one)
        for one in Share.objects.filter(plan=stored, code=record.code, year=year)
        .select_related("person")
        .order_by("pk")
    )
    release = Release.objects.filter(plan=stored, code=record.code, year=year).last()
    is_released = any(one.released for one in shares)
    target = _target(plan, record, year)
    annual = annual_targets(plan, record)
    known = {line.year: line.value for line in annual if line.value is not None}
    return Split(
        year,
        target,
        shares,
        _balance(record, target, shares),
        release.explanation if release is not None and is_released else "",
        is_released,
        annual,
        balance_of_years(record, plan.period, known) if known else None,
        tuple(revisions(plan, record.code)),
    )


def _share(one: Share) -> ShareLine:
    person = "" if one.person is None else one.person.get_username()
    return ShareLine(
        one.department, one.part, one.value, one.weight, person, one.released, one.year
    )  # fmt: skip


def parts(plan: PlanFolder, year: int) -> Mapping[str, tuple[ShareLine, ...]]:
    """Who is bound by what of each promise in a year: the split that was released for it.

    The year's own split goes before the whole plan's; where neither was released, the departments
    that the plan itself names.
    """
    found: dict[str, dict[int, list[ShareLine]]] = defaultdict(lambda: defaultdict(list))
    released = Share.objects.filter(plan__name=plan.name, year__in=(0, year), released=True)
    for one in released.select_related("person").order_by("pk"):
        found[one.code][one.year].append(_share(one))
    bound = {code: tuple(years.get(year) or years[0]) for code, years in found.items()}
    for record in plan.commitments:
        if record.is_judged and record.code not in bound and record.lead:
            bound[record.code] = tuple(
                ShareLine(name, part, None, None, "", False) for name, part in _named(record)
            )
    return bound


def _target(plan: PlanFolder, record: PlanCommitment, year: int) -> Decimal | None:
    if year:
        return years_of(record, plan.period).get(year)
    return record.growth_pct if record.form == "growth" else record.target_value


def _balance(
    record: PlanCommitment, target: Decimal | None, shares: tuple[ShareLine, ...]
) -> Balance | None:
    parts = [
        Part(one.department, one.value, one.weight)
        for one in shares
        if one.part == "lead" or one.value is not None
    ]
    return balance_of(record, target, parts)


def annual_targets(plan: PlanFolder, record: PlanCommitment) -> tuple[AnnualLine, ...]:
    """Every year of a promise: what its path asks and what was set."""
    path = years_of(_unset(record), plan.period)
    papers = {
        one.year: one.document
        for one in AnnualTarget.objects.filter(plan__name=plan.name, code=record.code)
    }
    last = record.target_year or plan.period.end
    return tuple(
        AnnualLine(year, path.get(year), record.annual.get(year), papers.get(year, ""))
        for year in range(plan.period.start, last + 1)
    )


def _unset(record: PlanCommitment) -> PlanCommitment:
    return replace(record, annual={})


def revisions(plan: PlanFolder, code: str) -> list[RevisionLine]:
    """The proposals to move a target, newest first."""
    found = Revision.objects.filter(plan__name=plan.name, code=code).select_related(
        "by", "decided_by"
    )
    return [
        RevisionLine(
            one.pk, one.old, one.new, one.reason, one.document, one.state,
            one.by.get_username(), "" if one.decided_by is None else one.decided_by.get_username(),
            one.at,
        )
        for one in found.order_by("-pk")
    ]  # fmt: skip


def responsible(plan: PlanFolder) -> Mapping[str, tuple[str, ...]]:
    """The departments that report on each promise, the leading one first.

    Those it was handed down to; where it was not, those the plan itself names.
    """
    found: dict[str, list[str]] = defaultdict(list)
    order = {"lead": 0, "track": 1, "support": 2}
    shares = Share.objects.filter(plan__name=plan.name).order_by("pk")
    for share in sorted(shares, key=lambda one: order[one.part]):
        if share.department not in found[share.code]:
            found[share.code].append(share.department)
    for record in plan.commitments:
        if record.is_judged and record.code not in found and record.lead:
            found[record.code] = [name for name, _ in _named(record)]
    return {code: tuple(names) for code, names in found.items()}


def handed(plan: PlanFolder, *, released_only: bool) -> list[Handed]:
    """Who has which part of each promise, in the order of the plan.

    A split counts for the public once it is released; until then, as where there is none, those
    whom the plan itself names.
    """
    shares: dict[str, list[Handed]] = defaultdict(list)
    found = Share.objects.filter(plan__name=plan.name).order_by("year", "pk")
    for one in found.filter(released=True) if released_only else found:
        shares[one.code].append(
            Handed(one.code, one.department, one.part, one.year, one.value, one.released)
        )
    return [
        line
        for record in plan.commitments
        if record.is_judged
        for line in shares.get(record.code)
        or [Handed(record.code, name, part, is_named=True) for name, part in _named(record)]
    ]


def _named(record: PlanCommitment) -> list[tuple[str, str]]:
    """The departments that the plan itself names, each with its part; the leading one first."""
    lead = [(record.lead, "lead")] if record.lead else []
    return [*lead, *((one, "support") for one in record.support)]
