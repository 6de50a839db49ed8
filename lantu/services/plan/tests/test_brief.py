"""The few sentences that a leader reads first, and the way from each number in them."""

import re
from datetime import date

import pytest

from lantu.core.plans.standing import Question
from lantu.kernel.commitments.queries import current_plan
from lantu.services.plan.brief import brief
from lantu.services.plan.queries import lines

pytestmark = pytest.mark.django_db


def told(zone, day=date(2026, 6, 30)):
    plan, question = current_plan(zone), Question(day)
    numeric = [line for line in lines(plan, question) if line.form != "task"]
    return brief(plan, numeric, question), numeric


def page(client, address):
    return client.get(address, headers={"accept-language": "zh-hans"}).content.decode()


def test_the_gravest_are_the_binding_ones_and_then_those_that_got_least_far(qinghe):
    found, _ = told(qinghe)

    assert {line.nature for line in found.worst[:2]} == {"binding"}
    assert found.worst[0].progress < found.worst[1].progress
    assert found.worst[0].code == "pm25"


def test_a_plan_without_figures_is_not_told_to_be_on_its_way(xinxiang):
    found, numeric = told(xinxiang)

    assert found.bound == found.bound_open and not found.bound_late
    assert found.silent == sum(line.state == "no-data" for line in numeric) > 200


def test_the_first_panel_names_the_gravest_promise_and_what_is_not_known(client, qinghe):
    first = page(client, "/z/qinghe/").partition('<ul class="cards">')[0]

    assert 'href="/z/qinghe/promises/pm25/"' in first
    assert "项缺少公布的数字，无从评判。" in first
    assert "个已过完成期限。" in first


def test_every_count_of_a_state_leads_to_a_list_of_so_many(client, qinghe):
    overview = page(client, "/z/qinghe/")
    counts = re.findall(r'href="([^"]+state=[\w-]+)">\S+ <b>(\d+)</b>', overview)

    assert len(counts) > 12  # of the whole plan and of each chapter
    for address, count in counts:
        listed = page(client, address.replace("&amp;", "&"))
        assert len(re.findall(r'<td class="wrap"><a href="/z/qinghe/promises/', listed)) == int(
            count
        )


def test_the_verdicts_of_one_year_have_no_list_so_their_counts_lead_nowhere(client, qinghe):
    overview = page(client, "/z/qinghe/?year=2023")

    assert "state=" not in overview


def test_a_person_reads_at_once_what_changed_and_what_is_due(client, planner, qinghe):
    client.force_login(planner)
    text = page(client, "/z/qinghe/")

    assert re.search(r'href="#news">近七天：\d+项评判有变。</a>', text)
    assert 'href="/z/qinghe/my-work/">您本周到期：0件。</a>' in text
    assert 'id="news"' in text
