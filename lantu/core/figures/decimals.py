"""Numbers as printed: a Decimal keeps its last digit, and the last digit says how exact it is."""

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation, localcontext
from functools import lru_cache
from typing import Final

# 34 digits hold any product of two printed figures; roots are rounded to twelve places after.
ARITHMETIC: Final = Context(prec=34, rounding=ROUND_HALF_EVEN)
ROOT_PLACES: Final = Decimal("1e-12")
LARGEST_EXPONENT: Final = 30

_PRINTED = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d{1,2})?")
_LONG = re.compile(r"(?<![\d.,])[1-9]\d{4,}(?![\d,])")
_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "٫": "."})


def printed(text: str) -> Decimal:
    """Read a number as it was printed: full-width digits, thousands commas, a trailing zero kept.

    Raises ValueError for anything that is not one finite number.
    """
    plain = unicodedata.normalize("NFKC", text).strip().translate(_MINUS).replace("_", "")
    if not _PRINTED.fullmatch(plain) or not any(c.isdigit() for c in plain):
        raise ValueError(f"{text!r} is not a number")
    try:
        number = Decimal(plain.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is not a number") from error
    if number.adjusted() > LARGEST_EXPONENT or exponent(number) < -LARGEST_EXPONENT:
        raise ValueError(f"{text!r} is too large or has too many decimals")
    # 1e3 was printed with a shorthand, not with an exactness of a thousand.
    return number if exponent(number) <= 0 else number.quantize(Decimal(1), context=ARITHMETIC)


def exponent(number: Decimal) -> int:
    """The power of ten of the last printed digit. Raises ValueError for NaN and infinity."""
    power = number.as_tuple().exponent
    if not isinstance(power, int):
        raise ValueError(f"{number} is not a finite number")
    return power


def half_unit(number: Decimal) -> Decimal:
    """Half a unit of the last printed digit: 0.5 for 261, 0.05 for 261.0."""
    return Decimal((0, (5,), exponent(number) - 1))


def bounds(number: Decimal) -> tuple[Decimal, Decimal]:
    """What the print may stand for, both ends included: 261 stands for 260.5 to 261.5."""
    half = half_unit(number)
    with localcontext(ARITHMETIC):
        return number - half, number + half


def rounded(number: Decimal, places: int) -> Decimal:
    """Round half to even at `places` decimals, once, for display. Source: GB/T 8170-2008."""
    with localcontext(ARITHMETIC):
        return number.quantize(Decimal((0, (1,), -places)), rounding=ROUND_HALF_EVEN)


def root(number: Decimal, degree: int) -> Decimal:
    """The positive root, rounded to twelve decimals. Raises ValueError below zero."""
    if number < 0:
        raise ValueError(f"{number} has no real root of degree {degree}")
    if number == 0 or degree == 1:
        return number.quantize(ROOT_PLACES) if degree != 1 else number
    with localcontext(ARITHMETIC):
        return (number ** (Decimal(1) / degree)).quantize(ROOT_PLACES)


@lru_cache(maxsize=4096)
def power(number: Decimal, numerator: int, denominator: int) -> Decimal:
    """`number` to a fraction, for a positive number, rounded to twelve decimals."""
    if number <= 0:
        raise ValueError(f"{number} cannot be raised to {numerator}/{denominator}")
    if denominator and numerator % denominator == 0:
        with localcontext(ARITHMETIC):
            return number ** (numerator // denominator)
    # Twelve decimals, the digits before the point, and six to spare: a root costs by its digits.
    whole = max(0, number.adjusted()) * max(1, abs(numerator) // max(1, abs(denominator)))
    with localcontext(ARITHMETIC) as context:
        context.prec = min(ARITHMETIC.prec, 18 + whole)
        found = number ** (Decimal(numerator) / denominator)
    with localcontext(ARITHMETIC):
        return found.quantize(ROOT_PLACES)


def shown(number: Decimal, places: int | None = None) -> str:
    """Plain digits without an exponent; at most `places` decimals, or as printed."""
    if places is not None and exponent(number) < -places:
        number = rounded(number, places)
    return f"{number:f}"


def grouped(number: str) -> str:
    """Digits in threes before the point, from five digits on; what is no plain number is kept.

    Four digits stay together, as a year does. GB/T 15835-2011 allows these commas (千分撇).
    """
    return _LONG.sub(lambda found: f"{int(found[0]):,}", number)
