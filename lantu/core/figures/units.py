"""Units: what a printed unit measures, and exact conversion where two measure the same."""

import logging
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lantu.core.errors import ForPeople
from lantu.core.figures.decimals import ARITHMETIC

if TYPE_CHECKING:
    import pint

DEFINITIONS = Path(__file__).with_name("units.txt")
# What the definitions make of the units that plans print most: a line each, held against them by a
# test. The library with its registry takes a quarter of a second and 20 MB of every process.
WORKED_OUT = Path(__file__).with_name("units_worked_out.txt")

_SUPERSCRIPTS = str.maketrans({"²": "2", "³": "3"})
_WORDS = {"%": "percent", "‰": "permille", "μg": "ug", "µg": "ug"}
_PER = re.compile(r"[/／]")
_POWER = re.compile(r"([A-Za-z]+)(?:\*\*|\^)?([23])$")


class UnitError(ForPeople, ValueError):
    """A unit is unknown, or two units measure different things."""


@dataclass(frozen=True)
class Unit:
    """A unit as printed, what it measures, and how many base units it holds."""

    name: str
    measures: tuple[tuple[str, int], ...]  # base dimensions and their powers, sorted
    factor: Fraction

    @property
    def is_share(self) -> bool:
        """Whether it is a pure ratio, such as %."""
        return not self.measures


@lru_cache(maxsize=1)
def _registry() -> "pint.UnitRegistry[Any]":
    import pint  # paid for only where a unit is not worked out

    logging.getLogger("pint.util").setLevel(logging.ERROR)  # it tells of names it knows twice
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Fraction)
    registry.load_definitions(DEFINITIONS)
    return registry


@lru_cache(maxsize=4096)
def unit(text: str) -> Unit:
    """The unit that is printed as `text`, such as 亿元, 万元/亩, km/km² or 个百分点.

    Raises UnitError naming the part that is not known.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if not name or len(name) > 40:
        raise UnitError(f"{text!r} is not a unit. Write a unit such as 亿元, %, 亩 or 万元/亩.")
    return _worked_out().get(name) or by_definition(name)


@lru_cache(maxsize=1)
def _worked_out() -> dict[str, Unit]:
    """The units of WORKED_OUT by their names."""
    found = {}
    for line in WORKED_OUT.read_text(encoding="utf-8").splitlines():
        name, factor, *powers = line.split("\t")
        measures = tuple((key, int(power)) for key, power in (one.split(" ") for one in powers))
        found[name] = Unit(name, measures, Fraction(factor))
    return found


def by_definition(name: str) -> Unit:
    """The unit of a name as the definitions have it. Raises UnitError."""
    import pint

    parts = [_plain(part) for part in _PER.split(name)]
    try:
        found = [_registry().parse_units(part) for part in parts]
        factors = [_registry().get_base_units(one)[0] for one in found]
    except (pint.PintError, AttributeError, ValueError, TypeError, SyntaxError) as error:
        raise UnitError(
            f"The unit {name!r} is not known. Write it as a plan prints it (亿元, 万元/亩, %), "
            "or add it to core/figures/units.txt."
        ) from error
    factor, powers = Fraction(1), dict[str, int]()
    for position, (one, size) in enumerate(zip(found, factors, strict=True)):
        sign = 1 if position == 0 else -1
        factor *= Fraction(str(size)) ** sign
        for dimension, power in one.dimensionality.items():
            key = str(dimension).strip("[]")
            powers[key] = powers.get(key, 0) + sign * int(str(power))
    measures = tuple(sorted((key, power) for key, power in powers.items() if power))
    return Unit(name, measures, factor)


def _plain(part: str) -> str:
    """The name of one part of a unit as the registry knows it."""
    word = unicodedata.normalize("NFKC", part.translate(_SUPERSCRIPTS)).strip()
    word = _WORDS.get(word, word)
    power = _POWER.fullmatch(word)
    if power:
        return f"{power[1]}**{power[2]}"
    # The unit grammar is the registry's; only plain names may reach it.
    if not re.fullmatch(r"[A-Za-z_㎡㎥一-鿿]+", word):
        raise UnitError(f"The unit {part!r} is not known. Write a plain unit such as 亿元 or %.")
    return word


def convertible(source: str, target: str) -> bool:
    """Whether a figure in `source` can be given in `target`. Raises UnitError for unknown units."""
    return source == target or unit(source).measures == unit(target).measures


def convert(value: Decimal, source: str, target: str) -> Decimal:
    """Give a figure in another unit, exact to 34 digits.

    Raises UnitError when the two measure different things: 亿元 cannot be given in 亩.
    """
    if source == target:
        return value
    here, there = unit(source), unit(target)
    if here.measures != there.measures:
        raise UnitError(
            f"{value:f} {source} cannot be given in {target}: {source} measures "
            f"{_spoken(here)}, {target} measures {_spoken(there)}. "
            "Give the figure in a unit of the same kind."
        )
    factor = here.factor / there.factor
    with localcontext(ARITHMETIC):
        return value * factor.numerator / factor.denominator


_DIMENSIONS = {
    "money_cny": "money in yuan",
    "money_usd": "money in US dollars",
    "money_eur": "money in euros",
    "energy_coal": "energy as standard coal",
    "time": "years",
}


def _spoken(one: Unit) -> str:
    """What a unit measures, in words for an error message."""
    if not one.measures:
        return "a share"
    words = [
        "area"
        if (name, power) == ("length", 2)
        else "volume"
        if (name, power) == ("length", 3)
        else _DIMENSIONS.get(name, name.replace("_", " "))
        + (f" (power {power})" if power != 1 else "")
        for name, power in one.measures
    ]
    return " and ".join(words)
