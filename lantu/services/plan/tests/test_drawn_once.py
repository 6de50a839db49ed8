"""A promise is drawn once for each state and question, however its address is written."""

from datetime import date

import pytest

from lantu.kernel.facts.actions import supersede
from lantu.kernel.facts.models import Observation
from lantu.services.plan import detail

ADDRESS = "/z/qinghe/promises/gdp/"


@pytest.fixture
def judged(monkeypatch):
    """The question of each time that the promise was judged for its page."""
    asked, promise = [], detail.promise

    def told(zone, plan, code, question, language, scope):
        asked.append(question)
        return promise(zone, plan, code, question, language, scope)

    monkeypatch.setattr(detail, "promise", told)
    return asked


def test_a_promise_is_judged_once_however_it_is_asked_for(client, qinghe, judged):
    pages = [client.get(f"{ADDRESS}?page={number}").content.decode() for number in range(3)]

    assert len(judged) == 1
    assert len({page.replace(f"page%3D{at}", "").replace(f"page={at}", "")
                for at, page in enumerate(pages)}) == 1  # fmt: skip


def test_another_day_and_another_language_are_judged_for_themselves(client, qinghe, judged):
    client.get(ADDRESS)
    client.get(f"{ADDRESS}?as_of=2023-12-31")
    english = client.get(f"{ADDRESS}?n=1", headers={"accept-language": "en"})

    assert len(judged) == 3
    assert "Figures used" in english.content.decode()


def test_a_figure_put_right_shows_at_once(client, qinghe, clerk, judged):
    client.get(ADDRESS)
    wrong = Observation.objects.get(zone=qinghe, indicator__zh="生产总值", period="2022",
                                    vintage="年报")  # fmt: skip
    supersede(wrong, value=wrong.value + 7, reason="check", known_on=date(2023, 10, 1), by=clerk)

    assert "158.4" in client.get(f"{ADDRESS}?n=1").content.decode()
    assert len(judged) == 2
