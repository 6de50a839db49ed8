"""The path of a promise beside what was reached, for every form that has one."""

import json
import re
from datetime import date
from html import unescape

import pytest

from lantu.core.plans.standing import Question
from lantu.kernel.commitments import queries as commitments
from lantu.services.plan import detail

pytestmark = pytest.mark.django_db
PLAN = "qinghe-2021-2025"


def page(zone, code, day=date(2026, 11, 28), known_on=None):
    plan = commitments.plan(PLAN)
    return detail.promise(zone, plan, code, Question(day, known_on), "en")


def rows(zone, code, day=date(2026, 11, 28)):
    return {one.year: (one.path, one.actual) for one in page(zone, code, day).path.rows}


@pytest.mark.parametrize("form", ["cumulative", "change", "reduction", "multiple", "complete"])
def test_the_last_row_of_a_share_of_the_way_is_the_verdict_itself(qinghe, form):
    for record in commitments.plan(PLAN).commitments:
        found = page(qinghe, record.code) if record.form == form else None
        if found is None or not found.path.rows:
            continue
        assert found.path.is_share and found.path.unit == "%"
        assert found.path.rows[-1].path == 100
        assert found.path.rows[-1].actual == found.to_date.verdict.progress * 100


def test_a_total_is_due_in_equal_parts_and_half_way_only_what_is_over_is_told(qinghe):
    found = rows(qinghe, "foreign-capital", date(2023, 12, 31))

    assert found[2022] == (40, 24)
    assert found[2024] == (None, None)
    assert found[2025] == (100, None)


def test_growth_owes_its_rate_every_year(qinghe):
    found = rows(qinghe, "gdp-growth")

    assert {due for due, _ in found.values()} == {10}
    assert all(actual is not None for _, actual in found.values())


def test_a_rank_is_owed_in_the_last_year_only(qinghe):
    found = rows(qinghe, "rank")

    assert [year for year, (due, _) in found.items() if due is not None] == [2025]


def test_a_promise_without_any_figure_has_no_share_to_draw(qinghe):
    assert not page(qinghe, "new-industry").path.rows


def test_what_was_not_known_on_the_day_is_not_drawn(qinghe):
    found = page(qinghe, "foreign-capital", date(2023, 12, 31), date(2022, 12, 31))

    assert {one.year for one in found.path.rows if one.actual is not None} == {2021}


def test_the_band_of_the_forecast_begins_at_the_last_figure_and_widens(client, qinghe):
    text = client.get("/z/qinghe/promises/gdp/?as_of=2023-12-31", headers={"accept-language": "en"})
    (spec,) = re.findall(r'data-chart="([^"]*)"', text.content.decode())
    band = [one for one in json.loads(unescape(spec))["data"]["values"] if "low" in one]

    assert [one["year"] for one in band] == [2023, 2024, 2025]
    widths = [one["high"] - one["low"] for one in band]
    assert widths[0] == 0 < widths[1] < widths[2]
    assert {one["series"] for one in band} == {"Forecast"}


def test_a_share_of_the_way_has_no_band_for_the_forecast_is_of_the_figure_itself(qinghe):
    found = page(qinghe, "foreign-capital", date(2023, 12, 31))

    assert found.outlook is not None and "Forecast" not in found.chart


def test_who_answers_for_a_promise_is_one_click_away(client, qinghe):
    text = client.get("/z/qinghe/promises/gdp/?as_of=2023-12-31").content.decode()

    assert 'href="/z/qinghe/departments/industry/?as_of=2023-12-31"' in text


def test_where_only_the_end_is_owed_no_way_is_told(qinghe):
    """道路密度 has no base, and of 碳排放 nobody set the target yet."""
    ways = {code: page(qinghe, code).to_date.path for code in ("roads", "carbon", "pm25")}

    assert ways == {"roads": "", "carbon": "", "pm25": "straight"}


def test_a_share_begins_at_nought_and_a_legend_names_what_is_drawn(qinghe):
    share = json.loads(page(qinghe, "foreign-capital").chart)["encoding"]
    level = json.loads(page(qinghe, "roads").chart)["encoding"]

    assert share["y"]["scale"]["zero"] and not level["y"]["scale"]["zero"]
    assert share["color"]["scale"]["domain"] == ["Actual", "Due", "Target"]
    assert level["color"]["scale"]["domain"] == ["Actual", "Target"]


def test_a_count_has_no_marks_between_whole_numbers(qinghe):
    assert json.loads(page(qinghe, "forum").chart)["encoding"]["y"]["axis"]["tickMinStep"] == 1


def test_a_change_is_in_points_and_its_base_in_per_cent(qinghe):
    found = page(qinghe, "rd-share")

    assert (found.base_unit, found.target_unit) == ("%", "个百分点")


def test_a_milestone_says_by_which_day(qinghe):
    assert page(qinghe, "hospital").due == date(2024, 6, 30)


def test_a_range_is_due_from_its_lower_to_its_upper_end(qinghe):
    [record] = [one for one in commitments.plan(PLAN).commitments if one.form == "range"]
    found = page(qinghe, record.code)
    last = found.path.rows[-1]

    assert (last.path, last.high) == (record.low, record.high)
    values = {one["value"] for one in json.loads(unescape(found.chart))["data"]["values"]}
    assert float(record.high) in {float(one) for one in values if one is not None}


def test_a_milestone_rests_on_what_was_reported_by_the_day(qinghe, client):
    found = page(qinghe, "hospital").happened

    assert [(one.event, one.date.isoformat()) for one in found] == [
        ("start", "2021-09-01"),
        ("done", "2024-08-29"),
    ]
    assert page(qinghe, "gdp").happened is None
    past = client.get("/z/qinghe/promises/hospital/?as_of=2021-12-31").content.decode()
    assert "2021-09-01" in past and "2024-08-29" not in past
