"""What is new for one person: since the last look, and due this week."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lantu.kernel.access.actions import create_user, grant_role, mark_seen
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import seen
from lantu.kernel.cases.actions import open_case
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts.actions import supersede
from lantu.kernel.facts.models import Observation
from lantu.services.plan.news import news

NAME = "qinghe-2021-2025"


@pytest.fixture
def own_clerk(qinghe):
    user = create_user("ann", password="a-long-enough-secret", by=None)
    grant_role(user, qinghe, "clerk", by=None, department="industry")
    return user


def correct(qinghe, by):
    """Four more bridges than were reported: a missed promise is kept."""
    figure = Observation.objects.get(zone=qinghe, indicator__zh="新建桥梁", period="2025")
    return supersede(figure, value=Decimal(9), reason="漏计", known_on=date(2026, 4, 1), by=by)


def told(person, qinghe):
    return news(person, qinghe, commitments.plan(NAME))


def seen_now(qinghe, person):
    return mark_seen(qinghe, until=timezone.now(), by=person)


def test_nothing_has_changed_just_after_it_was_marked_as_seen(qinghe, auditor):
    seen_now(qinghe, auditor)

    found = told(auditor, qinghe)

    assert found.is_marked
    assert (found.changes, found.entered, found.acts, found.is_quiet) == ((), 0, 0, True)


def test_a_corrected_figure_shows_as_a_figure_an_act_and_a_changed_verdict(qinghe, auditor, clerk):
    seen_now(qinghe, auditor)
    new = correct(qinghe, clerk)

    found = told(auditor, qinghe)

    [change] = found.changes
    assert change.record.code == "bridges"
    assert (change.before.state, change.now.state) == ("missed", "over-fulfilled")
    assert [figure.id for figure in found.figures] == [new.pk]
    assert (found.entered, found.acts) == (1, 1)


def test_each_person_has_a_mark_of_his_own(qinghe, auditor, clerk):
    seen_now(qinghe, clerk)
    correct(qinghe, clerk)
    seen_now(qinghe, auditor)

    assert told(auditor, qinghe).is_quiet
    assert not told(clerk, qinghe).is_quiet


def test_who_may_not_read_the_ledger_is_told_of_no_acts(qinghe, clerk):
    assert told(clerk, qinghe).acts is None


def test_without_a_mark_the_last_week_is_told(qinghe, auditor):
    found = told(auditor, qinghe)

    since = timezone.localtime(found.since)
    assert not found.is_marked
    assert (since.hour, since.minute) == (0, 0)
    assert timezone.localdate(found.now) - since.date() == timedelta(days=7)


def test_a_second_look_counts_no_figures_and_a_new_one_is_told_at_once(qinghe, auditor, clerk):
    told(auditor, qinghe)
    with CaptureQueriesContext(connection) as asked:
        before = told(auditor, qinghe).entered
    correct(qinghe, clerk)

    assert not [one for one in asked if 'FROM "facts_observation"' in one["sql"]]
    assert told(auditor, qinghe).entered == before + 1


def test_a_stranger_is_told_nothing(client, qinghe, stranger):
    assert told(stranger, qinghe) is None
    client.force_login(stranger)
    assert "标记为已阅" not in client.get("/z/qinghe/").content.decode()


def test_a_mark_is_never_later_than_now_and_is_in_the_ledger_of_no_zone(qinghe, auditor):
    mark_seen(qinghe, until=timezone.now() + timedelta(days=9), by=auditor)

    assert seen(auditor, qinghe) <= timezone.now()
    entry = LedgerEntry.objects.latest("number")
    assert (entry.act, entry.by_name, entry.zone, entry.object_key) == (
        "see", "bob", None, "qinghe",
    )  # fmt: skip


def test_the_button_marks_the_moment_of_its_page_not_what_came_after(
    client, qinghe, auditor, clerk
):
    client.force_login(auditor)
    page = client.get("/z/qinghe/").content.decode()
    until = page.split('name="until" value="')[1].split('"')[0]
    correct(qinghe, clerk)

    response = client.post("/z/qinghe/seen/", {"until": until})

    assert response.headers["Location"] == "/z/qinghe/"
    assert [one.record.code for one in told(auditor, qinghe).changes] == ["bridges"]


def test_a_moment_that_cannot_be_read_is_taken_as_now(client, qinghe, auditor):
    client.force_login(auditor)

    assert client.post("/z/qinghe/seen/", {"until": "yesterday"}).status_code == 302
    assert told(auditor, qinghe).is_quiet


def test_what_is_due_this_week_for_a_clerk_is_on_the_overview(client, qinghe, own_clerk):
    today = timezone.localdate()
    for key, days in (("soon", 3), ("late", -20), ("far", 30)):
        open_case(
            qinghe, "returns.data_return", key=key, title={"zh": f"填报{key}", "en": key},
            department="industry", due_on=today + timedelta(days=days), by=None,
        )  # fmt: skip

    found = told(own_clerk, qinghe)

    assert [task.line.key for task in found.due] == ["late", "soon"]
    assert found.later == 1
    client.force_login(own_clerk)
    text = client.get("/z/qinghe/").content.decode()
    assert "填报soon" in text
    assert "填报far" not in text


def test_what_waits_for_another_department_is_not_mine(qinghe, own_clerk):
    open_case(
        qinghe, "returns.data_return", key="theirs", title={"zh": "填报", "en": "return"},
        department="building", due_on=timezone.localdate(), by=None,
    )  # fmt: skip

    assert told(own_clerk, qinghe).due == ()
