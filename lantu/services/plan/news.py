"""What is new for one person: what changed since the last look, and what is due this week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.utils import timezone

from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import acts_since, roles, seen, zone_version
from lantu.kernel.cases import queries as cases
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts import queries as facts

WEEK = timedelta(days=7)
SHOWN = 5
KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class News:
    """What a person of the zone finds on the overview before everything else.

    `since` is the person's own mark; where there is none yet, the begin of the day a
    week ago (`is_marked` is false).
    """

    since: datetime
    is_marked: bool
    now: datetime  # up to when this page tells: what its button marks as seen
    changes: tuple[commitments.Change, ...]
    more_changes: int
    figures: tuple[facts.Figure, ...]
    entered: int
    acts: int | None  # None for those who may not read the ledger
    due: tuple[cases.Task, ...]
    later: int  # how many wait beyond the week, or have no last day

    @property
    def verdicts(self) -> int:
        """How many verdicts changed."""
        return len(self.changes) + self.more_changes

    @property
    def is_quiet(self) -> bool:
        """Nothing changed."""
        return not (self.changes or self.entered or self.acts)


def news(person: User, zone: Zone, plan: PlanFolder) -> News | None:
    """None for those who have no role in the zone."""
    if not roles(person, zone):
        return None
    now, mark = timezone.now(), seen(person, zone)
    today = timezone.localdate(now)
    since = _midnight(today - WEEK) if mark is None else mark
    changed = _changed(zone, plan, since, today)
    waiting = cases.tasks(person, zone, today)
    due = [one for one in waiting if one.line.due and one.line.due.day <= today + WEEK]
    may_read = person.has_perm("ledger.read", zone)
    return News(
        since=since,
        is_marked=mark is not None,
        now=now,
        changes=changed.verdicts,
        more_changes=changed.more,
        figures=changed.figures,
        entered=changed.entered,
        acts=acts_since(zone, since) if may_read else None,
        due=tuple(due),
        later=len(waiting) - len(due),
    )


@dataclass(frozen=True, slots=True)
class _Changed:
    """What every person with this mark finds: it hangs on the zone's state and on the day."""

    verdicts: tuple[commitments.Change, ...]
    more: int
    figures: tuple[facts.Figure, ...]
    entered: int


def _changed(zone: Zone, plan: PlanFolder, since: datetime, today: date) -> _Changed:
    """Kept until something of the zone changes: to count a hundred thousand figures takes 0.2 s."""
    key = f"news:{plan.name}:{zone_version(zone)}:{since.isoformat()}:{today}"
    found: _Changed | None = cache.get(key)
    if found is None:
        verdicts = commitments.changes(zone, plan, since, Question(today))
        found = _Changed(
            verdicts=tuple(verdicts[:SHOWN]),
            more=max(0, len(verdicts) - SHOWN),
            figures=tuple(facts.newest_entered(zone, since, SHOWN)),
            entered=sum(facts.entered_since(zone, since).values()),
        )
        cache.set(key, found, KEPT_SECONDS)
    return found


def _midnight(day: date) -> datetime:
    """The same moment all day long, so that what it is asked for can be kept."""
    return timezone.make_aware(datetime.combine(day, time.min))
