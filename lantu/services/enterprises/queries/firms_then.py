"""The list of firms as it stood on a past day."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.registry import queries as registry
from lantu.services.enterprises.models import Result, Run
from lantu.services.enterprises.queries import then as past
from lantu.services.enterprises.queries.firms import (
    PAGE,
    Asked,
    FirmLine,
    FirmList,
    line_of,
    run_of,
    years,
)

FIELDS = ("code", "status", "industry")


def firms(
    zone: Zone,
    ask: Asked,
    then: Question,
    *,
    is_member: bool,
    is_whole: bool = False,
    is_english: bool = False,
) -> FirmList:
    """As `firms.firms`, with the names, the figures and the round of a past day."""
    run = run_of(zone, ask.year, is_member=is_member, then=then)
    lines = [
        one
        for one in _lines(zone, ask, then, run, is_member=is_member)
        if (not ask.status or one.status == ask.status)
        and (not ask.name or one.name == ("" if ask.name == "none" else ask.name))
    ]
    lines = _ordered(lines, ask, is_english=is_english)
    pages = max(1, -(-len(lines) // PAGE))
    first = (min(ask.page, pages) - 1) * PAGE
    chosen = lines if is_whole else lines[first : first + PAGE]
    return FirmList(ask, tuple(chosen), len(lines), pages, tuple(years(zone, then)), run)


def _lines(
    zone: Zone, ask: Asked, then: Question, run: Run | None, *, is_member: bool
) -> list[FirmLine]:
    figures = past.figures(zone, then, [ask.year]) if is_member else {}
    results = {} if run is None else _results(run)
    found = []
    for one in registry.found(zone, ask.words, then).prefetch_related("names"):
        zh, en = registry.both_names_on(one, then.as_of)
        row: dict[str, Any] = {key: getattr(one, key) for key in FIELDS} | {"zh": zh, "en": en}
        score, name = results.get(one.pk, (None, ""))
        of_year = figures.get(one.pk, {}).get(ask.year, {})
        found.append(line_of(row, of_year, score if is_member else None, name))
    return found


def _results(run: Run) -> dict[int, tuple[Decimal | None, str]]:
    found = Result.objects.filter(run=run).exclude(cohort="combined")
    return {
        entity: (score, name)
        for entity, score, name in found.values_list("entity_id", "score", "final_class")
    }


_KEYS: dict[str, Callable[[FirmLine], Any]] = {
    "tax_per_mu": lambda one: one.tax_per_mu,
    "tax_paid": lambda one: one.tax_paid,
    "land_used": lambda one: one.land_used,
    "revenue": lambda one: one.revenue,
    "score": lambda one: one.score,
    "class": lambda one: one.name or None,
}


def _ordered(lines: list[FirmLine], ask: Asked, *, is_english: bool) -> list[FirmLine]:
    """By what is shown; what is unknown comes last, whichever way it goes."""
    key = _KEYS.get(ask.sort, lambda one: (is_english and one.en) or one.zh)
    lines = sorted(lines, key=lambda one: (one.zh, one.code))
    known = [one for one in lines if key(one) is not None]
    unknown = [one for one in lines if key(one) is None]
    return sorted(known, key=key, reverse=ask.is_descending) + unknown
