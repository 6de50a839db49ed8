"""Codes with a check character."""

import pytest

from lantu.core.figures.identifiers import (
    is_credit_code,
    is_identity_number,
    masked,
)


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),
        ("９１３５０１００m000100y43", True),  # typed in full width and lower case
        ("91350100M000100Y4Z", False),
        ("91350100M000100Y4", False),
        ("9I350100M000100Y43", False),  # I is not of the alphabet
        ("", False),
    ],
)
def test_a_credit_code_is_valid_with_its_check_character(code, valid):
    assert is_credit_code(code) is valid


def test_an_identity_number_needs_a_real_day_and_province():
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("160105194912310029")
    assert not is_identity_number("11010519490231002X")


def test_a_masked_number_shows_neither_birthday_nor_order():
    assert masked("11010519491231002X") == "110105***********X"
