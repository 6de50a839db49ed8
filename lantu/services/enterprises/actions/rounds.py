"""Acts on rounds of evaluation. A person takes every step; the ledger keeps it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from lantu import __version__
from lantu.core.clock.workdays import after as after_working_days
from lantu.core.errors import Refused
from lantu.core.figures.decimals import shown
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.methods import actions as methods
from lantu.kernel.methods import queries as methods_read
from lantu.kernel.methods.actions import About
from lantu.kernel.registry.models import LegalEntity
from lantu.services.enterprises.actions.totals import publish_totals
from lantu.services.enterprises.entrants import entrants, means
from lantu.services.enterprises.models import FirmYear, Objection, Result, Round, Ruling, Run
from lantu.services.enterprises.scoring import (
    COHORTS,
    DEFAULT,
    Computed,
    Entrant,
    Scored,
    dated,
    describe,
    fingerprint,
    known_methods,
    scored,
    unclassified,
    without_rank,
    year_end,
)

Tables = dict[str, Computed]  # by cohort
KEPT_PLACES = 12  # a quotient has no end
OPEN = (Round.State.DRAFT, Round.State.PUBLICITY)


@transaction.atomic
def start_round(
    zone: Zone, year: int, *, by: User | None, methods: dict[str, str] | None = None
) -> Round:
    """Begin the evaluation of a year's figures with a first run.

    Raises Refused where the year has no figures, has a round already, or a method is not known.
    """
    chosen = methods or DEFAULT
    known = known_methods()
    for cohort in COHORTS:
        if chosen.get(cohort) not in known:
            raise Refused(
                f"There is no method {chosen.get(cohort)} for the cohort {cohort}; "
                f"there are: {', '.join(sorted(known))}."
            )
    if not FirmYear.objects.filter(zone=zone, year=year).exists():
        raise Refused(f"There are no figures of {year}. Import them first.")
    if Round.objects.filter(zone=zone, year=year).exclude(state=Round.State.WITHDRAWN).exists():
        raise Refused(f"There is a round for {year} already. Withdraw it first to begin another.")
    made = Round.objects.create(zone=zone, year=year, methods=dict(chosen), started_by=by)
    _record(made, "start", by, after={"year": year, "methods": chosen})
    run_round(made, reason="first run", by=by)
    return made


@transaction.atomic
def run_round(found: Round, *, reason: str, by: User | None) -> Run:
    """Compute a round anew from the figures and rulings in force; earlier runs stay.

    Raises Refused where the round is final or withdrawn, or the run has no reason.
    """
    found = _locked(found, *OPEN)
    if not reason.strip():
        raise Refused("A run needs a reason. Say what changed.")
    listed = entrants(found)
    return keep_run(found, listed, *compute(found, listed), reason=reason, by=by)


def compute(found: Round, listed: list[Entrant]) -> tuple[list[Scored], Tables]:
    """The results of a round, and the tables of each cohort; nothing is stored."""
    known, tables = known_methods(), {}
    results = [unclassified(one) for one in listed if not one.cohort]
    for cohort in (*COHORTS, "combined"):
        above = "above" if cohort == "combined" else cohort
        method = known[found.methods[above]]
        last = means(found.zone, above, [found.year], method)
        of_cohort, table = scored(method, [one for one in listed if one.cohort == cohort], last)
        results += [without_rank(one) if cohort == "combined" else one for one in of_cohort]
        if table is not None:
            tables[cohort] = table
    return results, tables


def keep_run(
    found: Round,
    listed: list[Entrant],
    results: list[Scored],
    tables: Tables,
    *,
    reason: str,
    by: User | None,
) -> Run:
    """Store the results of a run, and one run of its method for each cohort, with inputs and trace.

    The caller has locked the round.
    """
    number = found.runs.count() + 1
    rows = [_result(one) for one in results]
    known = known_methods()
    run = Run.objects.create(
        round=found, number=number, reason=reason.strip(),
        methods={cohort: describe(known[name]) for cohort, name in found.methods.items()},
        input_sha256=fingerprint([_input(one) for one in listed]),
        result_sha256=fingerprint(rows),
        engine="duckdb", code_version=__version__, by=by,
    )  # fmt: skip
    Result.objects.bulk_create((Result(run=run, **row) for row in rows), batch_size=1000)
    kept = [_keep_cohort(found, *one, reason=f"{number}: {run.reason}", by=by)
            for one in tables.items()]  # fmt: skip
    after = {"run": number, "result": run.result_sha256, "runs": kept}
    _record(found, "run", by, after=after, note=reason)
    return run


def _keep_cohort(
    found: Round, cohort: str, computed: Computed, *, reason: str, by: User | None
) -> int:
    """The run of a cohort's method; a newer one of the same topic says what changed."""
    about = About(f"{topic(found)}{cohort}", reason, f"/z/{found.zone.slug}/evaluation/{found.pk}/")
    return methods.keep_run(
        found.zone, computed.method, inputs=computed.inputs, results=computed.results,
        on=year_end(found.year), by=by, about=about,
    ).pk  # fmt: skip


def topic(found: Round) -> str:
    """What the topics of a round's runs begin with."""
    return f"evaluation/{found.year}/{found.pk}/"


def _finalise_runs(found: Round, by: User | None) -> list[int]:
    """The last run of each cohort becomes final with its round."""
    listed = methods_read.runs(found.zone, is_member=True, topic=topic(found))
    last = {one.topic: one for one in reversed(listed)}
    return [methods.make_final(one, by=by).pk for one in last.values()]


def _input(one: Entrant) -> Any:
    figures = {key: shown(value) for key, value in one.figures.items()}
    return [one.entity, one.cohort, figures, one.bonus, one.is_vetoed, one.is_not_first, one.note]


def _result(one: Scored) -> dict[str, Any]:
    def texts(values: Any) -> dict[str, str | None]:
        return {
            key: None if value is None else shown(value, KEPT_PLACES)
            for key, value in values.items()
        }

    entrant = one.entrant
    return {
        "entity_id": entrant.entity,
        "name": entrant.name,
        "cohort": entrant.cohort,
        "figures": texts(entrant.figures),
        "values": texts(one.values),
        "points": texts(one.points),
        "bonus": entrant.bonus,
        "score": one.score,
        "order": None if one.score is None else float(one.score),
        "rank": one.rank,
        "ranked": one.ranked,
        "computed_class": one.computed_class,
        "final_class": one.final_class,
        "note": one.note[:300],
    }


def is_stale(found: Round) -> bool:
    """Whether figures or rulings changed after the last run."""
    last = found.runs.order_by("-number").first()
    return last is None or last.input_sha256 != fingerprint(
        [_input(one) for one in entrants(found)]
    )


@transaction.atomic
def open_publicity(found: Round, *, on: date, by: User | None) -> Round:
    """Put the draft on display from a day on; objections are in time up to the last working day.

    From publicity it begins the window anew, as after a change. Raises Refused where the last run
    is older than the figures.
    """
    found = _locked(found, *OPEN)
    if is_stale(found):
        raise Refused("Figures or rulings changed after the last run. Run the round again first.")
    days = int(dated("rounds")["objection_days"].at(on))
    found.state = Round.State.PUBLICITY
    found.publicity_from, found.publicity_to = on, after_working_days(on, days)
    found.save(update_fields=["state", "publicity_from", "publicity_to"])
    window = {"from": on.isoformat(), "to": found.publicity_to.isoformat(), "working_days": days}
    _record(found, "publicity", by, after=window)
    return found


@transaction.atomic
def finalise(found: Round, *, on: date, by: User | None) -> Round:
    """Make a round final, and publish the zone's totals as facts.

    Raises Refused while the window is open, an objection is unanswered, or the run is stale.
    """
    found = _locked(found, Round.State.PUBLICITY)
    assert found.publicity_to is not None
    if on <= found.publicity_to:
        raise Refused(
            f"Objections are in time up to {found.publicity_to}. Make the round final after it."
        )
    waiting = found.objections.filter(state=Objection.State.OPEN).count()
    if waiting:
        raise Refused(f"{waiting} objections are not answered. Answer each one first.")
    if is_stale(found):
        raise Refused("Figures or rulings changed after the last run. Run the round again first.")
    found.state, found.final_on = Round.State.FINAL, on
    found.save(update_fields=["state", "final_on"])
    last = found.runs.order_by("-number")[0]
    after = {"run": last.number, "on": on.isoformat(), "runs": _finalise_runs(found, by)}
    _record(found, "finalise", by, after=after)
    publish_totals(found.zone, found.year, on=on, by=by)
    return found


@transaction.atomic
def withdraw(found: Round, *, reason: str, by: User | None) -> Round:
    """Give a round up. Everything in it stays on record. Raises Refused without a reason."""
    found = _locked(found, *OPEN)
    if not reason.strip():
        raise Refused("Withdrawing a round needs a reason. Say why.")
    found.state = Round.State.WITHDRAWN
    found.save(update_fields=["state"])
    _record(found, "withdraw", by, note=reason)
    return found


@transaction.atomic
def rule(
    found: Round,
    entity: LegalEntity,
    kind: str,
    *,
    reason: str,
    by: User | None,
    source: str = "",
    points: Decimal | None = None,
    other: LegalEntity | None = None,
) -> Ruling:
    """Decide something about a firm beside its score; the computed class stays as it is.

    Raises Refused without a reason, and where points or the other firm are missing or too many.
    """
    found = _locked(found, *OPEN)
    _check_ruling(kind, reason, points, entity, other)
    made = Ruling.objects.create(
        round=found, entity=entity, kind=kind, points=points, other=other,
        reason=reason.strip(), source=source.strip(), by=by,
    )  # fmt: skip
    after = {"firm": entity.code, "kind": kind, "points": None if points is None else shown(points)}
    _record(found, "rule", by, after=after, note=reason)
    return made


def _check_ruling(
    kind: str,
    reason: str,
    points: Decimal | None,
    entity: LegalEntity,
    other: LegalEntity | None,
) -> None:
    if kind not in Ruling.Kind.values:
        raise Refused(f"There is no ruling {kind}. Choose one of: {', '.join(Ruling.Kind.values)}.")
    if not reason.strip():
        raise Refused("A ruling needs a reason. Name the fact and the paper.")
    needs_points = kind in (Ruling.Kind.BONUS, Ruling.Kind.DEDUCTION)
    if needs_points and (points is None or points <= 0):
        raise Refused("Points added or taken off are a number above zero.")
    if kind == Ruling.Kind.COMBINED and (other is None or other.pk == entity.pk):
        raise Refused("Name the other firm with which this one is evaluated together.")


@transaction.atomic
def withdraw_ruling(ruling: Ruling, *, reason: str, by: User | None) -> None:
    """Take a ruling back; it stays on record. Raises Refused without a reason."""
    _locked(ruling.round, *OPEN)
    if not reason.strip() or ruling.withdrawn_at is not None:
        raise Refused("A ruling is taken back once, with a reason.")
    ruling.withdrawn_at, ruling.withdrawn_reason = timezone.now(), reason.strip()
    ruling.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _record(ruling.round, "withdraw-ruling", by, before={"kind": ruling.kind}, note=reason)


def _locked(found: Round, *states: str) -> Round:
    found = Round.objects.select_for_update().select_related("zone").get(pk=found.pk)
    if found.state not in states:
        raise Refused(
            f"The round of {found.year} is {found.state}; this needs one that is "
            f"{' or '.join(str(one.value) for one in states)}."  # type: ignore[attr-defined]
        )
    return found


def _record(found: Round, act: str, by: User | None, **more: Any) -> None:
    record(
        zone=found.zone, by=by, act=act, object_type="evaluation-round",
        object_key=f"{found.year}/{found.pk}", **more,
    )  # fmt: skip
