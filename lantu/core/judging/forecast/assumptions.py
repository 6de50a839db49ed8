"""What a forecast assumes: dated numbers with their sources."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from lantu.core import content
from lantu.core.content import Entry

_FILE = Path(__file__).with_name("forecast.yaml")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its source, in both languages."""

    value: float
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Everything a forecast takes for granted on a day."""

    damping: Number
    lasting: Number
    likely: Number
    unlikely: Number
    own_errors: int
    reference_weight: int
    scatter: dict[str, Number]  # by kind of series


@lru_cache(maxsize=8)
def assumptions(on: date) -> Assumptions:
    """Those in force on a day; the first ones for a day before them."""
    root = content.read(_FILE, "judging/forecast/forecast.yaml")
    root.only({"values", "scatter", "checked"})
    root.need("checked").day()
    dated = sorted(root.need("values").mapping().items())
    in_force = [entry for since, entry in dated if date.fromisoformat(since) <= on]
    entry = in_force[-1] if in_force else dated[0][1]
    return Assumptions(
        damping=_number(entry.need("damping")),
        lasting=_number(entry.need("lasting")),
        likely=_number(entry.need("likely")),
        unlikely=_number(entry.need("unlikely")),
        own_errors=entry.need("own_errors").need("value").integer(),
        reference_weight=entry.need("reference_weight").need("value").integer(),
        scatter={kind: _number(one) for kind, one in root.need("scatter").mapping().items()},
    )


def _number(entry: Entry) -> Number:
    source = entry.need("source")
    words = {"zh": source.need("zh").text(), "en": source.need("en").text()}
    return Number(float(entry.need("value").number()), words)
