"""Acts on scenarios: to begin one, to pull a lever, to take one out, to release it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from lantu.core.errors import Refused
from lantu.core.plans.records import PlanFolder
from lantu.core.whatif.levers import Lever, check, dump
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.services.scenarios.models import Release, Scenario, Version


@transaction.atomic
def begin(
    zone: Zone, plan: PlanFolder, *, title: str, as_of: date, by: User | None,
    levers: Sequence[Lever] = (),
) -> Scenario:  # fmt: skip
    """Begin a scenario of a plan, as things stood on a day.

    Raises Refused without a title, for a day outside the plan or still to come, and as `check`
    does.
    """
    if not title.strip():
        raise Refused("A scenario needs a name. Say what it assumes.")
    first, last = plan.period.start, plan.period.end
    if not first <= as_of.year <= last or as_of > timezone.localdate():
        raise Refused(
            f"A scenario goes on from a day of the plan, {first} to {last}, that is not to come."
        )
    Zone.objects.select_for_update().get(pk=zone.pk)  # two at once must not get one number
    newest = Scenario.objects.filter(zone=zone).aggregate(newest=Max("number"))["newest"]
    found = Scenario.objects.create(
        zone=zone, number=(newest or 0) + 1, plan=plan.name, title=title.strip()[:120],
        as_of=as_of, by=by,
    )  # fmt: skip
    _keep(found, plan, levers, act="begin", by=by)
    return found


@transaction.atomic
def pull(scenario: Scenario, plan: PlanFolder, lever: Lever, *, by: User) -> Version:
    """Add a lever after those that are there. Raises Refused as `check` does."""
    return _keep(scenario, plan, (*_now(scenario), lever), act="pull", by=by)


@transaction.atomic
def take_out(
    scenario: Scenario, plan: PlanFolder, place: int, *, by: User, seen: int | None = None
) -> Version:
    """Take the lever at a place (from 1) out, of the version that was seen.

    Raises Refused where there is none, or a colleague made another version meanwhile.
    """
    now = _now(scenario)
    if seen not in (None, _newest(scenario)):
        raise Refused("It was changed since. Look at the newest version.")
    if not 1 <= place <= len(now):
        raise Refused(f"The scenario has no lever {place}.")
    return _keep(scenario, plan, now[: place - 1] + now[place:], act="take-out", by=by)


def _now(scenario: Scenario) -> tuple[Lever, ...]:
    Scenario.objects.select_for_update().get(pk=scenario.pk)
    return scenario.versions.get(number=_newest(scenario)).pulled()


def _newest(scenario: Scenario) -> int:
    return int(scenario.versions.aggregate(newest=Max("number"))["newest"] or 0)


def _keep(
    scenario: Scenario, plan: PlanFolder, levers: Sequence[Lever], *, act: str, by: User | None
) -> Version:
    check(levers, {one.code for one in plan.commitments if one.is_judged})
    found = Version.objects.create(
        scenario=scenario, number=_newest(scenario) + 1, levers=dump(levers),
        known_on=timezone.localdate(), by=by,
    )  # fmt: skip
    _note(found, act, by)
    return found


def _note(version: Version, act: str, by: User | None) -> None:
    scenario = version.scenario
    record(
        zone=scenario.zone, by=by, act=act, object_type="scenario",
        object_key=f"{scenario.number}/{version.number}",
        after={"title": scenario.title, "levers": version.levers},
    )  # fmt: skip


@transaction.atomic
def release(version: Version, *, by: User) -> Release:
    """Let everybody see a version, marked as an assumption.

    Raises Refused for whoever wrote any of it, for an old version, for one without levers, and
    where it was released before.
    """
    scenario = Scenario.objects.select_for_update().get(pk=version.scenario_id)
    if version.number != _newest(scenario):
        raise Refused("It was changed since. Look at the newest version.")
    if scenario.is_by(by):
        raise Refused("Whoever wrote a scenario does not release it. Ask a colleague.")
    if not version.levers:
        raise Refused("A scenario without levers says nothing. Pull one first.")
    if Release.objects.filter(version=version).exists():
        raise Refused("This version is released already.")
    found = Release.objects.create(version=version, by=by)
    _note(version, "release", by)
    return found
