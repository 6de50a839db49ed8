"""Two proposals of one promise: the first keeps what it says, and learns what it did not know."""

from decimal import Decimal

from lantu.core.reading.joining import joined
from lantu.core.reading.records import Proposal


def level(**more):
    return Proposal("target", "产值", 0, 5, "产值达600", form="level", **more)


def test_the_first_learns_the_base_and_the_nature_that_only_the_second_states():
    first = level(value=Decimal("600"), unit="亿元")
    second = level(base_value=Decimal("400"), base_year=2025, nature="binding")

    found = joined(first, second)

    assert (found.base_value, found.base_year, found.nature) == (Decimal("400"), 2025, "binding")
    assert (found.value, found.unit) == (Decimal("600"), "亿元")


def test_the_first_keeps_its_own_number_and_its_place():
    second = Proposal("target", "总产值", 9, 14, "总产值", form="level", value=Decimal("650"))

    found = joined(level(value=Decimal("600")), second)

    assert (found.value, found.start, found.quote, found.metric) == (
        Decimal("600"), 0, "产值达600", "产值",
    )  # fmt: skip


def test_a_value_of_another_form_is_not_taken():
    second = Proposal("target", "产值", 9, 14, "下降", form="reduction", value=Decimal("13"))

    assert joined(level(), second).value is None


def test_a_zero_of_the_first_is_a_number_and_stays():
    found = joined(level(value=Decimal("0")), level(value=Decimal("5")))

    assert found.value == Decimal("0")
