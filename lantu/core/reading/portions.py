"""Portions: how much of a document has been read so far, told while it is being read."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

Unit = Literal["", "pages", "laid-out", "paragraphs", "letters"]
EVERY_S = 0.2  # nobody looks more often, and telling takes time


@dataclass(frozen=True, slots=True)
class Portion:
    """`done` of `of` units are read; `of` is 0 where nobody knows how many there are.

    `found`: proposals so far. `heading`: the chapter that is being read.
    """

    stage: str = ""
    unit: Unit = ""
    done: int = 0
    of: int = 0
    found: int = 0
    heading: str = ""


Told = Callable[[Portion], None]


class Teller:
    """Tells of portions, never more often than every fifth of a second."""

    def __init__(self, told: Told | None = None, *, every_s: float = EVERY_S) -> None:
        self._told, self._every, self._next = told, every_s, 0.0
        self._now = Portion()

    def stage(self, name: str) -> None:
        """A stage is done; this is always told, and the next begins at nothing."""
        self._now = Portion(name)
        self._say()

    def portion(
        self, unit: Unit, done: int, of: int = 0, *, found: int = 0, heading: str = ""
    ) -> None:
        """A portion of the stage that is going on is done."""
        if self._told is None or time.monotonic() < self._next:
            return
        self._now = replace(self._now, unit=unit, done=done, of=of, found=found, heading=heading)
        self._say()

    def _say(self) -> None:
        self._next = time.monotonic() + self._every
        if self._told is not None:
            self._told(self._now)


SILENT = Teller()
