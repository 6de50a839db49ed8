"""A page of the copy opens from a folder: relative links, no forms, plain scripts."""

import pytest

from lantu.core.publishing import place_of, rewritten

PAGE = b"""<!doctype html><html><head><link rel="stylesheet" href="/static/ui/a.css">
<script type="module" src="/static/ui/charts.js"></script></head><body>
<form action="/x/"><input></form>
<a href="/z/q/">zone</a> <a href="?as_of=2023">day</a> <a href="/accounts/login/">in</a>
<a href="https://example.org/">source</a> <a href="#content">skip</a>
<a href="/z/q/facts/series/?indicator=a&amp;subject=b">series</a></body></html>"""


def held(address):
    return (
        f"zh/{place_of(address)}" if address.startswith("/z/q") and "as_of" not in address else None
    )


@pytest.fixture
def copy():
    return rewritten(PAGE, "/z/q/promises/", "zh/z/q/promises/index.html", held, "/static/")


def test_links_are_relative_and_those_to_nowhere_become_text(copy):
    html = copy.html.decode()

    assert '<a href="../index.html">zone</a>' in html
    assert "day" in html and "as_of" not in html
    assert "/accounts/" not in html
    assert 'href="https://example.org/"' in html
    assert 'href="#content"' in html


def test_forms_are_left_out_and_modules_become_plain_scripts(copy):
    html = copy.html.decode()

    assert "<form" not in html
    assert 'type="module"' not in html
    assert 'src="../../../../static/ui/charts.js"' in html
    assert copy.needs == ("/static/ui/a.css", "/static/ui/charts.js")


def test_a_question_has_a_file_of_its_own(copy):
    series = "/z/q/facts/series/?indicator=a&subject=b"

    assert series in copy.leads_to
    assert place_of(series) == "z/q/facts/series/indicator_a_subject_b.html"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/z/q/", "z/q/index.html"),
        ("/z/q/facts/series/?indicator=%E5%A4%96%E8%B5%84", "z/q/facts/series/indicator_外资.html"),
        ("/../../etc/passwd", "etc/passwd/index.html"),
    ],
)
def test_an_address_has_one_safe_place(address, file):
    assert place_of(address) == file


def left_of(text):
    return rewritten(text.encode(), "/z/q/", "zh/z/q/index.html", held, "/static/").html.decode()


def test_days_that_cannot_be_asked_go_and_the_day_that_is_told_stays():
    """A row of dead days says nothing; the day of the page does."""
    days = (
        '<ul><li>As of</li><li><a href="?as_of=2023">2023</a></li>'
        '<li><a href="?as_of=2026" aria-current="date">2026</a></li></ul>'
    )

    assert left_of(days) == "<ul><li>As of</li><li><b>2026</b></li></ul>"


def test_a_row_of_which_only_its_name_is_left_goes_too():
    years = '<nav aria-label="Years"><ul class="days"> <li>Year</li> {} </ul></nav>'

    assert left_of(years.format('<li><a href="?as_of=2023">2023</a></li>')) == ""
    assert "Year" in left_of(years.format("<li>2023</li>") + '<a href="/ledger/">x</a>')


def test_a_name_in_a_sentence_stays_and_an_act_of_the_server_goes():
    assert left_of('See <a href="/ledger/">the ledger</a>.') == "See the ledger."
    assert left_of('<nav><a data-served href="/accounts/login/">in</a></nav>') == "<nav></nav>"
    assert left_of('<li><a href="/ledger/">it</a> is kept</li>') == "<li>it is kept</li>"
