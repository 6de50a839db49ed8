"""What a pass over columns gives is what the published formula gives for one row."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from lantu.core.rules.evaluation import evaluated
from lantu.core.rules.methods import methods
from lantu.services.environment.methods.hourly import days, flags, indices
from lantu.services.environment.methods.published import air, water

METHODS = methods("lantu.services")
START = datetime(2026, 2, 1, tzinfo=UTC).replace(tzinfo=None)


def _rows(table):
    return ibis.duckdb.connect().to_pyarrow(table).to_pylist()


def _wide(hours, **columns):
    start = [START + timedelta(hours=n) for n in range(hours)]
    known = {name: columns.get(name, [None] * hours) for name in flags.ITEMS}
    return ibis.memtable(
        pa.table(
            {
                "station": ["A"] * hours,
                "hour": pa.array(start, pa.timestamp("us")),
                **{name: pa.array(values, pa.float64()) for name, values in known.items()},
            }
        )
    )


def test_a_day_has_a_mean_with_twenty_hours_and_none_with_nineteen():
    values = [10.0] * 20 + [None] * 4 + [10.0] * 19 + [None] * 5

    first, second = _rows(days.daily(_wide(48, pm25=values)).order_by("date"))

    assert (first["pm25"], first["pm25_n"]) == (10, 20)
    assert (second["pm25"], second["pm25_n"]) == (None, 19)


def test_the_highest_eight_hours_of_ozone_lie_within_the_day():
    values = [0.0] * 20 + [160.0] * 4 + [160.0] * 4 + [0.0] * 20

    first, second = _rows(days.daily(_wide(48, o3=values)).order_by("date"))

    # Across midnight there were eight hours of 160; within each day only four.
    assert (first["o3_8h"], second["o3_8h"]) == (80, 80)


def test_a_window_with_five_hours_is_no_eight_hour_mean():
    values = [None] * 3 + [90.0] * 5 + [None] * 16

    (day,) = _rows(days.daily(_wide(24, o3=values)))

    assert day["o3_8h"] is None
    assert day["o3_8h_n"] == 0


def test_thirteen_windows_are_too_few_and_fourteen_enough():
    enough = [50.0] * 19 + [None] * 5
    too_few = [50.0] * 18 + [None] * 6

    first, second = _rows(days.daily(_wide(48, o3=enough + too_few)).order_by("date"))

    assert (first["o3_8h"], first["o3_8h_n"]) == (50, 14)
    assert (second["o3_8h"], second["o3_8h_n"]) == (None, 13)


def test_index_and_primary_pollutants_are_those_of_the_published_formula():
    chance = random.Random(4)
    most = {"pm25": 300, "pm10": 400, "so2": 200, "co": 9, "no2": 200, "o3_8h": 300}
    table = [
        {"station": "A", "date": START.date() + timedelta(days=n)}
        | {name: float(chance.randint(1, top)) for name, top in most.items()}
        for n in range(60)
    ]
    tied = {**table[0], "pm25": 55.0, "pm10": 100.0, "so2": 1.0, "co": 1.0, "no2": 1.0, "o3_8h": 1}
    table.append({**tied, "date": date(2025, 1, 1)})

    connection = ibis.duckdb.connect()
    result = indices.indexed(
        ibis.memtable(pa.Table.from_pylist(table)),
        METHODS["environment.aqi"],
        keep=indices.kept_in(connection),
    )
    found = connection.to_pyarrow(result.order_by("date")).to_pylist()

    assert found[0]["primary"] == "PM2.5 PM10"
    names = {"pm25": "PM25", "pm10": "PM10", "so2": "SO2", "co": "CO", "no2": "NO2"}
    for row in found:
        standard = "HJ633-2026" if row["date"] >= date(2026, 3, 1) else "HJ633-2012"
        given = {names.get(key, "O3_8h"): Decimal(str(row[key])) for key in most}
        expected = air.aqi_daily(standard, **given)
        labels = [indices.NAMES[one.lower()] for one in expected["primary"]]
        assert row["aqi"] == expected["aqi"]
        assert sorted(row["primary"].split()) == sorted(labels)


@pytest.mark.parametrize(
    ("values", "item", "flag"),
    [
        ([12.0, -3.0, 14.0], "pm25", [None, "negative", None]),
        ([12.0, 1500.0, 14.0], "pm25", [None, "out-of-range", None]),
        ([12.0, 0.035, 14.0], "pm25", [None, "unit", None]),
        ([0.9, 850.0, 0.7], "co", [None, "out-of-range", None]),
        ([12.0, None, 14.0], "pm25", [None, "missing", None]),
        ([7.0] * 8, "o3", ["stuck"] * 8),
        ([7.0] * 7, "o3", [None] * 7),
        ([7.0] * 4 + [8.0] + [7.0] * 4, "o3", [None] * 9),
        ([7.0] * 8, "so2", [None] * 8),
    ],
)
def test_a_doubtful_hour_is_flagged_and_not_counted(values, item, flag):
    count = len(values)
    table = pa.table(
        {
            "station": ["A"] * count,
            "hour": pa.array([START + timedelta(hours=n) for n in range(count)]),
            "item": [item] * count,
            "value": pa.array(values, pa.float64()),
            "mark": [""] * count,
        }
    )

    found = _rows(flags.flagged(ibis.memtable(table)).order_by("hour"))

    assert [row["flag"] for row in found] == flag
    assert [row["used"] for row in found] == [
        None if one else value for value, one in zip(values, flag, strict=True)
    ]
    assert [row["value"] for row in found] == values


def test_water_class_and_trophic_index_are_those_of_the_published_formulas():
    chance = random.Random(7)
    most = {"do": 9, "codmn": 16, "cod": 45, "bod5": 11, "nh3n": 2.2, "tp": 0.5, "chla": 60,
            "tn": 3, "sd": 2}  # fmt: skip
    rows = [
        {name: round(chance.uniform(0.01, top), 2) for name, top in most.items()}
        | {"is_lake": float(n % 2), "n": n}
        for n in range(300)
    ]
    table = ibis.memtable(pa.Table.from_pylist(rows))
    table = evaluated(METHODS["environment.water_class"], table, on=date(2025, 1, 1))
    table = evaluated(METHODS["environment.trophic_index"], table, on=date(2025, 1, 1))

    order = ("I", "II", "III", "IV", "V", "劣V")
    items = {"do": "DO", "codmn": "CODMn", "cod": "COD", "bod5": "BOD5", "nh3n": "NH3-N"}
    for row in _rows(table.order_by("n")):
        one = {key: Decimal(str(row[key])) for key in most}
        classes = [water.item_class(item, one[key])["cls"] for key, item in items.items()]
        kind = "TP_lake" if row["is_lake"] else "TP_river"
        classes.append(water.item_class(kind, one["tp"])["cls"])
        index = water.tli_from_concentrations(
            chla_mg_m3=one["chla"], TP_mg_l=one["tp"], TN_mg_l=one["tn"], SD_m=one["sd"],
            CODMn_mg_l=one["codmn"],
        )  # fmt: skip
        assert row["water_class"] == 1 + max(order.index(cls) for cls in classes)
        assert abs(Decimal(str(row["trophic_index"])) - index["TLI"]) < Decimal("1e-9")
