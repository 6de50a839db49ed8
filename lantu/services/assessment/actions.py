"""Acts of assessment: to compute, to release, to publish, to appeal, to decide an appeal."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from lantu.core.assessing.scheme import Scheme, scheme, schemes
from lantu.core.assessing.scoring import score
from lantu.core.errors import Refused
from lantu.core.plans import wire
from lantu.core.plans.records import PlanFolder
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import Membership, User, Zone
from lantu.kernel.cases.actions import open_case, perform
from lantu.kernel.cases.models import Case, Step
from lantu.kernel.commitments import queries as commitments
from lantu.services.assessment.gathering import end_of, line_of, offices, paper_of
from lantu.services.assessment.models import APPEAL, Decision, Round, Run, seal

REMEDIES = ("set-aside", "figures")
LONGEST = 500


@transaction.atomic
def start_round(zone: Zone, plan: PlanFolder, year: int, *, by: User | None) -> Round:
    """Assess the departments of a zone for a year, as a draft.

    Raises Refused for a year the plan does not have or that was assessed before, for a zone
    without rules, and where nobody answers for any promise.
    """
    first, last = plan.period.start, plan.period.end
    if not first <= year <= last:
        raise Refused(f"The plan runs from {first} to {last}. Write one of its years.")
    Zone.objects.select_for_update().get(pk=zone.pk)  # two at once must not get one number
    if Round.objects.filter(zone=zone, plan=plan.name, year=year).exists():
        raise Refused(f"The year {year} is assessed already. Compute its round again.")
    _rules_of(zone, year)
    newest = Round.objects.filter(zone=zone).aggregate(newest=Max("number"))["newest"]
    found = Round.objects.create(
        zone=zone, number=(newest or 0) + 1, plan=plan.name, year=year, by=by
    )
    _run(found, plan, reason="", by=by)
    return found


def _rules_of(zone: Zone, year: int) -> Scheme:
    found = scheme(zone.slug, end_of(year))
    if found is None:
        known = "; ".join(one.since.isoformat() for one in schemes(zone.slug))
        raise Refused(
            f"The zone {zone.slug} has no rules of assessment for {year}"
            f"{f' (only from {known})' if known else ''}. Write them into schemes.yaml."
        )
    return found


@transaction.atomic
def compute_again(found: Round, *, reason: str, by: User | None) -> Run:
    """Compute a round anew, by what is known now; the earlier computations stay.

    Raises Refused without a reason, or where nothing is otherwise than before.
    """
    if not reason.strip():
        raise Refused("A round is computed again only with a reason. Say why.")
    plan = commitments.plan(found.plan)
    if plan is None:
        raise Refused(f"The plan {found.plan} is not loaded any more.")
    Round.objects.select_for_update().get(pk=found.pk)
    return _run(found, plan, reason=reason.strip()[:300], by=by)


def _run(found: Round, plan: PlanFolder, *, reason: str, by: User | None) -> Run:
    rules = _rules_of(found.zone, found.year)
    entered = offices(found.zone, plan, found.year, rules, _set_aside(found))
    if not entered:
        raise Refused(
            "No department answers for any promise of this plan, so nobody can be assessed. "
            "Hand targets down and release the splits first."
        )
    inputs = {"as_of": end_of(found.year).isoformat(), "offices": wire.dump(entered)}
    kept, result = wire.dump(rules), wire.dump([score(one, rules) for one in entered])
    before = found.runs.order_by("number").last()
    if before is not None and (before.inputs, before.rules) == (inputs, kept):
        raise Refused("Nothing is otherwise than when it was last computed.")
    run = Run.objects.create(
        round=found,
        number=1 if before is None else before.number + 1,
        inputs=inputs,
        rules=kept,
        result=result,
        sha256=seal(inputs, kept, result),
        reason=reason,
        by=by,
    )
    after = {"sha256": run.sha256, "rules": rules.since.isoformat(), "departments": len(entered)}
    _note(run, "compute", by, after, reason)
    return run


def _note(run: Run, act: str, by: User | None, after: Mapping[str, object], note: str = "") -> None:
    key = f"{run.round.plan}/{run.round.year}/{run.number}"
    record(
        zone=run.round.zone, by=by, act=act, object_type="assessment", object_key=key,
        after=dict(after), note=note,
    )  # fmt: skip


def _set_aside(found: Round) -> dict[tuple[str, str], str]:
    """What granted appeals take out: department and line or paper -> key of the appeal."""
    granted = Step.objects.filter(
        case__zone=found.zone, case__kind=APPEAL, case__terms__round=found.number, act="grant"
    )
    return {
        (one.case.department, one.case.terms["about"]): one.case.key
        for one in granted.select_related("case").order_by("pk")
        if one.terms.get("remedy") == "set-aside"
    }


@transaction.atomic
def release(run: Run, *, by: User) -> Decision:
    """Let the departments see a run, so that they can appeal.

    Raises Refused for the person who computed it, or where it is not the newest.
    """
    _refuse_old(run)
    if run.by_id == by.pk:
        raise Refused("Whoever computed a round does not release it. Ask a colleague.")
    return _decide(run, Decision.Act.RELEASE, by)


@transaction.atomic
def publish(run: Run, *, by: User) -> Decision:
    """Let everybody see a run.

    Raises Refused for one that is not released, and while an appeal waits for its decision.
    """
    _refuse_old(run)
    if not run.decisions.filter(act=Decision.Act.RELEASE).exists():
        raise Refused("Only a released round is published. Release it to the departments first.")
    waiting = Case.objects.filter(
        zone=run.round.zone, kind=APPEAL, terms__round=run.round.number, closed_on__isnull=True
    ).count()
    if waiting:
        raise Refused(f"{waiting} appeals wait for a decision. Decide them first.")
    return _decide(run, Decision.Act.PUBLISH, by)


def _refuse_old(run: Run) -> None:
    Round.objects.select_for_update().get(pk=run.round_id)
    if run.round.runs.filter(number__gt=run.number).exists():
        raise Refused("It was computed again since. Look at the newest computation.")


def _decide(run: Run, act: str, by: User) -> Decision:
    if run.decisions.filter(act=act).exists():
        raise Refused("This was done before; it is done once.")
    found = Decision.objects.create(run=run, act=act, by=by)
    _note(run, act, by, {"sha256": run.sha256})
    return found


@transaction.atomic
def appeal(run: Run, *, department: str, about: str, text: str, by: User) -> Case:
    """Say why a line or a late paper of one's department should not count as it does.

    Raises Refused for another department, for what is not on its sheet, without a reason, before
    the release, and for what was appealed against before. An appeal never costs points.
    """
    _refuse_old(run)
    found = run.round
    if not run.decisions.filter(act=Decision.Act.RELEASE).exists():
        raise Refused("Only a released round can be appealed against.")
    if not Membership.objects.filter(
        user=by, zone=found.zone, role="clerk", department=department
    ).exists():
        raise Refused("Only a clerk of the department appeals for it.")
    title = _matters(run, department).get(about)
    if title is None:
        raise Refused("The department's sheet has no such line. Choose one of it.")
    if not text.strip():
        raise Refused("An appeal needs a reason. Say why.")
    terms = {
        "round": found.number,
        "run": run.number,
        "about": about,
        "text": text.strip()[:LONGEST],
    }
    before = Case.objects.filter(zone=found.zone, kind=APPEAL, terms__round=found.number)
    if before.filter(department=department, terms__about=about).exists():
        raise Refused("This was appealed against before, and is decided once.")
    return open_case(
        found.zone,
        APPEAL,
        f"appeal-{found.number}-{before.count() + 1}",
        title={"zh": f"考核申诉：{title['zh']}", "en": f"Appeal: {title['en']}"},
        department=department,
        terms=terms,
        by=by,
    )


def _matters(run: Run, department: str) -> dict[str, Mapping[str, str]]:
    """What a department may appeal against: its lines and its late papers, with their titles."""
    one = next((one for one in run.scores() if one.slug == department), None)
    if one is None:
        return {}
    lines = {line_of(x.entered.code): x.entered.title for x in one.lines}
    papers = {paper_of(x): x.title for group in one.deducted for x in group.papers}
    return {**lines, **papers}


@transaction.atomic
def decide_appeal(case: Case, act: str, *, by: User, note: str = "", remedy: str = "") -> Step:
    """Grant, dismiss or withdraw an appeal. What is granted is computed again at once.

    `remedy` of a granted one: `set-aside` takes the line or paper out, `figures` counts it by the
    figures known now. Raises Refused for whoever computed or released the run.
    """
    run = Run.objects.filter(
        round__zone=case.zone, round__number=case.terms["round"], number=case.terms["run"]
    ).select_related("round__zone").get()  # fmt: skip
    if act != "withdraw" and by.pk in _hands(run):
        raise Refused("Whoever computed or released it does not decide an appeal. Ask a colleague.")
    if act == "grant" and remedy not in REMEDIES:
        raise Refused(f"Choose what follows: {', '.join(REMEDIES)}.")
    step = perform(case, act, by=by, note=note, terms={"remedy": remedy} if act == "grant" else {})
    if act == "grant":
        compute_again(run.round, reason=f"{case.key}: {note}", by=by)
    return step


def _hands(run: Run) -> set[int | None]:
    return {run.by_id, *run.decisions.values_list("by_id", flat=True)}
