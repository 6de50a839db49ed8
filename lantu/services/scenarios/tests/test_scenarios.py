"""A scenario is an assumption: drafts stay inside, somebody else releases, no figure changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from lantu.core.errors import Refused
from lantu.core.whatif.levers import Policy, Project
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.commitments.queries import commitments, current_plan
from lantu.kernel.facts.models import Observation
from lantu.services.scenarios import actions, queries, sample
from lantu.services.scenarios.models import Scenario, Version

pytestmark = pytest.mark.django_db
END_OF_2023 = date(2023, 12, 31)
WORKS = Project("Works", into="gdp", output=Decimal(6), runs_from=2024)


@pytest.fixture
def plan(qinghe):
    return current_plan(qinghe)


@pytest.fixture
def scenario(qinghe, plan, planner):
    return actions.begin(qinghe, plan, title="Works", as_of=END_OF_2023, by=planner, levers=[WORKS])


def newest(scenario):
    return scenario.versions.order_by("number").last()


def test_each_year_says_which_lever_moved_it_and_the_probability_rises(scenario):
    [line] = queries.page(newest(scenario), "en").lines

    assert line.code == "gdp" and line.outcome.last == 2023
    assert [year.moved for year in line.outcome.years] == [6, 6]
    chance, before = line.outcome.chance, line.outcome.chance_before
    assert chance.probability > before.probability


def test_it_adds_no_figure_and_changes_no_verdict(qinghe, plan, planner):
    from lantu.core.plans.standing import Question

    asked = Question(date(2025, 12, 31))
    before = ([one.verdict for one in commitments(plan.name, asked)], Observation.objects.count())
    found = actions.begin(qinghe, plan, title="x", as_of=END_OF_2023, by=planner, levers=[WORKS])
    queries.page(newest(found), "en")

    after = ([one.verdict for one in commitments(plan.name, asked)], Observation.objects.count())
    assert before == after


def test_every_change_is_a_version_of_its_own_and_on_record(scenario, plan, planner):
    actions.pull(scenario, plan, Policy("Grant", "gdp", Decimal(1), since=2024), by=planner)
    actions.take_out(scenario, plan, 1, by=planner)

    titles = [[one.title for one in v.pulled()] for v in scenario.versions.all()]
    assert titles == [["Works"], ["Works", "Grant"], ["Grant"]]
    acts = LedgerEntry.objects.filter(object_type="scenario").values_list("act", flat=True)
    assert sorted(acts) == ["begin", "pull", "take-out"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(scenario=scenario).update(levers=[])


def test_only_somebody_else_releases_it_and_only_the_newest(scenario, plan, planner, leader):
    with pytest.raises(Refused, match="Ask a colleague"):
        actions.release(newest(scenario), by=planner)
    actions.release(newest(scenario), by=leader)
    with pytest.raises(Refused, match="already"):
        actions.release(newest(scenario), by=leader)

    actions.take_out(scenario, plan, 1, by=planner)

    with pytest.raises(Refused, match="without levers"):
        actions.release(newest(scenario), by=leader)
    with pytest.raises(Refused, match="changed since"):
        actions.release(scenario.versions.get(number=1), by=leader)


@pytest.mark.parametrize(
    ("title", "day"), [(" ", END_OF_2023), ("x", date(2019, 1, 1)), ("x", date(2031, 1, 1))]
)
def test_one_that_cannot_be_meant_is_not_begun(qinghe, plan, planner, title, day):
    with pytest.raises(Refused):
        actions.begin(qinghe, plan, title=title, as_of=day, by=planner)


def test_a_draft_is_seen_by_the_office_and_a_released_version_by_everybody(
    client, scenario, planner, leader, plan
):
    address = reverse("scenario", args=["qinghe", scenario.number])
    assert client.get(address).status_code == 404
    assert client.get(f"/api/v1/zones/qinghe/scenarios/{scenario.number}").status_code == 404

    actions.release(newest(scenario), by=leader)
    actions.pull(scenario, plan, Policy("Secret", "gdp", Decimal(1), since=2024), by=planner)

    page = client.get(address).content.decode()
    assert "Works" in page and "Secret" not in page
    told = client.get(f"/api/v1/zones/qinghe/scenarios/{scenario.number}").json()
    assert told["assumption"] is True and told["version"] == 1
    assert told["promises"][0]["years"][0]["moves"][0]["amount"] == "6.000"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_says_that_it_is_an_assumption(client, scenario, planner, language):
    client.force_login(planner)
    mark = {"zh-hans": "本页内容均为假设", "en": "Everything on this page is an assumption"}
    for address in (
        reverse("scenarios", args=["qinghe"]),
        reverse("scenario", args=["qinghe", scenario.number]),
        reverse("scenarios_beside", args=["qinghe"]) + f"?with={scenario.number}",
    ):
        response = client.get(address, headers={"Accept-Language": language})
        assert mark[language] in response.content.decode(), address


def test_a_planner_pulls_and_takes_out_a_lever_by_hand(client, scenario, planner):
    client.force_login(planner)
    to = reverse("scenario_pull", args=["qinghe", scenario.number, "project"])
    asked = {"title": "Plant", "into": "gdp", "output": "2.5", "runs_from": "2025",
             "invested_into": "foreign-capital", "investment": "2024: 0.3；2025: 0.2",
             "delay_risk": "20"}  # fmt: skip

    assert client.post(to, asked).status_code == 302
    lever = newest(scenario).pulled()[-1]
    assert lever.investment == {2024: Decimal("0.3"), 2025: Decimal("0.2")}
    assert (lever.output, lever.delay, lever.delay_risk) == (Decimal("2.5"), 0, Decimal(20))

    for wrong in ({"investment": "3.5"}, {"output": "many"}, {"runs_from": ""}, {"title": ""}):
        assert client.post(to, asked | wrong).status_code == 400, wrong
    page = client.get(reverse("scenario", args=["qinghe", scenario.number])).content.decode()
    assert '<input type="hidden" name="version" value="2">' in page
    away = reverse("scenario_take_out", args=["qinghe", scenario.number])
    client.post(away, {"place": "2", "version": "2"})
    assert [one.title for one in newest(scenario).pulled()] == ["Works"]
    again = client.post(away, {"place": "1", "version": "2"})  # the page of a slower colleague
    assert (again.status_code, newest(scenario).number) == (400, 3)
    assert "此后已有改动，请查看最新版本。" in again.content.decode()


def test_who_wrote_it_is_told_that_somebody_else_releases_it(client, scenario, planner, leader):
    page, to = f"/z/qinghe/scenarios/{scenario.number}/", "/release/"
    shown = []
    for person in (planner, leader):
        client.force_login(person)
        text = client.get(page, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        shown.append((to in text, "released by somebody who did not write it" in text))

    assert shown == [(False, True), (True, False)]


def test_a_leader_releases_only_the_version_that_was_read(client, scenario, plan, planner, leader):
    client.force_login(leader)
    to = reverse("scenario_release", args=["qinghe", scenario.number])
    actions.pull(scenario, plan, Policy("Grant", "gdp", Decimal(1), since=2024), by=planner)

    refused = client.post(to, {"version": "1"})

    assert (refused.status_code, client.post(to, {"version": "9"}).status_code) == (400, 404)
    assert "此后已有改动，请查看最新版本。" in refused.content.decode()
    assert 'name="version" value="2"' in refused.content.decode()
    assert client.post(to, {"version": "2"}).status_code == 302


def test_two_beside_each_other_differ_by_the_lever_alone(qinghe, plan, planner, scenario):
    late = actions.begin(
        qinghe, plan, title="Late", as_of=END_OF_2023, by=planner,
        levers=[Project("Works", into="gdp", output=Decimal(6), runs_from=2024, delay=1)],
    )  # fmt: skip
    pages = [queries.page(newest(one), "en") for one in (scenario, late)]

    [row] = queries.beside(pages)

    on_time, delayed = (cell.outcome for cell in row.cells)
    assert on_time.chance_before == delayed.chance_before
    assert [year.moved for year in delayed.years] == [0, 6]
    assert on_time.chance == delayed.chance  # by 2025 both run


def test_what_is_refused_says_what_is_missing(qinghe, plan, planner):
    lever = Project("Secret", into="gdp", runs_from=2025)
    found = actions.begin(qinghe, plan, title="x", as_of=END_OF_2023, by=planner, levers=[lever])

    [line] = queries.page(newest(found), "en").lines

    assert line.refusal.endswith("Missing: Secret") and line.outcome.end_after is None


def test_the_sample_is_loaded_once_and_into_an_invented_zone_only(qinghe, xinxiang):
    for _ in range(2):
        sample.load(qinghe)

    assert Scenario.objects.filter(zone=qinghe).count() == 2
    with pytest.raises(Refused):
        sample.load(xinxiang)


def test_the_real_zone_has_no_scenario_and_says_so(client, xinxiang):
    page = client.get(reverse("scenarios", args=["xinxiang"]), headers={"Accept-Language": "en"})

    assert "No scenario is released" in page.content.decode()


def test_the_ranking_is_an_interval_and_says_what_is_unknown(client, qinghe):
    address = reverse("ranking_simulated", args=["qinghe"])
    english = {"Accept-Language": "en"}
    page = client.get(address + "?opening=60-80&innovation=50", headers=english).content.decode()

    assert "No rank follows from it" in page and "What is not known" in page
    assert ">25.5<" in page and ">86.5<" in page  # 18 + 7.5, and 24 + 7.5 + 15 + 10 + 30
    assert client.get(address + "?opening=many").status_code == 400
    assert "No rank follows" not in client.get(address, headers=english).content.decode()


def test_an_assumed_score_that_is_none_is_told_by_the_name_of_its_part(client, qinghe):
    address = reverse("ranking_simulated", args=["qinghe"])
    answer = client.get(address, {"opening": "many", "green": "70"})

    assert answer.status_code == 400
    assert "对外开放：“many”不是得分" in answer.content.decode()


def test_the_ranking_over_http_is_an_interval_from_the_askers_own_scores(client, qinghe):
    root = "/api/v1/zones/qinghe/ranking"
    open_all, found = (
        client.get(root + asked).json()
        for asked in ("", "?scores=opening:60-80&scores=innovation:50")
    )

    assert (open_all["low"], open_all["high"]) == ("0", "100")
    assert (Decimal(found["low"]), Decimal(found["high"])) == (Decimal("25.5"), Decimal("86.5"))
    assert found["assumption"] and found["widest"] == "quality" and len(found["unknown"]) == 3
    by_key = {part["key"]: part for part in found["parts"]}
    assert by_key["opening"]["assumed"] == ["60", "80"]
    assert by_key["green"]["assumed"] is None


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        ("opening", 422, "scores"),
        ("opening:80-60", 404, "is no score"),
        ("opening:101", 404, "is no score"),
        ("rank:5", 404, "rank is no part"),
        ("opening:5&scores=opening:6", 404, "stands twice"),
    ],
)
def test_a_score_that_cannot_be_is_refused_over_http(client, qinghe, wrong, status, told):
    answer = client.get(f"/api/v1/zones/qinghe/ranking?scores={wrong}")

    assert (answer.status_code, told in answer.json()["detail"]) == (status, True)
