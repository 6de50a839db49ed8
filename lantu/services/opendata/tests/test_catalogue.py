"""The catalogue as harvesters read it: DCAT against shapes, and schema.org."""

import io
import json
import re

import pytest
from django.conf import settings as site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, URIRef

from lantu.kernel.facts.actions import import_file

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
# What kind of thing each link leads to, as DCAT-AP 2.1 and 3.0 ask without following it; and what
# stands there once at most.
RANGES = {
    "dcat:Catalog": """dct:publisher foaf:Agent, foaf:homepage foaf:Document,
      dct:language dct:LinguisticSystem, dct:license dct:LicenseDocument,
      dcat:themeTaxonomy skos:ConceptScheme, dcat:dataset dcat:Dataset""",
    "dcat:Dataset": """dct:publisher foaf:Agent, dcat:landingPage foaf:Document,
      dct:language dct:LinguisticSystem, dct:spatial dct:Location, dct:temporal dct:PeriodOfTime,
      dct:accessRights dct:RightsStatement, dcat:theme skos:Concept,
      dcat:inSeries dcat:DatasetSeries, dcat:distribution dcat:Distribution""",
    "dcat:Distribution": """dcat:accessURL rdfs:Resource, dcat:downloadURL rdfs:Resource,
      dcat:mediaType dct:MediaType, dct:format dct:MediaTypeOrExtent,
      dct:conformsTo dct:Standard, dct:license dct:LicenseDocument""",
}
ONCE = {
    "dcat:Catalog": "dct:publisher foaf:homepage dct:license dct:modified",
    "dcat:Dataset": "dct:publisher dct:modified dct:accessRights dct:accrualPeriodicity",
    "dcat:Distribution": "dcat:mediaType dct:format dct:license dct:modified",
    "dct:PeriodOfTime": "dcat:startDate dcat:endDate",
}
NEEDED = {
    "foaf:Agent": "foaf:name", "skos:Concept": "skos:prefLabel", "skos:ConceptScheme": "dct:title",
    "dcat:DatasetSeries": "dct:title dct:description", "dcat:Dataset": "dcat:keyword dcat:theme",
    "dcat:Catalog": "dct:language foaf:homepage",
}  # fmt: skip
LINES = [
    *((of, f"sh:path {pair.split()[0]} ; sh:class {pair.split()[1]}")
      for of, text in RANGES.items() for pair in text.split(",")),
    *((of, f"sh:path {path} ; sh:maxCount 1")
      for of, text in ONCE.items() for path in text.split()),
    *((of, f"sh:path {path} ; sh:minCount 1")
      for of, text in NEEDED.items() for path in text.split()),
]  # fmt: skip
SHAPES += """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
""" + "\n".join(
    f"[] a sh:NodeShape ; sh:targetClass {of} ; sh:property [ {line} ] ." for of, line in LINES
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def graph(client, monkeypatch):
    monkeypatch.setattr(site, "DATA_LICENCE", LICENCE)
    return Graph().parse(data=client.get("/catalog.ttl").content, format="turtle")


def test_the_catalogue_keeps_to_the_shapes_of_dcat(graph):
    conforms, _report, text = validate(graph, shacl_graph=Graph().parse(data=SHAPES))

    assert conforms, text


def test_the_shapes_would_find_what_is_missing(graph):
    graph.remove((None, RDF.type, FOAF.Document))

    assert not validate(graph, shacl_graph=Graph().parse(data=SHAPES))[0]


@pytest.mark.parametrize(("ending", "form"), [("jsonld", "json-ld"), ("rdf", "xml")])
def test_every_form_of_the_catalogue_is_the_same_graph(client, graph, ending, form):
    other = Graph().parse(data=client.get(f"/catalog.{ending}").content, format=form)

    assert set(graph) == set(other)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("text/turtle;q=0.5, application/ld+json;q=0.9", "application/ld+json"),
        ("text/html, */*;q=0.1", "text/turtle"),
        ("", "text/turtle"),
    ],
)
def test_the_catalogue_comes_in_the_form_that_is_asked_for(client, accept, kind):
    response = client.get("/catalog", headers={"accept": accept})

    assert response.headers["Content-Type"].partition(";")[0] == kind
    assert "Accept" in response.headers["Vary"].split(", ")


def test_the_catalogue_is_written_once_until_a_zone_has_changed(client, clerk, qinghe):
    before = client.get("/catalog.ttl").content
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/catalog.ttl").content == before
    sheet = "indicator,subject,period,value,unit,kind\n棚数,青禾示范区,2024,3,座,level\n"
    import_file(qinghe, sheet.encode(), name="sheds.csv", by=clerk)

    assert not [one for one in seen.captured_queries if "observation" in one["sql"].lower()]
    assert "棚数" in client.get("/catalog.ttl").content.decode()


def test_what_form_the_catalogue_does_not_have_is_said_plainly(client):
    response = client.get("/catalog", headers={"accept": "image/png"})

    assert response.status_code == 406
    assert "text/turtle" in response.content.decode()


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


def test_a_zone_is_the_publisher_of_its_data(graph):
    publishers = {
        str(graph.value(one, DCTERMS.identifier)): {
            name.value for name in graph.objects(graph.value(one, DCTERMS.publisher), FOAF.name)
        }
        for one in graph.subjects(RDF.type, DCAT.Dataset)
    }

    assert publishers["qinghe-facts"] == {"青禾示范区", "Qinghe Sample Zone"}
    assert "新乡经济技术开发区" in publishers["xinxiang-projects"]


def test_a_series_is_in_the_series_of_its_zone_and_its_data_are_its_own(client, graph):
    whole = URIRef("http://testserver/catalog#qinghe-facts")
    part = sorted(graph.subjects(IN_SERIES, whole))[0]
    form = next(graph.objects(part, DCAT.distribution))
    address = next(graph.objects(form, DCAT.accessURL))

    response = client.get(str(address).removeprefix("http://testserver"))

    assert response.status_code == 200


def test_a_licence_is_stated_only_where_one_is_known(client, graph, monkeypatch):
    monkeypatch.setattr(site, "DATA_LICENCE", "")
    bare = Graph().parse(data=client.get("/catalog.ttl").content, format="turtle")

    assert not list(bare.objects(None, DCTERMS.license))
    assert set(graph.objects(None, DCTERMS.license)) == {URIRef(LICENCE)}


def test_search_engines_are_told_of_each_data_set_of_the_zone_and_of_no_other(client):
    told = json.loads(client.get("/z/xinxiang/data/schema.jsonld").content)

    assert told["@type"] == "DataCatalog"
    assert {one["identifier"].split("-")[0] for one in told["dataset"]} == {"xinxiang"}
    # What search engines ask for, or advise; a licence only where one is named.
    wanted = {
        "name",
        "description",
        "creator",
        "distribution",
        "temporalCoverage",
        "identifier",
        "spatialCoverage",
        "isAccessibleForFree",
        "variableMeasured",
        "keywords",
        "url",
    }
    assert all(50 <= len(one["description"]) <= 5000 for one in told["dataset"])
    assert [one["identifier"] for one in told["dataset"] if not all(map(one.get, wanted))] == []


def test_search_engines_find_the_data_sets_in_the_page_itself(client):
    page = client.get("/z/xinxiang/data/").content.decode()
    (inside,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)

    told = json.loads(inside)
    facts = next(one for one in told["dataset"] if one["identifier"] == "xinxiang-facts")

    assert len(told["dataset"]) == 5
    assert (facts["@type"], facts["name"]) == ("Dataset", "新乡经济技术开发区：公开数据")
    assert facts["publisher"]["name"] == "新乡经济技术开发区"
    assert {one["@type"] for one in facts["distribution"]} == {"DataDownload"}


def test_what_a_name_holds_does_not_end_the_data_in_the_page(client, xinxiang):
    type(xinxiang).objects.filter(pk=xinxiang.pk).update(zh="</script><b>")
    page = client.get("/z/xinxiang/data/").content.decode()

    (inside,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(inside)["dataset"][0]["publisher"]["name"] == "</script><b>"


def test_an_invented_data_set_says_so_wherever_it_is_listed(client):
    told = json.loads(client.get("/z/qinghe/data/schema.jsonld").content)

    assert all("虚构样例" in one["description"] for one in told["dataset"])


def test_findings_are_a_table_too(client):
    text = client.get("/z/xinxiang/data/findings.csv").content.decode("utf-8-sig")

    assert io.StringIO(text).readline().startswith("plan,id,rule,result")
    assert "contradicts" in text


def test_the_tables_of_a_zone_are_a_data_package_whose_columns_are_those_of_the_tables(client):
    told = client.get("/z/qinghe/data/datapackage.json").json()
    paths = {one["name"]: one["path"].removeprefix("http://testserver")
             for one in told["resources"]}  # fmt: skip

    assert {"qinghe-promises.csv", "qinghe-facts.sdmx-csv", "qinghe-findings.csv"} <= set(paths)
    for one in told["resources"]:
        response = client.get(paths[one["name"]])
        body = b"".join(response) if response.streaming else response.content
        head = body.decode("utf-8-sig").partition("\r\n")[0].split(",")
        assert [field["name"] for field in one.get("schema", {"fields": []})["fields"]] in (
            [],
            head,
        )
