"""Which verdicts changed since a moment, by new figures or because time went on."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from lantu.core.judging.records import Verdict
from lantu.core.plans.records import PlanCommitment, PlanFolder
from lantu.core.plans.standing import Judged, Question
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments.queries.needed import measures_of
from lantu.kernel.commitments.queries.standing import commitments
from lantu.kernel.facts.queries import entered_since, observed_at


@dataclass(frozen=True, slots=True)
class Change:
    """A promise whose state is not what it was."""

    record: PlanCommitment
    before: Verdict
    now: Verdict


def changes(zone: Zone, plan: PlanFolder, moment: datetime, now: Question) -> list[Change]:
    """The promises whose state differs from that of the moment, in the order of the plan.

    `now` is today's question; the moment's is the same of its own day, with the figures that had
    been entered by then. The promises are those of today: an amended plan is no change of state.
    """
    earlier = replace(now, as_of=min(timezone.localdate(moment), now.as_of))
    names = set(entered_since(zone, moment))
    past = _past(zone, plan, moment, names)
    pairs = zip(
        commitments(plan.name, earlier), commitments(plan.name, now), strict=True
    )  # the same records in the same order
    found = []
    for was, standing in pairs:
        record = standing.record
        assert isinstance(record, PlanCommitment)  # projects are asked for apart
        is_touched = past is not None and bool(measures_of(record) & names)
        before = past.verdict(record, earlier) if past and is_touched else was.verdict
        if before.state != standing.verdict.state:
            found.append(Change(record, before, standing.verdict))
    return found


def _past(zone: Zone, plan: PlanFolder, moment: datetime, names: Collection[str]) -> Judged | None:
    """A judge with the figures of the moment; None where none of the plan's has come since."""
    touched = [measures_of(record) for record in plan.commitments]
    wanted = set().union(*(one for one in touched if one & set(names)))
    if not wanted:
        return None
    return Judged(replace(plan, observations=tuple(observed_at(zone, moment, wanted))))
