"""One line joins figures of one scope only, and says which."""

from datetime import date
from decimal import Decimal

import pytest

from lantu.kernel.facts.queries import Figure
from lantu.services.plan.over_years import line


def figure(period, value, scope="whole", *, number=1, known=None, old=False, unit="亿元"):
    return Figure(
        number, "GDP", "zone", period, Decimal(value), unit, "level", scope, "", "annual", "", "",
        "", known, old, "",
    )  # fmt: skip


def test_the_scope_with_the_most_years_is_drawn_and_the_rest_counted():
    found = line(
        [figure("2021", 5), figure("2022", 6), figure("2023", 7)]
        + [figure(year, 90, "core") for year in ("2020", "2022")]
    )

    assert found.scope == "whole"
    assert found.points == ((2021, 5), (2022, 6), (2023, 7))
    assert found.left_out == 2


def test_a_year_without_a_figure_is_a_gap_and_not_zero():
    found = line([figure("2021", 5), figure("2023", 7)])

    assert found.points == ((2021, 5), (2022, None), (2023, 7))
    assert '"value": null' in found.chart


def test_of_two_vintages_of_a_year_the_one_known_last_is_drawn():
    early, late = date(2022, 1, 20), date(2022, 9, 1)
    years = [
        figure("2021", 5, number=1, known=late),
        figure("2021", 4, number=2, known=early),
        figure("2020", 3),
    ]

    assert line(years).points == ((2020, 3), (2021, 5))


def test_a_superseded_figure_and_a_month_are_no_points():
    years = [figure("2021", 5), figure("2022", 66, old=True), figure("2022-03", 1)]

    assert line(years) is None


def test_figures_in_another_unit_are_not_joined():
    assert line([figure("2021", 5), figure("2022", 60000, unit="万元")]) is None
    assert line([]) is None


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "只连同一口径"), ("en", "joins one scope only")]
)
def test_the_page_of_a_series_says_which_scope_its_line_is_of(client, qinghe, lang, words):
    asked = {"indicator": "城镇化率", "subject": "青禾示范区"}

    shown = client.get("/z/qinghe/facts/series/", asked, headers={"accept-language": lang})

    page = shown.content.decode()
    assert shown.status_code == 200
    assert 'data-chart="' in page
    assert words in page
