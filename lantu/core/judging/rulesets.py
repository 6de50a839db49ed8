"""The rule sets in force: thresholds as dated files, one a set, each with its source."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from lantu.core import content
from lantu.core.content import Entry
from lantu.core.errors import ContentError
from lantu.core.judging.states import State

FOLDER = Path(__file__).with_name("rules")
DEFAULT = "ratio"

Measure = Literal["ratio", "compound", "points"]


@dataclass(frozen=True, slots=True)
class GrowthRule:
    """Thresholds for a gap of mean growth, in percentage points."""

    ahead: Decimal
    on_track: Decimal
    badly_below_share: Decimal  # of the promised growth


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One rule set as it is in force on a day."""

    name: str
    label: dict[str, str]
    note: dict[str, str]
    since: date
    source: dict[str, str]
    measure: Measure
    ahead: Decimal | None  # None: the set has no 「快于预期」
    on_track: Decimal
    on_track_included: bool
    behind: Decimal
    growth: GrowthRule | None  # None: growth falls back to the default set
    tolerance: Decimal | None  # of `relative`, in points

    def grade(self, share: Decimal) -> State:
        """The state of a ratio, or of a gap in points where the set measures that."""
        if self.ahead is not None and share >= self.ahead:
            return "ahead"
        if share > self.on_track or (self.on_track_included and share == self.on_track):
            return "on-track"
        return "behind" if share >= self.behind else "badly-behind"

    @property
    def unit(self) -> str:
        """The unit of the thresholds as printed; a ratio has none."""
        return "个百分点" if self.measure == "points" else ""

    @property
    def best(self) -> State:
        """The word for more than was due."""
        return "on-track" if self.ahead is None else "ahead"


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The rule sets that exist, the default first."""
    found = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    return (DEFAULT, *(name for name in found if name != DEFAULT))


@lru_cache(maxsize=256)
def rule_set(name: str, on: date) -> RuleSet:
    """The set of that name as in force on a day.

    Raises ContentError for an unknown name, or a day before the set's first date.
    """
    if name not in names():
        raise ContentError(
            f"rule set {name!r}", "There is no such rule set.", f"Choose one of: {_listed()}."
        )
    versions = _versions(name)
    in_force = [version for version in versions if version.since <= on]
    if not in_force:
        raise ContentError(
            f"rule set {name}",
            f"It is not in force on {on}; its first date is {versions[0].since}.",
            "Choose another rule set or add the date to its file.",
        )
    return in_force[-1]


@lru_cache(maxsize=32)
def default_growth(on: date) -> GrowthRule:
    """The thresholds for growth where a set has none of its own."""
    growth = rule_set(DEFAULT, on).growth
    assert growth is not None  # the shipped file has them, and a test says so
    return growth


def default_tolerance(on: date) -> Decimal:
    """How many points a `relative` promise may lag, unless it says otherwise."""
    tolerance = rule_set(DEFAULT, on).tolerance
    assert tolerance is not None
    return tolerance


def _listed() -> str:
    return ", ".join(names())


@lru_cache(maxsize=32)
def _versions(name: str) -> tuple[RuleSet, ...]:
    root = content.read(FOLDER / f"{name}.yaml", f"judging/rules/{name}.yaml")
    root.only({"label", "note", "values", "checked"})
    root.need("checked").day()
    label, note = _words(root.need("label")), _words(root.need("note"))
    versions = [
        _version(name, label, note, date.fromisoformat(since), entry)
        for since, entry in root.need("values").mapping().items()
    ]
    return tuple(sorted(versions, key=lambda version: version.since))


def _words(entry: Entry) -> dict[str, str]:
    return {"zh": entry.need("zh").text(), "en": entry.need("en").text()}


def _version(
    name: str, label: dict[str, str], note: dict[str, str], since: date, entry: Entry
) -> RuleSet:
    entry.only(
        {"source", "measure", "ahead", "on_track", "on_track_above", "behind", "growth", "pace"}
    )
    measure = entry.need("measure").text()
    if measure not in get_args(Measure):
        raise entry.fail(f"The measure {measure!r} is not known.", "Write ratio, compound, points.")
    included = entry.get("on_track") is not None
    ahead, growth, pace = entry.get("ahead"), entry.get("growth"), entry.get("pace")
    return RuleSet(
        name=name,
        label=label,
        note=note,
        since=since,
        source=_words(entry.need("source")),
        measure=cast(Measure, measure),
        ahead=None if ahead is None else ahead.number(),
        on_track=entry.need("on_track" if included else "on_track_above").number(),
        on_track_included=included,
        behind=entry.need("behind").number(),
        growth=None if growth is None else _growth(growth),
        tolerance=None if pace is None else pace.need("tolerance").number(),
    )


def _growth(entry: Entry) -> GrowthRule:
    return GrowthRule(
        entry.need("ahead").number(),
        entry.need("on_track").number(),
        entry.need("badly_below_share").number(),
    )
