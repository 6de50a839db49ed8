"""The columns of a spreadsheet of figures."""

from functools import lru_cache
from pathlib import Path

from lantu.core import content
from lantu.core.sheets import reading
from lantu.core.sheets.reading import Columns, Sheet

NEEDED = ("indicator", "subject", "period", "value", "unit", "kind")
HEADS = f"Put the heads {', '.join(NEEDED)} (or 指标、主体、时期、数值、单位、类型) in one row."


def read(content_bytes: bytes, name: str) -> Sheet:
    """Read a file of figures by what it contains. Raises ContentError where it cannot be read."""
    return reading.read(content_bytes, name, _columns())


def kind_named(text: str) -> str:
    """The kind of figure that a word means, 增速 or growth; a word that means none as it is."""
    return _kinds().get(text.strip().lower(), text)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    found = content.read(Path(__file__).with_name("kinds.yaml"), "facts/kinds.yaml").plain()
    return {word: kind for kind, words in found.items() for word in words}


@lru_cache(maxsize=1)
def _columns() -> Columns:
    return Columns.beside(
        Path(__file__).with_name("columns.yaml"),
        "facts/columns.yaml",
        needed=NEEDED,
        remedy=HEADS,
        months=frozenset({"period"}),
        days=frozenset({"published_on", "known_on"}),
    )
