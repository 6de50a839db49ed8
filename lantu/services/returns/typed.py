"""What somebody typed: read as a figure of a unit, and held against what the page showed before."""

import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from lantu.core.figures.decimals import printed

Seen = tuple[str, str]  # the value and the remark of a line, as a form shows them


def figure(text: str, unit: str) -> Decimal | None:
    """The number that was typed; its own unit may stand behind it. None for an empty field.

    Raises ValueError for anything else: another unit would be another figure.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = plain.removesuffix(unicodedata.normalize("NFKC", unit))
    return printed(plain) if plain or text.strip() else None


def packed(lines: Mapping[str, Seen]) -> str:
    """What a page shows of each line, for a hidden field."""
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> dict[str, Seen]:
    """What the page showed when it was opened; nothing for a text that no page of ours wrote."""
    try:
        found = json.loads(text or "{}")
        return {str(code): (str(value), str(remark)) for code, (value, remark) in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
