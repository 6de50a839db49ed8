"""What is new in a zone, and what is due: verdicts that changed, figures, and days."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lantu.core.figures.decimals import shown
from lantu.core.judging.records import Verdict
from lantu.core.judging.states import WORDS
from lantu.core.plans.records import PlanCommitment, PlanFolder, PlanProject
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import acts
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts import queries as facts

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is new: `key` is the same whenever it is told again."""

    key: str
    day: date
    title: dict[str, str]
    text: dict[str, str]
    path: str


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which something is due."""

    key: str
    day: date
    title: dict[str, str]
    path: str


def news(zone: Zone, today: date) -> list[Item]:
    """The newest figures and the verdicts that changed from one year's end to the next."""
    items = [*_figures(zone, today), *_changes(zone, today)]
    return sorted(items, key=lambda item: (item.day, item.key), reverse=True)[:MOST]


def _figures(zone: Zone, today: date) -> list[Item]:
    return [
        Item(
            f"figure/{one.id}",
            one.known_on,
            {
                "zh": f"{one.subject} {one.indicator} {one.period}：{shown(one.value)} {one.unit}",
                "en": f"{one.subject} {one.indicator} {one.period}: {shown(one.value)} {one.unit}",
            },
            {"zh": one.source_title, "en": one.source_title},
            f"/z/{zone.slug}/facts/{one.id}/",
        )
        for one in facts.newest(zone, MOST, known_on=today)
        if one.known_on is not None
    ]


def _changes(zone: Zone, today: date) -> list[Item]:
    found: list[Item] = []
    for plan in _plans(zone):
        ends = [date(year, 12, 31) for year in range(plan.period.start, plan.period.end + 1)]
        days = [day for day in ends if day < today] + [today]
        before: dict[str, Verdict] = {}
        for day in days:
            standings = commitments.commitments(plan.name, Question(day))
            now = {one.record.code: one for one in standings}
            found += [
                _change(zone, plan, one.record, before[code], one.verdict, day)
                for code, one in now.items()
                if code in before and before[code].state != one.verdict.state
            ]
            before = {code: one.verdict for code, one in now.items()}
    return found


def _plans(zone: Zone) -> list[PlanFolder]:
    found = (commitments.plan(line.name) for line in commitments.plans(zone))
    return [plan for plan in found if plan is not None]


def _change(
    zone: Zone,
    plan: PlanFolder,
    record: PlanCommitment | PlanProject,
    old: Verdict,
    new: Verdict,
    day: date,
) -> Item:
    """A change, dated by the newest figure that it rests on; else by the year it falls in."""
    known = [fact.known_on for fact in new.used if fact.known_on is not None]
    dated = max((one for one in known if one <= day), default=date(day.year, 1, 1))
    was, now = WORDS[old.state], WORDS[new.state]
    return Item(
        f"verdict/{plan.name}/{record.code}/{day.year}/{new.state}",
        max(dated, date(day.year, 1, 1)),
        {
            "zh": f"{record.title['zh']}：{was[0]} → {now[0]}",
            "en": f"{record.title['en']}: {was[1]} → {now[1]}",
        },
        {"zh": f"{day.year}年判定", "en": f"Verdict of {day.year}"},
        f"/z/{zone.slug}/promises/{record.code}/",
    )


def loaded(zone: Zone) -> tuple[int, datetime | None]:
    """How often the plans of a zone were loaded again, and when last: days move by that alone."""
    times = acts(zone, act="load", object_type="plan")
    return max(len(times) - 1, 0), max(times, default=None)


def due(zone: Zone) -> list[Due]:
    """Every day on which a promise, a step of one, or a project is due."""
    found = [
        one
        for plan in _plans(zone)
        for one in (
            *(_promised(zone, plan, record) for record in plan.commitments if record.is_judged),
            *(_projected(zone, plan, project) for project in plan.projects),
        )
    ]
    flat = [one for group in found for one in group]
    return sorted(flat, key=lambda one: (one.day, one.key))


def _promised(zone: Zone, plan: PlanFolder, record: PlanCommitment) -> list[Due]:
    path = f"/z/{zone.slug}/promises/{record.code}/"
    key = f"{plan.name}/{record.code}"
    steps = [
        Due(f"{key}/{number}", step.due, dict(record.title), path)
        for number, step in enumerate(record.milestones, 1)
    ]
    day = record.target_date
    if day is None and record.target_year is not None:
        day = date(record.target_year, 12, 31)
    return [*steps, Due(key, day, dict(record.title), path)] if day is not None else steps


def _projected(zone: Zone, plan: PlanFolder, project: PlanProject) -> list[Due]:
    if project.due is None:
        return []
    path = f"/z/{zone.slug}/projects/{project.code}/"
    return [Due(f"{plan.name}/project/{project.code}", project.due, dict(project.title), path)]
