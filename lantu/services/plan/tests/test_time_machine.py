"""Any page as known on a chosen day: it says so plainly, and what is clicked on keeps the day."""

from datetime import date

import pytest

from lantu.kernel.facts.actions import supersede
from lantu.kernel.facts.models import Observation
from lantu.kernel.facts.queries import count, newest, series

pytestmark = pytest.mark.django_db
DAY = "2023-06-30"
BY_DAY = "", "promises/", "promises/gdp/", "projects/", "departments/", "departments/science/"
ALSO_BY_DAY = (
    "air/", "water/", "energy/", "firms/", "evaluation/", "assessment/", "assessment/rules/",
    "appraisals/", "reports/", "opinions/", "contradictions/", "method/",
)  # fmt: skip
OF_TODAY = "data/", "plans/", "scenarios/", "search/"
THEN = f"as_of={DAY}&amp;known_on={DAY}"


def page(client, address):
    return client.get(address, headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("address", [*BY_DAY, *ALSO_BY_DAY])
def test_any_day_can_be_chosen_and_the_page_says_for_which_day_it_stands(client, qinghe, address):
    today = page(client, f"/z/qinghe/{address}")
    then = page(client, f"/z/qinghe/{address}?as_of={DAY}&then=1")

    assert 'type="date" name="as_of"' in today and "Back to today" not in today
    assert f"This page stands as of {DAY}, by what was known on that day." in then
    assert "Back to today" in then


def test_without_the_box_the_page_says_that_it_knows_what_came_later(client, qinghe):
    then = page(client, f"/z/qinghe/?as_of={DAY}")

    assert f"This page stands as of {DAY}, by all that is known today." in then


def test_a_page_that_knows_no_day_says_so_and_leads_back_to_the_day(client, qinghe):
    for address in OF_TODAY:
        then = page(client, f"/z/qinghe/{address}?as_of={DAY}&then=1")

        assert "This page stands for today. It cannot be asked about another day." in then
        assert f'href="/z/qinghe/?{THEN}"' in then
        assert "This page stands for today" not in page(client, f"/z/qinghe/{address}")


def test_another_day_keeps_what_else_the_list_was_asked(client, qinghe):
    listed = page(client, f"/z/qinghe/promises/?q=park&state=behind&page=2&as_of={DAY}&then=1")

    assert 'href="?q=park&amp;state=behind&amp;as_of=2022-12-31&amp;known_on=2022-12-31"' in listed
    assert 'href="?q=park&amp;state=behind">Back to today' in listed
    assert listed.count('<input type="hidden" name="state" value="behind">') == 1


def test_the_name_of_the_zone_leads_to_the_day(client, qinghe):
    then = page(client, f"/z/qinghe/firms/?as_of={DAY}&then=1")

    assert f'class="top__zone" href="/z/qinghe/?{THEN}"' in then


def test_what_was_not_there_yet_is_absent_and_leads_to_today(client, qinghe):
    answer = client.get(f"/z/qinghe/reports/1/?as_of={DAY}", headers={"accept-language": "en"})

    assert answer.status_code == 404
    assert 'href="/z/qinghe/reports/1/">The same page as of today' in answer.content.decode()


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
