"""Gathering: figures of many zones rolled up, kept, and brought up to date figure by figure.

A process keeps the roll-ups that were asked for last. At each question it looks how many figures
there are now: where some were added, only their zones are read again, and the totals above the
cells that differ are moved. A past day's knowledge is rolled up for the question and not kept.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from threading import RLock
from typing import Final

from lantu.core.plans.records import Observed
from lantu.core.rollup.kinds import Kind, kinds
from lantu.core.rollup.ratios import Ratio
from lantu.core.rollup.slots import Years
from lantu.core.rollup.sums import Sums
from lantu.kernel.facts import queries as facts
from lantu.kernel.facts.queries import Mark
from lantu.kernel.places.queries import Lay
from lantu.services.totals.choosing import Chosen, chosen, usable

MOST_KEPT: Final = 16


@dataclass(slots=True)
class Rolled:
    """One indicator rolled up, with what was chosen of each zone for each of its parts."""

    kind: Kind
    years: Years
    sums: Mapping[str, Sums]  # by indicator
    picked: dict[tuple[str, str], Chosen]  # by indicator and zone
    mark: Mark

    @property
    def totals(self) -> Sums | Ratio:
        """What totals are read from."""
        kind = self.kind
        if kind.areas == "sum":
            return self.sums[kind.name]
        is_weighted = kind.areas == "weighted"
        over, under = self.sums[kind.over], self.sums[kind.under]
        return Ratio(over, under, times=kind.times, is_weighted=is_weighted)


_kept: dict[tuple[object, ...], Rolled] = {}
# Held from the question to the last total that is read: no thread sees a cell half moved.
steady = RLock()


def rolled(lay: Lay, kind: Kind, *, scope: str = "", known_on: date | None = None) -> Rolled | None:
    """The roll-up of an indicator over all zones of a lay; None where none has a figure."""
    if known_on is not None:
        return _whole(lay, kind, scope, known_on)
    key = (kind.name, scope, lay.tree.units, lay.tree.above, tuple(lay.subjects.items()))
    with steady:
        found = _kept.pop(key, None)
        if found is None or not _is_renewed(found, lay, scope):
            found = _whole(lay, kind, scope, None)
        if found is not None:
            _kept[key] = found  # the one asked for last stands last
            while len(_kept) > MOST_KEPT:
                _kept.pop(next(iter(_kept)))
        return found


def forget() -> None:
    """Drop what is kept in memory, as after a restore."""
    _kept.clear()


def _whole(lay: Lay, kind: Kind, scope: str, known_on: date | None) -> Rolled | None:
    zones = list(lay.zones.values())
    # Before the figures: one that comes between is read now and again, and changes nothing.
    mark = facts.mark_in(zones, kind.names)
    read = facts.observed_in(zones, known_on=known_on, indicators=kind.names)
    speaking = {
        (name, slug): usable(read[zone.pk], kinds()[name], lay.subjects[slug])
        for name in kind.names
        for slug, zone in lay.zones.items()
    }
    years = _years(one for several in speaking.values() for one in several)
    if years is None:
        return None
    picked = {
        (name, slug): chosen(several, kinds()[name], years, scope=scope, known_on=known_on)
        for (name, slug), several in speaking.items()
    }
    sums = {}
    for name in kind.names:
        terms = kinds()[name]
        sums[name] = Sums(lay.tree, years, time=terms.time, missing=terms.missing)
        sums[name].fill(
            (slug, slot, value)
            for (indicator, slug), one in picked.items()
            if indicator == name
            for slot, value in one.values.items()
        )
    return Rolled(kind, years, sums, picked, mark)


def _years(figures: Iterator[Observed]) -> Years | None:
    """The years in which any figure lies."""
    spans = [(one.period.start_year, one.period.end_year) for one in figures
             if one.period.is_within_a_year]  # fmt: skip
    return Years(min(one for one, _ in spans), max(one for _, one in spans)) if spans else None


def _is_renewed(found: Rolled, lay: Lay, scope: str) -> bool:
    """Bring a roll-up up to date; False where it must be made anew."""
    zones, names = list(lay.zones.values()), found.kind.names
    mark = facts.mark_in(zones, names)
    if mark == found.mark:
        return True
    added = facts.added_in(zones, names, after=found.mark.last)
    # More than those: one that was entered before has come after. Less: another state of things.
    if len(added) != mark.count - found.mark.count:
        return False
    slugs = {zone.pk: slug for slug, zone in lay.zones.items()}
    changed = {slugs[pk] for pk, _ in added}
    if not _read_again(found, lay, changed, scope):
        return False
    found.mark = mark
    return True


def _read_again(found: Rolled, lay: Lay, slugs: Collection[str], scope: str) -> bool:
    """Read some zones again and move what differs; False where the years no longer hold all."""
    zones = [lay.zones[slug] for slug in slugs]
    read = facts.observed_in(zones, indicators=found.kind.names)
    for slug in slugs:
        for name in found.kind.names:
            terms = kinds()[name]
            figures = usable(read[lay.zones[slug].pk], terms, lay.subjects[slug])
            reach = _years(iter(figures))
            if reach and (reach.first < found.years.first or reach.last > found.years.last):
                return False
            now = chosen(figures, terms, found.years, scope=scope, known_on=None)
            before = found.picked[name, slug].values
            for slot in sorted(before.keys() | now.values.keys()):
                if before.get(slot) != now.values.get(slot):
                    found.sums[name].put(slug, slot, now.values.get(slot))
            found.picked[name, slug] = now
    return True
