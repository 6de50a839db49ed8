"""The chain: how an entry is hashed, and what proves that none was touched."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Link:
    """What the hash of an entry covers."""

    number: int
    zone: str | None
    at: datetime
    by_name: str
    act: str
    object_type: str
    object_key: str
    before: Any
    after: Any
    note: str
    previous_hash: str

    def digest(self) -> str:
        """The SHA-256 over all fields, in one fixed spelling."""
        fields = {
            "number": self.number,
            "zone": self.zone,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.by_name,
            "act": self.act,
            "type": self.object_type,
            "key": self.object_key,
            "before": self.before,
            "after": self.after,
            "note": self.note,
            "previous": self.previous_hash,
        }
        spelled = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(spelled.encode()).hexdigest()


def witness() -> Path:
    """The file beside the database in which the hash of every entry is noted."""
    home: Path = settings.HOME
    return home / "ledger.witness"


def breaks(links: Iterable[tuple[Link, str]], witnessed: dict[int, str]) -> Iterator[str]:
    """Every sign of tampering, in the order of the chain.

    `links` are the entries with the hash that is stored; `witnessed` are the hashes that were noted
    outside the database when each entry was written.
    """
    expected, previous = 1, ""
    for link, stored in links:
        if link.number != expected:
            yield f"entry {expected} is missing" + (
                f" (up to {link.number - 1})" if link.number > expected + 1 else ""
            )
        elif link.previous_hash != previous:
            yield f"entry {link.number} does not follow the one before it"
        if link.digest() != stored:
            yield f"entry {link.number} was altered"
        if witnessed.get(link.number, stored) != stored:
            yield f"entry {link.number} is not the one that was written"
        expected, previous = link.number + 1, stored
    last = max(witnessed, default=0)
    if last >= expected:
        yield f"entries {expected} to {last} are missing at the end"
