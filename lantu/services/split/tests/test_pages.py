"""The pages of the split: a planner hands down, a leader decides, others look or are refused."""

import html
import re

import pytest

from lantu.kernel.access.actions import create_user, grant_role
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.commitments import queries

PLAN = "qinghe-2021-2025"
PAGES = ["/z/qinghe/split/", "/z/qinghe/split/bridges/"]


def person(zone, name, role):
    user = create_user(name, password="a-long-enough-secret", by=None)
    grant_role(user, zone, role, by=None)
    return user


@pytest.fixture
def planner(qinghe):
    return person(qinghe, "dora", "planner")


@pytest.fixture
def leader(qinghe):
    return person(qinghe, "lea", "leader")


def post(client, act, code="bridges", **data):
    return client.post(f"/z/qinghe/split/{code}/{act}/", data)


def split(code="bridges"):
    plan = queries.plan(PLAN)
    return queries.split(plan, next(one for one in plan.commitments if one.code == code))


def test_a_planner_hands_down_and_releases(client, planner):
    client.force_login(planner)

    post(client, "hand-down", department="building", part="lead", value="6")
    answer = post(client, "release")

    assert answer.status_code == 302
    found = split()
    assert (found.is_released, found.balance.remainder) == (True, 0)
    assert "相符" in client.get("/z/qinghe/split/bridges/").content.decode()


def test_what_is_left_open_is_said_in_chinese(client, planner):
    client.force_login(planner)
    post(client, "hand-down", department="building", part="lead", value="2")

    answer = post(client, "release")

    assert answer.status_code == 400
    assert "余4未分解。请继续分解或说明原因。" in answer.content.decode()


def test_a_word_is_no_number(client, planner):
    client.force_login(planner)

    answer = post(client, "hand-down", department="building", part="lead", value="若干")

    assert answer.status_code == 400
    assert "这不是数字。请写成12.5的样子。" in answer.content.decode()


@pytest.mark.parametrize(
    ("code", "figures", "said"),
    [
        ("bridges", {"value": "-1"}, "承担数值为-1，不应小于零。"),
        ("services", {"value": "9", "weight": "0"}, "基数或分母为0，应大于零"),
    ],
)
def test_a_part_below_zero_and_a_base_of_nothing_are_refused(client, planner, code, figures, said):
    client.force_login(planner)

    answer = post(client, "hand-down", code=code, department="building", part="lead", **figures)

    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_the_form_asks_for_what_the_target_is_split_by(client, planner):
    client.force_login(planner)
    pages = [
        client.get(f"/z/qinghe/split/{code}/").content.decode() for code in ("bridges", "services")
    ]

    assert "承担数值" in pages[0] and 'name="weight"' not in pages[0]
    assert "分子" in pages[1] and "分母" in pages[1]


def test_patents_per_ten_thousand_people_are_patents_over_people(client, planner):
    client.force_login(planner)
    post(
        client, "hand-down", code="patents", department="science", part="lead", value="1000",
        weight="50",
    )  # fmt: skip

    assert split("patents").balance.holds


def test_an_annual_target_is_set_and_shown(client, planner):
    client.force_login(planner)

    post(client, "annual", code="gdp", year="2024", value="180", document="2024年计划")

    assert "2024年计划" in client.get("/z/qinghe/split/gdp/").content.decode()


def test_a_revision_is_proposed_and_decided_by_a_colleague(client, planner, leader):
    client.force_login(planner)
    post(client, "propose", code="gdp", value="190", reason="口径", document="纪要3号")
    number = split("gdp").revisions[0].id
    own = post(client, "decide", code="gdp", revision=number, decision="approve")
    client.force_login(leader)
    other = post(client, "decide", code="gdp", revision=number, decision="approve")

    assert (own.status_code, other.status_code) == (400, 302)
    assert split("gdp").target == 190


@pytest.mark.parametrize("page", PAGES)
def test_those_with_a_role_look(client, auditor, page):
    client.force_login(auditor)

    text = client.get(page).content.decode()
    assert "目标分解" in text
    assert "<button>分解" not in text


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_turned_away(client, stranger, page):
    client.force_login(stranger)

    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_led_to_the_sign_in(client, db, page):
    assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    "act", ["hand-down", "take-back", "release", "annual", "propose", "decide"]
)
@pytest.mark.parametrize("who", ["auditor", "clerk", "stranger"])
def test_only_planners_and_leaders_act(client, request, act, who):
    client.force_login(request.getfixturevalue(who))
    before = LedgerEntry.objects.count()

    assert post(client, act, code="gdp").status_code == 403
    assert LedgerEntry.objects.count() == before


def test_what_is_not_there_is_not_found(client, planner):
    client.force_login(planner)

    assert client.get("/z/qinghe/split/nothing/").status_code == 404
    assert post(client, "fly").status_code == 404
    assert post(client, "decide", code="gdp", revision="999").status_code == 404


def test_what_was_typed_stays_when_it_is_refused(client, planner):
    client.force_login(planner)
    answer = post(client, "propose", value="soon", reason="The bridge was moved.", document="")
    text = answer.content.decode()

    assert answer.status_code == 400
    assert "The bridge was moved." in text
    assert 'value="soon"' in text


def hidden(client, code="bridges", **more):
    page = client.get(f"/z/qinghe/split/{code}/", **more).content.decode()
    return html.unescape(re.search(r'name="seen" value="([^"]*)"', page)[1])


ENGLISH = {"headers": {"accept-language": "en"}}


class TestTwoPlanners:
    """Each opened the page; the other one was quicker."""

    @pytest.fixture
    def colleague(self, qinghe):
        return person(qinghe, "petra", "planner")

    def test_the_second_part_is_refused_with_what_was_typed_and_taken_when_sent_again(
        self, client, planner, colleague
    ):
        client.force_login(planner)
        seen, mine = hidden(client), {"department": "building", "part": "lead", "value": "4"}
        client.force_login(colleague)
        post(client, "hand-down", **mine | {"value": "6", "seen": seen})
        client.force_login(planner)

        refused = post(client, "hand-down", **mine, seen=seen)
        text = refused.content.decode()
        assert (refused.status_code, split().shares[0].value) == (400, 6)
        assert "同事在此期间修改了该部门承担的部分。" in text
        assert re.search(r'name="value" value="4"', text)

        again = html.unescape(re.search(r'name="seen" value="([^"]*)"', text)[1])
        assert post(client, "hand-down", **mine, seen=again).status_code == 302
        assert split().shares[0].value == 4

    def test_another_department_is_no_clash_and_neither_is_the_same_part(
        self, client, planner, colleague
    ):
        client.force_login(planner)
        seen, part = hidden(client), {"part": "lead", "value": "3"}
        client.force_login(colleague)
        post(client, "hand-down", department="building", **part, seen=seen)
        client.force_login(planner)

        for department in ("building", "industry"):
            answer = post(client, "hand-down", department=department, **part, seen=seen)
            assert answer.status_code == 302

    def test_a_part_that_changed_is_not_taken_back_nor_are_such_parts_released(
        self, client, planner, colleague
    ):
        client.force_login(planner)
        post(client, "hand-down", department="building", part="lead", value="6")
        seen = hidden(client)
        client.force_login(colleague)
        post(client, "hand-down", department="building", part="lead", value="5", seen=seen)
        client.force_login(planner)

        back = post(client, "take-back", department="building", seen=seen)
        release = post(client, "release", explanation="余1座另行安排", seen=seen)

        assert (back.status_code, release.status_code, split().is_released) == (400, 400, False)
        assert "再下达" in release.content.decode()
        assert 'value="余1座另行安排"' in release.content.decode()

    def test_a_year_that_a_colleague_set_meanwhile_is_told_in_english_too(
        self, client, planner, colleague
    ):
        client.force_login(planner)
        seen = hidden(client, "gdp", **ENGLISH)
        target = {"year": "2024", "document": "2024年计划"}
        client.force_login(colleague)
        post(client, "annual", code="gdp", **target, value="181", seen=seen)
        client.force_login(planner)

        answer = client.post(
            "/z/qinghe/split/gdp/annual/", target | {"value": "180", "seen": seen}, **ENGLISH
        )

        assert answer.status_code == 400
        assert "A colleague set 2024 to 181 meanwhile." in answer.content.decode()
        assert next(one.value for one in split("gdp").annual if one.year == 2024) == 181

    def test_a_field_that_no_page_wrote_stops_nobody(self, client, planner):
        client.force_login(planner)
        for text in ("", "[1]", "nonsense", '{"parts": 1, "years": {}}'):
            answer = post(client, "hand-down", department="building", part="support", seen=text)
            assert answer.status_code == 302
