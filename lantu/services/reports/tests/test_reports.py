"""Reports rest on a snapshot; four eyes release them; opinions get an answer."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate
from docx import Document

from lantu.core.errors import ContentError, Refused
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts.actions import supersede
from lantu.kernel.facts.models import Observation
from lantu.services.reports import actions, queries
from lantu.services.reports.models import Edition, Opinion

pytestmark = pytest.mark.django_db
NAME = "qinghe-2021-2025"


@pytest.fixture
def edition(qinghe, planner):
    plan = commitments.plan(NAME)
    return actions.draft_edition(qinghe, plan, kind="midterm", year=2023, by=planner)


def test_an_edition_keeps_its_text_and_its_figures(edition):
    assert edition.number == 1
    assert edition.documents["zh"]["title"] != edition.documents["en"]["title"]
    assert edition.snapshot["lines"]["hightech"]["facts"]
    assert LedgerEntry.objects.latest("number").act == "draft"


def test_the_database_refuses_to_change_an_edition(edition):
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(year=2022)


def test_a_later_figure_changes_no_edition_and_is_listed(qinghe, edition, clerk):
    before = edition.snapshot["lines"]["hightech"]
    wrong = Observation.objects.get(
        zone=qinghe, indicator__zh="高新技术企业", period="2023", vintage="年报"
    )
    supersede(wrong, value=Decimal(120), reason="漏报", known_on=date(2025, 1, 2), by=clerk)

    changes = queries.since(edition, commitments.plan(NAME))

    assert Edition.objects.get(pk=edition.pk).snapshot["lines"]["hightech"] == before
    assert [one.code for one in changes] == ["hightech"]
    assert len(changes[0].came) == len(changes[0].went) == 1


@pytest.mark.parametrize(("kind", "year"), [("weekly", 2023), ("midterm", 2019)])
def test_a_kind_or_year_that_does_not_exist_is_refused(qinghe, planner, kind, year):
    with pytest.raises(Refused):
        actions.draft_edition(qinghe, commitments.plan(NAME), kind=kind, year=year, by=planner)


def test_who_froze_a_report_does_not_release_it(edition, planner, leader):
    with pytest.raises(Refused, match="Freeze it first"):
        actions.release(edition, by=leader)
    actions.freeze(edition, by=planner)
    with pytest.raises(Refused, match="Ask a colleague"):
        actions.release(edition, by=planner)

    actions.release(edition, by=leader)

    with pytest.raises(Refused, match="done once"):
        actions.release(edition, by=leader)
    today = localdate()
    for day, count in ((today - timedelta(days=1), 0), (today, 1)):
        assert len(queries.editions(edition.zone, leader, "zh", day)) == count
        assert (queries.edition(edition.zone, 1, AnonymousUser(), day) is not None) == bool(count)


def finished(*lines: str) -> bytes:
    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_a_finished_paper_with_a_number_from_nowhere_must_say_whence(edition, planner):
    paper = finished("到2023年，另有987654项。")

    with pytest.raises(Refused, match="987654"):
        actions.file_finished(edition, paper, name="a.docx", by=planner)
    filed = actions.file_finished(
        edition, paper, name="a.docx", explanation="市统计局来函", by=planner
    )

    assert [one.split(":")[0] for one in filed.unmatched] == ["987654"]


def test_the_drafted_paper_itself_has_no_number_from_nowhere(edition, planner, client):
    client.force_login(planner)
    paper = client.get("/z/qinghe/reports/1/as/docx/").content

    assert actions.file_finished(edition, paper, name="a.docx", by=planner).unmatched == []


def test_what_is_no_docx_is_refused(edition, planner):
    with pytest.raises(ContentError):
        actions.file_finished(edition, b"no zip", name="a.docx", by=planner)


def test_two_rounds_are_compared(qinghe, planner, edition):
    later = actions.draft_edition(
        qinghe, commitments.plan(NAME), kind="final", year=2025, by=planner
    )

    changes = queries.compared(edition, later)

    assert {one.before for one in changes} != {one.after for one in changes}
    assert all(one.came or one.went or one.before != one.after for one in changes)


def test_an_opinion_is_answered_with_a_reason_and_then_public(qinghe, planner):
    from django.contrib.auth.models import AnonymousUser

    said = actions.give_opinion(qinghe, text="多种树", sort="public", by=None)
    assert queries.opinions(qinghe, AnonymousUser()) == []
    with pytest.raises(Refused, match="reason"):
        actions.answer(said, outcome="adopted", text=" ", by=planner)

    actions.answer(said, outcome="adopted", text="已列入年度计划", by=planner)

    [shown] = queries.opinions(qinghe, AnonymousUser())
    assert (shown.text, shown.answers[0].text) == ("多种树", "已列入年度计划")


def test_a_withheld_opinion_shows_its_reason_but_not_its_words(qinghe, planner):
    from django.contrib.auth.models import AnonymousUser

    said = actions.give_opinion(qinghe, text="某人住某处", sort="public", by=None)
    actions.answer(said, outcome="withheld", text="涉及个人信息", by=planner)

    [public] = queries.opinions(qinghe, AnonymousUser())
    [member] = queries.opinions(qinghe, planner)
    assert (public.text, public.answers[0].text) == ("", "涉及个人信息")
    assert member.text == "某人住某处"


def test_the_ledger_does_not_repeat_what_an_opinion_says(qinghe):
    actions.give_opinion(qinghe, text="某人住某处", sort="public", by=None)

    assert "某人" not in str(LedgerEntry.objects.latest("number").after)


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_an_empty_or_endless_opinion_is_refused(qinghe, text):
    with pytest.raises(Refused):
        actions.give_opinion(qinghe, text=text, sort="public", by=None)


class TestPages:
    def test_a_planner_drafts_freezes_and_a_leader_releases(self, client, planner, leader):
        client.force_login(planner)
        drafted = client.post("/z/qinghe/reports/draft/", {"kind": "monitoring", "year": "2024"})
        page = client.get(drafted.headers["Location"]).content.decode()
        assert "Freeze this report" in page or "冻结这份报告" in page
        client.post("/z/qinghe/reports/1/do/freeze/")
        client.force_login(leader)
        client.post("/z/qinghe/reports/1/do/release/")
        client.logout()

        assert "2024" in client.get("/z/qinghe/reports/1/").content.decode()

    def test_a_draft_is_absent_for_the_public_and_for_strangers(self, client, edition, stranger):
        for user in (None, stranger):
            if user is not None:
                client.force_login(user)
            assert client.get("/z/qinghe/reports/1/").status_code == 404
            assert client.get("/z/qinghe/reports/1/as/pdf/").status_code == 404
            assert (
                edition.documents["zh"]["title"]
                not in client.get("/z/qinghe/reports/").content.decode()
            )

    @pytest.mark.parametrize("form", ["docx", "pdf", "html"])
    def test_a_report_is_written_in_each_form(self, client, edition, planner, form):
        client.force_login(planner)

        got = client.get(f"/z/qinghe/reports/1/as/{form}/")

        assert got.status_code == 200
        assert f"{NAME}-midterm-2023-1.{form}" in got.headers["Content-Disposition"]

    def test_a_wrong_year_is_said_on_the_page(self, client, planner):
        client.force_login(planner)

        page = client.post(
            "/z/qinghe/reports/draft/",
            {"kind": "midterm", "year": "2050"},
            headers={"accept-language": "zh-hans"},
        )

        assert page.status_code == 400
        assert "规划期为2021至2025年" in page.content.decode()

    def test_anybody_suggests_something_but_not_without_end(self, client, qinghe):
        for _ in range(20):
            assert client.post("/z/qinghe/opinions/", {"text": "多种树"}).status_code == 302

        assert client.post("/z/qinghe/opinions/", {"text": "多种树"}).status_code == 429
        assert Opinion.objects.filter(zone=qinghe, by=None).count() == 20

    def test_a_signed_in_person_who_suggests_something_stays_unnamed(self, client, clerk):
        client.force_login(clerk)

        client.post("/z/qinghe/opinions/", {"text": "多种树"})

        assert Opinion.objects.get().by is None

    def test_a_planner_answers_on_the_page_and_a_clerk_may_not(
        self, client, qinghe, planner, clerk
    ):
        actions.give_opinion(qinghe, text="多种树", sort="public", by=None)
        given = {"outcome": "noted", "text": "谢谢"}
        client.force_login(clerk)
        assert client.post("/z/qinghe/opinions/1/answer/", given).status_code == 403
        client.force_login(planner)
        assert client.post("/z/qinghe/opinions/1/answer/", given).status_code == 302

        client.logout()
        assert "谢谢" in client.get("/z/qinghe/opinions/").content.decode()
