"""What one firm's page shows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import Any

from django.utils.timezone import localtime

from lantu.core.errors import Refused
from lantu.core.figures.decimals import ARITHMETIC, printed, shown
from lantu.core.plans.standing import Question
from lantu.core.rules.ladders import Climb, climb, in_words
from lantu.core.rules.methods import Method
from lantu.kernel.access.models import Zone
from lantu.kernel.registry import queries as registry
from lantu.kernel.registry.models import LegalEntity
from lantu.services.enterprises.items import RATIOS, Item, Ratio, items, ratio
from lantu.services.enterprises.lift import Lift, lift
from lantu.services.enterprises.models import Figure, Parcel, Result, Round
from lantu.services.enterprises.queries import then as past
from lantu.services.enterprises.queries.rounds import ResultLine, classes_of, line
from lantu.services.enterprises.scoring import (
    MULTIPLE,
    NOT_CLASSIFIED,
    known_methods,
    ladder_of_power,
    year_end,
)
from lantu.services.enterprises.thresholds import Firm, Standing, standings


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as reported, or one that stood before it."""

    value: Decimal
    printed: str
    source: str
    vintage: str
    reason: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item over the years; a year without a figure is None."""

    item: Item
    # of each year what is in force, and what it superseded
    values: tuple[tuple[int, Entry | None, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class RatioRow:
    """One indicator over the years."""

    ratio: Ratio
    values: tuple[tuple[int, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures came from, and which: each item with its years and what was handed in."""

    source: str
    vintage: str
    on: date
    figures: tuple[tuple[Item, tuple[tuple[int, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a score: value × weight ÷ baseline, and the points it gave."""

    key: str
    label: dict[str, str]
    unit: str
    value: Decimal | None
    weight: Decimal | None
    baseline: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class YearClass:
    """The class of a year."""

    year: int
    round_id: int
    state: str
    result: ResultLine


@dataclass(frozen=True, slots=True)
class Price:
    """What power costs more, and why. Yuan per kWh; the cost is in 万元."""

    method: Method
    climb: Climb
    electricity: Decimal | None
    cost: Decimal | None

    @property
    def words(self) -> dict[str, str]:
        """The class, its years on end and what follows, in one sentence."""
        one = self.climb
        return in_words(
            name=one.name, years=one.years, since=one.since, value=one.value,
            unit=self.method.unit, source=one.setting.source,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FirmPage:
    """Everything on the page. Below `classes` it is empty for the public."""

    entity: LegalEntity
    names: list[registry.Name]
    merges: list[registry.MergeLine]
    classes: tuple[YearClass, ...]
    years: tuple[int, ...] = ()
    rows: tuple[ItemRow, ...] = ()
    sources: tuple[Source, ...] = ()
    ratios: tuple[RatioRow, ...] = ()
    method: Method | None = None
    latest: YearClass | None = None
    steps: tuple[Step, ...] = ()
    combined: ResultLine | None = None
    lift: Lift | None = None
    price: Price | None = None
    standings: tuple[Standing, ...] = ()
    parcels: tuple[Parcel, ...] = ()


def firm(
    zone: Zone, code: str, *, is_member: bool, then: Question | None = None
) -> FirmPage | None:
    """One firm; None where the register has no such code.

    `then`: as it stood on a day; None before it was founded.
    """
    entity = registry.entity(zone, code)
    if entity is None or (then and entity.founded_on and entity.founded_on > then.as_of):
        return None
    if then is not None:
        entity.zh, entity.en = registry.both_names_on(entity, then.as_of)
        entity.merged_into = registry.merged_on(entity, past.known_on(then))
    listed = classes_of(entity.pk, is_member=is_member, then=then)
    classes = tuple(YearClass(one.year, one.pk, one.state, line(found)) for one, found in listed)
    names = past.names(registry.names(entity), then)
    if not is_member:
        return FirmPage(entity, names, [], classes)
    by_year = past.figures_of(entity.pk, then)
    years = tuple(sorted(by_year))
    latest = classes[-1] if classes else None
    rows = _rows(entity, years, then)
    return FirmPage(
        entity, names, registry.merges(entity, past.known_on(then)), classes, years,
        rows, _sources(rows), _ratios(by_year, years),
        **(_scored(listed[-1], latest) if latest and listed[-1][1].cohort else {}),
        latest=latest, price=price(classes, by_year),
        standings=_standings(entity, by_year),
        parcels=tuple(Parcel.objects.filter(entity=entity).order_by("code")),
    )  # fmt: skip


def _standings(entity: LegalEntity, by_year: dict[int, dict[str, Decimal]]) -> tuple[Standing, ...]:
    if not by_year:
        return ()
    return tuple(standings(Firm(by_year, max(by_year), entity.founded_on)))


def _rows(
    entity: LegalEntity, years: tuple[int, ...], then: Question | None
) -> tuple[ItemRow, ...]:
    found: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    known = Figure.objects.filter(entity=entity, entered_at__date__lte=past.known_on(then))
    for one in known.order_by("pk"):
        found[one.item, one.year].append(
            Entry(one.value, one.printed, one.source, one.vintage, one.reason, one.entered_at)
        )
    rows = []
    for key, item in items().items():
        values = []
        for year in years:
            entries = found.get((key, year), [])
            values.append((year, entries[-1] if entries else None, tuple(entries[:-1])))
        if any(entry for _, entry, _ in values):
            rows.append(ItemRow(item, tuple(values)))
    return tuple(rows)


def _sources(rows: tuple[ItemRow, ...]) -> tuple[Source, ...]:
    """Every source that a figure on the page has or had, with its figures."""
    found: dict[tuple[str, str, date], dict[str, list[tuple[int, str]]]] = {}
    for row in rows:
        for year, entry, former in row.values:
            for one in (*former, *filter(None, [entry])):
                key = one.source, one.vintage, localtime(one.entered_at).date()
                of_item = found.setdefault(key, {}).setdefault(row.item.key, [])
                of_item.append((year, one.printed))
    known = items()
    return tuple(
        Source(*key, tuple((known[item], tuple(years)) for item, years in by_item.items()))
        for key, by_item in found.items()
    )


def _ratios(by_year: dict[int, dict[str, Decimal]], years: tuple[int, ...]) -> tuple[RatioRow, ...]:
    return tuple(
        RatioRow(one, tuple((year, ratio(key, by_year[year])) for year in years))
        for key, one in RATIOS.items()
    )


def _scored(listed: tuple[Round, Result], latest: YearClass) -> dict[str, Any]:
    """The parts of the newest score, and the way to the next class."""
    found, stored = listed
    method = known_methods()[found.methods[stored.cohort]]
    return {
        "method": method,
        "steps": steps(method, found.year, latest.result),
        "combined": _combined(stored),
        "lift": _lift(method, found, stored, latest.result),
    }


def _combined(stored: Result) -> ResultLine | None:
    found = Result.objects.filter(run=stored.run, entity=stored.entity, cohort="combined").first()
    return None if found is None else line(found)


def steps(method: Method, year: int, result: ResultLine) -> tuple[Step, ...]:
    """A score in the order of its method's items, with the parameters of the year."""
    assert method.score is not None
    settings = method.parameters[method.score.table]
    table = settings.at(max(year_end(year), settings.settings[0].since))
    found = []
    for item in method.score.items:
        key = item.column.removesuffix(MULTIPLE)
        terms = table[item.column]
        found.append(
            Step(
                item.column, RATIOS[key].label,
                RATIOS[key].unit if key == item.column else "倍",
                result.values.get(item.column), terms.get("weight"), terms.get("baseline"),
                result.points.get(item.column),
            )
        )  # fmt: skip
    return tuple(found)


def _lift(method: Method, found: Round, stored: Result, result: ResultLine) -> Lift | None:
    if result.score is None or stored.cohort not in ("above", "below"):
        return None
    same = Result.objects.filter(run=stored.run, cohort=stored.cohort).exclude(pk=stored.pk)
    rows = list(same.exclude(score=None).values_list("score", "values"))
    cohort: dict[str, list[Decimal]] = defaultdict(list)
    for values in (*(row[1] for row in rows), stored.values):
        for key, text in values.items():
            if text is not None:
                cohort[key].append(printed(text))
    return lift(
        method, found.year, score=result.score, current=result.computed_class,
        others=[score for score, _ in rows if score is not None], values=result.values,
        points=result.points, figures=result.figures, cohort=cohort,
    )  # fmt: skip


def price(classes: tuple[YearClass, ...], by_year: dict[int, dict[str, Decimal]]) -> Price | None:
    """The surcharge on power by the years that a firm was in one class on end.

    Only final rounds count. None before the first final round, or before the ladder was in force.
    """
    final = [one for one in classes if one.state == Round.State.FINAL]
    if not final:
        return None
    newest = final[-1]
    method = ladder_of_power()
    assert method.ladder is not None
    day = Round.objects.get(pk=newest.round_id).final_on or year_end(newest.year)
    history = {one.year: one.result.final_class or NOT_CLASSIFIED for one in final}
    try:
        found = climb(
            method.ladder, method.parameters[method.ladder.steps], history, newest.year, on=day
        )
    except Refused:
        return None
    if found is None:
        return None
    electricity = by_year.get(newest.year, {}).get("electricity")
    with localcontext(ARITHMETIC):
        # Yuan a kWh times 万千瓦时 is 万元.
        cost = None if electricity is None else found.value * electricity
    return Price(method, found, electricity, cost)


def text_of(value: Decimal | None, places: int = 2) -> str:
    """A number for a table; empty where it is unknown."""
    return "" if value is None else shown(value, places)
