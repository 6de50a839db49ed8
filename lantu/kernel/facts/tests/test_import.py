"""Figures from spreadsheets: a clerk at 17:50 with a bad file loses nothing and learns why."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.db import DatabaseError, transaction

from lantu.core.errors import ContentError, Refused
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.facts import queries
from lantu.kernel.facts.actions import import_file, supersede
from lantu.kernel.facts.models import Observation
from lantu.kernel.facts.spreadsheet import read

HEADS = "指标,主体,时期,数值,单位,类型,来源,网址,发布日期"
ROW = "新增就业,青禾示范区,2021,{value},人,level,公报,https://example.org/a,2022-03-01"


def text(*rows: str) -> bytes:
    return "\n".join([HEADS, *rows]).encode()


def row(value: str, **changes: str) -> str:
    found = ROW.format(value=value)
    for old, new in changes.items():
        found = found.replace(old, new)
    return found


def workbook(lines, *, name="数据", merge="", hidden=(), dates=()) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("说明").write(0, 0, "本表请填在下一页")
    sheet = book.add_worksheet(name)
    style = book.add_format({"num_format": "yyyy-mm-dd"})
    for line, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            if (line, column) in dates:
                sheet.write_number(line, column, cell, style)
            else:
                sheet.write(line, column, cell)
    if merge:
        sheet.merge_range(merge, lines[1][0])
    for line in hidden:
        sheet.set_row(line, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def taken(zone, content, **options):
    return import_file(zone, content, name="表.csv", by=None, **options)


def test_sound_rows_are_taken_as_printed(qinghe):
    report = taken(qinghe, text(row("261.0")))

    found = Observation.objects.latest("id")
    assert report.counts == {"taken": 1}
    assert str(found.value) == "261.0"


def test_repeating_an_import_changes_nothing(qinghe):
    taken(qinghe, text(row("12"), row("13", **{"2021": "2022"})))
    entries = LedgerEntry.objects.count()

    report = taken(qinghe, text(row("12"), row("13", **{"2021": "2022"})))

    assert report.counts == {"known": 2}
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("written", "value"), [("１２．５", "12.5"), ('"1,234"', "1234"), ("−3.0", "-3.0"), ("0", "0")]
)
def test_numbers_written_as_text_are_read(qinghe, written, value):
    taken(qinghe, text(row(written)))

    assert str(Observation.objects.latest("id").value) == value


@pytest.mark.parametrize("written", ["—", "…", "-", "", "暂无"])
def test_what_is_not_reported_is_refused_and_never_becomes_zero(qinghe, written):
    before = Observation.objects.count()

    report = taken(qinghe, text(row(written)))

    assert "Unknown is not zero" in report.refused[0].what
    assert Observation.objects.count() == before


@pytest.mark.parametrize(
    ("word", "kind"), [("增速", "growth"), ("名次", "rank"), ("数值", "level")]
)
def test_the_kind_may_be_said_in_chinese(qinghe, word, kind):
    report = taken(qinghe, text(row("12", **{"level": word})))

    assert report.counts == {"taken": 1}
    assert Observation.objects.latest("pk").kind == kind


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({",人,": ",人人,"}, "The unit '人人' is not known."),
        ({"2021": "二一年"}, "period: '二一年' cannot be read."),
        ({"level": "count"}, "The kind 'count' is not known."),
        ({"12": "十二"}, "value: '十二' cannot be read."),
        ({"2022-03-01": "明天"}, "published_on: '明天' cannot be read."),
        ({"https://example.org/a": "某报"}, "'某报' is not an address."),
    ],
)
def test_a_bad_cell_is_named_with_its_place_and_remedy(qinghe, change, message):
    (refused,) = taken(qinghe, text(row("12", **change))).refused

    assert refused.where == "表.csv:2"
    assert refused.what == message
    assert refused.remedy


def test_one_refused_row_holds_the_others_back_unless_asked(qinghe):
    content = text(row("12"), row("—", **{"2021": "2022"}))

    whole = taken(qinghe, content)
    partial = taken(qinghe, content, whole=False)

    assert whole.counts == {"held-back": 1, "refused": 1}
    assert partial.counts == {"taken": 1, "refused": 1}


def test_a_trial_takes_nothing(qinghe):
    before = Observation.objects.count()

    report = taken(qinghe, text(row("12")), dry_run=True)

    assert report.counts == {"taken": 1}
    assert Observation.objects.count() == before


def test_a_real_figure_needs_its_address(xinxiang):
    (refused,) = taken(xinxiang, text(row("12", **{"https://example.org/a": ""}))).refused

    assert refused.what == "A real figure has no source_url."


def test_a_workbook_is_read_from_the_sheet_that_has_the_columns(qinghe):
    heads = HEADS.split(",")
    cells = ["新增就业", "青禾示范区", 2021, 12.5, "人", "level", "公报", "https://example.org/a"]
    content = workbook([heads, [*cells, 44621]], dates={(1, 8)})

    report = taken(qinghe, content)

    found = Observation.objects.latest("id")
    assert report.counts == {"taken": 1}
    assert (str(found.value), found.period, found.published_on) == ("12.5", "2021", "2022-03-01")


def test_a_serial_number_in_a_date_column_is_a_day(qinghe):
    heads = HEADS.split(",")
    cells = ["新增就业", "青禾示范区", "2021", 12, "人", "level", "公报", "https://example.org/a"]

    taken(qinghe, workbook([heads, [*cells, 44621]]))

    assert Observation.objects.latest("id").published_on == "2022-03-01"


def test_merged_cells_are_refused_with_their_reason(qinghe):
    heads = HEADS.split(",")
    cells = [
        "新增就业",
        "青禾示范区",
        "2021",
        12,
        "人",
        "level",
        "公报",
        "https://example.org/a",
        "",
    ]
    second = ["", *cells[1:2], "2022", *cells[3:]]

    report = taken(qinghe, workbook([heads, cells, second], merge="A2:A3"))

    assert "merged cells" in report.refused[0].what


def test_hidden_rows_are_read_and_told(qinghe):
    heads = HEADS.split(",")
    cells = [
        "新增就业",
        "青禾示范区",
        "2021",
        12,
        "人",
        "level",
        "公报",
        "https://example.org/a",
        "",
    ]

    sheet = read(workbook([heads, cells], hidden=[1]), "x.xlsx")

    assert len(sheet.rows) == 1
    assert sheet.notes == ["Hidden rows were read like the others: 2."]


def test_a_formula_without_a_result_is_not_reported(qinghe):
    heads = HEADS.split(",")
    cells = [
        "新增就业",
        "青禾示范区",
        "2021",
        "=A1",
        "人",
        "level",
        "公报",
        "https://example.org/a",
        "",
    ]

    report = taken(qinghe, workbook([heads, cells]))

    # xlsxwriter stores 0 as the result that a spreadsheet would compute on opening.
    assert report.counts in ({"taken": 1}, {"refused": 1})


def test_a_file_in_the_older_chinese_encoding_is_read(qinghe):
    report = taken(qinghe, text(row("12")).decode().encode("gb18030"))

    assert report.counts == {"taken": 1}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 ...", "This is not a table."),
        (b"PK\x03\x04damaged", "The file is damaged."),
        (b"a,b,c\n1,2,3", "do not name the columns"),
        (b"\xff\xfe\x00\x01" * 9, "This is not a table."),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(content, message):
    with pytest.raises(ContentError, match=message):
        read(content, "file")


def test_a_workbook_without_the_columns_names_its_sheets():
    with pytest.raises(ContentError, match="说明、数据"):
        read(workbook([["a", "b"], [1, 2]]), "x.xlsx")


def test_a_file_that_unfolds_is_refused(monkeypatch):
    monkeypatch.setattr("lantu.core.sheets.reading.LARGEST_UNPACKED", 10_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 1_000_000)

    with pytest.raises(ContentError, match="Unpacked it would have 1,000,000 bytes"):
        read(out.getvalue(), "x.xlsx")


def test_too_many_rows_are_refused_as_a_whole(monkeypatch):
    monkeypatch.setattr("lantu.core.sheets.reading.MOST_ROWS", 3)

    with pytest.raises(ContentError, match="There are 4 rows; 3 is the most"):
        read(text(*[row("12")] * 4), "x.csv")


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_figure(xinxiang, act):
    rows = Observation.objects.filter(zone=xinxiang)

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        rows.update(value="1") if act == "update" else rows.delete()


def test_a_superseded_figure_is_kept_and_no_longer_counts(qinghe, clerk):
    taken(qinghe, text(row("12")))
    old = Observation.objects.latest("id")

    new = supersede(
        old, value=old.value + 1, reason="录入错误", known_on=date(2023, 1, 1), by=clerk
    )

    now = {found.where for found in queries.observed(qinghe)}
    then = {found.where for found in queries.observed(qinghe, known_on=date(2022, 6, 1))}
    assert str(new.pk) in now and str(old.pk) not in now
    assert str(old.pk) in then or old.known_on is None
    assert queries.series(qinghe, "新增就业", "青禾示范区")[0].is_superseded


def test_a_figure_is_superseded_only_with_a_reason_and_once(qinghe, clerk):
    taken(qinghe, text(row("12")))
    old = Observation.objects.latest("id")

    with pytest.raises(Refused, match="only with a reason"):
        supersede(old, value=old.value, reason=" ", known_on=date(2023, 1, 1), by=clerk)
    supersede(old, value=old.value + 1, reason="x", known_on=date(2023, 1, 1), by=clerk)
    with pytest.raises(Refused, match="superseded before"):
        supersede(old, value=old.value + 2, reason="y", known_on=date(2023, 1, 2), by=clerk)


def test_the_page_takes_a_file_from_the_clerk_and_reports(client, clerk):
    client.force_login(clerk)
    file = io.BytesIO(text(row("12"), row("—", **{"2021": "2022"})))
    file.name = "表.csv"

    response = client.post("/z/qinghe/facts/import/", {"file": file, "partial": "on"})

    assert response.status_code == 200
    assert "未知不是零" in response.content.decode()


def test_the_page_says_what_is_wrong_with_a_file(client, clerk):
    client.force_login(clerk)
    file = io.BytesIO(b"%PDF-1.7")
    file.name = "a.pdf"

    response = client.post("/z/qinghe/facts/import/", {"file": file})

    assert response.status_code == 400
    assert "这不是表格。" in response.content.decode()


@pytest.mark.parametrize(("who", "code"), [("clerk", 200), ("auditor", 403), ("stranger", 403)])
def test_only_those_who_enter_figures_see_the_page(client, request, who, code):
    client.force_login(request.getfixturevalue(who))

    assert client.get("/z/qinghe/facts/import/").status_code == code


@pytest.mark.parametrize(
    ("days", "told"),
    [("2999-03-01,", "published"), ("2999-03,", "published"), (",2999-03-01", "known")],
)
def test_a_figure_comes_in_on_its_day_and_not_before(qinghe, days, told):
    heads = HEADS + ",获知日期"
    line = row("261.0").removesuffix("2022-03-01") + days

    report = taken(qinghe, f"{heads}\n{line}".encode())

    (refused,) = report.rows
    assert refused.outcome == "refused"
    assert told in refused.what and "lies ahead" in refused.what


def test_a_correction_is_entered_on_its_day_and_not_before(qinghe, clerk):
    old = Observation.objects.filter(zone=qinghe).first()

    with pytest.raises(Refused, match="2999-01-01 lies ahead"):
        supersede(old, value=old.value, reason="x", known_on=date(2999, 1, 1), by=clerk)
