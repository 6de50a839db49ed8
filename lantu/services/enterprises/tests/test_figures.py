"""Yearly figures of firms: checked, kept with their source, superseded and never overwritten."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from lantu.core.errors import ContentError, Refused
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.registry.actions import merge, register
from lantu.services.enterprises.actions.figures import correct_figure, import_figures
from lantu.services.enterprises.entrants import figures_of
from lantu.services.enterprises.models import Figure, FirmYear
from lantu.services.enterprises.queries import firms as queries
from lantu.services.enterprises.tests.conftest import code_of

HEADS = (
    "统一社会信用代码,企业名称,年份,评价税收（万元）,用地面积（亩）,租用面积（亩）,"
    "综合能耗（吨标准煤）"
)


@pytest.fixture
def firm(qinghe, clerk):
    return register(qinghe, code_of(1), "甲公司", by=clerk)


def taken(zone, clerk, *rows, heads=HEADS, **more):
    content = "\n".join([heads, *rows]).encode()
    return import_figures(zone, content, name="年报.csv", by=clerk, **more)


def outcomes(report):
    return [row.outcome for row in report.rows]


def in_force(firm, year=2024):
    return figures_of(FirmYear.objects.get(entity=firm, year=year))


def test_a_wide_row_gives_one_figure_a_column_and_an_empty_cell_gives_none(qinghe, clerk, firm):
    report = taken(qinghe, clerk, f"{code_of(1)},甲公司,2024,300,20,,/")

    assert outcomes(report) == ["taken"]
    assert in_force(firm) == {"tax_paid": Decimal(300), "land_used": Decimal(20)}
    assert FirmYear.objects.get(entity=firm).tax_per_mu == 15


def test_figures_in_other_units_are_converted_and_kept_as_printed(qinghe, clerk, firm):
    heads = "统一社会信用代码,年份,评价税收（元）,用地面积（公顷）"

    taken(qinghe, clerk, f"{code_of(1)},2024,3000000,2", heads=heads)

    assert in_force(firm) == {"tax_paid": Decimal(300), "land_used": Decimal(30)}
    assert Figure.objects.get(item="land_used").printed == "2 公顷"


def test_a_column_without_a_unit_is_not_taken(qinghe, clerk, firm):
    heads = "统一社会信用代码,年份,评价税收"

    with pytest.raises(ContentError, match="names no unit"):
        taken(qinghe, clerk, f"{code_of(1)},2024,300", heads=heads)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("{0},甲,2024,三百,20,,", "is not a number"),
        ("{0},甲,2024,300,-20,,", "cannot be below 0"),
        ("{0},甲,2024,300,20,25,", "more than the 20 mu used in all"),
        ("{0},甲,二〇二四,300,20,,", "cannot be read"),
        ("{0},甲,2024,,,,", "The row has no figure"),
        ("{1},甲,2024,300,20,,", "is not in the register"),
        ("{0}X,甲,2024,300,20,,", "has 19 characters"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_holds_the_others_back(qinghe, clerk, firm, row, what):
    good = f"{code_of(1)},甲,2023,300,20,,"

    report = taken(qinghe, clerk, good, row.format(code_of(1), code_of(2)))

    assert outcomes(report) == ["held-back", "refused"]
    assert what in report.rows[1].what
    assert not Figure.objects.exists()


def test_a_wrong_unit_is_refused_by_row(qinghe, clerk, firm):
    heads = "统一社会信用代码,年份,指标,数值,单位"

    report = taken(qinghe, clerk, f"{code_of(1)},2024,用地面积,20,万元",
                   f"{code_of(1)},2024,评价税收,—,万元", f"{code_of(1)},2024,评价税收,300,",
                   heads=heads)  # fmt: skip

    assert outcomes(report) == ["refused"] * 3
    assert "not a unit of 亩" in report.rows[0].what
    assert "Unknown is not zero" in report.rows[1].what
    assert "has no unit" in report.rows[2].what


def test_another_value_supersedes_only_with_a_reason_and_the_old_one_stays(qinghe, clerk, firm):
    taken(qinghe, clerk, f"{code_of(1)},甲,2024,300,20,,")

    refused = taken(qinghe, clerk, f"{code_of(1)},甲,2024,310,20,,")
    again = taken(qinghe, clerk, f"{code_of(1)},甲,2024,310,20,,", reason="税务局复核")

    assert outcomes(refused) == ["refused"]
    assert "is 300 so far, not 310" in refused.rows[0].what
    assert outcomes(again) == ["taken"]
    old, new = Figure.objects.filter(item="tax_paid").order_by("pk")
    assert (old.value, new.value, new.supersedes, new.reason) == (300, 310, old, "税务局复核")
    assert in_force(firm)["tax_paid"] == 310


def test_repeating_an_import_changes_nothing(qinghe, clerk, firm):
    row = f"{code_of(1)},甲,2024,300,20,5,11.5"
    taken(qinghe, clerk, row)
    entries = LedgerEntry.objects.count()

    report = taken(qinghe, clerk, row, row)

    assert outcomes(report) == ["known", "known"]
    assert LedgerEntry.objects.count() == entries


def test_two_values_for_one_figure_in_a_file_are_refused(qinghe, clerk, firm):
    report = taken(
        qinghe, clerk, f"{code_of(1)},甲,2024,300,20,,", f"{code_of(1)},甲,2024,301,20,,"
    )

    assert outcomes(report) == ["held-back", "refused"]


def test_figures_of_a_merged_firm_go_to_the_one_that_stays(qinghe, clerk, firm):
    other = register(qinghe, code_of(2), "乙公司", by=clerk)
    merge(firm, other, reason="重复登记", by=clerk)

    report = taken(qinghe, clerk, f"{code_of(1)},甲,2024,300,20,,")

    assert outcomes(report) == ["refused"]
    assert report.rows[0].remedy == f"Use the code {code_of(2)}."


def test_the_database_itself_refuses_to_change_a_figure(qinghe, clerk, firm):
    taken(qinghe, clerk, f"{code_of(1)},甲,2024,300,20,,")

    for act in (lambda: Figure.objects.update(value=1), lambda: Figure.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act()


def test_a_correction_needs_reason_and_source_and_a_new_value(qinghe, clerk, firm):
    taken(qinghe, clerk, f"{code_of(1)},甲,2024,300,20,,")
    terms = {"reason": "退地6亩", "source": "土地证", "by": clerk}

    correct_figure(firm, 2024, "land_used", Decimal(14), **terms)

    assert in_force(firm)["land_used"] == 14
    for item, value, more in (
        ("land_used", 14, {}), ("land_used", -1, {}), ("shoe_size", 3, {}),
        ("land_used", 3, {"reason": " "}), ("land_used", 3, {"source": ""}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            correct_figure(firm, 2024, item, Decimal(value), **{**terms, **more})


def test_a_zone_total_is_a_sum_over_a_sum_and_says_what_it_leaves_out(enter, qinghe):
    enter({
        1: {"tax_paid": "100", "land_used": "1"}, 2: {"tax_paid": "100", "land_used": "99"},
        3: {"tax_paid": "500"}, 4: {"tax_paid": "50", "land_used": "0"},
    })  # fmt: skip

    total = queries.totals(qinghe, 2024)[0]

    # The mean of the ratios would be 50.5; a firm without land would add tax to nothing.
    assert (total.value, total.firms, total.left_out) == (2, 2, 2)


def test_a_zone_total_follows_a_correction_and_a_merge(enter, qinghe, clerk):
    firms = enter({1: {"tax_paid": "100", "land_used": "10"},
                   2: {"tax_paid": "50", "land_used": "10"}})  # fmt: skip

    def total() -> Decimal | None:
        return queries.totals(qinghe, 2024)[0].value

    first = total()
    correct_figure(firms[2], 2024, "tax_paid", Decimal(80), reason="x", source="y", by=clerk)
    corrected = total()
    merge(firms[2], firms[1], reason="重复登记", by=clerk)

    assert (first, corrected, total()) == (Decimal("7.5"), 9, 10)
