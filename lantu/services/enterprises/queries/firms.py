"""What the list of firms, the map and the zone's totals show."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import F, FilteredRelation, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from lantu.core.figures.decimals import printed, rounded
from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import zone_version
from lantu.kernel.registry import queries as registry
from lantu.kernel.registry.models import LegalEntity, Merge
from lantu.services.enterprises.entrants import both, ratio_of_sums
from lantu.services.enterprises.items import RATIOS, ratio
from lantu.services.enterprises.models import Figure, FirmYear, Parcel, Round, Run
from lantu.services.enterprises.queries import then as past

PAGE = 50
SORTS = {
    "name": "initials",
    "tax_per_mu": "of_year__tax_per_mu",
    "tax_paid": "of_year__tax_paid",
    "land_used": "of_year__land_used",
    "revenue": "of_year__revenue",
    "class": "in_run__final_class",
    "score": "in_run__order",
}
TOTALS = ("tax_per_mu", "va_per_mu", "va_per_energy", "labour_productivity", "rd_ratio")
PUBLIC_SORTS = {"name", "class"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of the list asked for; `year` is the year of figures and classes."""

    words: str
    year: int
    name: str  # a class
    status: str
    sort: str
    is_descending: bool
    page: int


@dataclass(frozen=True, slots=True)
class FirmLine:
    """One firm in the list; the figures are empty for the public."""

    code: str
    zh: str
    en: str
    status: str
    status_name: str
    industry: str
    tax_per_mu: Decimal | None
    tax_paid: Decimal | None
    land_used: Decimal | None
    revenue: Decimal | None
    score: Decimal | None
    name: str  # the class


@dataclass(frozen=True, slots=True)
class FirmList:
    """A page of the list, and how much there is."""

    asked: Asked
    lines: tuple[FirmLine, ...]
    count: int
    pages: int
    years: tuple[int, ...]
    run: Run | None

    @property
    def is_empty(self) -> bool:
        """Nothing was asked for, and still there is none: the register is empty."""
        ask = self.asked
        return not (self.count or ask.words or ask.name or ask.status)


@dataclass(frozen=True, slots=True)
class Total:
    """A figure of the whole zone: a sum over a sum, with what was left out."""

    key: str
    label: dict[str, str]
    unit: str
    value: Decimal | None
    above: Decimal
    below: Decimal
    firms: int
    left_out: int


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """A parcel of the map with its firm's tax per mu; the place is its fifth of all parcels."""

    code: str
    area: Decimal
    is_leased: bool
    firm: str
    firm_en: str  # empty where it has no English name
    firm_code: str
    value: Decimal | None
    place: int  # 1 to 5; 0: unknown
    outline: list[list[float]]


def years(zone: Zone, then: Question | None = None) -> list[int]:
    """The years of which there are figures, the newest first; `then`: and were on a past day."""
    if then is None:
        return list(_years(zone.pk, zone_version(zone)))
    found = past.figures(zone, then).values()
    return sorted({year for of_firm in found for year in of_firm}, reverse=True)


@lru_cache(maxsize=64)
def _years(zone: int, version: int) -> tuple[int, ...]:
    """Nothing of a zone changes without an entry in its ledger: its number is the version."""
    found = FirmYear.objects.filter(zone=zone).order_by("-year").values_list("year", flat=True)
    return tuple(found.distinct())


def run_of(zone: Zone, year: int, *, is_member: bool, then: Question | None = None) -> Run | None:
    """The last run of a year's round: of the final one, or for members of any."""
    rounds = Round.objects.filter(zone=zone, year=year).exclude(state=Round.State.WITHDRAWN)
    for found in (past.stood(one, then) for one in rounds):
        if found is not None and (is_member or found.state == Round.State.FINAL):
            run = past.runs(found, then).first()
            if run is not None:
                run.round = found
            return run
    return None


def asked(
    zone: Zone, parameters: Mapping[str, str], *, is_member: bool, then: Question | None = None
) -> Asked:
    """Read the question of the list; what cannot be read stands for the default.

    That is the newest year, or for the public the newest one with a final round.
    """
    known = years(zone, then)
    default = known[0] if known else 0
    if not is_member:
        rounds = (past.stood(one, then) for one in Round.objects.filter(zone=zone))
        final = (one.year for one in rounds if one and one.state == Round.State.FINAL)
        default = max(final, default=default)
    sort = parameters.get("sort", "name")
    is_known = sort in SORTS and (is_member or sort in PUBLIC_SORTS)
    year = _number(parameters.get("year", ""), default)
    return Asked(
        words=parameters.get("q", "").replace("\0", "")[:60],
        year=year if year in known else default,
        name=parameters.get("class", "").replace("\0", "")[:4],
        status=parameters.get("status", "").replace("\0", "")[:12],
        sort=sort if is_known else "name",
        is_descending=parameters.get("order") == "down",
        page=max(1, _number(parameters.get("page", ""), 1)),
    )


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def firms(
    zone: Zone, ask: Asked, *, is_member: bool, is_whole: bool = False, is_english: bool = False
) -> FirmList:
    """A page of the list, or all of it for an export; by name: in the order of what is shown."""
    run = run_of(zone, ask.year, is_member=is_member)
    found = _narrowed(registry.found(zone, ask.words), ask, run)
    count = found.count()
    pages = max(1, -(-count // PAGE))
    shown = Coalesce(NullIf("en", Value("")), "zh")
    place = shown if is_english and ask.sort == "name" else F(SORTS[ask.sort])
    order = place.desc(nulls_last=True) if ask.is_descending else place.asc(nulls_last=True)
    found = found.order_by(order, "zh", "code")
    first = (min(ask.page, pages) - 1) * PAGE
    chosen = found if is_whole else found[first : first + PAGE]
    fields = ("code", "zh", "en", "status", "industry", "of_year__figures",
              "in_run__final_class", "in_run__score")  # fmt: skip
    lines = tuple(_line(row, is_member) for row in chosen.values(*fields))
    return FirmList(ask, lines, count, pages, tuple(years(zone)), run)


def _narrowed(
    found: QuerySet[LegalEntity], ask: Asked, run: Run | None
) -> QuerySet[LegalEntity, Any]:
    found = found.annotate(
        of_year=FilteredRelation("years", condition=Q(years__year=ask.year)),
        in_run=FilteredRelation(
            "results",
            condition=Q(
                results__run=run.pk if run else 0, results__cohort__in=["above", "below", ""]
            ),
        ),
    )
    if ask.status:
        found = found.filter(status=ask.status)
    if ask.name:
        found = found.filter(in_run__final_class="" if ask.name == "none" else ask.name)
    return found


def _line(row: dict[str, Any], is_member: bool) -> FirmLine:
    texts = (row["of_year__figures"] or {}) if is_member else {}
    figures = {key: printed(text) for key, text in texts.items()}
    score = row["in_run__score"] if is_member else None
    return line_of(row, figures, score, row["in_run__final_class"] or "")


def line_of(
    row: Mapping[str, Any], figures: Mapping[str, Decimal], score: Decimal | None, name: str
) -> FirmLine:
    """A firm of the register with its figures, its score and its class."""
    return FirmLine(
        row["code"], row["zh"], row["en"], row["status"],
        str(LegalEntity.Status(row["status"]).label), row["industry"],
        ratio("tax_per_mu", figures), figures.get("tax_paid"), figures.get("land_used"),
        figures.get("revenue"), score, name,
    )  # fmt: skip


def totals(zone: Zone, year: int, then: Question | None = None) -> list[Total]:
    """The zone's figures of a year: numerator and denominator summed over firms with both."""
    if then is None or then.known_on is None:
        return list(_totals(zone.pk, year, _figures_version(zone)))
    by_firm = past.figures(zone, then, [year])
    firms = registry.found(zone, "", then).values_list("pk", flat=True)
    return list(_summed([by_firm[one][year] for one in firms if one in by_firm]))


def _figures_version(zone: Zone) -> tuple[object, ...]:
    """What totals depend on: figures are only ever added, and merges made or undone."""
    merges = Merge.objects.filter(entity__zone=zone)
    return (
        Figure.objects.aggregate(newest=Max("pk"))["newest"],
        merges.count(),
        merges.filter(undone_at__isnull=False).count(),
    )


@lru_cache(maxsize=64)
def _totals(zone: int, year: int, version: tuple[object, ...]) -> tuple[Total, ...]:
    rows = FirmYear.objects.filter(zone=zone, year=year, entity__merged_into__isnull=True)
    needed = {side for key in TOTALS for side in (RATIOS[key].above, RATIOS[key].below)}
    many = [
        {key: printed(text) for key, text in figures.items() if key in needed}
        for figures in rows.values_list("figures", flat=True).iterator(chunk_size=2000)
    ]
    return _summed(many)


def _summed(many: list[dict[str, Decimal]]) -> tuple[Total, ...]:
    found = []
    for key in TOTALS:
        one = RATIOS[key]
        pairs = both(key, many)
        above, below = (sum((pair[at] for pair in pairs), Decimal(0)) for at in (0, 1))
        value = ratio_of_sums(key, many)
        found.append(
            Total(key, one.label, one.unit, value, above, below, len(pairs), len(many) - len(pairs))
        )
    return tuple(found)


def parcels(zone: Zone, year: int, then: Question | None = None) -> list[ParcelLine]:
    """Every parcel with its firm's tax per mu, in fifths of those that are known."""
    by_firm = past.figures(zone, then, [year])
    figures = {entity: by_year[year] for entity, by_year in by_firm.items()}
    listed = list(Parcel.objects.filter(zone=zone).select_related("entity").order_by("code"))
    values = {one.pk: ratio("tax_per_mu", figures.get(one.entity_id or 0, {})) for one in listed}
    known = sorted(value for value in values.values() if value is not None)

    def place(value: Decimal | None) -> int:
        if value is None:
            return 0
        return min(5, 1 + 5 * sum(one < value for one in known) // len(known))

    return [
        ParcelLine(
            one.code, one.area, one.is_leased, one.entity.zh if one.entity else "",
            one.entity.en if one.entity else "", one.entity.code if one.entity else "",
            values[one.pk], place(values[one.pk]), one.outline,
        )
        for one in listed
    ]  # fmt: skip


def rounded_for_export(value: Decimal | None) -> Decimal | None:
    """Four decimals are what an office's table shows."""
    return None if value is None else rounded(value, 4)


def fifths(parcels: list[ParcelLine]) -> list[tuple[int, Decimal, Decimal, int]]:
    """Of each fifth: its number, the least and the best value, and how many parcels."""
    found = []
    for place in range(1, 6):
        values = [one.value for one in parcels if one.place == place and one.value is not None]
        if values:
            found.append((place, min(values), max(values), len(values)))
    return found


def unplaced(parcels: list[ParcelLine]) -> int:
    """How many parcels have no figure and so are in no fifth."""
    return sum(not one.place for one in parcels)


def forget() -> None:
    """Drop what is kept in memory, as where a ledger number is used again in a test."""
    _years.cache_clear()
    _totals.cache_clear()
