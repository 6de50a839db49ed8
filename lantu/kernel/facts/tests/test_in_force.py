"""What was in force on a day, told from what is in force now and the corrections since then."""

from datetime import date

import pytest

from lantu.kernel.facts.actions import supersede
from lantu.kernel.facts.models import Observation
from lantu.kernel.facts.queries import in_force_before, observed

DAYS = [date(2020, 1, 1), date(2023, 6, 1), date(2024, 6, 1), date(2025, 6, 1)]


@pytest.fixture
def corrected(qinghe, clerk):
    """Figures put right once, twice, and twice where the second word was known before the first."""
    first, second, third = Observation.objects.filter(zone=qinghe).order_by("pk")[:3]

    def right(figure, year):
        known = date(year, 1, 1)
        return supersede(figure, value=figure.value + 1, reason="x", known_on=known, by=clerk)

    right(first, 2024)
    right(right(second, 2023), 2025)
    right(right(third, 2025), 2024)
    return qinghe


@pytest.mark.parametrize("day", DAYS)
def test_it_is_what_the_figures_of_that_day_say(corrected, day):
    names = {one.indicator for one in observed(corrected)}
    now = observed(corrected, indicators=names)

    before = in_force_before(corrected, day, now, indicators=names)

    assert list(before) == observed(corrected, known_on=day, indicators=names)


def test_the_figures_that_were_not_corrected_are_the_same_ones_not_copies(corrected):
    now = observed(corrected)
    names = {one.indicator for one in now}

    before = in_force_before(corrected, DAYS[0], now, indicators=names)

    assert len({id(one) for one in before} & {id(one) for one in now}) == len(now)


def test_without_corrections_it_is_the_very_list(qinghe):
    now = observed(qinghe)

    assert in_force_before(qinghe, DAYS[1], now, indicators={one.indicator for one in now}) is now
