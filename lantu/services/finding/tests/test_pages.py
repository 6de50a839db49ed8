"""The page of the search and the answers for the palette, for everybody."""

import pytest
from django.urls import reverse

from lantu.kernel.access.models import Zone
from lantu.services.finding import actions
from lantu.services.finding.gathering import things


@pytest.fixture(params=["owner", "colleague", "stranger", "anonymous"])
def anyone(request, client, clerk, auditor, stranger):
    """A browser of each of four people."""
    person = {"owner": clerk, "colleague": auditor, "stranger": stranger}.get(request.param)
    if person is not None:
        client.force_login(person)
    return client


@pytest.mark.parametrize("address", ["/search/", "/z/qinghe/search/"])
def test_everybody_may_search(anyone, address):
    answer = anyone.get(address, {"q": "园区"})

    assert answer.status_code == 200


def test_everybody_has_the_box_on_every_page(anyone):
    assert 'role="search"' in anyone.get("/z/qinghe/").content.decode()


def test_the_palette_gets_titles_kinds_zones_and_addresses(anyone):
    hits = anyone.get("/search.json", {"q": "per_mu_tax"}).json()["hits"]

    assert hits[0]["kind"] == "方法"
    assert hits[0]["address"] == reverse("calculation", args=["enterprises.per_mu_tax"])


def test_the_palette_keeps_to_the_zone_that_is_named(client, qinghe):
    hits = client.get("/search.json", {"q": "项目", "zone": "qinghe"}).json()["hits"]

    assert {hit["zone"] for hit in hits} <= {qinghe.zh, ""}


def test_a_question_is_shown_as_text(client, db):
    answer = client.get("/search/", {"q": "<script>"}).content.decode()

    assert "&lt;script&gt;" in answer
    assert "<script>" not in answer


def test_nothing_found_says_what_to_try(client, db):
    assert "拼音" in client.get("/search/", {"q": "无此事物"}).content.decode()


def test_english_readers_see_english_titles(client, db):
    answer = client.get(
        "/search/", {"q": "enterprises.per_mu_tax"}, headers={"Accept-Language": "en"}
    )

    assert "Method" in answer.content.decode()


def test_a_zone_that_is_not_there_is_not_found(client, db):
    assert client.get("/z/nowhere/search/").status_code == 404


@pytest.mark.parametrize("slug", ["xinxiang", "qinghe"])
def test_every_public_address_of_the_index_opens(client, slug, db):
    zone = Zone.objects.get(slug=slug)
    actions.keep_current([zone])
    public = [thing for thing in things(zone) if not thing.members_only]
    # One of each kind and every tenth: each page is drawn by the same view.
    some = {thing.kind: thing for thing in public}.values()

    assert {"promise", "project", "series"} <= {thing.kind for thing in some}
    for thing in [*some, *public[::40]]:
        assert client.get(thing.address).status_code == 200, thing
