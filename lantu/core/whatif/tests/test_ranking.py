"""What is known of the external ranking, and the interval that what is assumed leaves open."""

from datetime import date
from decimal import Decimal

import pytest

from lantu.core.errors import Refused
from lantu.core.whatif.ranking import Score, ranking, score, total

NOW = date(2024, 1, 1)


def test_the_weights_add_up_and_what_is_not_known_is_named():
    found = ranking(NOW)

    assert sum(part.weight for part in found.parts) == 100
    assert sum(part.indicators for part in found.parts) == 30
    assert found.unknown and found.address.startswith("https://")
    assert ranking(date(2019, 1, 1)) is None


def test_nothing_assumed_leaves_everything_open():
    found = total(ranking(NOW), {})

    assert (found.low, found.high) == (0, 100)
    assert found.widest.part.weight == 30


def test_a_range_and_an_unknown_part_give_an_interval_and_not_a_number():
    assumed = {"opening": score("60-80"), "innovation": score("50"), "green": score("100"),
               "coordination": score("0")}  # fmt: skip

    found = total(ranking(NOW), assumed)

    assert found.low == 18 + Decimal("7.5") + 15  # quality may be 0
    assert found.high == 24 + Decimal("7.5") + 15 + 30
    assert [line.open for line in found.lines] == [6, 0, 0, 0, 30]
    assert found.widest.part.key == "quality" and found.lines[0].ten_more == 3


def test_all_known_gives_one_number():
    found = total(ranking(NOW), {part.key: score("70") for part in ranking(NOW).parts})

    assert found.low == found.high == 70 and found.widest is None


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_field_is_unknown_and_not_zero(text):
    assert score(text) == Score(Decimal(0), Decimal(100))


@pytest.mark.parametrize("text", ["101", "-1", "70-60", "many", "1-2-3", "60-"])
def test_what_is_no_score_is_refused(text):
    with pytest.raises(Refused, match="60-75"):
        score(text)
