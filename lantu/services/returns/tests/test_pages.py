"""The pages of data returns: for those who act, those who look, and strangers."""

import html
import io
import re
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from lantu.kernel.access.actions import revoke_role
from lantu.kernel.access.models import LedgerEntry
from lantu.services.returns import actions, queries
from lantu.services.returns.actions import Written
from lantu.services.returns.template import workbook


@pytest.fixture
def address(case):
    return f"/z/qinghe/returns/{case.key}/"


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
    text = html.unescape(text)

    assert case.return_lines.get(code="gdp").value == Decimal("201.5")
    assert "没有要求填报编码“moon”。" in text
    assert "“约五十”不是数字。" in text


def test_the_template_reads_back_as_it_went_out(client, case, address, own_clerk, fill):
    fill(case, own_clerk, gdp="201.50")
    client.force_login(own_clerk)
    out = client.get(f"{address}template.xlsx")

    file = io.BytesIO(out.content)
    file.name = "back.xlsx"
    text = client.post(f"{address}upload/", {"file": file}).content.decode()

    assert "未采用" not in text
    assert case.return_lines.get(code="gdp").value == Decimal("201.50")
    assert str(case.return_lines.get(code="gdp").value) == "201.50"


def test_the_english_spreadsheet_has_english_names_and_units(case, own_clerk):
    shown = queries.data_return(case, own_clerk, date(2026, 1, 5))
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(shown, "en")))
    rows = {row[0]: row for row in book.get_sheet_by_index(0).to_python()}

    assert rows["gdp"][2:4] == ["GDP", "CNY 100 m"]
    assert "× CNY 100 m" in rows["gdp"][4]


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


def as_opened(client, address):
    """The hidden field by which a page knows what it showed."""
    found = re.search(r'name="seen" value="([^"]*)"', client.get(address).content.decode())
    return html.unescape(found[1])


def test_of_two_clerks_neither_wipes_out_the_others_figures(client, case, address, own_clerk):
    client.force_login(own_clerk)
    seen = as_opened(client, address)
    mine = {"seen": seen, "value:gdp": "201.5", "value:trade": ""}
    client.post(address, {"seen": seen, "value:gdp": "", "value:trade": "52.0"})

    kept = client.post(address, mine)
    again = client.post(address, {**mine, "value:gdp": "202"})
    text = html.unescape(again.content.decode())

    assert (kept.status_code, again.status_code) == (302, 400)
    lines = {one.code: one.value for one in case.return_lines.filter(code__in=["gdp", "trade"])}
    assert lines == {"gdp": Decimal("201.5"), "trade": Decimal("52.0")}
    assert "同事在此期间已保存： 201.5" in text
    assert 'value="202"' in text and 'value="52.0"' in text
    over = {"seen": as_opened(client, address), "value:gdp": "202", "then": "submit"}
    silent = client.post(address, over)
    assert "没有填写也没有说明原因" in silent.content.decode()
    assert "同事" not in silent.content.decode()
    assert case.return_lines.get(code="gdp").value == 202


def test_what_was_typed_after_the_return_was_sent_is_shown_to_be_copied(
    client, case, address, own_clerk, fill, send
):
    client.force_login(own_clerk)
    seen = as_opened(client, address)
    fill(case, own_clerk)
    send(case, own_clerk)

    answer = client.post(address, {"seen": seen, "value:gdp": "201.5", "remark:gdp": "快报"})

    assert "未被采用： 201.5 · 快报" in answer.content.decode()


@pytest.mark.parametrize(
    ("code", "typed", "value"),
    [
        ("gdp-growth", "５．５％", "5.5"),
        ("gdp", " 201.5亿元 ", "201.5"),
        ("gdp", "5.5%", None),
        ("gdp", "亿元", None),
        ("gdp", "1e400", None),
        ("gdp", "2月30日", None),
    ],
)
def test_a_figure_may_bear_its_own_unit_and_no_other(
    client, case, address, own_clerk, code, typed, value
):
    client.force_login(own_clerk)

    answer = client.post(address, {f"value:{code}": typed})

    assert answer.status_code == (400 if value is None else 302)
    kept = case.return_lines.get(code=code).value
    assert kept == (None if value is None else Decimal(value))


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


READS = ["/z/qinghe/returns/", "{address}", "{address}template.xlsx", "/z/qinghe/my-work/"]
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
    text = client.get("/z/qinghe/my-work/").content.decode()

    assert case.title["zh"] in text
    feed = text.split("<code>http://testserver")[1].split("</code>")[0]
    client.logout()
    body = client.get(feed).content.decode()
    assert "DTSTART;VALUE=DATE:20260215" in body
    assert body.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))


def test_the_calendar_ends_with_the_role(client, case, qinghe, own_clerk):
    client.force_login(own_clerk)
    text = client.get("/z/qinghe/my-work/").content.decode()
    feed = text.split("<code>http://testserver")[1].split("</code>")[0]

    revoke_role(own_clerk, qinghe, "clerk", by=None)

    assert client.get(feed).status_code == 404
    assert client.get("/z/qinghe/my-work/forged.ics").status_code == 404


def test_the_template_is_safe_against_formulas(case, own_clerk):
    actions.write_lines(case, {"gdp": Written("", "=1+1")}, by=own_clerk)
    page = queries.data_return(case, own_clerk, date(2026, 1, 10))

    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(page, "zh")))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "=1+1" in cells  # as text, not as 2


def test_a_refused_line_keeps_what_was_typed_and_says_which(client, address, own_clerk):
    client.force_login(own_clerk)
    typed = {"value:gdp": "about ten", "remark:gdp": "by phone"}
    answer = client.post(address, typed, HTTP_ACCEPT_LANGUAGE="en")
    text = answer.content.decode()

    assert answer.status_code == 400
    assert 'value="about ten"' in text
    assert 'value="by phone"' in text
    assert 'aria-invalid="true" aria-describedby="fault-gdp about-gdp"' in text
    assert 'href="#value-gdp"' in text


def test_what_stands_on_the_page_is_kept_and_sent_in_one_step(client, case, address, own_clerk):
    client.force_login(own_clerk)
    rows = {f"remark:{line.code}": "尚未统计" for line in case.return_lines.all()}
    values = {f"value:{line.code}": "" for line in case.return_lines.all()}

    client.post(address, {**values, **rows, "value:gdp": "201.5", "then": "submit"})

    case.refresh_from_db()
    assert case.state == "submitted"
    assert case.return_lines.get(code="gdp").value == Decimal("201.5")


def test_a_refused_page_says_so_in_its_title(client, address, own_clerk):
    client.force_login(own_clerk)
    answer = client.post(address, {"value:gdp": "about ten"}, HTTP_ACCEPT_LANGUAGE="en")

    assert "<title>Fault: " in answer.content.decode()


@pytest.mark.parametrize(
    ("day", "says"), [("2020-01-01", "该日期已过"), ("2026-02-30", "输入一个有效的日期")]
)
def test_a_last_day_that_is_over_or_never_comes_is_refused(client, case, planner, day, says):
    client.force_login(planner)

    asked = {"period": "2024", "vintage": "年报", "due_on": day}
    answer = client.post("/z/qinghe/returns/issue/", asked)

    assert answer.status_code == 400
    assert says in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "says", "course"),
    [
        ("zh-hans", "尚未报送的{}份，期限改为2099-01-15。", "期限改为2099-01-15"),
        (
            "en",
            "Open before, now with the last day 2099-01-15: {}.",
            "last day moved to 2099-01-15",
        ),
    ],
)
def test_a_colleague_who_asks_again_is_told_what_another_last_day_did(
    client, case, address, person, language, says, course
):
    client.force_login(person("petra", "planner"))
    asked = {"period": "2025", "vintage": "年报", "due_on": "2099-01-15"}
    speaks = {"headers": {"accept-language": language}}

    board = client.post("/z/qinghe/returns/issue/", asked, follow=True, **speaks).content.decode()
    page = client.get(address, **speaks).content.decode()

    case.refresh_from_db()
    assert case.due_on == date(2099, 1, 15)
    assert says.format(board.count("/z/qinghe/returns/2025-final-")) in board
    assert course in page


def test_a_clerk_and_a_stranger_move_no_last_day(client, case, own_clerk, stranger):
    asked = {"period": "2025", "vintage": "年报", "due_on": "2099-01-15"}
    for person in (own_clerk, stranger):
        client.force_login(person)
        assert client.post("/z/qinghe/returns/issue/", asked).status_code == 403

    case.refresh_from_db()
    assert case.due_on == date(2026, 2, 15)
