"""The sample zone's firms, their figures, land and rounds of evaluation. All of it is invented.

The same seed gives the same records. The credit codes have right check digits and an area that does
not exist, so none can be a real firm's.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from lantu.core.figures.identifiers import credit_check
from lantu.kernel.access.actions import in_steps, record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.access.queries import was_done
from lantu.kernel.registry.actions import take_rows
from lantu.kernel.registry.models import LegalEntity
from lantu.kernel.registry.sheet import EntityRow
from lantu.services.enterprises.actions.figures import take
from lantu.services.enterprises.actions.objections import file_objection
from lantu.services.enterprises.actions.rounds import (
    Tables,
    finalise,
    keep_run,
    open_publicity,
    rule,
)
from lantu.services.enterprises.entrants import entrants_of, means
from lantu.services.enterprises.models import FirmYear, Objection, Parcel, Round, Ruling
from lantu.services.enterprises.scoring import (
    COHORTS,
    DEFAULT,
    Computed,
    Entrant,
    Scored,
    known_methods,
    scored,
    unclassified,
    without_rank,
)
from lantu.services.enterprises.sheet import Reported

SEED = 20_210_104
YEARS = range(2021, 2026)
FIRMS = 120
SOURCE = "虚构报表"
LISTED = ("虚构企业名单", "sample")  # what the ledger calls the list; once it was the second
FIRST = "云岭 恒泽 瑞丰 金穗 宏远 天工 博创 华越 启明 安达 同辉 正阳 德隆 新川 锦程".split()
TRADES = (
    ("纺织", "Textiles", "纺织业"), ("机械", "Machinery", "专用设备制造业"),
    ("电子", "Electronics", "电子设备制造业"), ("新材料", "Materials", "化学原料制造业"),
    ("食品", "Foods", "食品制造业"), ("包装", "Packaging", "造纸和纸制品业"),
    ("光电", "Optics", "仪器仪表制造业"), ("服饰", "Clothing", "纺织服装、服饰业"),
)  # fmt: skip
WEST, SOUTH = Decimal("100.0000"), Decimal("40.0000")  # a place without any zone
ROW_METRES, MU_METRES = 220, Decimal("666.6667")


@dataclass(slots=True)
class Made:
    """One invented firm before it is stored."""

    code: str
    zh: str
    en: str
    industry: str
    founded: date
    strength: Decimal  # how well it uses its land, about 1
    land: Decimal
    growth: Decimal
    is_large: bool


def load(zone: Zone, *, by: User | None = None) -> None:
    """Give an invented zone its firms. Changes nothing where it has some of its own.

    Firms, years, parcels and rounds are committed one by one; cut off half-way, the next load does
    what is left.
    """
    if zone.invented and (_is_begun(zone) or not LegalEntity.objects.filter(zone=zone).exists()):
        in_steps(zone, _steps(zone, by))


def _is_begun(zone: Zone) -> bool:
    return was_done(zone, *LISTED, act="import", object_type="entities")


def _steps(zone: Zone, by: User | None) -> Iterator[Callable[[], bool]]:
    """Each part with the question whether it is there already; what is computed holds no lock."""
    chance = random.Random(SEED)  # noqa: S311  # figures, not secrets
    firms = [_firm(number, chance) for number in range(FIRMS)]
    figures = [one for firm in firms for year in YEARS for one in _year(firm, year, chance)]
    yield partial(_enter_firms, zone, firms, by)
    entities = {one.code: one for one in LegalEntity.objects.filter(zone=zone)}
    for year in YEARS:
        yield partial(_enter_year, zone, year, figures, entities, by)
    yield partial(_parcels, zone, firms, entities, chance)
    yield from _rounds(zone, [entities[one.code] for one in firms], by)


def _enter_firms(zone: Zone, firms: list[Made], by: User | None) -> bool:
    if LegalEntity.objects.filter(zone=zone).exists():
        return False
    take_rows(zone, [_row(one) for one in firms], by=by)
    after = {"firms": len(firms), "seed": SEED}
    record(
        zone=zone, by=by, act="import", object_type="entities", object_key=LISTED[0], after=after
    )
    return True


def _enter_year(
    zone: Zone,
    year: int,
    figures: list[Reported],
    entities: dict[str, LegalEntity],
    by: User | None,
) -> bool:
    if FirmYear.objects.filter(zone=zone, year=year).exists():
        return False
    found = [one for one in figures if one.year == year]
    take(zone, found, entities, {}, source=SOURCE, by=by)
    record(
        zone=zone, by=by, act="import", object_type="firm-figures", object_key=f"虚构年报 {year}",
        after={"figures": len(found)},
    )  # fmt: skip
    return True


def _firm(number: int, chance: random.Random) -> Made:
    head = f"91999999MA{number:06d}Q"
    trade = TRADES[number % len(TRADES)]
    name = FIRST[number // len(TRADES) % len(FIRST)]
    is_large = number % 5 < 3
    return Made(
        code=head + str(credit_check(head)),
        zh=f"青禾{name}{trade[0]}有限公司",
        en=f"Qinghe {trade[1]} No. {number + 1} Co., Ltd.",
        industry=trade[2],
        founded=date(2024, 5, 6)
        if number % 29 == 7
        else date(2003 + number % 17, 1 + number % 12, 8),
        strength=Decimal(chance.randint(35, 190)) / 100 if number != 17 else Decimal("0.06"),
        land=Decimal(chance.randint(12, 90) if is_large else chance.randint(2, 18)),
        growth=Decimal(chance.randint(99, 114)) / 100,
        is_large=is_large,
    )


def _row(one: Made) -> EntityRow:
    return EntityRow(
        0, "sample", one.code, one.zh, one.en, "active", one.industry, one.founded, None, SOURCE
    )


def _year(firm: Made, year: int, chance: random.Random) -> list[Reported]:
    """A firm's figures of a year; some are not reported, as in life."""
    if year < firm.founded.year:
        return []
    grown = firm.growth ** (year - YEARS[0]) * Decimal(chance.randint(95, 105)) / 100
    level = firm.strength * grown
    size = Decimal("1.0") if firm.is_large else Decimal("0.45")
    added = firm.land * 58 * level * size
    revenue = added * Decimal("3.6")
    staff = max(4, int(added / 17))
    spent = revenue * Decimal(chance.randint(8, 48)) / 1000
    values: dict[str, Decimal] = {
        "tax_paid": _to(firm.land * Decimal("10.6") * level * size, 1),
        "land_used": firm.land,
        "value_added": _to(added, 0),
        "output_value": _to(revenue * Decimal("1.06"), 0),
        "revenue": _to(revenue, 0),
        "energy": _to(added / (Decimal(chance.randint(12, 38)) / 10), 0),
        "electricity": _to(added / Decimal(chance.randint(14, 40)), 1),
        "emissions": _to(added / chance.randint(2500, 9000), 3),
        "rd_spending": _to(spent, 1),
        "employees": Decimal(staff),
        "above_scale": Decimal(int(firm.is_large)),
        "rd_staff": Decimal(int(staff * chance.randint(3, 26) / 100)),
        "hightech_revenue": _to(revenue * Decimal(chance.randint(20, 85)) / 100, 0),
        "main_product_revenue": _to(revenue * Decimal(chance.randint(55, 95)) / 100, 0),
        "assets": _to(revenue * Decimal(chance.randint(80, 150)) / 100, 0),
        "rights_first": Decimal(chance.choice((0, 0, 1, 2))),
        "rights_second": Decimal(chance.randint(0, 8)),
        "niche_years": Decimal(max(0, year - firm.founded.year - 1)),
    }
    values["debts"] = _to(values["assets"] * Decimal(chance.randint(30, 80)) / 100, 0)
    _blemish(firm, year, values)
    vintage = "年报"
    return [
        Reported(0, "sample", firm.code, year, key, value, "", SOURCE, vintage)
        for key, value in values.items()
    ]


def _blemish(firm: Made, year: int, values: dict[str, Decimal]) -> None:
    """What real returns look like: figures that are missing, zero or below zero."""
    number = int(firm.code[10:16])
    if number % 6 == 1:
        del values["emissions"]
    if number % 23 == 5 and year == YEARS[-1]:
        del values["energy"]
    if number == 9:
        values["land_used"] = Decimal(0)  # works in a rented flat of a building
    if number == 31 and year in (2022, 2023):
        values["value_added"] = -values["value_added"] / 4
    if number % 9 == 4:
        values["land_leased"] = _to(values["land_used"] / 3, 1)


def _to(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal((0, (1,), -places)))


def _parcels(
    zone: Zone, firms: list[Made], entities: dict[str, LegalEntity], chance: random.Random
) -> bool:
    """Land in rows between roads; the width of a parcel follows from its area."""
    if Parcel.objects.filter(zone=zone).exists():
        return False
    found, row, east = [], 0, 0
    for number, firm in enumerate(firms):
        width = int(firm.land * MU_METRES / ROW_METRES)
        if east + width > 2600:
            row, east = row + 1, 0
        outline = _outline(row, east, width, chance.randint(-6, 6))
        east += width + 24
        found.append(
            Parcel(
                zone=zone, code=f"QH-{number + 1:03d}", entity=entities[firm.code], area=firm.land,
                is_leased=number % 9 == 4, outline=outline,
            )
        )  # fmt: skip
    Parcel.objects.bulk_create(found)
    return True


def _outline(row: int, east: int, width: int, slant: int) -> list[list[float]]:
    """A four-sided field. A degree is taken as 111,320 m north and 85,280 m east, as at 40° N."""
    south = row * (ROW_METRES + 40)
    corners = [(east, south), (east + width, south + slant),
               (east + width, south + ROW_METRES + slant), (east, south + ROW_METRES)]  # fmt: skip
    return [
        [round(float(WEST) + x / 85_280, 6), round(float(SOUTH) + y / 111_320, 6)]
        for x, y in corners
    ]


def _rounds(zone: Zone, firms: list[LegalEntity], by: User | None) -> Iterator[Callable[[], bool]]:
    """Finished rounds of all years but the last, which is on display with an objection."""
    missing = [one for one in YEARS if not Round.objects.filter(zone=zone, year=one).exists()]
    ruled = {year: _ruled(year, firms) for year in missing}
    listed = {
        year: entrants_of(zone, year, [Ruling(**terms) for terms in several])
        for year, several in ruled.items()
    }
    results, tables = _scored(zone, listed) if missing else ({}, {})
    for year in missing:
        of_year = {cohort: table.of_year(year) for cohort, table in tables.items()}
        of_year = {cohort: table for cohort, table in of_year.items() if table.inputs.num_rows}
        found = (listed[year], results[year], of_year)
        yield partial(_round, zone, year, ruled[year], *found, by=by)
    yield partial(_object, zone, firms[22], by)


def _round(
    zone: Zone, year: int, ruled: list[dict[str, Any]], listed: list[Entrant],
    results: list[Scored], tables: Tables, *, by: User | None,
) -> bool:  # fmt: skip
    """A whole round at once: it is never seen without a run."""
    if Round.objects.filter(zone=zone, year=year).exists():
        return False
    one = Round.objects.create(zone=zone, year=year, methods=dict(DEFAULT))
    for terms in ruled:
        given = {key: value for key, value in terms.items() if key not in ("entity", "kind")}
        rule(one, terms["entity"], terms["kind"], by=by, **given)
    keep_run(one, listed, results, tables, reason="首次测算（虚构）", by=by)
    open_publicity(one, on=date(year + 1, 6, 2), by=by)
    if year != YEARS[-1]:
        finalise(one, on=date(year + 1, 6, 20), by=by)
    return True


def _object(zone: Zone, firm: LegalEntity, by: User | None) -> bool:
    last = Round.objects.filter(zone=zone, year=YEARS[-1]).earliest("pk")
    if Objection.objects.filter(round=last).exists():
        return False
    file_objection(
        last, firm, "用地面积应扣除2025年已退还的6亩，请核实。（虚构）",
        received_on=date(last.year + 1, 6, 4), by=by,
    )  # fmt: skip
    return True


def _ruled(year: int, firms: list[LegalEntity]) -> list[dict[str, Any]]:
    """What persons decided in a year's round, as terms of a ruling."""
    kinds = Ruling.Kind
    found: list[dict[str, Any]] = [
        {"entity": firms[3], "kind": kinds.EXEMPT, "reason": "污水处理厂，不定等级（虚构）"}
    ]
    if year == 2023:
        found.append({"entity": firms[40], "kind": kinds.VETO, "source": "虚构安监〔2023〕2号",
                      "reason": "较大生产安全事故（虚构）"})  # fmt: skip
    if year >= 2024:
        found.append({"entity": firms[10], "kind": kinds.BONUS, "points": Decimal(3),
                      "source": "虚构办〔2024〕6号",
                      "reason": "新获省级技术中心（虚构）"})  # fmt: skip
        found.append({"entity": firms[50], "kind": kinds.COMBINED, "other": firms[53],
                      "reason": "混合型企业，同一宗地（虚构）"})  # fmt: skip
    return found


def _scored(
    zone: Zone, listed: dict[int, list[Any]]
) -> tuple[dict[int, list[Scored]], dict[str, Computed]]:
    """The results of all years in one pass for each cohort."""
    known, years = known_methods(), list(listed)
    everyone = [one for entered in listed.values() for one in entered]
    found: dict[int, list[Scored]] = {year: [] for year in years}
    tables: dict[str, Computed] = {}
    for one in everyone:
        if not one.cohort:
            found[one.year].append(unclassified(one))
    for cohort in (*COHORTS, "combined"):
        method = known[DEFAULT.get(cohort, DEFAULT["above"])]
        chosen = [one for one in everyone if one.cohort == cohort]
        of_cohort, table = scored(method, chosen, means(zone, cohort, years, method))
        if table is not None:
            tables[cohort] = table
        for result in of_cohort:
            one = without_rank(result) if cohort == "combined" else result
            found[result.entrant.year].append(one)
    return found, tables
