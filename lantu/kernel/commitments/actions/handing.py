"""Handing down: departments take over parts of a target, and the parts are held against it.

`seen` is what the page showed, as `stand` tells it: where a colleague changed that meanwhile the
act is refused, and done once it is sent again from the page as it is now. None: no page was open.
"""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from lantu.core.errors import Refused
from lantu.core.figures.decimals import shown
from lantu.core.judging.records import Plan as Period
from lantu.core.plans.records import PlanCommitment
from lantu.core.plans.splits import Balance, Part, balance_of, sort_of, stand, years_of
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import Membership, User
from lantu.kernel.commitments.actions.promised import promised
from lantu.kernel.commitments.models import AnnualTarget, Plan, Release, Share


@transaction.atomic
def hand_down(
    plan: Plan,
    code: str,
    *,
    department: str,
    part: str,
    by: User,
    year: int = 0,
    value: Decimal | None = None,
    weight: Decimal | None = None,
    person: User | None = None,
    seen: str | None = None,
) -> Share:
    """Let a department lead, support or track a promise; `year` 0 is the whole plan.

    Raises Refused for a department the plan does not know, a value for an expected target (it is
    tracked, not handed down), a person of another zone, a split that was released, or another part
    than was seen.
    """
    promise = promised(plan, code)
    _refuse_wrong_share(plan, promise, department, part, value, person)
    _refuse_wrong_figures(promise, value, weight)
    _refuse_released(plan, code, year)
    found = _held(plan, code, year, department)
    if seen is not None and _stand(found) not in (seen, stand(part, value, weight)):
        raise Refused(
            "A colleague changed this department's part meanwhile. What stands now is in the "
            "table; yours is in the form. Send it again to put it in its place."
        )
    before = None if found is None else _plain(found)
    share, _ = Share.objects.update_or_create(
        plan=plan,
        code=code,
        year=year,
        department=department,
        defaults={"part": part, "value": value, "weight": weight, "person": person},
    )
    _note(plan, by, "hand-down", share, before, _plain(share))
    return share


@transaction.atomic
def take_back(
    plan: Plan, code: str, *, department: str, by: User, year: int = 0, seen: str | None = None
) -> None:
    """Take a department's part back.

    Raises Refused where there is none, it was released, or it is another than was seen.
    """
    _refuse_released(plan, code, year)
    share = _held(plan, code, year, department)
    if share is None:
        raise Refused(f"{department} has no part of {code}. Nothing was changed.")
    if seen not in (None, _stand(share)):
        raise Refused(
            "A colleague changed this part meanwhile. Look at it in the table, then take it back."
        )
    before = _plain(share)
    share.delete()
    _note(plan, by, "take-back", share, before, None)


@transaction.atomic
def release_split(
    plan: Plan,
    code: str,
    *,
    by: User,
    year: int = 0,
    explanation: str = "",
    seen: Mapping[str, str] | None = None,
) -> Release:
    """Make the parts binding for their departments; `seen` tells each.

    Raises Refused where they do not give the target and nobody says why, or are others than seen.
    """
    promise = promised(plan, code)
    _refuse_released(plan, code, year)
    held = Share.objects.select_for_update(of=("self",))
    shares = list(held.filter(plan=plan, code=code, year=year))
    if seen is not None and {one.department: _stand(one) for one in shares} != seen:
        raise Refused(
            "A colleague changed the parts meanwhile. Look at them in the table, then release them."
        )
    if not shares:
        raise Refused(f"Nobody has a part of {code} yet. Hand it down first.")
    found = _balance(plan, promise, year, shares)
    if found is not None and not found.holds and not explanation.strip():
        raise Refused(_open(found))
    release = Release.objects.create(
        plan=plan,
        code=code,
        year=year,
        target=Decimal(0) if found is None else found.target,
        got=None if found is None else found.got,
        explanation=explanation.strip(),
        by=by,
    )
    Share.objects.filter(plan=plan, code=code, year=year).update(released=True)
    after = {"target": shown(release.target), "explanation": release.explanation}
    record(
        zone=plan.zone, by=by, act="release", object_type="split",
        object_key=f"{plan.name}/{code}/{year}", after=after,
    )  # fmt: skip
    return release


def _held(plan: Plan, code: str, year: int, department: str) -> Share | None:
    """A department's part as it is now, held until the transaction ends."""
    held = Share.objects.select_for_update(of=("self",))
    return held.filter(plan=plan, code=code, year=year, department=department).first()


def _stand(share: Share | None) -> str:
    return "" if share is None else stand(share.part, share.value, share.weight)


def _balance(plan: Plan, promise: PlanCommitment, year: int, shares: list[Share]) -> Balance | None:
    """None where nothing is handed down but the watching, or there is no number to hold against."""
    parts = [
        Part(share.department, share.value, share.weight)
        for share in shares
        if share.part == Share.Part.LEAD or share.value is not None
    ]
    return balance_of(promise, _target(plan, promise, year), parts)


def _target(plan: Plan, promise: PlanCommitment, year: int) -> Decimal | None:
    if not year:
        return promise.growth_pct if promise.form == "growth" else promise.target_value
    annual = AnnualTarget.objects.filter(plan=plan, code=promise.code, year=year).last()
    if annual is not None:
        return annual.value
    return years_of(promise, Period(plan.start, plan.end)).get(year)


def _open(found: Balance) -> str:
    if found.got is None:
        return (
            f"The parts of {', '.join(found.missing)} are not known whole. "
            "Fill them in, or explain why the split is released without them."
        )
    return (
        f"The parts give {shown(found.got, 4)}, the target is {shown(found.target)}: "
        f"{shown(found.target - found.got, 4)} is left open. Hand it down or explain it."
    )


def _refuse_wrong_share(
    plan: Plan,
    promise: PlanCommitment,
    department: str,
    part: str,
    value: Decimal | None,
    person: User | None,
) -> None:
    known = plan.head.get("departments") or {}
    if known and department not in known:
        raise Refused(
            f"The plan knows no department {department}. Choose one of: {', '.join(known)}."
        )
    if part not in Share.Part.values:
        raise Refused(f"{part!r} is no part. Choose one of: {', '.join(Share.Part.values)}.")
    if value is not None and (promise.nature == "expected" or part == Share.Part.TRACK):
        raise Refused(
            f"{promise.code} is an expected target: it is tracked, not handed down. "
            "Name the department that tracks it, without a value."
        )
    if person and not Membership.objects.filter(user=person, zone=plan.zone).exists():
        raise Refused(f"{person.username} has no role in this zone. Grant one first.")


def _refuse_wrong_figures(
    promise: PlanCommitment, value: Decimal | None, weight: Decimal | None
) -> None:
    """A base is above zero; a part of a sum that only grows is not below zero."""
    if weight is not None and weight <= 0:
        raise Refused(
            f"The base or denominator is {shown(weight)}. Give a number above zero, or leave it "
            "empty."
        )
    may_fall = promise.form == "change" or sort_of(promise) == "weighted"
    if value is not None and value < 0 and not may_fall:
        raise Refused(f"The part is {shown(value)}, below zero. Give zero or more.")


def _refuse_released(plan: Plan, code: str, year: int) -> None:
    if Share.objects.filter(plan=plan, code=code, year=year, released=True).exists():
        raise Refused(f"The split of {code} was released. It changes only with a revised target.")


def _plain(share: Share) -> dict[str, str | None]:
    return {
        "department": share.department,
        "part": share.part,
        "value": None if share.value is None else shown(share.value),
        "weight": None if share.weight is None else shown(share.weight),
        "person": None if share.person is None else share.person.username,
    }


def _note(
    plan: Plan,
    by: User,
    act: str,
    share: Share,
    before: dict[str, str | None] | None,
    after: dict[str, str | None] | None,
) -> None:
    record(
        zone=plan.zone, by=by, act=act, object_type="split",
        object_key=f"{plan.name}/{share.code}/{share.year}", before=before, after=after,
    )  # fmt: skip
