"""The catalogue as harvesters read it: DCAT against shapes, schema.org, and CKAN's own client."""

import io
import json
from types import SimpleNamespace

import ckanapi
import pytest
from ckanapi import CKANAPIError, NotFound, ValidationError
from django.conf import settings as site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

# The library knows DCAT 2 only.
IN_SERIES = URIRef(f"{DCAT}inSeries")
pytestmark = [
    pytest.mark.django_db,
    # The libraries of the checks call each other's older names.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
# What DCAT-AP 3 makes mandatory, and what a harvester of ours needs beside it.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

[] a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:uniqueLang true ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:description ; sh:minCount 1 ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ;
  sh:property [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .
[] a sh:NodeShape ; sh:targetClass foaf:Agent ;
  sh:property [ sh:path foaf:name ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 2 ; sh:uniqueLang true ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:description ; sh:minCount 2 ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:identifier ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path dct:spatial ; sh:minCount 1 ; sh:class dct:Location ] ;
  sh:property [ sh:path dct:temporal ; sh:maxCount 1 ; sh:class dct:PeriodOfTime ] ;
  sh:property [ sh:path dct:modified ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ;
  sh:property [ sh:path dcat:inSeries ; sh:class dcat:DatasetSeries ] ;
  sh:property [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dcat:mediaType ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetClass dct:PeriodOfTime ;
  sh:property [ sh:path dcat:startDate ; sh:minCount 1 ; sh:datatype xsd:date ] ;
  sh:property [ sh:path dcat:endDate ; sh:minCount 1 ; sh:datatype xsd:date ] .
"""  # noqa: E501
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def graph(client):
    return Graph().parse(data=client.get("/catalog.ttl").content, format="turtle")


@pytest.fixture
def ckan(client):
    """CKAN's client; each of its calls is a request to our service."""

    class App:
        def post(self, url, params, headers, **_):
            place = "/" + url.removeprefix("http://testserver").lstrip("/")
            answer = client.post(place, params, content_type="application/json")
            return SimpleNamespace(status=f"{answer.status_code} ", body=answer.content.decode())

    return ckanapi.TestAppCKAN(App())


def test_the_catalogue_keeps_to_the_shapes_of_dcat(graph):
    conforms, _report, text = validate(graph, shacl_graph=Graph().parse(data=SHAPES))

    assert conforms, text


def test_the_shapes_would_find_what_is_missing(graph):
    graph.remove((None, DCTERMS.publisher, None))

    assert not validate(graph, shacl_graph=Graph().parse(data=SHAPES))[0]


def test_both_forms_of_the_catalogue_are_the_same_graph(client, graph):
    other = Graph().parse(data=client.get("/catalog.jsonld").content, format="json-ld")

    assert set(graph) == set(other)


def test_every_address_of_a_distribution_answers(client, graph):
    wholes = [
        subject
        for subject in graph.subjects(RDF.type, DCAT.Dataset)
        if (subject, IN_SERIES, None) not in graph
    ]
    addresses = {
        str(address).removeprefix("http://testserver")
        for subject in wholes
        for form in graph.objects(subject, DCAT.distribution)
        for address in graph.objects(form, DCAT.accessURL)
    }

    assert len(wholes) == 10
    assert {one: client.get(one).status_code for one in addresses} == dict.fromkeys(addresses, 200)


def test_a_series_is_in_the_series_of_its_zone_and_its_data_are_its_own(client, graph):
    whole = URIRef("http://testserver/catalog#qinghe-facts")
    part = sorted(graph.subjects(IN_SERIES, whole))[0]
    form = next(graph.objects(part, DCAT.distribution))
    address = next(graph.objects(form, DCAT.accessURL))

    response = client.get(str(address).removeprefix("http://testserver"))

    assert response.status_code == 200


def test_a_licence_is_stated_only_where_one_is_known(client, graph, monkeypatch):
    monkeypatch.setattr(site, "DATA_LICENCE", LICENCE)
    licensed = Graph().parse(data=client.get("/catalog.ttl").content, format="turtle")

    assert not list(graph.objects(None, DCTERMS.license))
    assert set(licensed.objects(None, DCTERMS.license)) == {URIRef(LICENCE)}


def test_search_engines_are_told_of_each_data_set_of_the_zone_and_of_no_other(client):
    told = json.loads(client.get("/z/xinxiang/data/schema.jsonld").content)

    assert told["@type"] == "DataCatalog"
    assert {one["identifier"].split("-")[0] for one in told["dataset"]} == {"xinxiang"}
    assert all(len(one["description"]) >= 50 for one in told["dataset"])


def test_an_invented_data_set_says_so_wherever_it_is_listed(client):
    told = json.loads(client.get("/z/qinghe/data/schema.jsonld").content)

    assert all("虚构样例" in one["description"] for one in told["dataset"])


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
        st.sampled_from(["id", "q", "fq", "rows", "start", "limit"]),
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


def test_findings_are_a_table_too(client):
    text = client.get("/z/xinxiang/data/findings.csv").content.decode("utf-8-sig")

    assert io.StringIO(text).readline().startswith("plan,id,rule,result")
    assert "contradicts" in text
