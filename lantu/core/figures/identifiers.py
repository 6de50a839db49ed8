"""Identifiers with a check character: the social credit code and the identity number."""

import re
import unicodedata
from datetime import date

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_IDENTITY_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]
_IDENTITY_CHECKS = "10X98765432"
# The first two digits of the administrative codes of GB/T 2260, and 81 to 83 of residence permits.
_PROVINCES = set(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83".split()
)


def normalised(text: str) -> str:
    """Full-width signs made plain, lower case made upper, blanks taken out."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def credit_sum(code: str) -> int | None:
    """The weighted sum of the first 17 characters; None where one is not of the alphabet.

    Source: GB 32100-2015. The check character is 31 less the sum's remainder by 31.
    """
    first = normalised(code)[:17]
    if len(first) < 17 or any(letter not in CREDIT_ALPHABET for letter in first):
        return None
    return sum(
        CREDIT_ALPHABET.index(letter) * weight
        for letter, weight in zip(first, _CREDIT_WEIGHTS, strict=True)
    )


def credit_check(code: str) -> str | None:
    """The check character that belongs to the first 17 characters of a social credit code."""
    weighted = credit_sum(code)
    return None if weighted is None else CREDIT_ALPHABET[(31 - weighted % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether it has 18 characters, six digits of an area, and the right last character."""
    plain = normalised(code)
    return len(plain) == 18 and plain[2:8].isdigit() and credit_check(plain) == plain[17]


def identity_sum(number: str) -> int | None:
    """The weighted sum of the first 17 digits of an identity number. Source: GB 11643-1999."""
    first = normalised(number)[:17]
    if not re.fullmatch(r"[0-9]{17}", first):
        return None
    return sum(int(digit) * weight for digit, weight in zip(first, _IDENTITY_WEIGHTS, strict=True))


def identity_check(number: str) -> str | None:
    """The check character that belongs to the first 17 digits."""
    weighted = identity_sum(number)
    return None if weighted is None else _IDENTITY_CHECKS[weighted % 11]


def is_identity_number(number: str) -> bool:
    """Whether province, day of birth and check character can be right. For checking only."""
    plain = normalised(number)
    if len(plain) != 18 or plain[:2] not in _PROVINCES or identity_check(plain) != plain[17]:
        return False
    try:
        date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return False
    return True


def masked(number: str) -> str:
    """An identity number for a page: the area and the last character, the rest covered."""
    plain = normalised(number)
    return plain[:6] + "*" * max(0, len(plain) - 7) + plain[-1:] if len(plain) > 7 else "*" * 8
