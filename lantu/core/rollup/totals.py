"""A total, and what is known of it."""

from dataclasses import dataclass
from decimal import Decimal

from lantu.core.figures.decimals import exponent
from lantu.core.rollup.kinds import Missing


@dataclass(frozen=True, slots=True)
class Total:
    """What the units of an area come to in a period.

    `known` is the sum, or the ratio, of what is known; None where nothing is. `whole` units are
    known for all of the period, `partly` for some of its months, `of` are all there are.
    """

    known: Decimal | None
    whole: int
    partly: int
    of: int
    missing: Missing

    @property
    def is_complete(self) -> bool:
        return self.of > 0 and self.whole == self.of

    @property
    def value(self) -> Decimal | None:
        """The total; None where a part of it is unknown."""
        return self.known if self.is_complete else None

    @property
    def at_least(self) -> Decimal | None:
        """What an incomplete total is at least; None where nothing can be said."""
        return self.known if self.missing == "bound" and not self.is_complete else None


def decimal_of(scaled: int, scale: int) -> Decimal:
    """A whole number of 10^-scale as a Decimal, with every digit."""
    # A constructor never rounds; scaleb() would, to the context's precision.
    return Decimal(f"{scaled}E-{scale}")


def scaled_of(value: Decimal, scale: int) -> int:
    """A Decimal as a whole number of 10^-scale. Raises ValueError where it has finer digits."""
    sign, digits, _ = value.as_tuple()
    shift = scale + exponent(value)
    if shift < 0:
        raise ValueError(f"{value} has more than {scale} decimals")
    whole: int = int("".join(map(str, digits))) * 10**shift
    return -whole if sign else whole
