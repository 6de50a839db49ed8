"""The catalogues of a published copy lead to its own files, from a folder and without a server."""

import json
import re
from html import unescape
from os.path import dirname, join, normpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph

from tests.commands import lantu

# The library calls its own older names.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
NAMES = ["catalog.ttl", "catalog.jsonld", "catalog.rdf"]


@pytest.fixture(scope="module")
def copy(home, tmp_path_factory) -> Path:
    """The sample zone in English; nobody has said under which address it is reached."""
    folder = tmp_path_factory.mktemp("catalogue") / "copy"
    done = lantu("publish", str(folder), "--zone", "qinghe", "--language", "en", home=home)
    assert done.returncode == 0, done.stderr
    return folder


def graph_of(copy, name):
    file = copy / "en" / name
    form = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}[file.suffix[1:]]
    return Graph().parse(data=file.read_bytes(), format=form, publicID=file.as_uri())


def file_at(address):
    parts = urlsplit(str(address))
    assert parts.scheme == "file", address
    return Path(unquote(parts.path))


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_the_catalogue_names_lies_in_the_copy(copy, name):
    graph = graph_of(copy, name)

    addresses = [*graph.objects(None, DCAT.downloadURL), *graph.objects(None, DCAT.accessURL)]
    pages = list(graph.objects(None, DCAT.landingPage))
    assert len(addresses) > 100
    assert [one for one in {*addresses, *pages} if not file_at(one).is_file()] == []


def test_every_data_set_can_be_fetched_and_only_those_of_the_zone_are_there(copy):
    graph = graph_of(copy, "catalog.ttl")
    names = {str(graph.value(one, DCTERMS.identifier)): one
             for one in graph.subjects(RDF.type, DCAT.Dataset)}  # fmt: skip

    assert {name.partition("-")[0] for name in names} == {"qinghe"}
    forms = {
        name: {file_at(graph.value(form, DCAT.downloadURL)).name
               for form in graph.objects(one, DCAT.distribution)}
        for name, one in names.items()
    }  # fmt: skip
    assert forms["qinghe-facts"] == {"facts.sdmx.csv", "facts.sdmx.json", "facts.json"}
    assert {"verdicts.sdmx.csv", "qinghe-2021-2025-verdicts.json"} <= forms["qinghe-verdicts"]
    assert all(forms.values())


def test_the_forms_of_the_catalogue_are_one_graph(copy):
    graphs = [
        {tuple(str(part).replace(name, "catalogue") for part in triple)
         for triple in graph_of(copy, name)}
        for name in NAMES
    ]  # fmt: skip

    assert graphs[0] == graphs[1] == graphs[2]


def test_search_engines_are_led_to_the_files_from_the_page_and_from_beside_it(copy):
    place = copy / "en/z/qinghe/data"
    page = (place / "index.html").read_text(encoding="utf-8")
    (inside,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)

    for told in (json.loads(inside), json.loads((place / "schema.jsonld").read_bytes())):
        addresses = [
            form["contentUrl"] for one in told["dataset"] for form in one["distribution"]
        ]  # fmt: skip
        assert addresses
        found = [normpath(join(place, unquote(one))) for one in addresses]
        assert [one for one in found if not Path(one).is_file()] == []


def test_the_data_package_leads_to_tables_below_it_with_the_columns_that_it_tells(copy):
    told = json.loads((copy / "qinghe-en.datapackage.json").read_bytes())
    tables = {one["name"]: one for one in told["resources"]}

    assert {"qinghe-promises.csv", "qinghe-facts.sdmx-csv", "qinghe-findings.csv"} <= set(tables)
    for one in tables.values():
        # Of the standard: a path leads neither up nor from the top; that to a file is no address.
        assert not re.match(r"/|\.\.|[a-z]+:", one["path"]) and "scheme" not in one
        head = (copy / one["path"]).read_text("utf-8-sig").partition("\n")[0].strip().split(",")
        columns = [field["name"] for field in one.get("schema", {"fields": []})["fields"]]
        assert columns in ([], head)


def test_without_an_address_the_page_tells_that_a_promise_cannot_be_framed_from_here(copy):
    page = (copy / "en/z/qinghe/data/index.html").read_text(encoding="utf-8")

    assert "needs the running system" in page and "iframe" not in page
    assert 'href="../../../../qinghe-en.datapackage.json"' in page


def test_the_page_of_open_data_leads_to_the_data_as_sdmx(copy):
    file = copy / "en/z/qinghe/data/index.html"
    links = {unescape(one) for one in re.findall(r'href="([^"]*)"', file.read_text("utf-8"))}

    found = {normpath(join(dirname(file), unquote(one))) for one in links}
    wanted = {"facts.sdmx.csv", "facts.sdmx.json", "facts.sdmx-structure.xml", "facts.json"}
    assert {str(copy / "data/qinghe" / name) for name in wanted} <= found


def test_nothing_leads_to_an_address_that_nobody_has_set(copy):
    catalogues = [*(copy / "en" / name for name in NAMES), *copy.rglob("schema.jsonld"),
                  *copy.glob("*.datapackage.json"), *copy.glob("en/z/**/*.html")]  # fmt: skip

    assert [one for one in catalogues if b"localhost" in one.read_bytes()] == []
