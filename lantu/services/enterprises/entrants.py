"""Entrants: which firms take part in a round, in which cohort, and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

from lantu.core.figures.decimals import ARITHMETIC, printed
from lantu.core.rules.methods import Method
from lantu.kernel.access.models import Zone
from lantu.kernel.registry.models import LegalEntity
from lantu.services.enterprises.items import RATIOS, summed
from lantu.services.enterprises.models import FirmYear, Round, Ruling
from lantu.services.enterprises.scoring import Entrant, dated, needs_means, year_end

Means = Mapping[tuple[str, int], Decimal | None]


def figures_of(row: FirmYear) -> dict[str, Decimal]:
    """The exact figures of a yearly row."""
    return {key: printed(text) for key, text in row.figures.items()}


def entrants(found: Round) -> list[Entrant]:
    """Every firm with figures of the round's year, by its cohort; combined ones beside them."""
    rulings = Ruling.objects.filter(round=found, withdrawn_at__isnull=True).order_by("pk")
    return entrants_of(found.zone, found.year, rulings)


def entrants_of(zone: Zone, year: int, ruled: Iterable[Ruling]) -> list[Entrant]:
    """The same for a year under some rulings, which need not be stored yet."""
    rows = (
        FirmYear.objects.filter(zone=zone, year=year, entity__merged_into__isnull=True)
        .select_related("entity")
        .order_by("entity__code")
    )
    rulings = _by_firm(ruled)
    listed = [_entrant(row, rulings.get(row.entity_id, [])) for row in rows]
    return listed + _combined(listed, rulings)


def _by_firm(ruled: Iterable[Ruling]) -> dict[int, list[Ruling]]:
    by_entity: dict[int, list[Ruling]] = {}
    for one in ruled:
        by_entity.setdefault(one.entity_id, []).append(one)
    return by_entity


def _entrant(row: FirmYear, rulings: Sequence[Ruling]) -> Entrant:
    figures = figures_of(row)
    cohort, note = _cohort(row.entity, row.year, figures)
    for one in rulings:
        if one.kind == Ruling.Kind.EXEMPT:
            cohort, note = "", one.reason
    points = [
        one.points if one.kind == Ruling.Kind.BONUS else -one.points
        for one in rulings
        if one.kind in (Ruling.Kind.BONUS, Ruling.Kind.DEDUCTION) and one.points is not None
    ]
    kinds = {one.kind for one in rulings}
    return Entrant(
        row.entity_id, row.entity.zh, row.year, cohort, figures, row.entity.code,
        bonus=sum(points, Decimal(0)) if points else None,
        is_vetoed=Ruling.Kind.VETO in kinds,
        is_not_first=Ruling.Kind.NOT_FIRST in kinds,
        note=note,
    )  # fmt: skip


def _cohort(entity: LegalEntity, year: int, figures: Mapping[str, Decimal]) -> tuple[str, str]:
    """The cohort, or why there is none. Parameters of a year before the first hold from it on."""
    rules, end = dated("rounds"), year_end(year)
    young = rules["young_years"]
    if entity.founded_on is not None and entity.founded_on > _years_before(
        end, int(young.at(max(end, young.settings[0].since)))
    ):
        return "", "younger than the years that count"
    above = figures.get("above_scale")
    if above is None:
        return "", "not reported: above_scale"
    if above == 1:
        return "above", ""
    least = rules["small_land"].at(max(end, rules["small_land"].settings[0].since))
    land = figures.get("land_used")
    if land is not None and land < least:
        return "", "less land than is evaluated"
    return "below", ""


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years)


def _combined(listed: list[Entrant], rulings: Mapping[int, list[Ruling]]) -> list[Entrant]:
    """Mixed firms: evaluated by themselves, and once more together with their other parts."""
    by_entity = {one.entity: one for one in listed}
    found = []
    for head, ruled in rulings.items():
        others = [one.other_id for one in ruled if one.kind == Ruling.Kind.COMBINED]
        parts = [by_entity[one] for one in (head, *others) if one in by_entity]
        if others and len(parts) == 1 + len(others):
            figures = summed([part.figures for part in parts])
            found.append(replace(by_entity[head], cohort="combined", figures=figures, bonus=None))
    return found


def means(zone: Zone, cohort: str, years: Sequence[int], method: Method) -> Means:
    """Last year's ratio of each indicator for a cohort: sums over sums, never a mean of ratios.

    Nothing for a method that does not look at last year.
    """
    if not needs_means(method):
        return {}
    found: dict[tuple[str, int], Decimal | None] = {}
    rows = FirmYear.objects.filter(
        zone=zone, year__in=[year - 1 for year in years], entity__merged_into__isnull=True
    )
    by_year: dict[int, list[Mapping[str, Decimal]]] = {}
    for row in rows:
        figures = figures_of(row)
        if figures.get("above_scale") == (1 if cohort == "above" else 0):
            by_year.setdefault(row.year + 1, []).append(figures)
    for year in years:
        for key in RATIOS:
            found[key, year] = ratio_of_sums(key, by_year.get(year, []))
    return found


def both(key: str, many: Sequence[Mapping[str, Decimal]]) -> list[tuple[Decimal, Decimal]]:
    """The two figures of an indicator, of the firms that report both and of the lower some.

    A firm without land would add its tax to the land of the others.
    """
    one = RATIOS[key]
    return [
        (row[one.above], row[one.below])
        for row in many
        if one.above in row and row.get(one.below, Decimal(0)) != 0
    ]


def ratio_of_sums(key: str, many: Sequence[Mapping[str, Decimal]]) -> Decimal | None:
    """The ratio of a group: over those firms that report both figures. Null where none does."""
    pairs = both(key, many)
    with localcontext(ARITHMETIC):
        below = sum((pair[1] for pair in pairs), Decimal(0))
        return sum((pair[0] for pair in pairs), Decimal(0)) / below if below else None
