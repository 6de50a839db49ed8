"""The projects as OC4IDS 0.9 takes them: what must be there, and of what type and list each is.

The rules are told here in our own words, after the standard's project and package schemas; those
files are not copied. They are stricter than the standard in one thing: a name that it does not
know is refused, so that a slip of the pen is found.
"""

import json

import jsonschema
import pytest

from lantu.kernel.commitments import queries as commitments

pytestmark = pytest.mark.django_db
TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": r"^https?://[!-~]+$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
STATUSES = [
    "identification", "preparation", "implementation", "completion", "completed", "cancelled",
]  # fmt: skip


def thing(*needed, **fields):
    return {
        "type": "object",
        "required": list(needed),
        "properties": fields,
        "additionalProperties": False,
    }


def many(one, least=0):
    return {"type": "array", "items": one, "minItems": least, "uniqueItems": True}


PROJECT = thing(
    "id",
    id=TEXT,
    title=TEXT,
    description=TEXT,
    status={"enum": STATUSES},
    period=thing(startDate=MOMENT, endDate=MOMENT),
    locations=many(thing("id", id=TEXT, description=TEXT)),
    budget=thing(
        amount=thing("amount", "currency", amount={"type": "number"}, currency={"const": "CNY"})
    ),
    parties=many(thing("id", id=TEXT, name=TEXT)),
    documents=many(
        thing(
            "id", id=TEXT, documentType={"enum": ["projectPlan"]}, title=TEXT, url=ADDRESS,
            format={"const": "text/html"},
        )
    ),
)  # fmt: skip
PACKAGE = thing(
    "uri", "publisher", "publishedDate", "projects", "version",
    uri=ADDRESS,
    publisher=thing("name", name=TEXT, uri=ADDRESS),
    publishedDate=MOMENT,
    projects=many(PROJECT, least=1),
    version={"type": "string", "pattern": r"^\d+\.\d+$"},
)  # fmt: skip


def package(client, zone):
    return json.loads(client.get(f"/z/{zone}/projects.oc4ids.json").content)


@pytest.mark.parametrize("zone", ["qinghe", "xinxiang"])
def test_the_projects_keep_to_what_oc4ids_requires(client, zone):
    told = package(client, zone)

    jsonschema.validate(told, PACKAGE)
    assert len({one["id"] for one in told["projects"]}) == len(told["projects"])


@pytest.mark.parametrize(
    "spoilt",
    [
        {"status": "done"}, {"stauts": "completed"}, {"id": ""},
        {"period": {"endDate": "2025-12-31"}}, {"locations": [{"description": "x"}]},
        {"budget": {"amount": {"amount": "5", "currency": "CNY"}}},
    ],
)  # fmt: skip
def test_these_rules_find_what_the_standard_refuses(client, spoilt):
    told = package(client, "qinghe")
    told["projects"][0] |= spoilt

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, PACKAGE)


def test_a_firm_that_the_plan_names_is_a_party_and_never_called_an_authority(client):
    owners = {one.owner for one in commitments.plan("xinxiang-2021-2025").projects if one.owner}

    told = package(client, "xinxiang")["projects"]

    assert {body["name"] for one in told for body in one.get("parties", ())} == owners
    assert not any("publicAuthority" in one for one in told)


def test_a_project_without_a_printed_investment_has_no_budget(client):
    plan = commitments.plan("xinxiang-2021-2025")
    told = json.loads(client.get("/z/xinxiang/projects.oc4ids.json").content)

    budgets = {
        one["id"].removeprefix(f"lantu-{plan.name}-"): one["budget"]["amount"]["amount"]
        for one in told["projects"]
        if "budget" in one
    }
    stated = {one.code: one.investment for one in plan.projects if one.investment is not None}
    assert budgets == {code: value * 100_000_000 for code, value in stated.items()}


def test_only_a_project_that_is_known_to_be_done_is_called_completed(client):
    told = json.loads(client.get("/z/qinghe/projects.oc4ids.json").content)

    done = {one["id"][-4:] for one in told["projects"] if one.get("status") == "completed"}
    assert done == {"q-01", "q-02", "q-05", "q-06", "q-09", "q-10"}
