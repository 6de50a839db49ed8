"""What stands near a promise: the same indicator, department and section, projects beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from lantu.core.plans.records import Place, PlanCommitment, PlanFolder, PlanProject
from lantu.core.plans.standing import Question, Standing
from lantu.kernel.commitments import queries as commitments

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another promise or project of the plan, and how it stands."""

    title: Mapping[str, str]
    address: str
    state: str
    at: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours of one sort: the first few, how many there are, and where all are listed."""

    shown: tuple[Neighbour, ...]
    total: int
    whole: str  # empty where no page lists just these


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The groups; one without members has a total of nought."""

    indicator: Group
    department: Group
    section: Group
    chapter: Group
    projects: Group

    @property
    def total(self) -> int:
        return sum(
            group.total
            for group in (
                self.indicator, self.department, self.section, self.chapter, self.projects
            )
        )  # fmt: skip


def neighbours(plan: PlanFolder, record: PlanCommitment, question: Question) -> Neighbours:
    """The neighbours of a promise in its own plan; those in a chapter only with a number."""
    standings = commitments.commitments(plan.name, question)
    places = {one.record.code: at for at, one in enumerate(standings)}
    away = {code: abs(at - places[record.code]) for code, at in places.items()}
    others = [
        (one, one.record)
        for one in standings
        if isinstance(one.record, PlanCommitment) and one.record.code != record.code
    ]
    here, place = reverse("promises", args=[plan.zone.slug]), record.place
    numeric = [(one, other) for one, other in others if other.form is not None]
    in_section = [one for one, other in numeric if _is_beside(place, other.place)]
    in_chapter = [one for one, other in numeric if other.place.chapter == place.chapter]
    whole = f"{here}?{urlencode({'chapter': place.chapter, 'kind': 'number'})}"
    section = f"{here}?{urlencode({'chapter': place.chapter, 'section': place.section})}"
    led = [one for one, other in others if record.lead and other.lead == record.lead]
    return Neighbours(
        _group(plan, [one for one, other in others if _is_same(record, other)]),
        _group(plan, led, f"{here}?{urlencode({'department': record.lead})}"),
        _group(plan, _nearest(in_section, away), section),
        _group(plan, _nearest(in_chapter, away) if place.chapter and not in_section else [], whole),
        _group(plan, _projects(plan, record, question)),
    )


def _is_same(record: PlanCommitment, other: PlanCommitment) -> bool:
    """Whether both speak of one indicator: the same series, or the same metric by name."""
    if record.measured_by is not None and other.measured_by is not None:
        one, two = record.measured_by, other.measured_by
        return (one.indicator, one.subject) == (two.indicator, two.subject)
    return bool(record.metric_zh) and record.metric_zh == other.metric_zh


def _is_beside(place: Place, other: Place) -> bool:
    return bool(place.section) and (place.chapter, place.section) == (other.chapter, other.section)


def _projects(plan: PlanFolder, record: PlanCommitment, question: Question) -> list[Standing]:
    """Projects that the promise names, of its own box, or of its own section."""
    place = record.place
    return [
        one
        for one in commitments.projects(plan.name, question)
        if isinstance(one.record, PlanProject)
        and (
            one.record.code in record.links
            or (bool(place.table) and one.record.box == place.table)
            or _is_beside(place, one.record.place)
        )
    ]


def _nearest(found: list[Standing], away: Mapping[str, int]) -> list[Standing]:
    return sorted(found, key=lambda one: away[one.record.code])


def _group(plan: PlanFolder, found: Sequence[Standing], whole: str = "") -> Group:
    shown = tuple(_neighbour(plan, one) for one in found[:SHOWN])
    return Group(shown, len(found), whole if len(found) > SHOWN else "")


def _neighbour(plan: PlanFolder, one: Standing) -> Neighbour:
    view = "project" if isinstance(one.record, PlanProject) else "promise"
    address = reverse(view, args=[plan.zone.slug, one.record.code])
    return Neighbour(one.record.title, address, one.verdict.state, one.verdict.at)
