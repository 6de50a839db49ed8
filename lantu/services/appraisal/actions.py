"""Acts of appraisal: to write one before or after a policy, and to take it further."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from lantu.core.errors import Refused
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import User, Zone
from lantu.kernel.cases.actions import open_case, perform
from lantu.kernel.cases.models import Case, Step
from lantu.kernel.commitments import queries as commitments
from lantu.services.appraisal.rules import ASKED, BEFORE, ENDS, KINDS


@transaction.atomic
def write(
    zone: Zone, plan: PlanFolder, sort: str, *, title: str, codes: Sequence[str],
    texts: Mapping[str, str], by: User, before: str = "", as_of: date | None = None,
) -> Case:  # fmt: skip
    """Write an appraisal. One after a policy names the one before it, and freezes verdicts.

    Raises Refused where something asked for is missing, for a promise that the plan does not
    have, and for an earlier appraisal that was not published.
    """
    terms = _terms(plan, sort, title, codes, texts)
    if sort == "after":
        if as_of is None:
            raise Refused("An appraisal afterwards needs the day whose verdicts it names.")
        if (
            before
            and not Case.objects.filter(
                zone=zone, kind=BEFORE, key=before, state="released"
            ).exists()
        ):
            raise Refused("The appraisal before the policy is not published. Choose another one.")
        terms |= {"before": before, "as_of": as_of.isoformat(),
                  "verdicts": _verdicts(plan, codes, as_of)}  # fmt: skip
    Zone.objects.select_for_update().get(pk=zone.pk)  # two at once must not get one number
    number = Case.objects.filter(zone=zone, kind=KINDS[sort]).count() + 1
    name = title.strip()[:120]
    words = {"before": ("事前评估", "before"), "after": ("事后评价", "after")}[sort]
    return open_case(
        zone, KINDS[sort], f"{sort}-{number}",
        title={"zh": f"{words[0]}：{name}", "en": f"Appraisal {words[1]}: {name}"},
        terms=terms, by=by,
    )  # fmt: skip


def _terms(
    plan: PlanFolder, sort: str, title: str, codes: Sequence[str], texts: Mapping[str, str]
) -> dict[str, Any]:
    if not title.strip():
        raise Refused("An appraisal needs the name of the policy.")
    known = {one.code for one in plan.commitments if one.is_judged}
    if not codes or set(codes) - known:
        raise Refused("An appraisal names promises of the plan. Choose at least one.")
    missing = [one for one in ASKED[sort] if not texts.get(one, "").strip()]
    if missing:
        raise Refused("Every part of an appraisal is filled in. Write “none” where there is none.")
    if sort == "after" and texts["end"] not in ENDS:
        raise Refused("Choose what follows: keep, amend or abolish.")
    return {
        "plan": plan.name, "policy": title.strip()[:120], "codes": list(codes),
        "texts": {one: texts[one].strip()[:1000] for one in ASKED[sort]},
    }  # fmt: skip


def _verdicts(plan: PlanFolder, codes: Sequence[str], as_of: date) -> list[dict[str, Any]]:
    """How the named promises stood: as they were then, whatever is known later."""
    standings = commitments.commitments(plan.name, Question(as_of))
    return [
        {"code": one.record.code, "state": one.verdict.state,
         "figures": [[fact.year, str(fact.value), fact.source] for fact in one.verdict.used]}
        for one in standings
        if one.record.code in codes
    ]  # fmt: skip


@transaction.atomic
def take_further(case: Case, act: str, *, by: User, note: str = "") -> Step:
    """Give back, publish or withdraw. Raises Refused for an author who would publish."""
    if act == "release" and case.steps.filter(act="open", by=by).exists():
        raise Refused("Whoever wrote an appraisal does not publish it. Ask a colleague.")
    return perform(case, act, by=by, note=note)
