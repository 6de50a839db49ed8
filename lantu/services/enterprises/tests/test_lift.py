"""What would lift a firm is computed: with that figure, the round itself gives the class."""

from decimal import Decimal

import pytest

from lantu.services.enterprises.actions import rounds as acts
from lantu.services.enterprises.actions.figures import correct_figure
from lantu.services.enterprises.queries import firm as one_firm
from lantu.services.enterprises.queries import rounds as queries
from lantu.services.enterprises.tests.conftest import code_of


@pytest.fixture
def begun(ten, qinghe, planner):
    return acts.start_round(qinghe, 2024, by=planner)


def page(zone, number):
    return one_firm.firm(zone, code_of(number), is_member=True)


def test_the_first_class_has_nothing_above_it(begun, qinghe):
    assert page(qinghe, 1).lift is None


@pytest.mark.parametrize("number", [3, 7, 10])
def test_each_way_alone_brings_the_next_class_and_a_little_less_does_not(
    begun, ten, qinghe, planner, clerk, number
):
    lift = page(qinghe, number).lift
    way = next(one for one in lift.ways if one.item == "tax_per_mu")

    def class_with(tax: Decimal) -> str:
        correct_figure(ten[number], 2024, "tax_paid", tax, reason="试", source="试", by=clerk)
        acts.run_round(begun, reason="试", by=planner)
        lines = queries.results(queries.last_run(begun))
        return next(one.final_class for one in lines if one.code == code_of(number))

    assert class_with(way.figure_needed - Decimal("0.1")) != lift.target
    assert class_with(way.figure_needed + Decimal("0.0001")) == lift.target


def test_an_item_that_is_capped_cannot_do_it_alone(begun, qinghe):
    # From 55 points to the 60 of class C, an item of weight 10 may give 15 at most: 5.5 to 10.5.
    lift = page(qinghe, 10).lift

    assert lift.target == "C"
    assert 4 < lift.gap < 6
    assert {one.item for one in lift.ways} | set(lift.beyond) == {
        "tax_per_mu", "va_per_mu", "va_per_energy", "va_per_emission", "labour_productivity",
        "rd_ratio",
    }  # fmt: skip


def test_the_points_of_the_items_add_up_to_the_score(begun, qinghe):
    found = page(qinghe, 4)

    assert abs(sum(step.points for step in found.steps) - found.latest.result.score) < Decimal(
        "1e-6"
    )
