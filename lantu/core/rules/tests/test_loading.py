"""A method is checked when it is loaded: names, units, dates and sources."""

from pathlib import Path

import pytest

from lantu.core.errors import ContentError
from lantu.core.rules.dimensions import Measured, Mismatch
from lantu.core.rules.methods import load

SOUND = """label: {zh: 亩均税收, en: Tax per mu}
question: How much?
formula: {zh: 税收 ÷ 面积, en: tax over land}
version: 1
entity: firm
period: year
unit: 万元/亩
inputs:
  tax_paid: {unit: 万元, label: {zh: 税收, en: Tax}}
  land_used: {unit: 亩, label: {zh: 用地, en: Land}}
history: {1: First version.}
"""
RULE = "lantu.services.enterprises.methods.per_mu_tax"


def _load(tmp_path: Path, text: str):
    (tmp_path / "per_mu_tax.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "per_mu_tax.py").write_text("", encoding="utf-8")
    return load(tmp_path / "per_mu_tax.yaml", "x.per_mu_tax", RULE)


def test_a_sound_method_is_taken(tmp_path):
    assert _load(tmp_path, SOUND).needs == ("tax_paid", "land_used")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("unit: 万元/亩", "unit: 万元/人", "The rule gives"),
        ("unit: 亩,", "unit: 尺寸,", "not known"),
        ("land_used:", "land:", "The rule takes the columns tax_paid, land_used"),
        ("version: 1", "version: 2", "Version 2 is not in the history"),
        ("formula:", "formulas:", "The key `formulas` is not known"),
        ("en: Tax per mu", "fr: Impôt", "not in both languages"),
        (
            "history:",
            "parameters:\n  least:\n    label: {zh: 甲, en: A}\n    unit: 亩\n    values:\n"
            "      2020-01-01: {value: 1}\n    checked: 2026-01-01\nhistory:",
            "There is no `source`",
        ),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path, old, new, told):
    with pytest.raises(ContentError) as error:
        _load(tmp_path, SOUND.replace(old, new, 1))

    assert told in str(error.value)
    assert "per_mu_tax.yaml:" in error.value.where


def test_land_cannot_be_added_to_money():
    with pytest.raises(Mismatch):
        Measured.of("万元") + Measured.of("亩")


def test_money_over_land_may_be_written_in_any_money_and_land():
    assert (Measured.of("万元") / Measured.of("亩")).fits("亿元/平方公里")
