"""Reading a question about data: the key, the filters, and how much is wanted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from django.utils import timezone

from lantu.core.figures.periods import Period
from lantu.services.opendata.sdmx.faults import not_implemented, syntax
from lantu.services.opendata.sdmx.filters import Check, moment, of_numbers, of_texts, of_times
from lantu.services.opendata.sdmx.model import TIME, VALUE, Component, Flow, Row
from lantu.services.opendata.sdmx.sorting import Order, order

LONGEST: Final = 4000
MOST_KEYS: Final = 50
FLAT: Final = "AllDimensions"
_FILTER: Final = re.compile(r"c\[(?P<name>[A-Za-z0-9_]{1,40})\]")
_KNOWN: Final = frozenset(
    "startPeriod endPeriod asOf firstNObservations lastNObservations dimensionAtObservation "
    "attributes measures includeHistory offset limit format detail labels updatedAfter sort".split()
)
_NOT_OFFERED: Final = frozenset({"reportingYearStartDay"})
_CUTS: Final = frozenset({"firstNObservations", "lastNObservations", "offset", "limit", "sort"})
# All attributes are of the observation: of a series or of the data set there is none.
_WORDS_FOR_ALL: Final = frozenset({"dsd", "all", "obs"})
_WORDS_FOR_NONE: Final = frozenset({"none", "msd", "series", "dataset"})
Key = tuple[frozenset[str] | None, ...]  # for each dimension the codes wanted; None: all


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a flow. Keys are alternatives; every check must hold."""

    keys: tuple[Key, ...]
    times: tuple[Check[Period], ...]
    values: tuple[Check[Decimal], ...] = ()
    marks: tuple[tuple[int, Check[str]], ...] = ()  # of the attribute at that place
    first: int | None = None
    last: int | None = None
    skipped: int = 0
    most: int | None = None
    as_of: date | None = None
    attributes: tuple[int, ...] | None = None  # the places of those that are told; None: all
    measured: bool = True  # whether the value is told
    by_time: bool = True  # whether observations are told series by series
    order: Order = ()
    with_history: bool = False  # also what was superseded, by the day on which each was known
    since: datetime | None = None  # only what came or changed here after that moment

    def codes(self, place: int) -> frozenset[str] | None:
        """The codes of one dimension that any key allows; None for all."""
        found: set[str] = set()
        for key in self.keys:
            if (allowed := key[place]) is None:
                return None
            found |= allowed
        return frozenset(found)

    @property
    def is_everything(self) -> bool:
        """Whether no key and no time is left out."""
        return not self.times and any(all(one is None for one in key) for key in self.keys)

    def takes(self, key: tuple[str, ...], when: Period) -> bool:
        """Whether an observation of that key and time is wanted."""
        fits = any(
            all(codes is None or code in codes for code, codes in zip(key, one, strict=True))
            for one in self.keys
        )
        return fits and all(check(when) for check in self.times)

    def fits(self, row: Row) -> bool:
        """Whether the value and the attributes are as wanted; what is unknown fits nothing."""
        if self.values and row.value is None:
            return False
        return all(check(Decimal(row.value or 0)) for check in self.values) and all(
            text is not None and check(text)
            for place, check in self.marks
            for text in [row.attributes[place]]
        )


def wanted(flow: Flow, key: str, parameters: Mapping[str, str]) -> Wanted:
    """The question as put in an address. Raises Fault for what cannot be read."""
    _check(key, parameters)
    keys = _keys(flow, key or "*")
    times: list[Check[Period]] = []
    values: list[Check[Decimal]] = []
    marks: list[tuple[int, Check[str]]] = []
    attributes = [one.id for one in flow.attributes]
    for parameter, text in parameters.items():
        match = _FILTER.fullmatch(parameter)
        name = match["name"] if match else ""
        if name == TIME:
            times.append(of_times(text))
        elif name == VALUE:
            values.append(of_numbers(text))
        elif name in attributes:
            marks.append((attributes.index(name), of_texts(text)))
        elif name:
            keys = _narrowed(flow, keys, name, text)
    for parameter, sign in (("startPeriod", "ge"), ("endPeriod", "le")):
        if written_as := parameters.get(parameter):
            moment(written_as)  # a bound is one time, no list of them
            times.append(of_times(f"{sign}:{written_as}"))
    return Wanted(
        tuple(keys),
        tuple(times),
        tuple(values),
        tuple(marks),
        first=_number(parameters, "firstNObservations"),
        last=_number(parameters, "lastNObservations"),
        skipped=_number(parameters, "offset", least=0) or 0,
        most=_number(parameters, "limit"),
        as_of=_day(parameters.get("asOf", "")),
        attributes=_told_attributes(attributes, parameters.get("attributes", "dsd")),
        measured=_is_measured(parameters.get("measures", "all")),
        by_time=_is_by_time(flow, parameters.get("dimensionAtObservation", TIME)),
        with_history=parameters.get("includeHistory") == "true",
        order=order(flow, parameters.get("sort", "")),
        since=_since(parameters),
    )


def _check(key: str, parameters: Mapping[str, str]) -> None:
    if any(len(value) > LONGEST for value in (key, *parameters.values())):
        raise syntax(f"The question is too long. Keep each part under {LONGEST} characters.")
    for name in parameters:
        if name in _NOT_OFFERED:
            raise not_implemented(f"{name} is not offered.")
        if name not in _KNOWN and not _FILTER.fullmatch(name):
            raise syntax(f"There is no parameter {name[:40]!r}.")
    history = parameters.get("includeHistory", "false")
    if history not in ("false", "true"):
        raise syntax("Write includeHistory as true or false.")
    if history == "true" and (cut := sorted(_CUTS & parameters.keys())):
        raise not_implemented(f"includeHistory is not offered together with {cut[0]}.")


def _is_by_time(flow: Flow, at: str) -> bool:
    if at in (FLAT, TIME):
        return at == TIME
    if at in {one.id for one in flow.dimensions}:
        raise not_implemented(f"Observations are told by {TIME} or by {FLAT}.")
    raise syntax(f"There is no dimension {at[:40]!r}.")


def _told_attributes(names: list[str], text: str) -> tuple[int, ...] | None:
    asked = set(text.split(","))
    if asked & _WORDS_FOR_ALL:
        return None
    if unknown := asked - _WORDS_FOR_NONE - set(names):
        raise syntax(f"There is no attribute {sorted(unknown)[0][:40]!r}.")
    return tuple(place for place, name in enumerate(names) if name in asked)


def _is_measured(text: str) -> bool:
    asked = set(text.split(","))
    if unknown := asked - {"all", "none", VALUE}:
        raise syntax(f"There is no measure {sorted(unknown)[0][:40]!r}.")
    return asked != {"none"}


def _keys(flow: Flow, text: str) -> list[Key]:
    many = text.split(",")
    if len(many) > MOST_KEYS:
        raise syntax(f"Ask for at most {MOST_KEYS} keys at once.")
    return [_key(flow, one) for one in many]


def _key(flow: Flow, text: str) -> Key:
    """One key; dimensions that it leaves out at its end are all."""
    if text in ("*", "all"):
        return (None,) * len(flow.dimensions)
    parts = text.split(".")
    if len(parts) > len(flow.dimensions):
        names = ".".join(one.id for one in flow.dimensions)
        raise syntax(f"The key has {len(parts)} parts. Write {len(flow.dimensions)}: {names}.")
    parts += ["*"] * (len(flow.dimensions) - len(parts))
    return tuple(
        None if part in ("", "*") else frozenset(_coded(one, part))
        for one, part in zip(flow.dimensions, parts, strict=True)
    )


def _coded(component: Component, part: str) -> list[str]:
    codes = part.replace(" ", "+").split("+")
    if not all(re.fullmatch(r"[A-Za-z0-9_@$-]+", code) for code in codes):
        raise syntax(f"{part[:40]!r} is no code of {component.id}.")
    return codes


def _narrowed(flow: Flow, keys: list[Key], name: str, text: str) -> list[Key]:
    places = [place for place, one in enumerate(flow.dimensions) if one.id == name]
    if not places:
        raise syntax(f"The flow {flow.id} has no component {name}.")
    place = places[0]
    listed = flow.dimensions[place].codelist
    check = of_texts(text)
    chosen = frozenset(one.id for one in (listed.codes if listed else ()) if check(one.id))
    return [
        (*key[:place], chosen if (held := key[place]) is None else held & chosen, *key[place + 1 :])
        for key in keys
    ]


def _number(parameters: Mapping[str, str], name: str, *, least: int = 1) -> int | None:
    text = parameters.get(name, "")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,7}", text, re.ASCII) or int(text) < least:
        raise syntax(f"Write {name} as a whole number from {least}.")
    return int(text)


def _since(parameters: Mapping[str, str]) -> datetime | None:
    """The moment of updatedAfter; without a zone of time it is one here. Raises Fault."""
    # A plus in an address is a blank by the time it is read.
    text = parameters.get("updatedAfter", "").strip().replace(" ", "+")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        found = timezone.make_aware(found) if found.tzinfo is None else found
        found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise syntax(f"{text[:40]!r} is not a moment. Write 2024-05-15T14:15:00+08:00.") from error
    as_of = _day(parameters.get("asOf", ""))
    if as_of is not None and timezone.localtime(found).date() > as_of:
        raise syntax("updatedAfter lies after asOf.")
    return found


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise syntax(f"{text[:40]!r} is not a day. Write 2023-12-31.") from error
