"""The projects as OC4IDS 0.9 takes them: which fields there are, of what kind, and from which list.

The facts are those of release 0.9.5, restated in a form of our own; nothing is copied. Source:
github.com/open-contracting/infrastructure, schema/project-level: project-schema.json at commit
40b557327e0638e2d60189d552bbf7fb9e2a70c1, project-package-schema.json at
f584ae79e1899ce971446bfc19f8944200b91bae, codelists/documentType.csv at
75f4a37c38fb5766d9ad5aec84650d68b9c9edf9.

They are stricter than the standard in two things: a name that it does not know is refused, and so
is a code outside an open list, so that a slip of the pen is found.
"""

import json
import re
from datetime import date, timedelta

import jsonschema
import pytest
from django.db.models import Max
from django.utils.timezone import localtime

from lantu.core.plans import wire
from lantu.core.plans.records import Happening
from lantu.kernel.access.models import Zone
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.commitments.models import Plan, Record

pytestmark = pytest.mark.django_db

KINDS = {
    "text": {"type": "string", "minLength": 1},
    "word": {"type": ["string", "null"]},
    "whole": {"type": "integer"},
    "point": {
        "type": "object",
        "required": ["type", "coordinates"],
        "additionalProperties": False,
        "properties": {
            "type": {"const": "Point"},  # of the shapes of GeoJSON those that we send
            "coordinates": {
                "type": "array",
                "minItems": 2,
                "maxItems": 2,
                "items": {"type": "number"},
            },
        },
    },
    "area": {
        "type": "object",
        "required": ["type", "coordinates"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": ["Polygon", "MultiPolygon"]},
            "coordinates": {"type": "array", "minItems": 1, "items": {"type": "array"}},
        },
    },
    "number": {"type": "number"},
    "version": {"type": "string", "pattern": r"^\d+\.\d+$"},
    "address": {"type": "string", "pattern": r"^https?://([!$&-;=?-Z_a-z~#\[\]]|%[0-9A-F]{2})+$"},
    "moment": {
        "type": "string",
        "pattern": r"^\d{4}-(0\d|1[0-2])-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)$",
    },
}
KINDS["place"] = {"oneOf": [KINDS["point"], KINDS["area"]]}
CODES = {
    "status": "identification preparation implementation completion maintenance decommissioning"
    " decommissioned cancelled",
    "type": "construction maintenance rehabilitation replacement expansion decommissioning",
    "met": "scheduled met notMet partiallyMet",
    # Of these lists only what we send; the first is closed, the other is open.
    "currency": "CNY",
    "document_type": "projectPlan projectScope",
}
# An exclamation mark: must be there. In brackets: a list of one or more, no two the same.
FIELDS = {
    "package": "uri!address publisher!publisher publishedDate!moment projects![project]"
    " version!version license:address publicationPolicy:address",
    "publisher": "name!text scheme:word uid:word uri:address",
    "project": "id!text updated:moment language:text identifiers:[identifier] title:text"
    " description:text status:status type:type sector:[text] purpose:text period:period"
    " locations:[location] budget:budget parties:[party] publicAuthority:reference"
    " milestones:[milestone] completion:completion documents:[document]"
    " additionalClassifications:[classification] identificationPeriod:period"
    " preparationPeriod:period implementationPeriod:period completionPeriod:period"
    " maintenancePeriod:period decommissioningPeriod:period assetLifetime:period",
    "identifier": "id!text scheme:text",
    "classification": "scheme:text id:text description:text uri:address",
    "period": "startDate:moment endDate:moment maxExtentDate:moment durationInDays:whole",
    "location": "id!text description:text geometry:place uri:text",
    "budget": "description:text amount:value requestDate:moment approvalDate:moment",
    # The standard lets an amount stand without a currency; its checker counts that as a fault.
    "value": "amount!number currency!currency",
    "party": "name:text id:text roles:[text]",
    "reference": "name:text id:text",
    "milestone": "id!text title:text type:text description:text code:text"
    " dueDate:moment dateMet:moment dateModified:moment status:met value:value",
    "completion": "endDate:moment endDateDetails:text finalValue:value finalValueDetails:text"
    " finalScope:text finalScopeDetails:text",
    "document": "id!text documentType:document_type title:text description:text url:address"
    " datePublished:moment dateModified:moment format:text language:text pageStart:text"
    " pageEnd:text accessDetails:text author:text",
}


def rule(kind):
    """What JSON Schema says of a kind, a code list, an object or a list of them."""
    if kind.startswith("["):
        return {"type": "array", "items": rule(kind[1:-1]), "minItems": 1, "uniqueItems": True}
    if kind in KINDS:
        return KINDS[kind]
    if codes := CODES.get(kind):
        return {"enum": codes.split()}
    fields = [one.replace("!", ":").split(":") for one in FIELDS[kind].split()]
    return {
        "type": "object",
        "minProperties": 1,
        "required": [one.split("!")[0] for one in FIELDS[kind].split() if "!" in one],
        "properties": {name: rule(of) for name, of in fields},
        "additionalProperties": False,
    }


PACKAGE = rule("package")


def package(client, zone):
    return json.loads(client.get(f"/z/{zone}/projects.oc4ids.json").content)


def told(client, zone, code):
    projects = {one["identifiers"][0]["id"]: one for one in package(client, zone)["projects"]}
    return projects[code]


def happened(plan, code, event, day, *, precision="day", url="https://example.org/a"):
    """Something more is known of a project."""
    number = 1 + Record.objects.filter(sort="event").count()
    one = Happening(
        code, "x", event, {"start": "开工", "done": "投产"}[event], day, precision, "y", "报道", url
    )
    Record.objects.create(
        plan=Plan.objects.get(name=plan), sort="event", code=f"{number:05d}-x", place=number,
        terms=wire.dump(one),
    )  # fmt: skip
    commitments.forget()


@pytest.mark.parametrize("zone", ["qinghe", "xinxiang"])
def test_the_projects_keep_to_what_oc4ids_requires(client, zone):
    found = package(client, zone)

    jsonschema.validate(found, PACKAGE)
    assert len({one["id"] for one in found["projects"]}) == len(found["projects"])
    for project in found["projects"]:
        for many in (one for one in project.values() if isinstance(one, list)):
            assert len({one["id"] for one in many}) == len(many)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"status": "done"}, {"status": "completed"}, {"stauts": "completion"}, {"id": ""},
        {"period": {"endDate": "2025-12-31"}}, {"period": {}}, {"title": ""}, {"parties": []},
        {"locations": [{"description": "x"}]}, {"budget": {"amount": {"amount": 5}}},
        {"budget": {"amount": {"amount": "5", "currency": "CNY"}}},
        {"milestones": [{"id": "a", "status": "done"}]}, {"milestones": [{"title": "x"}]},
        {"documents": [{"id": "a", "url": "http://example.org/规划"}]},
        {"documents": [{"id": "a"}, {"id": "a"}]}, {"type": "new"},
    ],
)  # fmt: skip
def test_these_rules_find_what_the_standard_refuses_of_a_project(client, spoilt):
    found = package(client, "qinghe")
    found["projects"][0] |= spoilt

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, PACKAGE)


@pytest.mark.parametrize(
    "spoilt",
    [{"version": "0.9.5"}, {"projects": []}, {"publisher": {"uri": "http://x"}}, {"uri": "x"}],
)
def test_these_rules_find_what_the_standard_refuses_of_a_package(client, spoilt):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(package(client, "qinghe") | spoilt, PACKAGE)


def test_a_zone_whose_plans_name_no_project_has_no_package_and_offers_none(client, qinghe):
    Record.objects.filter(plan__zone=qinghe, sort="project").delete()
    commitments.forget()

    assert client.get("/z/qinghe/projects.oc4ids.json").status_code == 404
    assert "oc4ids" not in client.get("/z/qinghe/data/").content.decode()
    assert "qinghe/projects.oc4ids" not in client.get("/catalog.ttl").content.decode()
    assert "xinxiang/projects.oc4ids" in client.get("/catalog.ttl").content.decode()


def test_a_zone_without_a_plan_has_no_package(client):
    Zone.objects.create(slug="bare", zh="无规划", en="Bare")

    assert client.get("/z/bare/projects.oc4ids.json").status_code == 404
    assert client.get("/z/bare/data/").status_code == 200


def test_the_package_is_of_the_moment_at_which_a_plan_was_last_changed(client, qinghe):
    before = package(client, "qinghe")["publishedDate"]
    later = Plan.objects.aggregate(at=Max("loaded_at"))["at"] + timedelta(days=3)
    Plan.objects.filter(zone=qinghe, name="qinghe-2021-2025").update(loaded_at=later)

    found = package(client, "qinghe")["publishedDate"]
    assert found == localtime(later).isoformat(timespec="seconds")
    assert found > before


def test_a_licence_is_told_only_where_one_is_known(client, settings):
    assert "license" not in package(client, "qinghe")
    settings.DATA_LICENCE = "https://example.org/licence"

    found = package(client, "qinghe")
    assert found["license"] == "https://example.org/licence"
    jsonschema.validate(found, PACKAGE)


def test_a_firm_that_the_plan_names_is_a_party_and_never_called_an_authority(client):
    owners = {one.owner for one in commitments.plan("xinxiang-2021-2025").projects if one.owner}

    found = package(client, "xinxiang")["projects"]

    assert {body["name"] for one in found for body in one.get("parties", ())} == owners
    assert not any("roles" in body for one in found for body in one.get("parties", ()))
    assert not any("publicAuthority" in one for one in found)


def test_a_project_without_a_printed_investment_has_no_budget(client):
    plan = commitments.plan("xinxiang-2021-2025")

    budgets = {
        one["identifiers"][0]["id"]: one["budget"]["amount"]["amount"]
        for one in package(client, "xinxiang")["projects"]
        if "budget" in one
    }
    stated = {one.code: one.investment for one in plan.projects if one.investment is not None}
    assert budgets == {code: value * 100_000_000 for code, value in stated.items()}


def test_only_a_project_that_is_known_to_be_done_is_at_completion(client):
    found = package(client, "qinghe")["projects"]

    done = {one["id"][-4:] for one in found if one.get("status") == "completion"}
    assert done == {"q-01", "q-02", "q-05", "q-06", "q-09", "q-10"}
    assert done == {one["id"][-4:] for one in found if "completion" in one}
    assert told(client, "qinghe", "q-01")["completion"]["endDate"] == "2023-02-25T23:59:59+08:00"


def test_work_that_stands_still_has_no_status_but_its_events_are_told(client):
    found = told(client, "qinghe", "q-03")

    assert "status" not in found
    start, stop = found["milestones"]
    assert (start["title"], start["status"]) == ("开工", "met")
    assert (stop["title"], stop["dateMet"]) == ("停工", "2022-04-20T00:00:00+08:00")
    assert "status" not in stop


def test_a_project_of_which_nothing_is_known_has_neither_status_nor_milestones(client):
    found = told(client, "xinxiang", "p-2-1-07")

    assert not {"status", "milestones", "completion", "period", "budget"} & set(found)


def test_where_only_the_month_is_known_no_day_is_told(client):
    happened("qinghe-2021-2025", "q-12", "done", date(2024, 6, 30), precision="month")

    found = told(client, "qinghe", "q-12")
    milestone = found["milestones"][-1]
    assert (milestone["id"], milestone["status"]) == ("done-2024-06", "met")
    assert "dateMet" not in milestone
    assert "endDate" not in found["completion"]
    assert found["completion"]["endDateDetails"].startswith("2024-06 投产")


def test_two_reports_of_one_event_keep_names_of_their_own(client):
    happened("qinghe-2021-2025", "q-11", "start", date(2021, 12, 15), url="https://example.org/甲")

    found = package(client, "qinghe")
    jsonschema.validate(found, PACKAGE)
    one = told(client, "qinghe", "q-11")
    assert [m["id"] for m in one["milestones"]] == ["start-2021-12-15", "start-2021-12-15-no2"]
    sources = {d["url"] for d in one["documents"] if d["id"].startswith("source")}
    assert sources == {"https://example.org/qinghe/events", "https://example.org/%E7%94%B2"}


def test_the_documents_tell_the_scope_the_place_in_the_plan_and_the_reports(client):
    page, plan, *sources = told(client, "xinxiang", "p-2-1-02")["documents"]
    bare, *_ = told(client, "xinxiang", "p-2-1-07")["documents"]

    assert (page["documentType"], page["url"]) == (
        "projectScope", "http://testserver/z/xinxiang/projects/p-2-1-02/",
    )  # fmt: skip
    assert "年产22万吨" in page["description"]
    assert plan["documentType"] == "projectPlan"
    assert "第二章第一节" in plan["description"]
    assert len(sources) == 2
    assert not {"documentType", "description"} & set(bare)


def test_a_place_is_told_where_the_plan_says_it_else_the_zone_within_its_border(client, qinghe):
    first, last = told(client, "qinghe", "q-01"), told(client, "qinghe", "q-12")

    (where,) = first["locations"]
    assert where["geometry"] == {"type": "Point", "coordinates": [100.0137, 40.0081]}
    (zone,) = last["locations"]
    assert (zone["id"], zone["geometry"]["type"]) == ("qinghe", "Polygon")


def test_of_a_zone_without_an_outline_no_border_is_told(client, xinxiang):
    assert "geometry" not in told(client, "xinxiang", "p-2-1-07")["locations"][0]


@pytest.mark.parametrize("zone", ["qinghe", "xinxiang"])
def test_the_zone_publishes_and_not_the_program(client, zone):
    told = client.get(f"/z/{zone}/projects.oc4ids.json").json()

    name = Zone.objects.get(slug=zone).zh
    assert told["publisher"] == {"name": name, "uri": f"http://testserver/z/{zone}/"}


def test_projects_bear_the_prefix_that_was_registered(client, settings):
    settings.OC4IDS_PREFIX = "oc4ids-abc123"
    told = client.get("/z/qinghe/projects.oc4ids.json").json()

    names = [one["id"] for one in told["projects"]]
    # What the standard's own checker asks of a name.
    assert all(re.match(r"oc4ids-[a-z0-9]{6}.", name) for name in names)
    assert len(set(names)) == len(names)
