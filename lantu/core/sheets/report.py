"""Reports: what became of every row of an import."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["taken", "known", "refused", "held-back"]


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: taken, already known, refused, or held back because another row was refused."""

    row: int
    outcome: Outcome
    where: str
    what: str = ""
    remedy: str = ""


@dataclass(slots=True)
class Report:
    """What an import did, row by row."""

    source: str
    dry_run: bool = False
    rows: list[RowReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows had each outcome; a plain dict, for a template asks it for `items`."""
        return dict(Counter(row.outcome for row in self.rows))

    @property
    def refused(self) -> list[RowReport]:
        return [row for row in self.rows if row.outcome == "refused"]
