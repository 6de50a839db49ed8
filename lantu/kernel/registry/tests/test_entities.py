"""The register: one code is one firm, names hold in time, merges can be undone."""

import io
from datetime import date

import pytest

from lantu.core.errors import ContentError, Refused
from lantu.core.figures.identifiers import credit_check
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.registry import queries
from lantu.kernel.registry.actions import import_entities, merge, register, rename, undo_merge
from lantu.kernel.registry.models import LegalEntity


def code(number: int, body: str = "") -> str:
    head = f"91999999{body or f'KX{number:07d}'}"
    return head + str(credit_check(head))


def sheet(*rows: str) -> bytes:
    return "\n".join(["统一社会信用代码,企业名称,状态,成立日期,名称启用日期", *rows]).encode()


def outcomes(report) -> list[str]:
    return [row.outcome for row in report.rows]


def test_a_file_is_taken_and_taking_it_again_changes_nothing(qinghe, clerk):
    content = sheet(f"{code(1)},甲公司,存续,2010-05-06,", f"{code(2)},乙公司,,,")

    first = import_entities(qinghe, content, name="a.csv", by=clerk)
    entries = LedgerEntry.objects.count()
    again = import_entities(qinghe, content, name="a.csv", by=clerk)

    assert outcomes(first) == ["taken", "taken"]
    assert outcomes(again) == ["known", "known"]
    assert LedgerEntry.objects.count() == entries
    assert queries.entity(qinghe, code(1)).founded_on == date(2010, 5, 6)


def test_a_workbook_is_read_like_a_csv(qinghe, clerk):
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    table = book.add_worksheet()
    table.write_row(0, 0, ["2024年企业名录"])
    table.write_row(1, 0, ["统一社会信用代码", "企业名称（全称）"])
    table.write_row(2, 0, [f" {code(3).lower()} ", "丙公司"])
    book.close()

    report = import_entities(qinghe, out.getvalue(), name="a.xlsx", by=clerk)

    assert outcomes(report) == ["taken"]
    assert queries.entity(qinghe, code(3)).zh == "丙公司"


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (f"{code(1)[:17]}{'0' if code(1)[17] != '0' else '1'},甲公司,,,", "by its check digit"),
        (f"{code(1)[:16]},甲公司,,,", "has 16 characters"),
        ("91999999IOSVZ00001,甲公司,,,", "a character that no code has"),
        (",甲公司,,,", "The cell `code` is empty"),
        (f"{code(1)},,,,", "The cell `zh` is empty"),
        (f"{code(1)},甲公司,飞升,,", "The status '飞升' is not known"),
        (f"{code(1)},甲公司,,2010-13-01,", "is not a date"),
    ],
)
def test_a_wrong_row_is_refused_with_its_value_and_holds_the_others_back(
    qinghe, clerk, cells, what
):
    report = import_entities(qinghe, sheet(cells, f"{code(2)},乙公司,,,"), name="a.csv", by=clerk)

    assert outcomes(report) == ["refused", "held-back"]
    assert what in report.rows[0].what
    assert not LegalEntity.objects.filter(zone=qinghe).exists()


def test_the_sound_rows_can_be_taken_alone(qinghe, clerk):
    content = sheet("123,甲公司,,,", f"{code(2)},乙公司,,,")

    report = import_entities(qinghe, content, name="a.csv", by=clerk, whole=False)

    assert outcomes(report) == ["refused", "taken"]


def test_a_trial_takes_nothing(qinghe, clerk):
    content = sheet(f"{code(1)},甲公司,,,")

    import_entities(qinghe, content, name="a.csv", by=clerk, dry_run=True)

    assert not LegalEntity.objects.filter(zone=qinghe).exists()


def test_one_code_with_two_names_is_refused_unless_the_change_has_a_day(qinghe, clerk):
    register(qinghe, code(1), "甲公司", by=clerk)

    wrong = import_entities(qinghe, sheet(f"{code(1)},新甲公司,,,"), name="a", by=clerk)
    right = import_entities(qinghe, sheet(f"{code(1)},新甲公司,,,2024-03-01"), name="a", by=clerk)

    assert outcomes(wrong) == ["refused"]
    assert "belongs to 甲公司" in wrong.rows[0].what
    assert outcomes(right) == ["taken"]
    found = queries.entity(qinghe, code(1))
    assert [name.zh for name in queries.names(found)] == ["新甲公司", "甲公司"]
    assert queries.name_on(found, date(2024, 2, 29)) == "甲公司"
    assert queries.name_on(found, date(2024, 3, 1)) == "新甲公司"


def test_the_same_code_twice_in_a_file_with_two_names_is_refused(qinghe, clerk):
    content = sheet(f"{code(1)},甲公司,,,", f"{code(1)},乙公司,,,", f"{code(1)},甲公司,,,")

    report = import_entities(qinghe, content, name="a.csv", by=clerk, whole=False)

    assert outcomes(report) == ["taken", "refused", "known"]


def test_a_name_cannot_begin_before_the_one_in_force(qinghe, clerk):
    firm = register(qinghe, code(1), "甲公司", by=clerk)
    rename(firm, "乙公司", since=date(2024, 3, 1), by=clerk)

    with pytest.raises(Refused, match="cannot begin on 2024-03-01"):
        rename(firm, "丙公司", since=date(2024, 3, 1), by=clerk)


def test_a_firm_is_found_by_former_name_code_and_initials(qinghe, clerk):
    firm = register(qinghe, code(1), "云岭纺织", by=clerk)
    rename(firm, "恒泽纺织", since=date(2024, 3, 1), by=clerk)

    for words in ("恒泽", "云岭", code(1)[:12], "hzfz"):
        assert [one.pk for one in queries.found(qinghe, words)] == [firm.pk], words
    assert not queries.found(qinghe, "瑞丰")


def test_a_merge_can_be_undone_and_both_acts_stay(qinghe, clerk):
    one, other = (register(qinghe, code(n), f"企业{n}", by=clerk) for n in (1, 2))

    merge(one, other, reason="同一企业重复登记", by=clerk)
    merged = [firm.pk for firm in queries.found(qinghe, "")]
    one.refresh_from_db()
    undo_merge(one, reason="查明为两家企业", by=clerk)

    assert merged == [other.pk]
    assert {firm.pk for firm in queries.found(qinghe, "")} == {one.pk, other.pk}
    (line,) = queries.merges(other)
    assert (line.reason, line.undone_reason) == ("同一企业重复登记", "查明为两家企业")
    acts = LedgerEntry.objects.filter(object_key=one.code).values_list("act", flat=True)
    assert {"merge", "undo-merge"} <= set(acts)


def test_what_a_merge_refuses(qinghe, xinxiang, clerk):
    one, two, three = (register(qinghe, code(n), f"企业{n}", by=clerk) for n in (1, 2, 3))
    away = register(xinxiang, code(4), "外地企业", by=clerk)
    merge(one, two, reason="重复", by=clerk)

    for entity, into, reason in (
        (three, three, "x"), (three, away, "x"), (three, one, "x"), (one, three, "x"),
        (two, three, "x"), (three, two, " "),
    ):  # fmt: skip
        with pytest.raises(Refused):
            merge(entity, into, reason=reason, by=clerk)
    with pytest.raises(Refused):
        undo_merge(three, reason="x", by=clerk)


def test_possible_duplicates_are_shown_with_the_reason(qinghe, clerk):
    register(qinghe, code(1), "青禾云岭纺织有限公司", by=clerk)
    register(qinghe, code(2), "青禾云岭（纺织）有限责任公司", by=clerk)
    register(qinghe, code(3), "另一家", by=clerk)
    head = "92999999" + code(3)[8:17]
    register(qinghe, head + str(credit_check(head)), "完全不同的名字", by=clerk)

    found = queries.duplicates(qinghe)

    assert sorted(pair.why for pair in found) == ["same-body", "same-name"]


def test_a_wrong_code_is_an_error_with_the_right_character(qinghe, clerk):
    wrong = code(1)[:17] + ("0" if code(1)[17] != "0" else "1")

    with pytest.raises(ContentError, match=f"would end in {code(1)[17]}"):
        register(qinghe, wrong, "甲公司", by=clerk)
    with pytest.raises(Refused, match="One code is one firm"):
        register(qinghe, code(1), "甲公司", by=clerk)
        register(qinghe, code(1), "乙公司", by=clerk)
