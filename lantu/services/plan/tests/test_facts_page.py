"""The catalogue of series: a page at a time, narrowed by words."""

import pytest

from lantu.kernel.facts.actions import import_file
from lantu.services.plan.views import SERIES

pytestmark = pytest.mark.django_db
HEAD = "indicator,subject,period,value,unit,kind,source_title,known_on\n"


@pytest.fixture
def many(qinghe):
    """So many more series that one page does not hold them."""
    rows = "".join(
        f"页试指标,页试企业{one:03d},2024,1.5,万元,level,虚构,2024-01-20\n"
        for one in range(SERIES + 1)
    )
    import_file(qinghe, (HEAD + rows).encode(), name="a.csv", by=None)


def shown(client, ask):
    return client.get(f"/z/qinghe/facts/{ask}", headers={"accept-language": "en"}).content.decode()


def test_a_page_holds_so_many_series_and_leads_to_the_next(client, many):
    first, second = shown(client, "?q=页试"), shown(client, "?q=页试&page=2")

    assert first.count(">页试企业") == SERIES
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert second.count(">页试企业") == 1
    assert 'rel="prev"' in second and 'rel="next"' not in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "９" * 30, "99999999999999999999"])
def test_a_page_that_cannot_be_is_the_first(client, many, page):
    assert shown(client, f"?q=页试&page={page}").count(">页试企业") == SERIES


def test_words_that_no_series_has_are_answered_in_words(client, qinghe):
    assert "No series fits." in shown(client, "?q=无此指标")
