"""A period's figures: asked for, filled in, questioned, sent, given back, approved, locked."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from lantu.core.errors import Refused
from lantu.kernel.access.actions import create_user, grant_role
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify
from lantu.kernel.cases.actions import perform, resume, suspend
from lantu.kernel.cases.models import Step
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts.models import Observation
from lantu.services.returns import actions, queries
from lantu.services.returns.actions import Written
from lantu.services.returns.template import workbook

NAME = "qinghe-2021-2025"


def person(zone, name, role, department=""):
    user = create_user(name, password="a-long-enough-secret", by=None)
    grant_role(user, zone, role, by=None, department=department)
    return user


@pytest.fixture
def planner(qinghe):
    return person(qinghe, "dora", "planner")


@pytest.fixture
def reviewer(qinghe):
    return person(qinghe, "rita", "reviewer")


@pytest.fixture
def case(qinghe, planner):
    plan = commitments.plan(NAME)
    issued = actions.issue_returns(
        qinghe, plan, commitments.responsible(plan),
        when="2025", vintage="年报", due_on=date(2026, 2, 15), by=planner,
    )  # fmt: skip
    return next(one for one in issued if one.department == "industry")


@pytest.fixture
def own_clerk(qinghe):
    return person(qinghe, "ann", "clerk", "industry")


@pytest.fixture
def address(case):
    return f"/z/qinghe/returns/{case.key}/"


def fill(case, clerk, **values):
    rows = case.return_lines.all()
    written = {row.code: Written("", "尚未统计") for row in rows}
    written |= {code: Written(value, "") for code, value in values.items()}
    actions.write_lines(case, written, by=clerk)


def send(case, clerk):
    return actions.submit(case, queries.open_questions(case), by=clerk)


def test_each_department_is_asked_for_what_it_answers_for(case):
    codes = set(case.return_lines.values_list("code", flat=True))
    led = {
        record.code
        for record in commitments.plan(NAME).commitments
        if record.lead == "industry" and record.measured_by is not None
    }

    assert codes == led
    assert codes


def test_asking_twice_changes_nothing(case, qinghe, planner):
    before = LedgerEntry.objects.count()
    plan = commitments.plan(NAME)

    again = actions.issue_returns(
        qinghe, plan, commitments.responsible(plan),
        when="2025", vintage="年报", due_on=date(2026, 2, 15), by=planner,
    )  # fmt: skip

    assert case in again
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("when", ["2025-Q3", "bald", "2024/2025"])
def test_only_a_year_or_the_months_so_far_can_be_asked_for(qinghe, planner, when):
    plan = commitments.plan(NAME)

    with pytest.raises(Refused):
        actions.issue_returns(
            qinghe, plan, commitments.responsible(plan),
            when=when, vintage="年报", due_on=None, by=planner,
        )  # fmt: skip


def test_an_approved_figure_is_a_fact_with_its_return_as_source(case, own_clerk, reviewer):
    fill(case, own_clerk, gdp="201.5")
    send(case, own_clerk)
    actions.approve(case, by=reviewer)

    found = Observation.objects.get(period="2025", source_url__endswith=f"{case.key}/")
    assert (found.value, found.unit, found.vintage) == (Decimal("201.5"), "亿元", "年报")
    assert verify().faults == ()


def test_an_approved_zero_stays_zero_and_an_empty_line_is_nothing(case, own_clerk, reviewer):
    fill(case, own_clerk, gdp="0")
    send(case, own_clerk)
    actions.approve(case, by=reviewer)

    found = Observation.objects.filter(source_url__endswith=f"{case.key}/")
    assert [one.value for one in found] == [0]


def test_an_empty_line_needs_a_reason(case, own_clerk):
    with pytest.raises(Refused, match="are empty without a reason"):
        send(case, own_clerk)


def test_an_odd_figure_is_asked_about_and_any_answer_is_taken(case, own_clerk):
    fill(case, own_clerk, gdp="1970000")

    with pytest.raises(Refused, match="raise a question that is not answered: gdp"):
        send(case, own_clerk)

    answer = Written(answers={"unit": "单位无误，并表所致"})
    actions.write_lines(case, {"gdp": answer}, by=own_clerk)
    send(case, own_clerk)
    line = case.return_lines.get(code="gdp")
    assert line.answers == {"unit": "单位无误，并表所致"}


def test_words_are_no_number_and_nothing_is_kept(case, own_clerk):
    with pytest.raises(Refused, match="'约200' is not a number"):
        actions.write_lines(case, {"gdp": Written("约200")}, by=own_clerk)

    assert case.return_lines.get(code="gdp").value is None


def test_a_sent_return_is_closed_until_it_is_given_back(case, own_clerk, reviewer):
    fill(case, own_clerk, gdp="201.5")
    send(case, own_clerk)

    with pytest.raises(Refused, match="Ask for it to be given back"):
        fill(case, own_clerk, gdp="202")
    with pytest.raises(Refused, match="needs a reason"):
        perform(case, "give_back", by=reviewer)
    perform(case, "give_back", by=reviewer, note="口径请核对")

    fill(case, own_clerk, gdp="202")
    assert case.return_lines.get(code="gdp").value == 202


def test_who_sent_does_not_approve(case, qinghe, own_clerk):
    grant_role(own_clerk, qinghe, "reviewer", by=None)
    fill(case, own_clerk, gdp="201.5")
    send(case, own_clerk)

    with pytest.raises(Refused, match="Ask a colleague"):
        actions.approve(case, by=own_clerk)


def test_a_clerk_of_another_department_writes_nothing(case, qinghe):
    other = person(qinghe, "otto", "clerk", "welfare")

    with pytest.raises(Refused, match="Only a clerk of its department"):
        fill(case, other, gdp="1")


def test_a_period_is_locked_when_all_are_approved(case, qinghe, planner, own_clerk, reviewer):
    with pytest.raises(Refused, match="are not approved"):
        actions.lock_period(qinghe, "2025", by=planner)

    for one in list(queries.cases.lines(qinghe, date(2026, 1, 10), kind=actions.KIND)):
        found = queries.find(qinghe, one.key)
        clerk = own_clerk if found == case else person(qinghe, one.key, "clerk", found.department)
        fill(found, clerk)
        send(found, clerk)
        actions.approve(found, by=reviewer)
    assert actions.lock_period(qinghe, "2025", by=planner) > 1
    with pytest.raises(Refused, match="It is locked"):
        actions.approve(queries.find(qinghe, case.key), by=reviewer)


def test_the_clock_stops_while_a_return_waits_with_the_reviewer(case, own_clerk):
    fill(case, own_clerk, gdp="201.5")
    assert queries.cases.line(case, date(2026, 2, 25)).late == 1  # the Spring Festival is off

    send(case, own_clerk)
    case.refresh_from_db()

    step = case.steps.last()
    assert queries.cases.line(case, date(2027, 1, 1)).late == queries.cases.line(case, step.on).late


def test_a_term_in_working_days_is_moved_by_a_suspension(qinghe, planner):
    from lantu.kernel.cases.actions import open_case

    found = open_case(
        qinghe, actions.KIND, "sample-term", title={"zh": "样", "en": "sample"},
        department="industry", on=date(2024, 3, 4), by=planner,
    )  # fmt: skip
    plain = queries.cases.line(found, date(2024, 3, 5)).due.day
    suspend(found, by=planner, reason="等待普查", on=date(2024, 3, 6))
    resume(found, by=planner, on=date(2024, 3, 11))

    assert (queries.cases.line(found, date(2024, 3, 12)).due.day - plain).days >= 3
    with pytest.raises(Refused, match="nothing to resume"):
        resume(found, by=planner)


def test_a_step_can_be_neither_changed_nor_deleted(case):
    from django.db import DatabaseError, transaction

    for act in (lambda: Step.objects.update(note="x"), Step.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def sheet(rows, heads=("编码", "本期数值", "备注")):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, heads)
    for line, row in enumerate(rows, 1):
        page.write_row(line, 0, row)
    book.close()
    return io.BytesIO(out.getvalue())


def upload(client, address, rows, **more):
    file = sheet(rows, **more)
    file.name = "填报.xlsx"
    return client.post(f"{address}upload/", {"file": file})


def test_the_spreadsheet_comes_back_with_a_report_row_by_row(client, case, address, own_clerk):
    client.force_login(own_clerk)

    text = upload(
        client, address, [("gdp", "２０１．５", ""), ("moon", "3", ""), ("trade", "约五十", "")]
    ).content.decode()

    assert case.return_lines.get(code="gdp").value == Decimal("201.5")
    assert "没有要求填报编码'moon'。" in text
    assert "'约五十'不是数字。" in text


def test_the_template_reads_back_as_it_went_out(client, case, address, own_clerk):
    fill(case, own_clerk, gdp="201.50")
    client.force_login(own_clerk)
    out = client.get(f"{address}template.xlsx")

    file = io.BytesIO(out.content)
    file.name = "back.xlsx"
    text = client.post(f"{address}upload/", {"file": file}).content.decode()

    assert "未采用" not in text
    assert case.return_lines.get(code="gdp").value == Decimal("201.50")
    assert str(case.return_lines.get(code="gdp").value) == "201.50"


def test_a_file_that_is_no_table_is_refused_with_a_word(client, address, own_clerk):
    client.force_login(own_clerk)
    file = io.BytesIO(b"%PDF-1.7 nothing")
    file.name = "x.xlsx"

    answer = client.post(f"{address}upload/", {"file": file})

    assert answer.status_code == 400
    assert "这不是表格。" in answer.content.decode()


def test_a_clerk_fills_in_and_sends_on_the_page(client, case, address, own_clerk):
    client.force_login(own_clerk)
    rows = {f"remark:{line.code}": "尚未统计" for line in case.return_lines.all()}
    values = {f"value:{line.code}": "" for line in case.return_lines.all()}

    kept = client.post(address, {**values, **rows, "value:gdp": "201.5"})
    sent = client.post(f"{address}act/", {"act": "submit"})

    assert (kept.status_code, sent.status_code) == (302, 302)
    case.refresh_from_db()
    assert case.state == "submitted"


def test_a_refused_act_says_why_on_the_page(client, address, own_clerk):
    client.force_login(own_clerk)

    answer = client.post(f"{address}act/", {"act": "submit"})

    assert answer.status_code == 400
    assert "没有填写也没有说明原因" in answer.content.decode()


def test_evidence_is_kept_by_its_hash(client, case, address, own_clerk, settings):
    client.force_login(own_clerk)
    file = io.BytesIO(b"signed")
    file.name = "盖章.pdf"

    client.post(f"{address}evidence/", {"code": "gdp", "file": file})

    line = case.return_lines.get(code="gdp")
    digest = line.evidence_sha256
    assert line.evidence_name == "盖章.pdf"
    assert (settings.HOME / "evidence" / digest[:2] / digest).read_bytes() == b"signed"


READS = ["/z/qinghe/returns/", "{address}", "{address}template.xlsx", "/z/qinghe/work/"]
WRITES = [
    "/z/qinghe/returns/issue/", "/z/qinghe/returns/lock/", "{address}upload/",
    "{address}evidence/", "{address}act/", "{address}",
]  # fmt: skip


@pytest.mark.parametrize("page", READS)
def test_those_with_a_role_may_look(client, address, auditor, page):
    client.force_login(auditor)

    assert client.get(page.format(address=address)).status_code == 200


@pytest.mark.parametrize("page", READS)
def test_a_stranger_may_not_look(client, address, stranger, page):
    client.force_login(stranger)

    assert client.get(page.format(address=address)).status_code == 403


@pytest.mark.parametrize("page", READS + WRITES)
def test_who_is_not_signed_in_is_led_to_the_sign_in(client, address, page):
    way = client.get if page in READS else client.post

    assert way(page.format(address=address)).status_code == 302


@pytest.mark.parametrize("page", WRITES)
def test_a_stranger_changes_nothing(client, address, stranger, page):
    client.force_login(stranger)

    assert client.post(page.format(address=address), {"act": "submit"}).status_code == 403


@pytest.mark.parametrize("page", WRITES)
def test_an_auditor_changes_nothing(client, case, address, auditor, page):
    client.force_login(auditor)
    before = LedgerEntry.objects.count()

    answer = client.post(
        page.format(address=address), {"act": "submit", "value:gdp": "1", "period": "2025"}
    )

    assert answer.status_code in (400, 403)
    assert LedgerEntry.objects.count() == before


def test_what_waits_for_me_is_on_my_page_and_in_my_calendar(client, case, own_clerk):
    client.force_login(own_clerk)
    text = client.get("/z/qinghe/work/").content.decode()

    assert case.title["zh"] in text
    feed = text.split("<code>http://testserver")[1].split("</code>")[0]
    client.logout()
    body = client.get(feed).content.decode()
    assert "DTSTART;VALUE=DATE:20260215" in body
    assert body.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))


def test_the_calendar_ends_with_the_role(client, case, qinghe, own_clerk):
    from lantu.kernel.access.actions import revoke_role

    client.force_login(own_clerk)
    text = client.get("/z/qinghe/work/").content.decode()
    feed = text.split("<code>http://testserver")[1].split("</code>")[0]

    revoke_role(own_clerk, qinghe, "clerk", by=None)

    assert client.get(feed).status_code == 404
    assert client.get("/z/qinghe/work/forged.ics").status_code == 404


def test_the_template_is_safe_against_formulas(case, own_clerk):
    actions.write_lines(case, {"gdp": Written("", "=1+1")}, by=own_clerk)
    page = queries.data_return(case, own_clerk, date(2026, 1, 10))

    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(page, "zh")))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "=1+1" in cells  # as text, not as 2
