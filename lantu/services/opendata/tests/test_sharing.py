"""Other sites' pages, such as notebooks in a browser, read open data straight from here."""

import json

import pytest

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/sdmx/structure/dataflow/LANTU/*/~",
    "/sdmx/data/dataflow/LANTU/FACTS_QINGHE/1.0.0",
    "/catalog.ttl",
    "/catalog.jsonld",
    "/api/3/action/package_list",
    "/api/v1/zones/qinghe/facts",
    "/z/qinghe/data/schema.jsonld",
    "/z/qinghe/data/findings.csv",
    "/z/qinghe/news.atom",
    "/z/qinghe/due.ics",
    "/z/qinghe/projects.oc4ids.json",
    "/z/qinghe/promises/?export=csv",
    "/oembed?url=http://testserver/z/qinghe/promises/gdp/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_any_site_may_read_what_is_open(client, address):
    answer = client.get(address, headers={"origin": "https://notebook.example"})

    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_browser_that_asks_first_is_told_how_it_may_ask(client, address):
    heads = {
        "origin": "https://notebook.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }
    answer = client.options(address, headers=heads)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert {"GET", "HEAD"} <= set(answer["Access-Control-Allow-Methods"].split(", "))
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_only_the_calls_of_ckan_may_be_posted_from_elsewhere(client):
    def ways(address):
        return client.options(address)["Access-Control-Allow-Methods"]

    assert "POST" in ways("/api/3/action/package_show")
    assert "POST" in ways("/api/action/package_show")
    assert "POST" not in ways("/sdmx/data/dataflow/LANTU/FACTS_QINGHE")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_head_alone_may_be_asked_for(client, address):
    answer = client.head(address)

    assert answer.status_code == 200
    assert answer["Content-Type"] == client.get(address)["Content-Type"]


def test_a_refusal_may_be_read_too(client):
    for address in ("/sdmx/data/dataflow/LANTU/NO", "/api/3/action/nothing", "/api/v1/nothing"):
        assert client.get(address)["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/z/qinghe/", "/z/qinghe/data/", "/accounts/login/"])
def test_no_page_for_people_is_read_by_other_sites(client, address):
    assert "Access-Control-Allow-Origin" not in client.get(address)
    assert "Access-Control-Allow-Origin" not in client.options(address)


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/4/action/x", "/sdmx"])
def test_a_program_is_not_told_with_a_page_that_there_is_nothing(client, address):
    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(answer.content)["status"] == 404
