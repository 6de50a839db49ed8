"""Who is late is warned once, answers, and may be ordered to act; each step is on record."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from lantu.core.errors import Refused
from lantu.core.warning.ladder import of_promise
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.cases.actions import perform
from lantu.services.supervision import actions, queries
from lantu.services.supervision.models import Warning

pytestmark = pytest.mark.django_db
END_OF_2025 = date(2025, 12, 31)


@pytest.fixture
def own_clerk(person):
    return person("ann", "clerk", "industry")


def found(zone, code, day=END_OF_2025):
    return next(one for one in queries.late(zone, day) if one.code == code)


@pytest.fixture
def warning(qinghe, planner):
    late = replace(found(qinghe, "patents"), department="industry")
    return actions.issue(qinghe, late, as_of=END_OF_2025, by=planner)


@pytest.fixture
def order(warning, leader, own_clerk):
    return actions.order(
        warning, department="industry", matter="整改", due_on=date(2026, 3, 1), by=leader
    )


def test_what_is_late_is_found_with_its_reason_the_worst_first(qinghe):
    late = queries.late(qinghe, END_OF_2025)

    ranks = [one.warned.rank for one in late]
    assert ranks == sorted(ranks, reverse=True)
    assert found(qinghe, "patents").warned.why["zh"] == "未完成，连续5年滞后"
    assert {"promise", "project"} <= {one.sort for one in late}


def test_a_promise_that_stands_well_calls_for_nothing(qinghe):
    assert "hightech" not in {one.code for one in queries.late(qinghe, END_OF_2025)}


def test_nobody_is_warned_twice_for_the_same_thing(qinghe, planner):
    first = queries.pending(qinghe, END_OF_2025)
    actions.warn(qinghe, first.new, first.over, as_of=END_OF_2025, by=planner)

    again = queries.pending(qinghe, END_OF_2025)

    assert (again.new, again.over) == ((), ())
    assert again.known == len(first.new) == Warning.objects.filter(zone=qinghe).count()
    with pytest.raises(Refused, match="already"):
        actions.issue(qinghe, first.new[0], as_of=END_OF_2025, by=planner)


def test_a_rise_in_level_warns_anew_and_ends_the_lower_one(qinghe, planner):
    early = date(2022, 12, 31)
    low = replace(
        found(qinghe, "patents", early), warned=of_promise(["behind"], is_binding=False, on=early)
    )
    first = actions.issue(qinghe, low, as_of=early, by=planner)

    second = actions.issue(qinghe, found(qinghe, "patents"), as_of=END_OF_2025, by=planner)

    first.refresh_from_db()
    assert (first.level, second.level) == ("reminder", "red")
    assert first.ending.why == actions.HIGHER
    assert queries.open_warnings(qinghe)["promise", "patents"] == second


def test_what_is_no_longer_late_is_over(qinghe, planner):
    well = replace(found(qinghe, "patents"), code="hightech")
    actions.issue(qinghe, well, as_of=END_OF_2025, by=planner)

    pending = queries.pending(qinghe, END_OF_2025)
    actions.warn(qinghe, (), pending.over, as_of=END_OF_2025, by=planner)

    assert [one.code for one in pending.over] == ["hightech"]
    assert queries.open_warnings(qinghe) == {}


def test_a_paper_past_its_last_day_calls_for_a_warning(qinghe, order):
    late = [one for one in queries.late(qinghe, date(2026, 3, 6)) if one.sort == "case"]

    assert [one.code for one in late] == [f"supervision.order/{order.key}"]
    assert late[0].department == "industry"


def test_the_database_refuses_to_change_a_warning(warning):
    with pytest.raises(DatabaseError), transaction.atomic():
        Warning.objects.filter(pk=warning.pk).update(level="reminder")


def test_an_answer_names_cause_act_and_person(warning, own_clerk):
    with pytest.raises(Refused, match="cause"):
        actions.answer(warning, cause=" ", action="b", owner="c", until=END_OF_2025, by=own_clerk)

    actions.answer(
        warning, cause="人手不足", action="增派人员", owner="李某", until=END_OF_2025, by=own_clerk
    )

    assert LedgerEntry.objects.latest("number").after["cause"] == "人手不足"


def test_an_order_needs_somebody_who_can_answer_it(warning, leader):
    with pytest.raises(Refused, match="Nobody of building"):
        actions.order(warning, department="building", matter="整改", due_on=None, by=leader)


def test_one_matter_has_one_order(warning, order, leader, own_clerk):
    again = actions.order(warning, department="industry", matter="别的", due_on=None, by=leader)

    assert again.pk == order.pk


def test_a_matter_that_the_title_says_in_either_language_is_not_told_twice(
    warning, leader, own_clerk
):
    made = actions.order(
        warning, department="industry", matter=warning.title["zh"], due_on=None, by=leader
    )

    told = queries.order(made, own_clerk, END_OF_2025, "en")

    assert not told.says_more
    assert told.may_attach


def test_an_order_is_replied_to_verified_by_another_and_closed(order, own_clerk, leader, planner):
    with pytest.raises(Refused):
        perform(order, "reply", by=leader, note="代回复")
    perform(order, "reply", by=own_clerk, note="已办")
    perform(order, "give_back", by=planner, note="缺证明")
    perform(order, "reply", by=own_clerk, note="补齐")
    perform(order, "close", by=leader, note="核实")

    order.refresh_from_db()
    assert (order.state, order.closed_on is None) == ("closed", False)


def test_a_department_may_appeal_and_only_a_leader_upholds(order, own_clerk, leader, planner):
    perform(order, "appeal", by=own_clerk, note="非本部门职责")
    with pytest.raises(Refused):
        perform(order, "uphold", by=planner, note="维持")

    perform(order, "withdraw", by=leader, note="转交")

    order.refresh_from_db()
    assert order.state == "withdrawn"


def test_evidence_is_kept_by_the_department_alone(order, own_clerk, planner, settings, tmp_path):
    settings.HOME = tmp_path
    with pytest.raises(Refused):
        actions.attach(order, b"x", name="a.pdf", by=planner)

    actions.attach(order, b"x", name="a.pdf", by=own_clerk)

    [(name, sha256)] = queries.order(order, own_clerk, END_OF_2025, "zh").files
    assert (tmp_path / "evidence" / sha256[:2] / sha256).read_bytes() == b"x"
    assert name == "a.pdf"


class TestPages:
    def test_a_planner_looks_first_and_then_warns(self, client, planner):
        client.force_login(planner)
        address = "/z/qinghe/supervision/pending/?as_of=2025-12-31"
        shown = client.get(address).content.decode()
        assert "每万人发明专利20件" in shown
        assert "/z/qinghe/promises/patents/?as_of=2025-12-31" in shown
        assert "/z/qinghe/projects/q-03/?as_of=2025-12-31" in shown
        assert not Warning.objects.exists()

        client.post("/z/qinghe/supervision/pending/", {"as_of": "2025-12-31"})

        page = client.get("/z/qinghe/supervision/").content.decode()
        assert "每万人发明专利20件" in page
        assert Warning.objects.count() == 20
        project = Warning.objects.get(code="q-03")
        shown = client.get(f"/z/qinghe/supervision/warnings/{project.pk}/").content.decode()
        assert "/z/qinghe/projects/q-03/?as_of=2025-12-31" in shown

    def test_a_leader_orders_and_a_clerk_replies(self, client, warning, leader, own_clerk):
        client.force_login(leader)
        made = client.post(
            f"/z/qinghe/supervision/warnings/{warning.pk}/order/",
            {"department": "industry", "matter": "整改"},
        )
        assert 'type="file"' not in client.get(made.headers["Location"]).content.decode()
        client.force_login(own_clerk)
        assert 'type="file"' in client.get(made.headers["Location"]).content.decode()
        assert "督办" in client.get("/z/qinghe/my-work/").content.decode()
        order = made.headers["Location"]

        client.post(f"{order}act/", {"act": "reply", "note": "已办"})

        assert "已办" in client.get(order).content.decode()

    def test_who_may_not_act_is_told_why(self, client, order, leader):
        client.force_login(leader)

        page = client.post(
            f"/z/qinghe/supervision/orders/{order.key}/act/",
            {"act": "reply", "note": "x"},
            headers={"accept-language": "en"},
        )

        assert page.status_code == 400
        assert "Only clerk may do this" in page.content.decode()

    def test_another_department_does_not_answer(self, client, warning, person):
        client.force_login(person("bea", "clerk", "building"))

        answer = client.post(f"/z/qinghe/supervision/warnings/{warning.pk}/answer/", {})

        assert answer.status_code == 403

    def test_a_day_that_is_none_is_not_found(self, client, planner):
        client.force_login(planner)

        assert client.get("/z/qinghe/supervision/pending/?as_of=soon").status_code == 404
