"""The verdicts of a zone's plans at the end of each year, as an SDMX flow."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from lantu.core.figures.decimals import rounded, shown
from lantu.core.figures.periods import Period
from lantu.core.judging.records import Plan as Years
from lantu.core.judging.records import Verdict
from lantu.core.judging.states import STATES, WORDS
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import last_changed
from lantu.kernel.commitments import queries as commitments
from lantu.services.opendata.queries.facts import STATUS
from lantu.services.opendata.sdmx.asking import Wanted
from lantu.services.opendata.sdmx.model import Code, Codelist, Component, Flow, Row, code_id

PLACES = 12
_STATE = Codelist(
    "CL_STATE",
    "判定",
    "Verdict",
    tuple(Code(state, *WORDS[state]) for state in STATES),
)


def verdicts_flow(zone: Zone) -> Flow:
    """The flow of a zone's verdicts: the share of each promise that was reached by a year's end."""
    plans = _plans(zone)
    slug = zone.slug.upper()
    promises = {
        code_id(one.code): Code(code_id(one.code), one.title["zh"], one.title["en"])
        for plan in plans
        for one in plan.commitments
        if one.is_judged
    }
    named = tuple(Code(code_id(plan.name), plan.title["zh"], plan.title["en"]) for plan in plans)
    return Flow(
        f"VERDICTS_{slug}",
        "verdicts",
        zone.slug,
        f"{zone.zh}：承诺判定",
        f"{zone.en}: verdicts on the promises",
        (
            Component("PLAN", "规划", "Plan", Codelist(f"CL_PLAN_{slug}", "规划", "Plans", named)),
            Component(
                "PROMISE",
                "承诺",
                "Promise",
                Codelist(f"CL_PROMISE_{slug}", "承诺", "Promises", tuple(promises.values())),
            ),
        ),
        (
            Component("OBS_STATUS", "观测值状态", "Observation status", STATUS),
            Component("STATE", "判定", "Verdict", _STATE),
            Component("JUDGED_YEAR", "判定所用年份", "Year of the figure judged"),
        ),
    )


def _plans(zone: Zone) -> list[PlanFolder]:
    found = (commitments.promised(line.name) for line in commitments.plans(zone))
    return [plan for plan in found if plan is not None]


def changed(zone: Zone, today: date) -> datetime:
    """When the verdicts of a zone may have changed last: by a record, or by the end of a year."""
    return max(year_begun(today), last_changed(zone) or year_begun(today))


def year_begun(today: date) -> datetime:
    """The first moment of the year."""
    return datetime(today.year, 1, 1, tzinfo=timezone.get_default_timezone())


def verdicts_rows(zone: Zone, wanted: Wanted, today: date) -> Iterator[Row]:
    """A row for each promise and each year that is over. No progress is a missing value.

    As of a past day, the years that were over then.
    Verdicts are computed anew from all that is known: once anything has changed since a moment, or
    a year has ended, each of them may be another.
    """
    if wanted.since is not None and changed(zone, today) <= wanted.since:
        return
    then = today if wanted.as_of is None else min(today, wanted.as_of)
    for plan in _plans(zone):
        asked = [
            (end.year, {one.record.code: one.verdict for one in standings})
            for end in year_ends(plan.period, then)
            for standings in [commitments.commitments(plan.name, Question(end, wanted.as_of))]
        ]
        for record in plan.commitments:
            for year, verdicts in asked:
                verdict = verdicts.get(record.code)
                if verdict is None:
                    continue
                row = verdict_row(plan.name, record.code, year, verdict)
                if wanted.takes(row.key, Period.of_year(year)):
                    yield row


def year_ends(years: Years, then: date) -> list[date]:
    """The last day of each year of a plan that was over on a day."""
    ends = (date(year, 12, 31) for year in range(years.start, years.end + 1))
    return [end for end in ends if end < then]


def verdict_row(plan: str, code: str, year: int, verdict: Verdict) -> Row:
    """What a promise's verdict at the end of a year says."""
    value = verdict.progress
    return Row(
        (code_id(plan), code_id(code)),
        str(year),
        None if value is None else shown(rounded(value, PLACES).normalize()),
        (
            "M" if value is None else "A",
            verdict.state,
            None if verdict.at is None else str(verdict.at),
        ),
    )
