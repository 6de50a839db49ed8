"""The page of open data for everybody, and the page that other sites may frame."""

import json
import re
from urllib.parse import quote

import lxml.html
import pytest
from lxml import etree

from lantu.services.opendata import queries

pytestmark = pytest.mark.django_db
PUBLIC = [
    "/z/qinghe/data/", "/z/qinghe/data/schema.jsonld", "/z/qinghe/data/findings.csv",
    "/z/qinghe/news.atom", "/z/qinghe/due.ics", "/z/qinghe/projects.oc4ids.json",
    "/z/qinghe/promises/gdp/embed/", "/catalog.ttl", "/catalog.jsonld",
    "/api/3/action/package_list", "/sdmx/structure/dataflow",
    "/sdmx/data/dataflow/LANTU/FACTS_QINGHE",
    "/oembed?url=http://testserver/z/qinghe/promises/gdp/",
]  # fmt: skip
PROMISE = "http://testserver/z/qinghe/promises/gdp/"


@pytest.mark.parametrize("address", PUBLIC)
def test_owner_colleague_stranger_and_anybody_read_the_same(
    client, clerk, auditor, stranger, address
):
    answers = []
    for person in (None, clerk, auditor, stranger):
        if person is not None:
            client.force_login(person)
        answers.append(client.get(address).status_code)

    assert answers == [200] * 4


@pytest.mark.parametrize("address", PUBLIC)
def test_nothing_is_written_through_these_addresses(client, clerk, address):
    client.force_login(clerk)
    expected = 200 if "api/3" in address else 405

    assert client.post(address, "{}", content_type="application/json").status_code == expected


@pytest.mark.parametrize(
    "address",
    ["/z/moon/data/", "/z/moon/news.atom", "/z/moon/due.ics", "/z/moon/projects.oc4ids.json",
     "/z/qinghe/promises/moon/embed/", "/z/moon/promises/gdp/embed/", "/catalog.xml"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "数据集"), ("en", "Data sets")])
def test_the_page_lists_data_sets_and_interfaces_in_both_languages(client, language, words):
    text = client.get("/z/qinghe/data/", headers={"accept-language": language}).content.decode()

    assert words in text
    for way in ("SDMX 3.0", "DCAT 3", "CKAN", "Atom", "iCalendar", "OC4IDS", "oEmbed",
                "Data Package", "/catalog.rdf"):  # fmt: skip
        assert way in text
    assert 'type="application/ld+json" href="/z/qinghe/data/schema.jsonld"' in text


def test_the_page_says_that_no_licence_is_known_until_one_is(client, settings):
    english = {"accept-language": "en"}
    before = client.get("/z/xinxiang/data/", headers=english).content.decode()
    settings.DATA_LICENCE = "https://example.org/licence"
    after = client.get("/z/xinxiang/data/", headers=english).content.decode()

    assert "No licence has been stated" in before
    assert 'href="https://example.org/licence"' in after


def test_only_the_page_made_for_it_may_be_framed(client):
    framed = client.get("/z/qinghe/promises/gdp/embed/")
    page = client.get("/z/qinghe/promises/gdp/")

    assert "frame-ancestors *;" in framed.headers["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in framed.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_the_framed_page_loads_no_script_and_posts_nothing(client):
    response = client.get("/z/qinghe/promises/gdp/embed/")

    assert b"<script" not in response.content
    assert b"<form" not in response.content
    assert "form-action 'none'" in response.headers["Content-Security-Policy"]


def test_the_framed_page_of_the_invented_zone_says_so(client):
    english = {"accept-language": "en"}
    text = client.get("/z/qinghe/promises/gdp/embed/", headers=english).content.decode()

    assert "Invented sample" in text


def test_oembed_leads_to_the_page_that_may_be_framed(client):
    told = json.loads(client.get(f"/oembed?url={quote(PROMISE)}&maxwidth=300").content)

    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 300)
    assert 'src="http://testserver/z/qinghe/promises/gdp/embed/"' in told["html"]


def test_a_site_that_knows_only_the_page_of_a_promise_finds_what_to_frame(client):
    page = lxml.html.document_fromstring(client.get("/z/qinghe/promises/gdp/").content)
    (link,) = page.xpath("//head/link[@type='application/json+oembed']/@href")

    assert json.loads(client.get(link).content)["title"]


@pytest.mark.parametrize("page", ["", "promises/", "projects/", "data/"])
def test_a_feed_reader_finds_the_feed_from_any_page_of_the_zone(client, page):
    tree = lxml.html.document_fromstring(client.get(f"/z/qinghe/{page}").content)

    (link,) = tree.xpath("//head/link[@type='application/atom+xml']/@href")
    assert link == "/z/qinghe/news.atom"


def test_oembed_speaks_xml_too(client):
    response = client.get(f"/oembed?url={quote(PROMISE)}&format=xml")

    assert etree.fromstring(response.content).findtext("type") == "rich"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404),
        ("?url=http://elsewhere.example/z/qinghe/promises/gdp/", 404),
        ("?url=http://testserver/z/qinghe/", 404),
        ("?url=javascript:alert(1)", 404),
        ("?url=http://[", 404),
        (f"?url={PROMISE}&format=yaml", 501),
        (f"?url={PROMISE}&maxwidth=-1", 200),
    ],
)
def test_oembed_answers_only_for_promises_of_this_site(client, query, status):
    assert client.get(f"/oembed{query}").status_code == status


def test_a_hundred_series_stand_on_a_page_and_the_next_has_the_others(client, qinghe):
    every = [one.id for one in queries.series(qinghe)]
    pages = [client.get(f"/z/qinghe/data/?page={page}").content.decode() for page in (1, 2)]

    found = [re.findall(r'<tr id="(qinghe-[^"]*-[^"]*)"', page) for page in pages]
    assert len(every) < 200
    assert [one for page in found for one in page if one in every] == every
    assert ('rel="next"' in pages[0]) == (len(every) > 100)
    assert 'rel="prev"' in pages[1]


def test_a_promise_leads_to_its_feed_and_to_how_it_is_shown_elsewhere(client, qinghe):
    promise = client.get("/z/qinghe/promises/gdp/").content.decode()
    assert 'href="/z/qinghe/news.atom"' in promise
    assert 'href="/z/qinghe/data/#embed"' in promise

    data = client.get("/z/qinghe/data/").content.decode()
    assert 'id="embed"' in data
    (frame,) = re.findall(r'iframe src="http://testserver(/z/qinghe/promises/…/embed/)"', data)
    assert client.get(frame.replace("…", "gdp")).status_code == 200
