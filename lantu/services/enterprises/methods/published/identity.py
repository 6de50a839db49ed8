"""Who a firm is, and how its taxes are graded.

Sources: GB 32100-2015, GB 11643-1999, the tax credit rules.
"""

from decimal import Decimal
from typing import Any

from lantu.core.figures.identifiers import (
    credit_check,
    credit_sum,
    identity_check,
    identity_sum,
    is_credit_code,
    is_identity_number,
    normalised,
)
from lantu.core.rules.parameters import beside

_PARAMETERS = beside(__file__)


def uscc_check(code: str) -> dict[str, Any]:
    """The weighted sum, its remainder, the right check character, and whether the code is valid."""
    weighted = credit_sum(code)
    return {
        "weighted_sum": weighted,
        "mod": None if weighted is None else weighted % 31,
        "check": credit_check(code),
        "valid": is_credit_code(code),
    }


def ric_check(number: str) -> dict[str, Any]:
    """The same for an identity number; `checksum_ok` looks at the last character alone."""
    weighted, check = identity_sum(number), identity_check(number)
    plain = normalised(number)
    return {
        "weighted_sum": weighted,
        "mod": None if weighted is None else weighted % 11,
        "check": check,
        "checksum_ok": len(plain) == 18 and check == plain[17],
        "valid": is_identity_number(number),
    }


def tax_credit_class(score: Decimal, new_firm: bool, no_revenue: bool) -> dict[str, Any]:
    """A, B, C, D by score; M for a new firm, or one without revenue from 70 points on."""
    limits = _PARAMETERS["tax_credit"].at()
    if new_firm or (no_revenue and score >= limits["M"]):
        return {"cls": "M"}
    return {"cls": next((c for c in "ABC" if score >= limits[c]), "D")}
