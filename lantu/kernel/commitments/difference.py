"""Differences: what an amended folder would change, before it is applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Terms = Mapping[tuple[str, str], Mapping[str, Any]]  # (sort, code) -> what is written


@dataclass(frozen=True, slots=True)
class Change:
    """One record that is added, removed or written differently."""

    act: str  # add, remove, change
    sort: str
    code: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The keys whose values differ."""
        before, after = self.before or {}, self.after or {}
        keys = {*before, *after}
        return tuple(sorted(key for key in keys if before.get(key) != after.get(key)))

    def __str__(self) -> str:
        line = f"{self.act} {self.sort} {self.code}"
        if self.act != "change" or self.before is None or self.after is None:
            return line
        parts = [f"{key}: {self.before.get(key)} → {self.after.get(key)}" for key in self.fields]
        return f"{line}\n    " + "\n    ".join(parts)


def changes(before: Terms, after: Terms) -> list[Change]:
    """All changes from one state to the other; where a record stands in a file does not count."""
    found = []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        act = "add" if old is None else "remove" if new is None else "change"
        found.append(Change(act, *key, old, new))
    return sorted(found, key=lambda change: (change.act, change.sort, change.code))
