"""What the records say of a past day: figures, names, rounds and who was in the register.

A round's own days and the years of figures say when something was so. When it came to be known
here is kept of figures, runs, rulings, objections and merges; of a firm's status, industry and
land only the newest is kept, and the pages say so.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.timezone import localtime

from lantu.core.figures.decimals import printed
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.registry.queries import Name
from lantu.services.enterprises.models import Figure, FirmYear, Objection, Round, Ruling, Run

Yearly = dict[int, dict[int, dict[str, Decimal]]]  # entity -> year -> item -> value


def known_on(then: Question | None) -> date:
    """The last day whose knowledge counts."""
    return date.max if then is None or then.known_on is None else then.known_on


def last_year(then: Question | None) -> int:
    """The newest year whose figures count: on a past day one that is over."""
    return date.max.year if then is None else then.last_year


def figures(zone: Zone, then: Question | None, years: Iterable[int] | None = None) -> Yearly:
    """The figures of a zone's firms that were in force then, of some years or of all."""
    return _by_year(
        FirmYear.objects.filter(zone=zone), Figure.objects.filter(entity__zone=zone), then, years
    )


def figures_of(entity: int, then: Question | None) -> dict[int, dict[str, Decimal]]:
    """The same of one firm, by year."""
    rows, single = (one.objects.filter(entity=entity) for one in (FirmYear, Figure))
    return _by_year(rows, single, then, None).get(entity, {})  # type: ignore[arg-type]


def _by_year(
    rows: QuerySet[FirmYear],
    single: QuerySet[Figure],
    then: Question | None,
    years: Iterable[int] | None,
) -> Yearly:
    """From the rows in force now, or from the single figures that had come in by a day."""
    found: Yearly = {}
    wanted = {"year__lte": last_year(then)} | ({} if years is None else {"year__in": list(years)})
    if then is None or then.known_on is None:
        for one in rows.filter(**wanted):
            texts = one.figures.items()
            of_firm = found.setdefault(one.entity_id, {})
            of_firm[one.year] = {key: printed(text) for key, text in texts}
        return found
    came = single.filter(**wanted, entered_at__date__lte=then.known_on).order_by("pk")
    for entity, year, item, value in came.values_list("entity_id", "year", "item", "value"):
        found.setdefault(entity, {}).setdefault(year, {})[item] = value
    return found


def names(listed: Iterable[Name], then: Question | None) -> list[Name]:
    """The names that had been borne by the day; the one of the day is in force."""
    if then is None:
        return list(listed)
    return [
        replace(one, until=None) if one.until and one.until >= then.as_of else one
        for one in listed
        if one.since is None or one.since <= then.as_of
    ]


def stood(found: Round, then: Question | None) -> Round | None:
    """A round as it stood on a day; None before it was begun. Not to be saved.

    When a round was withdrawn is not kept: it is withdrawn on every day.
    """
    if then is None:
        return found
    begun = localtime(found.started_at).date()
    day = then.until
    if begun > known_on(then):
        return None
    one = copy(found)
    if found.final_on is not None and found.final_on <= day:
        return one
    one.final_on = None
    if found.publicity_from is not None and found.publicity_from <= day:
        one.state = _unless_withdrawn(found, Round.State.PUBLICITY)
        return one
    one.publicity_from = one.publicity_to = None
    one.state = _unless_withdrawn(found, Round.State.DRAFT)
    return one if begun <= day else None


def _unless_withdrawn(found: Round, state: Round.State) -> str:
    return found.state if found.state == Round.State.WITHDRAWN else state


def runs(found: Round, then: Question | None) -> QuerySet[Run]:
    """The runs of a round that had been made by the day of knowledge, the newest first."""
    return found.runs.filter(at__date__lte=known_on(then)).order_by("-number")


def objections(found: Round, then: Question | None) -> list[Objection]:
    """The objections to a round as they stood on a day. Not to be saved."""
    listed = found.objections.select_related("entity", "answered_by").order_by("pk")
    if then is None:
        return list(listed)
    received = listed.filter(received_on__lte=then.as_of, entered_at__date__lte=known_on(then))
    return [_unanswered(one, then.until) for one in received]


def _unanswered(one: Objection, day: date) -> Objection:
    if one.answered_on is not None and one.answered_on > day:
        one.state, one.answer, one.appeal, one.answered_on = Objection.State.OPEN, "", "", None
    return one


def rulings(found: Round, then: Question | None) -> list[Ruling]:
    """The rulings of a round that were on record by the day of knowledge. Not to be saved."""
    listed = found.rulings.select_related("entity", "other", "by").order_by("pk")
    kept = list(listed.filter(at__date__lte=known_on(then)))
    for one in kept:
        if one.withdrawn_at is not None and localtime(one.withdrawn_at).date() > known_on(then):
            one.withdrawn_at, one.withdrawn_reason = None, ""
    return kept
