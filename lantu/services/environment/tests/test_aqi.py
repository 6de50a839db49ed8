"""The index over columns and the index of one day are the same."""

import random
from datetime import date
from decimal import Decimal

import ibis
import pyarrow as pa

from lantu.core.rules.evaluation import evaluated
from lantu.core.rules.explain import explained, explanations
from lantu.core.rules.methods import methods
from lantu.services.environment.methods.published.air import aqi_daily

HIGHEST = {"PM25": 600, "PM10": 700, "SO2": 2700, "CO": 70, "NO2": 1000, "O3_8h": 790}
COLUMNS = ("pm25", "pm10", "so2", "co", "no2", "o3_8h")


def _days(count: int) -> list[dict[str, Decimal]]:
    chance = random.Random(14)
    return [
        {
            name: Decimal(chance.randint(0, int(most * chance.random()) * 10)) / 10
            for name, most in HIGHEST.items()
        }
        for _ in range(count)
    ]


def test_a_thousand_days_have_the_same_index_both_ways_under_both_standards():
    days = _days(500)
    for standard, day in (("HJ633-2012", date(2020, 1, 1)), ("HJ633-2026", date(2026, 6, 1))):
        columns = {
            column: pa.array([float(one[name]) for one in days])
            for column, name in zip(COLUMNS, HIGHEST, strict=True)
        }
        table = ibis.memtable(pa.table({"at": pa.array(range(len(days))), **columns}))
        method = methods("lantu.services")["environment.aqi"]
        result = evaluated(method, table, on=day).order_by("at")
        got = ibis.duckdb.connect().to_pyarrow(result)["aqi"].to_pylist()

        assert got == [float(aqi_daily(standard, **one)["aqi"]) for one in days]


def test_a_day_is_explained_without_the_hundreds_of_steps_of_its_breakpoints():
    method = methods("lantu.services")["environment.aqi"]
    table = pa.table({"date": [date(2025, 1, 1)] * 2} | {name: [40.0, 80.0] for name in COLUMNS})

    first, second = explanations(method, table, [0, 1], on=date(2025, 12, 31))

    text = "\n".join(first.lines())
    assert "too many to write out" in text and "Decimal(" not in text
    assert (len(first.steps["aqi"]), first.inputs["pm25"], second.inputs["pm25"]) == (1, 40, 80)


def test_who_asks_for_one_row_gets_every_step_and_who_asks_for_fewer_none():
    method = methods("lantu.services")["enterprises.per_mu_tax"]
    table = pa.table({"tax_paid": [30.0, 10.0], "land_used": [2.0, 4.0]})
    on = date(2025, 12, 31)

    alone = explained(method, table, 0, on=on)
    brief, _ = explanations(method, table, [0, 1], on=on, most_steps=0)
    both = explanations(method, table, [0, 1], on=on)

    (steps,), (told,) = alone.steps.values(), brief.steps.values()
    assert both[0].steps == alone.steps
    assert (len(told), told[0].value) == (1, len(steps))
    assert brief.results == alone.results
