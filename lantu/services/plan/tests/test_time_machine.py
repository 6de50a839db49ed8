"""Any page as known on a chosen day: it says so plainly, and what is clicked on keeps the day."""

from datetime import date

import pytest

from lantu.kernel.facts.actions import supersede
from lantu.kernel.facts.models import Observation
from lantu.kernel.facts.queries import count, newest, series

pytestmark = pytest.mark.django_db
DAY = "2023-06-30"
BY_DAY = "", "promises/", "promises/gdp/", "projects/", "departments/", "departments/science/"
THEN = f"as_of={DAY}&amp;known_on={DAY}"


def page(client, address):
    return client.get(address, headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("address", BY_DAY)
def test_any_day_can_be_chosen_and_the_page_says_for_which_day_it_stands(client, qinghe, address):
    today = page(client, f"/z/qinghe/{address}")
    then = page(client, f"/z/qinghe/{address}?as_of={DAY}&then=1")

    assert 'type="date" name="as_of"' in today and "Back to today" not in today
    assert f"This page stands as of {DAY}, by what was known on that day." in then
    assert "Back to today" in then


def test_without_the_box_the_page_says_that_it_knows_what_came_later(client, qinghe):
    then = page(client, f"/z/qinghe/?as_of={DAY}")

    assert f"This page stands as of {DAY}, by all that is known today." in then


def test_the_menu_and_the_links_of_a_page_keep_the_day(client, qinghe):
    then = page(client, f"/z/qinghe/?as_of={DAY}&then=1")

    for view in ("promises/", "promises/gdp/", "projects/", "departments/", "facts/"):
        assert f'href="/z/qinghe/{view}?{THEN}"' in then


def test_another_year_of_a_page_as_known_then_is_as_known_at_its_end(client, qinghe):
    then = page(client, f"/z/qinghe/?as_of={DAY}&then=1")

    assert 'href="?as_of=2022-12-31&amp;known_on=2022-12-31"' in then


def test_what_came_later_is_neither_counted_nor_among_the_newest(client, qinghe):
    day = date.fromisoformat(DAY)

    assert 0 < count(qinghe, known_on=day) < count(qinghe)
    assert all(one.known_on <= day for one in newest(qinghe, 8, known_on=day))
    then = page(client, f"/z/qinghe/?as_of={DAY}&then=1")
    assert f'?{THEN}">{count(qinghe, known_on=day)}</a>' in then


def test_the_catalogue_and_a_series_show_what_was_known_and_say_so(client, qinghe):
    asked = f"indicator=生产总值&subject=青禾示范区&known_on={DAY}"

    catalogue, own = (
        page(client, f"/z/qinghe/facts/{ask}") for ask in (f"?known_on={DAY}", f"series/?{asked}")
    )

    for text in (catalogue, own):
        assert f"Only figures known on {DAY} are shown." in text
    assert f"&amp;known_on={DAY}" in catalogue
    assert ">2022</a>" in own and ">2024</a>" not in own


def test_a_figure_that_was_put_right_later_was_not_superseded_then(qinghe, clerk):
    wrong = Observation.objects.filter(zone=qinghe, indicator__zh="生产总值").first()
    right_on = date(2025, 1, 1)
    supersede(wrong, value=wrong.value + 1, reason="x", known_on=right_on, by=clerk)

    def of(day):
        rows = series(qinghe, "生产总值", wrong.subject.zh, known_on=day)
        return next(one for one in rows if one.id == wrong.pk)

    assert not of(date(2024, 12, 31)).is_superseded
    assert of(right_on).is_superseded
