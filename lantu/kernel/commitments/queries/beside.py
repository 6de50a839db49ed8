"""Zones beside each other: what each promises of one indicator, and how it stands.

Everything is read for all zones at once: the number of questions to the database does not grow.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.db.models.fields.json import KT

from lantu.core.figures.scopes import Match, match
from lantu.core.judging.evidence import vintage_rank
from lantu.core.plans import wire
from lantu.core.plans.records import Happening, Observed, PlanCommitment
from lantu.core.plans.standing import Judged, Question, Standing
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments.models import Plan, Record
from lantu.kernel.commitments.queries.needed import measured
from lantu.kernel.commitments.queries.standing import folder_of
from lantu.kernel.commitments.queries.targets import in_force
from lantu.kernel.facts.queries import observed_in

WHOLE = "全区"  # the subject by which plans mean the zone itself


@dataclass(frozen=True, slots=True)
class Topic:
    """An indicator, and of whom: the zone itself unless a subject is named."""

    indicator: str
    subject: str = WHOLE


@dataclass(frozen=True, slots=True)
class Spread:
    """How many zones promise something of a topic; real and invented ones never together."""

    topic: Topic
    real: int
    invented: int
    english: Mapping[str, str]  # of its Chinese names those to which a plan gives an English one


@dataclass(frozen=True, slots=True)
class Beside:
    """One promise of one zone. `latest` is the newest figure known then; None for none."""

    zone: Zone
    plan: str
    scopes: Mapping[str, Mapping[str, Mapping[str, str]]]
    standing: Standing
    record: PlanCommitment
    latest: Observed | None


def topics() -> list[Spread]:
    """Everything that a zone's newest plan promises by number, the most shared first."""
    real: dict[Topic, int] = defaultdict(int)
    invented: dict[Topic, int] = defaultdict(int)
    english: dict[str, str] = {}
    plans = _newest()
    for plan, found in zip(plans, _named(plans), strict=True):
        counts = invented if plan.zone.invented else real
        for topic in found.topics:
            counts[topic] += 1
        english |= found.english
    spreads = [
        Spread(
            one,
            real[one],
            invented[one],
            {zh: english[zh] for zh in (one.indicator, one.subject) if zh in english},
        )
        for one in {**real, **invented}
    ]
    return sorted(
        spreads, key=lambda one: (-one.real, -one.invented, one.topic.indicator, one.topic.subject)
    )


def side_by_side(topic: Topic, question: Question) -> list[Beside]:
    """What each zone promises of a topic, judged; real zones first, by their short names."""
    plans = _newest()
    wanted = [key for found in _named(plans) for key in found.topics.get(topic, ())]
    records: dict[Plan, list[PlanCommitment]] = {}
    by_pk = {plan.pk: plan for plan in plans}
    for pk, terms in Record.objects.filter(pk__in=wanted).values_list("plan_id", "terms"):
        records.setdefault(by_pk[pk], []).append(wire.load(PlanCommitment, terms))
    promised = in_force(records, question.known_on)
    names = measured(one for found in promised.values() for one in found)
    zones = [plan.zone for plan in records]
    figures = observed_in(zones, known_on=question.known_on, indicators=names)
    events = _events(promised)
    return [
        one
        for plan in plans
        if plan.pk in promised
        for one in _judged(
            plan, promised[plan.pk], figures[plan.zone_id], events.get(plan.pk, []), question
        )
    ]


def _newest() -> list[Plan]:
    """The newest plan of each zone; annual and sector plans are not compared."""
    order = Prefetch("plans", Plan.objects.order_by("-start", "name"))
    zones = Zone.objects.order_by("invented", "slug").prefetch_related(order)
    found = [[plan for plan in zone.plans.all() if not plan.is_nested] for zone in zones]
    return [plans[0] for plans in found if plans]


@dataclass(slots=True)
class _Named:
    """The topics of a plan, each with the numbers of its records, and its own English names."""

    topics: dict[Topic, list[int]] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)


# What is said of a plan as long as its folder is the same.
_kept: dict[tuple[int, str], _Named] = {}


def _named(plans: list[Plan]) -> list[_Named]:
    """The topics of each plan; one question for all plans that changed since they were read."""
    keys = [(plan.pk, plan.fingerprint) for plan in plans]
    for gone in _kept.keys() - set(keys):
        _kept.pop(gone, None)
    fresh = {pk: (pk, mark) for pk, mark in keys if (pk, mark) not in _kept}
    if fresh:
        _kept.update(_read(fresh))
    return [_kept.get(key, _Named()) for key in keys]


def _read(fresh: Mapping[int, tuple[int, str]]) -> dict[tuple[int, str], _Named]:
    """What is said of some plans: by the number of each plan the key under which it is kept."""
    read = {key: _Named() for key in fresh.values()}
    sorts = (Record.Sort.COMMITMENT, Record.Sort.PROJECT)
    rows = Record.objects.filter(plan__in=list(fresh), sort__in=sorts).order_by("pk")
    keys = (
        "kind", "tense", "form", "measured_by__indicator", "metric__zh", "metric__en", "subject",
        "title__zh", "title__en",
    )  # fmt: skip
    for plan, pk, sort, *terms in rows.values_list(
        "plan_id", "pk", "sort", *(KT(f"terms__{key}") for key in keys)
    ):
        *promise, title, title_en = terms
        if sort == Record.Sort.COMMITMENT:
            _note(read[fresh[plan]], pk, *promise)
        elif title and title_en:
            # A promise names a project without the word for it.
            read[fresh[plan]].english.setdefault(title.removesuffix("项目"), title_en)
    return read


def _note(
    named: _Named, pk: int, kind: str | None, tense: str | None, form: str | None,
    indicator: str | None, metric: str | None, english: str | None, subject: str | None,
) -> None:  # fmt: skip
    """Add a promise to what a plan says."""
    # As PlanCommitment.is_judged has it; a task promises no number.
    if kind == "fact" or tense == "past" or not form or form == "task":
        return
    if name := indicator or metric:
        named.topics.setdefault(Topic(name, subject or WHOLE), []).append(pk)
        if english and name == metric:
            named.english.setdefault(name, english)


def _events(promised: Mapping[int, list[PlanCommitment]]) -> Mapping[int, list[Happening]]:
    """What happened to milestones; no other form is judged by events."""
    codes = {
        pk: {one.code for one in found if one.form == "milestone"} for pk, found in promised.items()
    }
    wanted = {code for found in codes.values() for code in found}
    events: dict[int, list[Happening]] = defaultdict(list)
    if wanted:
        rows = Record.objects.filter(plan__in=codes, sort=Record.Sort.EVENT)
        for pk, terms in rows.values_list("plan_id", "terms"):
            if terms.get("code") in codes[pk]:
                events[pk].append(wire.load(Happening, terms))
    return events


def _judged(
    plan: Plan,
    promises: list[PlanCommitment],
    figures: list[Observed],
    events: list[Happening],
    question: Question,
) -> Iterator[Beside]:
    records: dict[str, list[Any]] = {"commitment": promises, "event": events}
    folder = folder_of(plan, records, figures)
    for standing in Judged(folder).commitments(question):
        record = standing.record
        assert isinstance(record, PlanCommitment)  # only promises were asked for
        latest = _latest(record, figures, question)
        yield Beside(plan.zone, plan.name, folder.scopes, standing, record, latest)


def _latest(record: PlanCommitment, figures: list[Observed], question: Question) -> Observed | None:
    """The newest figure of the promise's series that was known and whose period was over."""
    measure = record.measured_by
    if measure is None:
        return None
    known = [
        one
        for one in figures
        if (one.indicator, one.subject) == (measure.indicator, measure.subject)
        and (not measure.kinds or one.kind in measure.kinds)
        and one.period.last_day <= question.as_of
        and (question.known_on is None or (one.known_on or question.known_on) <= question.known_on)
    ]
    return max(known, key=lambda one: _newness(one, record), default=None)


def _newness(one: Observed, record: PlanCommitment) -> tuple[Any, ...]:
    """The latest period; of the same period the figure that a judge would take."""
    return (
        one.period.last_day,
        one.period.months,
        match(one.scope or None, record.scope or None) is Match.SAME,
        vintage_rank(one.vintage),
        "" if one.known_on is None else one.known_on.isoformat(),
        int(one.where or 0),
    )


def forget() -> None:
    """Drop what is kept in memory, as after a restore."""
    _kept.clear()
