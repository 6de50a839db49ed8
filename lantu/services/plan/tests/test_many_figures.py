"""A promise whose indicator has very many figures is told by the newest, and leads to the rest."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lantu.core.judging.records import Fact, Unused
from lantu.kernel.commitments import queries as commitments
from lantu.services.plan import detail


@pytest.fixture
def buried(qinghe, monkeypatch):
    """One promise beside fifty figures that were not used."""
    explained = commitments.explained

    def with_many(name, code, question):
        standing = explained(name, code, question)
        more = tuple(
            Unused(Fact(year, Decimal(1), key=f"of {year}"), "not-needed")
            for year in range(1960, 2010)
        )
        return replace(standing, verdict=replace(standing.verdict, unused=more))

    monkeypatch.setattr(commitments, "explained", with_many)


def test_the_newest_are_shown_and_the_rest_is_counted(client, buried):
    page = client.get("/z/qinghe/promises/gdp/", headers={"accept-language": "en"})
    html = page.content.decode()
    _, found, shown = html.partition("Figures not used, and why (50)")
    assert found
    shown, _, _ = shown.partition("</table>")

    assert shown.count("<tr>") - 1 == detail.UNUSED
    assert "2009" in shown and "1989" not in shown
    assert "30 more that were not used." in html
    assert "The newest are shown; the series has all of its figures" in html
