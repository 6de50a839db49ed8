"""Samples of water come in as a table: a row for each section and month."""

import io
from datetime import date

import pytest
import xlsxwriter

from lantu.kernel.access.models import LedgerEntry
from lantu.services.environment import actions
from lantu.services.environment.models import WaterSample
from lantu.services.environment.water import water

HEAD = "断面,月份,pH（无量纲）,溶解氧（mg/L）,氨氮（mg/L）,总磷（mg/L）\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def sections(qinghe):
    for code, zh, medium in (("r1", "卫河断面", "river"), ("l1", "镜湖", "lake")):
        actions.add_station(
            qinghe, code, zh=zh, en="", medium=medium, since=date(2024, 1, 1), by=None
        )
    return qinghe


def taken(zone, rows, *, head=HEAD, **more):
    return actions.import_samples(zone, (head + rows).encode(), name="samples.csv", by=None, **more)


def refusals(report):
    return [f"{one.what} {one.remedy}" for one in report.refused]


def test_a_section_is_named_by_its_code_or_its_name_and_gets_its_class(sections):
    report = taken(sections, "r1,2025-03,7.8,8.1,0.42,0.08\n卫河断面,2025年4月,7.9,6.5,1.20,0.15\n")

    assert report.counts == {"taken": 2}
    march, april = water(sections, 2025).months
    assert [one.cls for one in (march.sections[1], april.sections[1])] == ["II", "IV"]
    assert april.sections[1].items == ("NH3-N",)
    entry = LedgerEntry.objects.filter(object_type="water").latest("number")
    assert entry.after["rows"] == 2


def test_values_stay_as_printed_and_another_size_of_unit_is_converted(sections):
    head = "断面,月份,高锰酸盐指数（mg/L）,汞（μg/L）,透明度（cm）,叶绿素a（mg/m³）,采样人\n"
    report = taken(sections, "l1,2025/3,3.60,0.04,90,12.0,某人\n", head=head)

    assert report.counts == {"taken": 1}
    values = WaterSample.objects.get().values
    assert values == {"CODMn": "3.60", "Hg": "0.00004", "SD": "0.90", "chla": "12.0"}


def test_an_empty_cell_was_not_measured(sections):
    taken(sections, "r1,2025-03,7.8,/,—,0.08\n")

    assert WaterSample.objects.get().values == {"pH": "7.8", "TP": "0.08"}


@pytest.mark.parametrize(
    ("row", "words"),
    [("r9,2025-03,7,8,1,1", "no section 'r9'. Use one of: l1, r1"),
     (",2025-03,7,8,1,1", "section is empty"),
     ("r1,2025-13,7,8,1,1", "not a month. Write it as 2025-03"),
     ("r1,三月,7,8,1,1", "not a month"),
     ("r1,2023-12,7,8,1,1", "not in operation"),
     ("r1,2025-03,7,8,0.025L,1", "below detection: 0.025L. It is no number, and not zero"),
     ("r1,2025-03,7,8,<0.01,1", "below detection"),
     ("r1,2025-03,7,8,约1,1", "is not a number"),
     ("r1,2025-03,7,-8,1,1", "DO cannot be -8"),
     ("r1,2025-03,78,8,1,1", "pH cannot be 78"),
     ("r1,2025-03,,,/,", "no item from which a class follows")],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_is_refused_and_the_others_are_taken(sections, row, words):
    report = taken(sections, f"{row}\nr1,2025-05,7.7,7.0,0.3,0.1\n")

    assert report.counts == {"refused": 1, "taken": 1}
    assert words in refusals(report)[0]
    assert report.refused[0].where == "samples.csv:2"


@pytest.mark.parametrize(
    ("head", "words"),
    [("断面,月份,氨氮\n", "names no unit"), ("断面,月份,氨氮（kg）\n", "is no unit of it"),
     ("断面,月份,水温（℃）\n", "No column holds an item"), ("断面,氨氮（mg/L）\n", "do not name")],
)  # fmt: skip
def test_a_table_without_units_or_columns_is_refused_whole(sections, head, words):
    with pytest.raises(actions.water.ContentError, match=words):
        taken(sections, "r1,2025-03,1\n", head=head)

    assert not WaterSample.objects.exists()


def test_repeating_an_import_changes_nothing(sections):
    taken(sections, "r1,2025-03,7.8,8.1,0.42,0.08\n")
    entries = LedgerEntry.objects.count()

    assert taken(sections, "r1,2025-03,7.8,8.1,0.42,0.08\n").counts == {"known": 1}
    assert LedgerEntry.objects.count() == entries


def test_another_value_is_taken_only_as_a_correction_and_the_first_stays(sections):
    taken(sections, "r1,2025-03,7.8,8.1,0.42,0.08\n")

    refused = taken(sections, "r1,2025-03,7.8,8.1,1.42,0.08\n")
    assert "another sample for 2025-03; it differs in NH3-N" in refusals(refused)[0]

    assert taken(sections, "r1,2025-03,7.8,8.1,1.42,0.08\n", corrects=True).counts == {"taken": 1}
    assert water(sections, 2025).months[0].sections[1].cls == "IV"
    assert WaterSample.objects.count() == 2


def test_a_correction_back_to_an_earlier_value_counts(sections):
    first, second = "r1,2025-03,7.8,8.1,0.42,0.08\n", "r1,2025-03,7.8,8.1,1.42,0.08\n"
    for rows in (first, second, first):
        taken(sections, rows, corrects=True)

    assert water(sections, 2025).months[0].sections[1].cls == "II"


def test_a_trial_takes_nothing(sections):
    assert taken(sections, "r1,2025-03,7,8,1,1\n", dry_run=True).counts == {"taken": 1}
    assert not WaterSample.objects.exists()


def test_a_planner_brings_a_workbook_and_reads_the_report(client, sections, planner):
    client.force_login(planner)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm"})
        sheet.write_row(0, 0, ["断面", "月份", "氨氮（mg/L）", "pH"])
        sheet.write_row(1, 0, ["r1", "", 0.42, 7.8])
        sheet.write_datetime(1, 1, date(2025, 3, 1), day)
        sheet.write_row(2, 0, ["r2", "2025-03", 0.42, 7.8])
    file.seek(0)
    file.name = "水质.xlsx"

    text = client.post("/z/qinghe/water/import/", {"file": file}).content.decode()

    assert "没有断面" in text
    assert WaterSample.objects.get().values == {"NH3-N": "0.42", "pH": "7.8"}
