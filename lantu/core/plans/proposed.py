"""A plan's records in the form in which documents are read (INTERFACES)."""

from decimal import Decimal

from lantu.core.plans.records import PlanCommitment, PlanProject
from lantu.core.reading.records import Proposal

# A person has confirmed what stands in a plan folder.
CONFIRMED = 1.0
TIMES = "倍"


def proposed(record: PlanCommitment | PlanProject) -> Proposal:
    """The record as `lantu read` would write it; `quote` is its phrase, without white space.

    The folder does not keep the text, so that a quote is the phrase by which it is found.
    """
    if isinstance(record, PlanProject):
        return _project(record)
    place = record.place
    value, unit = _amount(record)
    return Proposal(
        id=record.code,
        kind=record.kind,
        form=record.form,
        tense="future" if record.is_judged else "past",
        subject=record.subject,
        metric=record.metric_zh or record.title["zh"],
        comparator=record.comparator or (None if value is None else "="),
        value=value,
        low=record.low,
        high=record.high,
        unit=unit,
        base_value=record.base.value,
        base_year=record.base.year,
        target_year=_year(record),
        growth_pct=record.growth_pct,
        nature=record.nature or None,
        scope=record.scope or None,
        chapter=place.chapter,
        section=place.section,
        table=place.table or None,
        start=place.start or 0,
        end=place.end or 0,
        quote=place.phrase,
        confidence=CONFIRMED,
    )


def _year(record: PlanCommitment) -> int | None:
    """The year promised; of the past, the year spoken of."""
    if not record.is_judged:
        return record.year
    return record.target_date.year if record.target_date else record.target_year


def _amount(record: PlanCommitment) -> tuple[Decimal | None, str]:
    """The printed number: that of a multiple is its factor, that of `complete` its count."""
    if record.kind == "fact":
        return record.value, record.unit
    if record.target_value is None and record.form == "multiple":
        return record.k, TIMES
    if record.target_value is None and record.form == "complete":
        return record.n, record.unit
    return record.target_value, record.unit


def _project(record: PlanProject) -> Proposal:
    place = record.place
    return Proposal(
        id=record.code,
        kind="project",
        form="milestone" if record.due else None,
        metric=record.title["zh"],
        project=record.title["zh"],
        target_year=record.due.year if record.due else None,
        chapter=place.chapter,
        section=place.section,
        table=record.box or place.table or None,
        start=place.start or 0,
        end=place.end or 0,
        quote=place.phrase,
        confidence=CONFIRMED,
        investment=record.investment,
        area="" if record.area is None else f"{record.area.value}{record.area.unit}",
        capacity=record.capacity,
        start_year=record.start_year,
        finish_year=record.due.year if record.due else None,
        owner=record.owner,
    )
