"""Totals of areas, from stored figures: exact, with what is known of them, and at once."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lantu.core.rollup.territory import AreaEntry, Lying, Territory
from lantu.kernel.access.actions import ensure_zone
from lantu.kernel.facts.actions import import_file, supersede
from lantu.kernel.facts.models import Observation
from lantu.kernel.places.actions import take_territory
from lantu.services.totals import gathering, queries
from lantu.services.totals.queries import Asked

TODAY = date(2026, 11, 27)
HEADS = "indicator,subject,period,value,unit,kind,scope,vintage,known_on,published_on"
NAMES = ("east", "west", "hill", "lake")


def area(slug, upper, *zones):
    lying = tuple(Lying(slug, one, "", None) for one in zones)
    return AreaEntry(slug, slug, f"{slug}市", slug.title(), upper, lying)


@pytest.fixture
def zones(db):
    """Four invented zones in two cities of a province."""
    gathering.forget()
    made = {one: ensure_zone(one, zh=f"{one}区", en=one, invented=True, by=None) for one in NAMES}
    found = (
        area("land", None), area("plain", "land", "east", "west"),
        area("upland", "land", "hill", "lake"),
    )  # fmt: skip
    take_territory(Territory(True, found), by=None)
    return made


def enter(zone, *rows):
    """`indicator,period,value,unit` and, if need be, scope, vintage and the day it was known."""
    lines = []
    for row in rows:
        indicator, period, value, unit, scope, vintage, known = (*row, *[""] * 3)[:7]
        lines.append(
            f"{indicator},{zone.zh},{period},{value},{unit},level,{scope},{vintage},{known},{known}"
        )
    report = import_file(zone, "\n".join([HEADS, *lines]).encode(), name="a.csv", by=None)
    assert not report.refused, report.rows


def ask(slug, indicator, grain="year", year=None, scope="", known_on=None):
    page = queries.page(slug, Asked(indicator, grain, year, scope, TODAY, known_on))
    return page.table


def cell(table, slug, period):
    [row] = [one for one in table.rows if one.named.slug == slug]
    return row.cells[[str(one) for one in table.periods].index(period)]


def test_amounts_add_up_from_zone_to_city_to_province_in_one_unit(zones):
    enter(zones["east"], ("税收收入", "2024", "1.50", "亿元"))
    enter(zones["west"], ("税收收入", "2024", "2500", "万元"))
    enter(zones["hill"], ("税收收入", "2024", "3", "亿元"))
    enter(zones["lake"], ("税收收入", "2024", "0", "亿元"))

    table = ask("land", "税收收入")

    assert [row.named.slug for row in table.rows] == [
        "land", "plain", "east", "west", "upland", "hill", "lake"
    ]  # fmt: skip
    assert cell(table, "plain", "2024").total.value == Decimal("1.75")
    assert cell(table, "land", "2024").total.value == Decimal("4.75")


def test_what_no_zone_reported_is_a_lower_bound_and_says_how_many_are_known(zones):
    enter(zones["east"], ("税收收入", "2024", "1.5", "亿元"))
    table = ask("land", "税收收入")

    top, empty = cell(table, "land", "2024"), cell(table, "upland", "2024")
    assert (top.state, top.total.value, top.total.at_least) == ("least", None, Decimal("1.5"))
    assert (top.total.whole, top.total.of) == (1, 4)
    assert (empty.state, empty.shown) == ("unknown", None)


def test_months_make_quarters_and_years_and_a_sum_since_january_makes_none(zones):
    enter(zones["east"], *(("税收收入", f"2024-{m:02d}", m, "亿元") for m in range(1, 13)))
    enter(zones["west"], *(("税收收入", f"2024-{m:02d}", 1, "亿元") for m in range(1, 12)))
    body = f"{HEADS}\n税收收入,west区,2024-01/2024-12,99,亿元,cumulative,,,,\n"
    import_file(zones["west"], body.encode(), name="b.csv", by=None)

    assert cell(ask("plain", "税收收入"), "east", "2024").total.value == 78
    year = cell(ask("plain", "税收收入"), "plain", "2024").total
    assert (year.value, year.at_least, year.whole, year.partly) == (None, 89, 1, 1)
    quarters = ask("plain", "税收收入", "quarter", 2024)
    assert cell(quarters, "plain", "2024-Q2").total.value == 15 + 3


def test_tax_per_mu_of_a_city_is_its_tax_over_its_land(zones):
    enter(zones["east"], ("税收收入", "2024", "1", "亿元"), ("工业用地面积", "2024", "100", "亩"))
    enter(zones["west"], ("税收收入", "2024", "3", "亿元"), ("工业用地面积", "2024", "60", "公顷"))
    table = ask("plain", "亩均税收")

    # The mean of 100 and 33.3 would be 66.7.
    assert cell(table, "east", "2024").total.value == 100
    assert cell(table, "plain", "2024").total.value == 40
    land = cell(ask("land", "亩均税收"), "land", "2024")
    assert (land.state, land.total.value, land.shown) == ("part", None, 40)


def test_of_several_figures_the_one_that_a_judge_would_take_counts(zones):
    enter(
        zones["east"],
        ("税收收入", "2024", "9", "亿元", "", "年报", "2025-10-01"),
        ("税收收入", "2024", "7", "亿元", "", "快报", "2026-02-01"),
    )
    assert cell(ask("land", "税收收入"), "east", "2024").total.value == 9
    then = ask("land", "税收收入", known_on=date(2025, 3, 1))
    assert then is None or cell(then, "east", "2024").total.known is None


def test_a_figure_of_another_scope_is_never_added(zones):
    enter(
        zones["east"], ("税收收入", "2024", "9", "亿元", "whole"),
        ("税收收入", "2024", "4", "亿元", "core"),
    )  # fmt: skip
    enter(zones["west"], ("税收收入", "2024", "1", "亿元"))

    mixed = ask("plain", "税收收入")
    assert (mixed.mixed, cell(mixed, "plain", "2024").total.at_least) == (1, 1)
    assert mixed.scopes == ("core", "whole")
    core = ask("plain", "税收收入", scope="core")
    assert (cell(core, "plain", "2024").total.value, core.unscoped) == (5, 1)


def test_a_figure_in_a_unit_of_something_else_is_left_out_and_counted(zones):
    enter(zones["east"], ("税收收入", "2024", "9", "亩"))
    table = ask("plain", "税收收入")

    assert (table.other_unit, cell(table, "east", "2024").total.known) == (1, None)


def test_a_changed_cell_is_in_all_totals_at_once_without_reading_the_others(zones):
    for zone in zones.values():
        enter(zone, *(("税收收入", f"2024-{m:02d}", "1.5", "亿元") for m in range(1, 13)))
    assert cell(ask("land", "税收收入"), "land", "2024").total.value == 72
    figure = Observation.objects.get(zone=zones["hill"], period="2024-05")
    clerk = None

    supersede(figure, value=Decimal("2.25"), reason="more came", known_on=TODAY, by=clerk)
    with CaptureQueriesContext(connection) as asked:
        found = gathering.rolled(_lay(), queries.kinds()["税收收入"])

    assert found.totals.total("land", found.years.slot(_period("2024"))).value == Decimal("72.75")
    table = ask("land", "税收收入", "quarter", 2024)
    assert cell(table, "upland", "2024-Q2").total.value == Decimal("9.75")
    assert cell(table, "plain", "2024-Q2").total.value == 9
    # Two ask how areas lie, four what was added, two for the figures of the one zone.
    assert len(asked) <= 8


def test_brought_up_to_date_step_by_step_is_the_same_as_made_anew(zones):
    kind = queries.kinds()["税收收入"]
    enter(zones["east"], ("税收收入", "2024-01", "1", "亿元"))
    gathering.rolled(_lay(), kind)
    for number, zone in enumerate(zones.values()):
        enter(zone, ("税收收入", "2024-02", f"{number}.125", "亿元"))
        enter(zone, ("税收收入", "2024", f"3{number}", "亿元"))
        gathering.rolled(_lay(), kind)
    enter(zones["lake"], ("税收收入", "2022", "5", "亿元"))  # a year that was not there

    kept = gathering.rolled(_lay(), kind)
    gathering.forget()
    fresh = gathering.rolled(_lay(), kind)

    assert kept is not fresh
    for one in ("land", "plain", "upland"):
        for slot in range(fresh.years.slots):
            assert kept.totals.total(one, slot) == fresh.totals.total(one, slot)


def test_a_figure_that_was_entered_before_and_committed_after_is_not_missed(zones):
    kind = queries.kinds()["税收收入"]
    enter(zones["east"], ("税收收入", "2024", "1", "亿元"), ("税收收入", "2023", "1", "亿元"))
    found = gathering.rolled(_lay(), kind)
    # As if the older of two numbers had come to be seen last.
    last = found.mark
    found.mark = type(last)(last.count - 1, last.last)
    for one in found.sums.values():
        one.put("east", found.years.slot(_period("2023")), None)

    again = gathering.rolled(_lay(), kind)

    assert again.totals.total("land", again.years.slot(_period("2023"))).known == 1


def _lay():
    from lantu.kernel.places.queries import lay

    return lay(invented=True, on=TODAY)


def _period(text):
    from lantu.core.figures.periods import period

    return period(text)


# Pages and the API


@pytest.mark.parametrize(
    ("language", "word"), [("zh-hans", "4个区中已知1个"), ("en", "1 of 4 known")]
)
def test_the_page_says_how_much_is_known(client, zones, language, word):
    enter(zones["east"], ("税收收入", "2024", "1.50", "亿元"))
    answer = client.get("/areas/land/?indicator=税收收入", headers={"accept-language": language})
    text = answer.content.decode()

    assert word in text and "≥" in text and "1.50" in text
    assert ("虚构" if language != "en" else "made up") in text


def test_a_new_figure_is_on_the_page_at_once(client, zones):
    enter(zones["east"], ("税收收入", "2024", "1.50", "亿元"))
    client.get("/areas/land/?indicator=税收收入")
    enter(zones["west"], ("税收收入", "2024", "7.61", "亿元"))

    assert "9.11" in client.get("/areas/land/?indicator=税收收入").content.decode()


def test_the_list_shows_areas_and_without_any_how_they_come(client, qinghe):
    assert "lantu zones place" in client.get("/areas/").content.decode()


def test_the_list_leads_to_the_areas(client, zones):
    text = client.get("/areas/").content.decode()

    assert text.index("/areas/land/") < text.index("/areas/plain/") < text.index("/areas/upland/")


def test_the_table_is_there_as_csv_with_what_is_known(client, zones):
    enter(zones["east"], ("税收收入", "2024", "1.50", "亿元"))
    body = client.get("/areas/land/?indicator=税收收入&export=csv").content.decode("utf-8-sig")
    rows = {(one["kind"], one["slug"]): one for one in csv.DictReader(io.StringIO(body))}

    top = rows["area", "land"]
    assert (top["total"], top["at_least"], top["zones_known"], top["zones"]) == (
        "",
        "1.50",
        "1",
        "4",
    )
    assert rows["zone", "east"]["total"] == "1.50"
    assert rows["zone", "lake"]["known"] == ""


@pytest.mark.parametrize("wrong", ["grain=week", "year=x", "year=99999", "known_on=x"])
def test_a_wrong_question_is_told(client, zones, wrong):
    assert client.get(f"/areas/land/?indicator=税收收入&{wrong}").status_code == 400


def test_what_is_not_there_is_not_found(client, zones):
    for address in ("/areas/sea/", "/areas/land/?indicator=幸福", "/api/v1/areas/sea/totals"):
        assert (
            client.get(address, {"indicator": "税收收入"} if "api" in address else None).status_code
            == 404
        )


def test_the_api_gives_the_same_as_text_with_null_for_the_unknown(client, zones):
    enter(zones["east"], ("税收收入", "2024", "1.50", "亿元"))
    listed = client.get("/api/v1/areas").json()
    found = client.get("/api/v1/areas/land/totals", {"indicator": "税收收入"}).json()

    assert [(one["slug"], one["upper"], one["zones"]) for one in listed] == [
        ("land", None, 4), ("plain", "land", 2), ("upland", "land", 2)
    ]  # fmt: skip
    assert found["rows"][0]["cells"] == [
        {"period": "2024", "value": None, "at_least": "1.50", "known": "1.50", "whole": 1,
         "partly": 0, "of": 4}
    ]  # fmt: skip
    assert found["figures_without_scope"] == 1
