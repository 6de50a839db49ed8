"""A policy is appraised before it comes and afterwards; somebody else than the author publishes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lantu.core.errors import Refused
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.commitments.queries import current_plan
from lantu.services.appraisal import actions
from lantu.services.appraisal.rules import ASKED

pytestmark = pytest.mark.django_db
END_OF_2024 = date(2024, 12, 31)
BEFORE = dict.fromkeys(ASKED["before"], "写明")
AFTER = {"effect": "有效", "cost": "200万元", "end": "amend", "reason": "标准过低"}


def write(qinghe, planner, sort="before", **more):
    given = {"title": "研发奖补", "codes": ["patents"], "by": planner,
             "texts": BEFORE if sort == "before" else AFTER}  # fmt: skip
    return actions.write(qinghe, current_plan(qinghe), sort, **given | more)


def release(case, leader):
    actions.take_further(case, "release", by=leader, note="同意")
    case.refresh_from_db()
    return case


def test_only_somebody_else_publishes_it_and_each_step_is_on_record(qinghe, planner, person):
    case = write(qinghe, planner)
    both = person("rosa", "reviewer")
    with pytest.raises(Refused):
        actions.take_further(case, "release", by=planner, note="同意")

    assert release(case, both).state == "released"
    assert LedgerEntry.objects.filter(object_key__contains=case.key).count() >= 2


def test_an_author_who_is_a_leader_too_does_not_publish_his_own(qinghe, leader):
    with pytest.raises(Refused, match="Ask a colleague"):
        release(write(qinghe, leader), leader)


def test_one_afterwards_freezes_the_verdicts_that_it_names(qinghe, planner, leader):
    first = release(write(qinghe, planner), leader)
    case = write(qinghe, planner, "after", before=first.key, as_of=END_OF_2024)

    [verdict] = case.terms["verdicts"]
    assert (verdict["code"], case.terms["before"]) == ("patents", first.key)
    assert verdict["state"] and verdict["figures"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": " "}, "name of the policy"),
        ({"codes": []}, "at least one"),
        ({"codes": ["strange"]}, "promises of the plan"),
        ({"texts": BEFORE | {"competition": " "}}, "Every part"),
        ({"sort": "after"}, "needs the day"),
        ({"sort": "after", "as_of": END_OF_2024, "before": "before-9"}, "not published"),
        ({"sort": "after", "as_of": END_OF_2024, "texts": AFTER | {"end": "?"}}, "keep, amend"),
    ],
)
def test_what_is_missing_is_refused_with_what_to_do(qinghe, planner, more, says):
    with pytest.raises(Refused, match=says):
        write(qinghe, planner, **more)


def test_everybody_reads_it_once_it_is_published_and_not_before(client, qinghe, planner, leader):
    case = write(qinghe, planner)
    address = reverse("appraisal", args=["qinghe", case.key])
    assert client.get(address).status_code == 404
    assert "研发奖补" not in client.get(reverse("appraisals", args=["qinghe"])).content.decode()

    release(case, leader)

    page = client.get(address).content.decode()
    assert "研发奖补" in page and "公平竞争审查" in page
    assert "研发奖补" in client.get(reverse("appraisals", args=["qinghe"])).content.decode()

    yesterday = f"?as_of={case.opened_on - timedelta(days=1)}"
    assert client.get(address + yesterday).status_code == 404
    then = client.get(reverse("appraisals", args=["qinghe"]) + yesterday).content.decode()
    assert "研发奖补" not in then


def test_a_planner_writes_and_a_leader_gives_back_by_hand(client, qinghe, planner, leader):
    client.force_login(planner)
    to = reverse("appraisal_write", args=["qinghe", "before"])
    asked = BEFORE | {"title": "研发奖补", "codes": ["patents", "gdp"]}
    assert client.get(to).status_code == 200
    assert client.post(to, asked | {"risk": ""}).status_code == 400
    assert client.post(to, asked).status_code == 302

    client.force_login(leader)
    act = reverse("appraisal_act", args=["qinghe", "before-1"])
    assert client.post(act, {"act": "give_back", "note": ""}).status_code == 400
    assert client.post(act, {"act": "give_back", "note": "缺成本"}).status_code == 302
    assert client.post(act, {"act": "release", "note": "同意"}).status_code == 400


def test_an_appraisal_afterwards_is_written_by_hand(client, qinghe, planner):
    client.force_login(planner)
    to = reverse("appraisal_write", args=["qinghe", "after"])
    asked = AFTER | {"title": "研发奖补", "codes": ["patents"], "as_of": "2024-12-31"}

    assert client.post(to, asked).status_code == 302
    page = client.get(reverse("appraisal", args=["qinghe", "after-1"]))
    assert "修改" in page.content.decode()


def test_the_api_gives_what_was_published_and_nothing_else(client, qinghe, planner, leader):
    first = write(qinghe, planner)
    last = write(qinghe, planner, "after", as_of=END_OF_2024)
    for case, act in ((first, "give_back"), (last, "release")):
        actions.take_further(case, act, by=leader, note="同意")
    write(qinghe, planner)
    root = "/api/v1/zones/qinghe/appraisals"

    assert [one["key"] for one in client.get(root).json()] == ["after-1"]
    for key in ("before-1", "before-2", "after-7"):
        assert client.get(f"{root}/{key}").status_code == 404
    found = client.get(f"{root}/after-1").json()
    assert (found["sort"], found["policy"], found["as_of"]) == ("after", "研发奖补", "2024-12-31")
    assert (found["texts"], found["promises"]) == (AFTER, ["patents"])
    [verdict] = found["verdicts"]
    assert verdict["state"] and verdict["figures"][0]["value"]


def test_the_api_shows_no_more_to_who_signed_in(client, qinghe, planner):
    case = write(qinghe, planner)
    client.force_login(planner)

    assert client.get(f"/api/v1/zones/qinghe/appraisals/{case.key}").status_code == 404
    assert client.get("/api/v1/zones/qinghe/appraisals").json() == []
