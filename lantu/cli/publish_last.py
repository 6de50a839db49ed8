"""What the last copy knew: which of its pages stay, as nothing that they read has moved.

The page of a series reads its figures, the page of a promise those that measure it and how its
neighbours stand. Only these, the very many, may stay; all others are drawn anew. They stay only
where the last copy is of this day and this program, and only figures came since.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from lantu.core.plans.records import PlanCommitment, PlanFolder

_SERIES = re.compile(r"/z/([\w-]+)/facts/series/\?([^#]+)")
_PROMISE = re.compile(r"/z/([\w-]+)/promises/([\w-]+)/")
# Acts that move nothing which these pages read, but the figures themselves.
_FIGURES = {("import", "observations"), ("supersede", "observation")}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a copy: what it was drawn of, where it leads, and the static files it needs."""

    key: str
    leads_to: tuple[str, ...]
    needs: tuple[str, ...]


def only_figures_came(last: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a copy of one state differs from that of another by figures that came, at most."""
    from lantu.kernel.access.queries import kinds_of_act_since, zones

    if any(last.get(part) != now[part] for part in ("program", "day", "asked")):
        return False
    marks: dict[str, str] = last["recorded"][1]
    if marks.keys() != {one.slug for one in zones()}:
        return False
    acts = kinds_of_act_since(last["recorded"][0], marks.values())
    return acts is not None and _FIGURES.issuperset(acts)


class Keys:
    """A short mark of all that a page reads; empty for one of which that is not told."""

    def __init__(self, zones: Iterable[str] = ()) -> None:
        """`zones`: those that are read at once, for all processes that come of this one."""
        self._zones = {slug: _Zone(slug) for slug in zones}

    def of(self, address: str) -> str:
        for pattern, read in ((_SERIES, _Zone.series), (_PROMISE, _Zone.promise)):
            if found := pattern.fullmatch(address):
                return _short(read(self._zone(found[1]), found[2]))
        return ""

    def _zone(self, slug: str) -> "_Zone":
        if slug not in self._zones:
            self._zones[slug] = _Zone(slug)
        return self._zones[slug]


def _short(read: object) -> str:
    return "" if read is None else blake2b(repr(read).encode(), digest_size=12).hexdigest()


class _Zone:
    """What the pages of a zone read."""

    def __init__(self, slug: str) -> None:
        from lantu.kernel.access.models import Zone
        from lantu.kernel.facts import queries as facts

        self.zone = Zone.objects.get(slug=slug)
        self.marks = facts.marks(self.zone)
        self.by_indicator: dict[str, list[object]] = defaultdict(list)
        for (indicator, subject), mark in sorted(self.marks.items()):
            self.by_indicator[indicator].append((subject, mark))

    @cached_property
    def plan(self) -> "PlanFolder | None":
        """The plan whose promises have pages."""
        from lantu.kernel.commitments import queries as commitments

        return commitments.current_plan(self.zone)

    @cached_property
    def records(self) -> "dict[str, PlanCommitment]":
        """Its promises by their codes."""
        return {one.code: one for one in self.plan.commitments} if self.plan else {}

    def series(self, query: str) -> object:
        """Its figures; None where more is asked for than the series."""
        asked = dict(parse_qsl(query))
        if asked.keys() != {"indicator", "subject"}:
            return None
        return self.marks.get((asked["indicator"], asked["subject"]))

    def promise(self, code: str) -> object:
        """The figures that measure it, and those near it with their states."""
        from django.utils import timezone

        from lantu.core.plans.standing import Question
        from lantu.kernel.commitments.queries.needed import measures_of
        from lantu.services.plan.neighbours import neighbours

        record = self.records.get(code)
        if record is None or self.plan is None or not record.is_judged:
            return None
        measures = [self.by_indicator[one] for one in sorted(measures_of(record))]
        return measures, neighbours(self.plan, record, Question(timezone.localdate()))


@dataclass
class Last:
    """The pages of a copy in one language by their address, as far as they may stay."""

    folder: Path
    sizes: Mapping[str, int] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)

    def page(self, address: str, file: str, key: str) -> Page | None:
        """The page that stands in a file, if it was drawn of the same and the file is whole."""
        found = self.pages.get(address)
        return found if found and key and found.key == key and self.holds(file) else None

    def holds(self, file: str) -> bool:
        """Whether a file is there in its length."""
        try:
            return (self.folder / file).stat().st_size == self.sizes.get(file)
        except OSError:
            return False


def packed(pages: Mapping[str, Page]) -> dict[str, Any]:
    """As it is kept: each address is written once, for pages lead to much the same."""
    places: dict[str, int] = {}

    def numbers(addresses: Iterable[str]) -> list[int]:
        return [places.setdefault(one, len(places)) for one in addresses]

    found = {
        address: [one.key, numbers(one.leads_to), numbers(one.needs)]
        for address, one in pages.items()
    }
    return {"pages": found, "addresses": list(places)}


def unpacked(kept: Mapping[str, Any]) -> dict[str, Page]:
    places = kept.get("addresses", [])

    def addresses(numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(places[one] for one in numbers)

    return {
        address: Page(key, addresses(leads_to), addresses(needs))
        for address, (key, leads_to, needs) in kept.get("pages", {}).items()
    }
