"""Kinds: how the figures of an indicator come together, over areas and over the year.

Nothing is guessed from a unit: disposable income is money and has no total, yuan or not. What
`kinds.yaml` does not name is not added up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, cast

from lantu.core import content
from lantu.core.content import Entry

_FILE: Final = Path(__file__).with_name("kinds.yaml")
OverAreas = Literal["sum", "ratio", "weighted"]
OverTime = Literal["sum", "last", "none"]
Missing = Literal["bound", "null"]
_KEYS: Final = {"unit", "areas", "time", "missing", "over", "under", "times", "weight", "label"}


@dataclass(frozen=True, slots=True)
class Kind:
    """How an indicator comes together.

    `areas`: sum (amounts), ratio (`over` by `under`, both indicators, times `times`), or weighted
    (by the indicator `weight`, such as land). `time`: a flow adds up to its quarter and year, a
    stock takes the last month, others have no figure but the one that was reported. `missing`: a
    total with missing parts is a lower bound (`bound`, where nothing can be below zero) or none.
    """

    name: str
    label: Mapping[str, str]
    unit: str
    areas: OverAreas
    time: OverTime
    missing: Missing
    over: str = ""
    under: str = ""
    times: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """The indicators whose figures are read."""
        return (self.name,) if self.areas == "sum" else (self.over, self.under)


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """All kinds that are known, by the indicator's name. Raises ContentError for a wrong file."""
    read = content.read(_FILE, "rollup/kinds.yaml").mapping()
    found = {name: _kind(name, entry) for name, entry in read.items()}
    for name, one in found.items():
        for part in one.names:
            is_amount = part in found and found[part].areas == "sum"
            if not is_amount and part != name:
                wrong = f"{part} is no amount of this file."
                raise read[name].fail(wrong, "Name it here as a sum.")
    return found


def _kind(name: str, entry: Entry) -> Kind:
    entry.only(_KEYS)
    areas = _one_of(entry, "areas", ("sum", "ratio", "weighted"))
    is_weighted = areas == "weighted"
    times = entry.get("times")
    return Kind(
        name,
        {"zh": name, "en": entry.need("label").text()},
        entry.need("unit").text(),
        cast(OverAreas, areas),
        cast(OverTime, _one_of(entry, "time", ("sum", "last", "none"))),
        cast(Missing, _one_of(entry, "missing", ("bound", "null"))),
        over=name if is_weighted else _text(entry, "over"),
        under=_text(entry, "weight" if is_weighted else "under"),
        times=1 if times is None else times.integer(),
    )


def _text(entry: Entry, key: str) -> str:
    found = entry.get(key)
    return "" if found is None else found.text()


def _one_of(entry: Entry, key: str, words: tuple[str, ...]) -> str:
    found = entry.need(key)
    if found.text() not in words:
        raise found.fail(f"{found.text()!r} is none of these.", f"Write {', '.join(words)}.")
    return found.text()
