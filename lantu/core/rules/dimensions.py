"""Units in place of numbers: what does a rule's arithmetic measure?"""

from dataclasses import dataclass
from typing import Any

from lantu.core.figures.units import unit

_OF_NO_KIND = {"table", "share", "yes/no"}


class Mismatch(Exception):
    """Two things were added or compared that measure different things."""


@dataclass(frozen=True)
class Measured:
    """A column of which only its dimensions are known. None: it may be of any kind."""

    powers: tuple[tuple[str, int], ...] | None

    @classmethod
    def of(cls, text: str) -> "Measured":
        return cls(None if text in _OF_NO_KIND else unit(text).measures)

    def fits(self, text: str) -> bool:
        other = Measured.of(text)
        return self.powers is None or other.powers is None or self.powers == other.powers

    def __str__(self) -> str:
        if not self.powers:
            return "a pure number"
        return " × ".join(name + (f"^{power}" if power != 1 else "") for name, power in self.powers)

    def _same(self, other: Any) -> "Measured":
        if not isinstance(other, Measured) or other.powers is None:
            return self
        if self.powers is None:
            return other
        if self.powers != other.powers:
            raise Mismatch(f"{self} and {other}")
        return self

    def _times(self, other: Any, sign: int) -> "Measured":
        if not isinstance(other, Measured):
            return self
        if self.powers is None or other.powers is None:
            return Measured(None)
        found = dict(self.powers)
        for name, power in other.powers:
            found[name] = found.get(name, 0) + sign * power
        return Measured(tuple(sorted((name, power) for name, power in found.items() if power)))

    def __add__(self, other: Any) -> "Measured":
        return self._same(other)

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other: Any) -> "Measured":
        return self._times(other, 1)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> "Measured":
        return self._times(other, -1)

    def __rtruediv__(self, other: Any) -> "Measured":
        return Measured(())._times(self, -1)

    def __ge__(self, other: Any) -> "Measured":
        self._same(other)
        return Measured(None)

    __le__ = __gt__ = __lt__ = __ge__

    def clip(self, lower: Any = None, upper: Any = None) -> "Measured":
        return self._same(lower)._same(upper)

    def nullif(self, other: Any) -> "Measured":
        return self._same(other)

    def round(self, digits: int = 0) -> "Measured":
        return self

    def abs(self) -> "Measured":
        return self
