"""Keys, filters and forms of SDMX: what is asked is what comes, and what cannot be read is said."""

import csv
import io
import json
import shutil
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from lantu.core.plans.folder import find
from lantu.kernel.commitments.actions import load_folder
from lantu.kernel.facts.actions import import_file, supersede
from lantu.kernel.facts.models import Observation
from lantu.services.opendata.sdmx.forms import DATA
from lantu.services.opendata.sdmx.model import code_id

pytestmark = pytest.mark.django_db
FACTS = "/sdmx/data/dataflow/LANTU/FACTS_QINGHE/1.0.0/"
VERDICTS = "/sdmx/data/dataflow/LANTU/VERDICTS_QINGHE/1.0.0/"
GDP = code_id("生产总值")
CSV = "text/csv"
JSON = "application/json"


@pytest.fixture
def table(ask):
    def read(address):
        status, body = ask(address, CSV)
        assert status == 200, body
        return list(csv.DictReader(io.StringIO(body.decode())))

    return read


def test_a_key_gives_one_series(table):
    rows = table(f"{FACTS}{GDP}.*.level.*.*.*.*.*")

    assert {row["INDICATOR"] for row in rows} == {GDP}
    assert {row["KIND"] for row in rows} == {"level"}


def test_a_plus_in_a_key_is_a_choice_and_a_comma_another_key(table):
    one = table(f"{VERDICTS}*.gdp+hightech?c[TIME_PERIOD]=2022")
    other = table(f"{VERDICTS}*.gdp,*.hightech?c[TIME_PERIOD]=2022")

    assert {row["PROMISE"] for row in one} == {"gdp", "hightech"}
    assert one == other


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("?startPeriod=2023", {"2023", "2024", "2025"}),
        ("?endPeriod=2022", {"2021", "2022"}),
        ("?c[TIME_PERIOD]=ge:2022%2Ble:2023", {"2022", "2023"}),
        ("?c[TIME_PERIOD]=ne:2022", {"2021", "2023", "2024", "2025"}),
        ("?c[TIME_PERIOD]=2021,2025", {"2021", "2025"}),
        ("?c[TIME_PERIOD]=gt:2023-06", {"2024", "2025"}),
        ("?firstNObservations=2", {"2021", "2022"}),
        ("?lastNObservations=1", {"2025"}),
    ],
)
def test_times_are_chosen_as_the_standard_says(table, query, years):
    assert {row["TIME_PERIOD"] for row in table(f"{VERDICTS}*.gdp{query}")} == years


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("gdp", {"gdp"}),
        ("ew:gdp", {"gdp"}),
        ("eq:gdp,hightech", {"gdp", "hightech"}),
    ],
)
def test_a_component_is_filtered_by_its_codes(table, text, codes):
    assert {row["PROMISE"] for row in table(f"{VERDICTS}*?c[PROMISE]={text}")} == codes


def test_codes_that_are_left_out_are_not_there(table):
    found = {row["PROMISE"] for row in table(f"{VERDICTS}*?c[PROMISE]=ne:gdp%2Bne:hightech")}

    assert found
    assert not found & {"gdp", "hightech"}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ge:2022%2Ble:2023,2025", {"2022", "2023", "2025"}),
        ("ne:2021%2Bne:2022", {"2023", "2024", "2025"}),
        ("ne:2021,2021", {"2021", "2022", "2023", "2024", "2025"}),
    ],
)
def test_a_comma_is_or_and_a_plus_is_and_which_binds_closer(table, text, years):
    rows = table(f"{VERDICTS}*.gdp?c[TIME_PERIOD]={text}")

    assert {row["TIME_PERIOD"] for row in rows} == years


def test_values_and_attributes_are_filtered_too_and_what_is_unknown_fits_no_filter(table):
    late = table(f"{VERDICTS}*?c[OBS_VALUE]=lt:0.5&c[TIME_PERIOD]=2025")
    states = table(f"{VERDICTS}*?c[STATE]=no-data,behind&c[TIME_PERIOD]=2025")

    assert late
    assert all(Decimal(row["OBS_VALUE"]) < Decimal("0.5") for row in late)
    assert {row["STATE"] for row in states} <= {"no-data", "behind"}
    assert any(row["OBS_VALUE"] == "" for row in states)


def test_dimensions_that_a_key_leaves_out_at_its_end_are_all(table):
    assert table(f"{FACTS}{GDP}") == table(f"{FACTS}{GDP}.*.*.*.*.*.*.*")


def test_a_long_answer_comes_page_after_page(table):
    every = table(f"{FACTS}*")

    pages = [table(f"{FACTS}*?offset={start}&limit=50") for start in range(0, len(every), 50)]
    assert [row for page in pages for row in page] == every


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
    _status, body = ask(address, JSON)
    structure = json.loads(body)["data"]["structures"][0]
    told = [*structure["measures"]["observation"], *structure["attributes"]["observation"]]
    cells = next(iter(json.loads(body)["data"]["dataSets"][0]["observations"].values()))

    assert heads - set(table(address)[0]) == gone
    assert {one["id"] for one in told} == {"OBS_VALUE", "OBS_STATUS", "STATE", "JUDGED_YEAR"} - gone
    assert len(cells) == len(told)


def test_series_by_series_json_has_each_key_once_with_its_times(ask):
    _status, flat = ask(f"{FACTS}*", JSON)
    _status, grouped = ask(f"{FACTS}*?dimensionAtObservation=TIME_PERIOD", JSON)
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


def once(pairs):
    """An object of JSON, in which no name may stand twice."""
    assert len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs)


def test_the_last_figure_of_a_series_is_one_also_where_a_source_prints_twice(table, clerk, qinghe):
    rows = ["棚数,青禾示范区,2022,3,座,level", "棚数,青禾示范区,2022,4,座,level",
            "棚数,青禾示范区,2023,5,座,level", "棚数,青禾示范区,2023,6,座,level"]  # fmt: skip
    sheet = "\n".join(["indicator,subject,period,value,unit,kind", *rows])
    import_file(qinghe, sheet.encode(), name="sheds.csv", by=clerk)

    found = table(f"{FACTS}{code_id('棚数')}?lastNObservations=1")
    assert [(row["PRINTING"], row["TIME_PERIOD"]) for row in found] == [
        ("1", "2023"),
        ("2", "2023"),
    ]


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


def test_what_was_not_yet_known_is_not_there(table):
    rows = table(f"{FACTS}{GDP}.*.level.*.*.*.*.*?c[TIME_PERIOD]=2021&asOf=2022-02-01")

    assert [row["OBS_VALUE"] for row in rows] == ["137.3"]


def test_a_corrected_figure_stands_in_the_place_of_the_old_one(table, clerk):
    old = Observation.objects.get(zone__slug="qinghe", indicator__zh="生产总值", value="137.0")
    supersede(old, value=Decimal("136.5"), reason="复核", known_on=date(2026, 1, 9), by=clerk)

    values = {
        row["OBS_VALUE"] for row in table(f"{FACTS}{GDP}.*.level.*.*.*.*.*?c[TIME_PERIOD]=2021")
    }
    assert "136.5" in values
    assert "137.0" not in values


def test_code_lists_are_made_once_for_each_state_of_the_zone(ask):
    address = "/sdmx/structure/codelist/LANTU/CL_INDICATOR_QINGHE"
    first = ask(address, JSON)

    with CaptureQueriesContext(connection) as seen:
        again = ask(address, JSON)

    assert codes_in(again[1]) == codes_in(first[1])
    assert not [one for one in seen.captured_queries if "observation" in one["sql"].lower()]


def test_an_amended_plan_and_a_new_figure_change_the_code_lists(ask, clerk, qinghe, tmp_path):
    promises, indicators = (
        f"/sdmx/structure/codelist/LANTU/CL_{name}_QINGHE" for name in ("PROMISE", "INDICATOR")
    )
    before = {one: codes_in(ask(one, JSON)[1]) for one in (promises, indicators)}
    folder = tmp_path / "qinghe-2021-2025"
    shutil.copytree(find("qinghe-2021-2025"), folder)
    chapter = sorted((folder / "commitments").glob("*.yaml"))[0]
    more = "- {code: more-sheds, kind: task, title: {zh: 再建几座棚, en: More sheds}}\n"
    chapter.write_text(chapter.read_text(encoding="utf-8") + more, encoding="utf-8")

    load_folder(folder)
    sheet = "indicator,subject,period,value,unit,kind\n棚数,青禾示范区,2024,3,座,level\n"
    import_file(qinghe, sheet.encode(), name="sheds.csv", by=clerk)

    assert codes_in(ask(promises, JSON)[1]) - before[promises] == {"more-sheds"}
    assert codes_in(ask(indicators, JSON)[1]) - before[indicators] == {code_id("棚数")}


def codes_in(body):
    (found,) = json.loads(body)["data"]["codelists"]
    return {one["id"] for one in found["codes"]}


def test_a_period_within_a_year_is_a_day_and_a_length(table):
    rows = table(f"{FACTS}*?c[TIME_PERIOD]=2021-01-01/P6M")

    assert {row["TIME_PERIOD"] for row in rows} == {"2021-01-01/P6M"}


def test_what_a_source_does_not_say_is_a_code_of_its_own(table):
    rows = table("/sdmx/data/dataflow/LANTU/FACTS_XINXIANG/1.0.0")

    assert "_U" in {row["SCOPE"] for row in rows}
    assert "" not in {row[name] for row in rows for name in ("SCOPE", "VINTAGE", "SOURCE")}


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
    ("address", "accept", "status", "number"),
    [
        ("/sdmx/data/dataflow/LANTU/NONE/1.0.0", "*/*", 404, 100),
        ("/sdmx/data/dataflow/NOBODY/FACTS_QINGHE", "*/*", 404, 100),
        (f"{VERDICTS}*.none", "*/*", 404, 100),
        (f"{VERDICTS}*.gdp.more", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?startPeriod=yesterday", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?c[MOON]=1", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?moon=1", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?firstNObservations=0", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp", "image/png", 406, 406),
        (f"{VERDICTS}*.gdp?includeHistory=true", "*/*", 501, 501),
        ("/sdmx/metadata/dataflow/LANTU/FACTS_QINGHE", "*/*", 501, 501),
        (f"{VERDICTS}*.gdp?updatedAfter=2024-01-01", "*/*", 501, 501),
        (f"{VERDICTS}*.gdp?dimensionAtObservation=PROMISE", "*/*", 501, 501),
        (f"{VERDICTS}*.gdp?dimensionAtObservation=MOON", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?attributes=MOON", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?measures=MOON", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?c[OBS_VALUE]=many", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?c[OBS_VALUE]=co:1", "*/*", 400, 140),
        ("/sdmx/data/dataflow/LANTU/VERDICTS_QINGHE/9.0.0", "*/*", 404, 100),
        ("/sdmx/availability/dataflow/LANTU/VERDICTS_QINGHE/1.0.0/*.none", "*/*", 404, 100),
        ("/sdmx/availability/dataflow/LANTU/VERDICTS_QINGHE/1.0.0/*/MOON", "*/*", 400, 140),
        ("/sdmx/availability/dataflow/LANTU/VERDICTS_QINGHE?mode=moon", "*/*", 400, 140),
        ("/sdmx/availability/dataflow/LANTU/VERDICTS_QINGHE?references=moon", "*/*", 400, 140),
        ("/sdmx/schema/dataflow/LANTU/NONE", "*/*", 404, 100),
        ("/sdmx/structure/moon", "*/*", 400, 140),
        ("/sdmx/structure/codelist/LANTU/CL_NONE", "*/*", 404, 100),
        ("/sdmx/structure/codelist/LANTU/CL_STATE/9.0.0", "*/*", 404, 100),
    ],
)
def test_a_question_that_has_no_answer_is_told_so_in_the_form_of_the_standard(
    ask, address, accept, status, number
):
    found, body = ask(address, accept)

    assert (found, json.loads(body)["errors"][0]["code"]) == (status, number)


def test_a_fault_is_told_in_xml_to_those_who_ask_for_xml(ask):
    status, body = ask(
        "/sdmx/structure/dataflow/LANTU/NONE", "application/vnd.sdmx.structure+xml;version=3.0.0"
    )

    message = etree.fromstring(body).find("{*}ErrorMessage")
    assert (status, message.get("code")) == (404, "100")


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", {"dataflows"}),
        ("?references=children", {"dataflows", "dataStructures"}),
        ("?references=descendants", {
            "dataflows", "dataStructures", "codelists", "conceptSchemes", "agencySchemes"}),
        ("?references=codelist", {"dataflows", "codelists"}),
    ],
)  # fmt: skip
def test_a_structure_comes_with_what_it_refers_to_where_that_is_asked(ask, query, kinds):
    _status, body = ask(f"/sdmx/structure/dataflow/LANTU/FACTS_QINGHE/~{query}", JSON)

    assert set(json.loads(body)["data"]) == kinds


def test_a_code_list_leads_up_to_the_flows_of_its_zone_only(ask):
    _status, body = ask("/sdmx/structure/codelist/LANTU/CL_UNIT_QINGHE?references=all", JSON)

    assert [one["id"] for one in json.loads(body)["data"]["dataflows"]] == ["FACTS_QINGHE"]


def test_partial_references_are_the_concepts_of_the_flow_alone(ask):
    address = "/sdmx/structure/dataflow/LANTU/VERDICTS_QINGHE?references=all"
    _status, whole = ask(address, JSON)
    _status, part = ask(f"{address}&detail=referencepartial", JSON)

    named = [
        {one["id"] for one in json.loads(body)["data"]["conceptSchemes"][0]["concepts"]}
        for body in (whole, part)
    ]
    assert named[1] < named[0]
    assert named[1] == {
        "TIME_PERIOD", "OBS_VALUE", "PLAN", "PROMISE", "OBS_STATUS", "STATE", "JUDGED_YEAR",
    }  # fmt: skip


@pytest.mark.parametrize("detail", ["allstubs", "allcompletestubs"])
def test_stubs_have_names_and_no_contents_and_say_so(ask, detail):
    _status, body = ask(f"/sdmx/structure/codelist/LANTU/*/*?detail={detail}", JSON)

    lists = json.loads(body)["data"]["codelists"]
    assert all("codes" not in one and one["isExternalReference"] for one in lists)


@pytest.mark.parametrize("detail", ["referencestubs", "referencecompletestubs"])
def test_what_was_asked_for_is_whole_where_only_references_are_stubs(ask, detail):
    address = f"/sdmx/structure/dataflow/LANTU/FACTS_QINGHE?references=all&detail={detail}"
    data = json.loads(ask(address, JSON)[1])["data"]

    assert "structure" in data["dataflows"][0]
    assert all("codes" not in one for one in data["codelists"])
    assert "dataStructureComponents" not in data["dataStructures"][0]


def test_all_structures_come_where_no_type_is_named(ask):
    found = [json.loads(ask(f"/sdmx/structure{end}", JSON)[1])["data"] for end in ("", "/", "/*")]

    assert found[0] == found[1] == found[2]
    assert len(found[0]["dataflows"]) == 4


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.sampled_from(["/sdmx/data/", "/sdmx/structure/", VERDICTS, "/sdmx/"]),
    path=st.text(max_size=40),
    name=st.sampled_from(["c[TIME_PERIOD]", "c[PROMISE]", "startPeriod", "asOf", "format", "x"]),
    value=st.text(max_size=30),
)
def test_no_question_breaks_the_service(client, start, path, name, value):
    response = client.get(start + path.replace("?", "").replace("#", ""), {name: value})

    assert response.status_code in (200, 301, 400, 404, 406, 501)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    key=st.from_regex(r"[a-z*+.,_]{0,12}", fullmatch=True),
    value=st.from_regex(r"((eq|ne|lt|le|gt|ge|co|sw):)?[0-9A-Za-z,+:/-]{0,14}", fullmatch=True),
)
def test_no_key_and_no_filter_breaks_the_service(client, key, value):
    for name in ("c[TIME_PERIOD]", "c[PROMISE]"):
        response = client.get(VERDICTS + key, {name: value})

        assert response.status_code in (200, 400, 404)
