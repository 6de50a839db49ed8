"""CKAN's own client finds, searches and reads the catalogue."""

import json
from types import SimpleNamespace

import ckanapi
import pytest
from ckanapi import CKANAPIError, NotAuthorized, NotFound, SearchQueryError, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db


@pytest.fixture
def ckan(client):
    """CKAN's client; each of its calls is a request to our service."""

    class App:
        def post(self, url, params, headers, **_):
            place = "/" + url.removeprefix("http://testserver").lstrip("/")
            answer = client.post(place, params, content_type="application/json")
            return SimpleNamespace(status=f"{answer.status_code} ", body=answer.content.decode())

    return ckanapi.TestAppCKAN(App())


def test_ckans_client_finds_the_site_and_its_data_sets(ckan):
    assert ckan.action.site_read() is True
    assert ckan.action.status_show()["site_url"] == "http://testserver"
    assert {"qinghe-facts", "xinxiang-promises"} <= set(ckan.action.package_list())
    assert ckan.action.organization_list() == ["xinxiang", "qinghe"]


def test_ckans_client_reads_a_data_set_and_one_of_its_resources(ckan):
    found = ckan.action.package_show(id="xinxiang-projects")
    resource = ckan.action.resource_show(id=found["resources"][0]["id"])

    assert found["organization"]["name"] == "xinxiang"
    assert resource["url"] == "http://testserver/z/xinxiang/projects/?export=csv"
    assert found["license_id"] == "notspecified"


def test_ckans_client_searches_by_words_and_by_fields(ckan):
    found = ckan.action.package_search(q="生产总值", fq="organization:qinghe", rows=5)

    assert found["count"] >= 1
    assert {one["organization"]["name"] for one in found["results"]} == {"qinghe"}


WHOLE = {"promises", "verdicts", "facts", "projects", "findings"}


@pytest.mark.parametrize(
    ("question", "kinds", "places"),
    [
        ({"fq": "tags:facts"}, {"facts"}, {"qinghe", "xinxiang"}),
        ({"fq": "+tags:facts +organization:qinghe"}, {"facts"}, {"qinghe"}),
        ({"fq": 'organization:"qinghe" AND tags:facts'}, {"facts"}, {"qinghe"}),
        ({"fq": "tags:(facts OR verdicts) -organization:xinxiang"}, {"facts", "verdicts"},
         {"qinghe"}),
        ({"fq": "NOT tags:series"}, WHOLE, {"qinghe", "xinxiang"}),
        ({"fq": "organization:qing* -tags:series"}, WHOLE, {"qinghe"}),
        ({"fq_list": ["tags:facts", "organization:qinghe"]}, {"facts"}, {"qinghe"}),
        ({"q": "name:qinghe-facts"}, {"facts"}, {"qinghe"}),
        ({"q": "title:规划承诺"}, {"promises"}, {"qinghe", "xinxiang"}),
        ({"q": '"Qinghe Sample Zone: Promises"'}, {"promises"}, {"qinghe"}),
        ({"q": "*:*", "fq": "metadata_modified:[2000-01-01T00:00:00Z TO *] -tags:series"}, WHOLE,
         {"qinghe", "xinxiang"}),
        ({"q": "res_format:OC4IDS"}, {"projects"}, {"qinghe", "xinxiang"}),
    ],
)  # fmt: skip
def test_ckans_client_asks_in_the_words_of_solr(ckan, question, kinds, places):
    found = ckan.action.package_search(**question, rows=1000)["results"]

    assert {one["tags"][0]["name"] for one in found} == kinds
    assert {one["organization"]["name"] for one in found} == places


@pytest.mark.parametrize(
    "question",
    [{"fq": "moon:1"}, {"q": "(a"}, {"q": "a OR"}, {"q": "AND"}, {"sort": "moon asc"},
     {"sort": "name up"}, {"facet.field": ["moon"]}, {"fq_list": 3}, {"facet.field": "["}],
)  # fmt: skip
def test_ckans_client_is_told_that_a_search_cannot_be_read(ckan, question):
    with pytest.raises(SearchQueryError):
        ckan.action.package_search(**question)


@pytest.mark.parametrize(("sort", "turned"), [("name asc", False), ("name desc", True)])
def test_ckans_client_gets_the_order_that_it_asks_for_and_page_after_page(ckan, sort, turned):
    every = ckan.action.package_list()
    pages = [ckan.action.package_search(sort=sort, start=start, rows=50)["results"]
             for start in range(0, len(every), 50)]  # fmt: skip

    names = [one["name"] for page in pages for one in page]
    assert names == sorted(every, reverse=turned)


def test_the_last_changed_comes_first_where_no_order_is_asked_for(ckan):
    found = ckan.action.package_search(rows=1000)

    changed = [one["metadata_modified"] for one in found["results"]]
    assert changed == sorted(changed, reverse=True)
    assert found["sort"] == "score desc, metadata_modified desc"


def test_facets_count_what_was_found(ckan):
    fields = {"facet.field": ["organization", "tags", "res_format", "groups"]}
    found = ckan.action.package_search(fq="-tags:series", rows=0, **fields)

    assert found["facets"]["organization"] == {"qinghe": 5, "xinxiang": 5}
    assert found["facets"]["groups"] == {}
    assert found["facets"]["res_format"]["OC4IDS"] == 2
    items = found["search_facets"]["tags"]["items"]
    assert {(one["name"], one["count"]) for one in items} == {(kind, 2) for kind in WHOLE}


def test_ckans_client_lists_zones_tags_and_forms(ckan):
    call = ckan.action
    shown = call.organization_show(id="qinghe", include_datasets=True)

    assert shown["package_count"] == len(shown["packages"])
    assert [one["title"] for one in call.organization_list(all_fields=True)] == [
        "新乡经济技术开发区", "青禾示范区",
    ]  # fmt: skip
    assert call.tag_list() == sorted({*WHOLE, "series"})
    assert len(call.tag_show(id="facts", include_datasets=True)["packages"]) == 2
    assert call.group_list() == call.organization_list_for_user() == []
    assert call.format_autocomplete(q="sdmx") == ["sdmx-csv", "sdmx-json"]
    assert call.package_autocomplete(q="qinghe-fa")[0]["name"] == "qinghe-facts"
    assert {one["format"] for one in call.resource_search(query="format:xlsx")["results"]} == {
        "XLSX"
    }


@pytest.mark.parametrize("call", ["group_show", "tag_show", "organization_show", "resource_show"])
def test_ckans_client_is_told_what_is_not_there_and_what_is_missing(ckan, call):
    with pytest.raises(NotFound):
        ckan.call_action(call, {"id": "moon"})
    with pytest.raises(ValidationError):
        ckan.call_action(call)


@pytest.mark.parametrize("call", ["package_create", "resource_update", "organization_delete"])
def test_ckans_client_is_told_that_it_may_not_write(ckan, call):
    with pytest.raises(NotAuthorized):
        ckan.call_action(call, {"id": "qinghe-facts"})


def test_a_site_says_that_it_is_a_ckan(client):
    assert client.get("/api/3").json() == {"version": 3}


def test_a_body_of_json_is_read_whatever_kind_it_is_said_to_be(client):
    answer = client.post(
        "/api/3/action/package_show", '{"id": "qinghe-facts"}',
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert answer.json()["result"]["name"] == "qinghe-facts"


def test_ckans_client_is_told_what_is_wrong_in_its_own_way(ckan):
    with pytest.raises(NotFound):
        ckan.action.package_show(id="nothing")
    with pytest.raises(ValidationError):
        ckan.action.package_show()
    with pytest.raises(CKANAPIError):
        ckan.action.package_delete(id="qinghe-facts")


@pytest.mark.parametrize("body", ["[", "[]", "1", '{"rows": "many"}', '{"fq": "moon:1"}'])
def test_a_call_that_cannot_be_read_is_refused(client, body):
    response = client.post("/api/3/action/package_search", body, content_type="application/json")

    assert response.status_code in (400, 409)
    assert response.json()["success"] is False


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    action=st.sampled_from(["package_show", "package_search", "resource_show", "package_list"]),
    given=st.dictionaries(
        st.sampled_from(
            ["id", "q", "fq", "fq_list", "rows", "start", "limit", "sort", "facet.field"]
        ),
        st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20),
                  st.lists(st.text(max_size=3), max_size=2)),
    ),
)  # fmt: skip
def test_no_call_breaks_the_service(client, action, given):
    body = json.dumps(given)
    response = client.post(f"/api/3/action/{action}", body, content_type="application/json")

    assert response.status_code in (200, 400, 404, 409)
    assert response.json()["success"] is (response.status_code == 200)


def test_ckan_can_be_asked_by_an_address_too(client):
    found = client.get("/api/3/action/package_show?id=qinghe-facts").json()

    assert found["success"] is True
    assert client.get(found["help"]).json()["success"] is True
