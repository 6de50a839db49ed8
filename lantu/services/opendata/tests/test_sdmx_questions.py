"""Keys and filters of SDMX: what is asked is what comes, and what cannot be read is said."""

import json
import shutil
from datetime import date
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from lantu.core.plans.folder import find
from lantu.kernel.commitments.actions import load_folder
from lantu.kernel.facts.actions import import_file, supersede
from lantu.kernel.facts.models import Observation
from lantu.services.opendata.sdmx.model import code_id

pytestmark = pytest.mark.django_db
FACTS = "/sdmx/data/dataflow/LANTU/FACTS_QINGHE/1.0.0/"
VERDICTS = "/sdmx/data/dataflow/LANTU/VERDICTS_QINGHE/1.0.0/"
GDP = code_id("生产总值")
JSON = "application/json"


def test_a_key_gives_one_series(table):
    rows = table(f"{FACTS}{GDP}.*.level.*.*.*.*.*")

    assert {row["INDICATOR"] for row in rows} == {GDP}
    assert {row["KIND"] for row in rows} == {"level"}


def test_an_answer_lists_the_values_that_are_in_it_and_no_others(ask):
    _, body = ask(f"{FACTS}{GDP}.*.level.*.*.*.*.*", JSON)

    (structure,) = json.loads(body)["data"]["structures"]
    indicators = structure["dimensions"]["series"][0]["values"]
    assert [(one["id"], one["name"]) for one in indicators] == [(GDP, "生产总值")]


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


def test_what_was_not_yet_known_is_not_there(table):
    rows = table(f"{FACTS}{GDP}.*.level.*.*.*.*.*?c[TIME_PERIOD]=2021&asOf=2022-02-01")

    assert [row["OBS_VALUE"] for row in rows] == ["137.3"]


@pytest.mark.parametrize(
    ("sort", "shown"),
    [
        ("PROMISE:desc+TIME_PERIOD:desc", [("hightech", "2023"), ("hightech", "2022"),
                                           ("gdp", "2023"), ("gdp", "2022")]),
        ("series_key", [("gdp", "2022"), ("gdp", "2023"), ("hightech", "2022"),
                        ("hightech", "2023")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["csv", "json"])
def test_observations_come_in_the_order_asked_for(ask, table, sort, shown, form):
    address = f"{VERDICTS}*.gdp+hightech?startPeriod=2022&endPeriod=2023&sort={sort}"
    if form == "csv":
        assert [(row["PROMISE"], row["TIME_PERIOD"]) for row in table(address)] == shown
        return

    data = json.loads(ask(address, JSON)[1])["data"]
    (parts,) = data["structures"]
    promises = [one["id"] for one in parts["dimensions"]["series"][1]["values"]]
    years = [one["value"] for one in parts["dimensions"]["observation"][0]["values"]]
    assert [
        (promises[int(key.split(":")[1])], years[int(time)])
        for key, series in data["dataSets"][0]["series"].items()
        for time in series["observations"]
    ] == shown


def test_the_largest_value_comes_first_where_values_are_sorted(table):
    rows = table(f"{FACTS}{GDP}.*.level.*.*.*.*.*?sort=OBS_VALUE:desc")
    values = [Decimal(row["OBS_VALUE"]) for row in rows]

    assert values == sorted(values, reverse=True) and len(set(values)) > 3


def test_verdicts_of_a_past_day_are_of_the_years_that_were_over_then(table):
    rows = table(f"{VERDICTS}*?asOf=2023-06-30")

    assert {row["TIME_PERIOD"] for row in rows} == {"2021", "2022"}


def test_a_corrected_figure_stands_in_the_place_of_the_old_one(table, clerk):
    old = Observation.objects.get(zone__slug="qinghe", indicator__zh="生产总值", value="137.0")
    supersede(old, value=Decimal("136.5"), reason="复核", known_on=date(2026, 1, 9), by=clerk)

    values = {
        row["OBS_VALUE"] for row in table(f"{FACTS}{GDP}.*.level.*.*.*.*.*?c[TIME_PERIOD]=2021")
    }
    assert "136.5" in values
    assert "137.0" not in values


def test_only_what_came_or_was_corrected_since_a_moment_is_sent(table, ask, clerk):
    old = Observation.objects.get(zone__slug="qinghe", indicator__zh="生产总值", value="137.0")
    moment = timezone.now().isoformat()
    asked = f"{FACTS}*?updatedAfter={quote(moment)}"
    before, _ = ask(asked)

    supersede(old, value=Decimal("136.5"), reason="复核", known_on=date(2026, 1, 9), by=clerk)

    (row,) = table(asked)
    everything = [one for one in table(f"{FACTS}*") if one["OBS_VALUE"] == "136.5"]
    assert before == 404
    assert [row] == everything
    assert table(f"{VERDICTS}*?updatedAfter={quote(moment)}")


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
        (f"{FACTS}*?includeHistory=true&limit=3", "*/*", 501, 501),
        (f"{FACTS}{GDP}?includeHistory=true&startPeriod=2090", "*/*", 404, 100),
        ("/sdmx/metadata/dataflow/LANTU/FACTS_QINGHE", "*/*", 501, 501),
        (f"{VERDICTS}*.gdp?sort=MOON", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?sort=PROMISE:up", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?updatedAfter=yesterday", "*/*", 400, 140),
        (f"{VERDICTS}*.gdp?updatedAfter=2999-01-01", "*/*", 404, 100),
        (f"{VERDICTS}*?updatedAfter=2024-01-01&asOf=2023-12-31", "*/*", 400, 140),
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
