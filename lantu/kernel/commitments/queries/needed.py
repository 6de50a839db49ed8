"""Which figures a verdict on some promises can rest on, and these figures."""

from collections.abc import Iterable
from datetime import date

from lantu.core.plans.evidence import scopes_of
from lantu.core.plans.records import Observed, PlanCommitment
from lantu.kernel.access.models import Zone
from lantu.kernel.facts.queries import deciding, number, observed


def measures_of(record: PlanCommitment) -> set[str]:
    """The indicators by which a promise is judged."""
    measure = record.measured_by
    if measure is None:
        return set()
    return {measure.indicator} | (set() if measure.other is None else {measure.other.indicator})


def measured(promises: Iterable[PlanCommitment]) -> set[str]:
    """The indicators by which any promise is judged."""
    return set().union(*(measures_of(record) for record in promises))


def asked(promises: Iterable[PlanCommitment]) -> tuple[set[str], set[str], set[str]]:
    """The indicators that are needed whole, those of which some scopes are, and these scopes.

    A promise without a scope takes figures of any.
    """
    whole: set[str] = set()
    partly: set[str] = set()
    scopes: set[str] = set()
    for record in promises:
        measure, of = record.measured_by, scopes_of(record)
        if measure is None:
            continue
        (whole if None in of else partly).add(measure.indicator)
        scopes |= {one for one in of if one}
        whole |= set() if measure.other is None else {measure.other.indicator}
    return whole, partly - whole, scopes


def figures_of(
    zone: Zone, known_on: date | None, whole: set[str], partly: set[str], scopes: set[str]
) -> tuple[list[Observed], set[tuple[str, str]]]:
    """The figures in force on which a verdict can rest, and the series that have more of them."""
    every = observed(zone, known_on=known_on, indicators=whole)
    if not partly:
        return every, set()
    found, thinned = deciding(zone, known_on=known_on, indicators=partly, scopes=scopes)
    return sorted((*every, *found), key=number), thinned


def own_figures_of(
    zone: Zone, whole: set[str], partly: set[str], scopes: set[str]
) -> list[Observed]:
    """Those of today that speak for the right scope, or do not say for which."""
    every = observed(zone, indicators=whole)
    own = observed(zone, indicators=partly, scopes=[*scopes, ""]) if partly else []
    return sorted((*every, *own), key=number)
