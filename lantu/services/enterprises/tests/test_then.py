"""Firms and rounds as they stood on a past day: nothing that came later is shown unsaid."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from lantu.core.plans.standing import Question
from lantu.kernel.registry.actions import register, rename
from lantu.services.enterprises.actions import rounds as acts
from lantu.services.enterprises.actions.figures import correct_figure
from lantu.services.enterprises.queries import firm as one_firm
from lantu.services.enterprises.queries import firms_then
from lantu.services.enterprises.queries import then as past
from lantu.services.enterprises.queries.firms import Asked
from lantu.services.enterprises.queries.rounds import round_of, rounds
from lantu.services.enterprises.tests.conftest import code_of

ENTERED, RIGHT_ON = datetime(2025, 3, 1, 4, tzinfo=UTC), datetime(2025, 9, 1, 4, tzinfo=UTC)
SUMMER = Question(date(2025, 7, 31), date(2025, 7, 31))
BEFORE = Question(date(2025, 2, 1), date(2025, 2, 1))


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock by which records are dated."""

    def at(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    at(ENTERED)
    return at


def listed(zone, then, **more):
    wanted = {"words": "", "year": 2024, "name": "", "status": "", "sort": "name",
              "is_descending": False, "page": 1}  # fmt: skip
    return firms_then.firms(zone, Asked(**wanted | more), then, is_member=True).lines


def test_a_figure_put_right_later_was_another_one_then(clock, ten, qinghe, clerk):
    clock(RIGHT_ON)
    correct_figure(ten[1], 2024, "tax_paid", Decimal(99), reason="x", source="y", by=clerk)

    [then] = [one for one in listed(qinghe, SUMMER) if one.code == code_of(1)]
    [now] = [one for one in listed(qinghe, Question(date(2026, 1, 1))) if one.code == code_of(1)]
    assert (then.tax_paid, now.tax_paid) == (Decimal("240.97"), Decimal(99))
    page = one_firm.firm(qinghe, code_of(1), is_member=True, then=SUMMER)
    row = next(one for one in page.rows if one.item.key == "tax_paid")
    assert [(year, entry.value, former) for year, entry, former in row.values] == [
        (2024, Decimal("240.97"), ())
    ]


def test_before_anything_was_entered_no_figure_was_known(clock, ten, qinghe):
    assert {one.tax_paid for one in listed(qinghe, BEFORE)} == {None}
    assert one_firm.firm(qinghe, code_of(1), is_member=True, then=BEFORE).rows == ()


def test_figures_of_a_year_that_was_not_over_do_not_count(clock, ten, qinghe):
    assert past.figures(qinghe, Question(date(2024, 12, 30))) == {}
    assert past.figures(qinghe, Question(date(2024, 12, 31))).keys() == {
        one.pk for one in ten.values()
    }


def test_a_round_stands_where_it_stood_and_the_public_sees_it_once_it_is_final(
    clock, ten, qinghe, planner
):
    found = acts.start_round(qinghe, 2024, by=planner)
    acts.open_publicity(found, on=date(2025, 6, 9), by=planner)
    acts.finalise(found, on=date(2025, 7, 1), by=planner)

    def states(day, **who):
        return [one.state for one in rounds(qinghe, then=Question(day), **who)]

    days = [date(2025, month, 15) for month in (2, 4, 6, 7)]
    assert [states(day, is_member=True) for day in days] == [
        [], ["draft"], ["publicity"], ["final"]
    ]  # fmt: skip
    assert [states(day, is_member=False) for day in days] == [[], [], [], ["final"]]
    assert round_of(qinghe, found.pk, is_member=True, then=Question(days[2])).final_on is None
    assert {one.name for one in listed(qinghe, BEFORE)} == {""}
    assert "A" in {one.name for one in listed(qinghe, SUMMER)}


def test_a_firm_bears_the_name_of_the_day_and_is_absent_before_it_was_founded(clock, qinghe, clerk):
    old = register(qinghe, code_of(50), "旧名厂", by=clerk, founded_on=date(2020, 1, 1))
    rename(old, "新名厂", since=date(2025, 8, 1), by=clerk)

    assert [one.zh for one in listed(qinghe, SUMMER)] == ["旧名厂"]
    assert [one.zh for one in listed(qinghe, Question(date(2025, 8, 1)))] == ["新名厂"]
    assert listed(qinghe, Question(date(2019, 12, 31))) == ()


def test_the_english_list_is_in_the_order_of_its_english_names(client, qinghe, clerk):
    for number, zh, en in ((51, "甲厂", "Zinc Works"), (52, "乙厂", "Alum Works")):
        register(qinghe, code_of(number), zh, en=en, by=clerk)

    def places(language):
        text = client.get("/z/qinghe/firms/", headers={"accept-language": language})
        text = text.content.decode()
        return [text.index(code_of(number)) for number in (51, 52)]

    first, second = places("en")
    assert second < first
    first, second = places("zh-hans")
    assert first < second  # jia before yi
