"""Reading a question about data: the key, the filters, and how much is wanted."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from lantu.core.figures.periods import Period, period
from lantu.services.opendata.sdmx.faults import not_implemented, syntax
from lantu.services.opendata.sdmx.model import TIME, Component, Flow

LONGEST: Final = 4000
MOST_KEYS: Final = 50
_FILTER: Final = re.compile(r"c\[(?P<name>[A-Za-z0-9_]{1,40})\]")
_OPERATOR: Final = re.compile(r"(?:(?P<sign>eq|ne|lt|le|gt|ge|co|nc|sw|ew):)?(?P<value>.*)", re.S)
_RANGE: Final = re.compile(r"(\d{4}-\d{2})-\d{2}/P(\d{1,3})M")
_KNOWN: Final = frozenset(
    "startPeriod endPeriod asOf firstNObservations lastNObservations dimensionAtObservation "
    "attributes measures includeHistory format detail labels".split()
)
Key = tuple[frozenset[str] | None, ...]  # for each dimension the codes wanted; None: all
Test = tuple[str, Period]
_TEXT_TESTS: Final[dict[str, Callable[[str, str], bool]]] = {
    "eq": lambda code, value: code == value,
    "ne": lambda code, value: code != value,
    "co": lambda code, value: value in code,
    "nc": lambda code, value: value not in code,
    "sw": lambda code, value: code.startswith(value),
    "ew": lambda code, value: code.endswith(value),
    "lt": lambda code, value: code < value,
    "le": lambda code, value: code <= value,
    "gt": lambda code, value: code > value,
    "ge": lambda code, value: code >= value,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a flow. Keys are alternatives; time tests must all hold."""

    keys: tuple[Key, ...]
    times: tuple[tuple[Test, ...], ...]  # each group holds where one of its tests holds
    first: int | None = None
    last: int | None = None
    as_of: date | None = None

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
        return fits and all(any(_holds(test, when) for test in group) for group in self.times)


def wanted(flow: Flow, key: str, parameters: Mapping[str, str]) -> Wanted:
    """The question as put in an address. Raises Fault for what cannot be read."""
    _check(key, parameters)
    keys = _keys(flow, key or "*")
    times: list[tuple[Test, ...]] = []
    for name, text in parameters.items():
        match = _FILTER.fullmatch(name)
        if match is not None and match["name"] == TIME:
            times += _times(text)
        elif match is not None:
            keys = _narrowed(flow, keys, match["name"], text)
    for name, sign in (("startPeriod", "ge"), ("endPeriod", "le")):
        if written_as := parameters.get(name):
            times.append(((sign, moment(written_as)),))
    return Wanted(
        tuple(keys),
        tuple(times),
        _number(parameters, "firstNObservations"),
        _number(parameters, "lastNObservations"),
        _day(parameters.get("asOf", "")),
    )


def _check(key: str, parameters: Mapping[str, str]) -> None:
    if any(len(value) > LONGEST for value in (key, *parameters.values())):
        raise syntax(f"The question is too long. Keep each part under {LONGEST} characters.")
    for name in parameters:
        if name not in _KNOWN and not _FILTER.fullmatch(name):
            raise syntax(f"There is no parameter {name[:40]!r}.")
    _check_options(parameters)


def _check_options(parameters: Mapping[str, str]) -> None:
    history = parameters.get("includeHistory", "false")
    if history not in ("false", "true"):
        raise syntax("Write includeHistory as true or false.")
    if history == "true":
        raise not_implemented("Ask for a past day with asOf instead.")
    at = parameters.get("dimensionAtObservation", "AllDimensions")
    if at not in ("AllDimensions", TIME):
        raise not_implemented("The observations are told by all dimensions.")
    for name in ("attributes", "measures"):
        if parameters.get(name, "all") not in ("all", "dsd", "obs"):
            raise not_implemented(f"All {name} are always sent.")


def moment(text: str) -> Period:
    """A time as SDMX writes it: 2023, 2023-Q1, 2023-S1, 2023-06, 2023-01-01/P6M, 2023-06-30."""
    plain = text.strip().replace("-S", "-H").replace("-A1", "")
    if match := _RANGE.fullmatch(plain):
        plain = _span(match[1], int(match[2]))
    elif re.fullmatch(r"\d{4}-M\d{2}", plain):
        plain = plain.replace("M", "")
    elif match := re.fullmatch(r"(\d{4}-\d{2})-\d{2}(T.*)?", plain):
        plain = match[1]
    try:
        return period(plain)
    except ValueError as error:
        raise syntax(f"{text[:40]!r} is not a time. Write 2023, 2023-Q1 or 2023-06.") from error


def _span(first: str, months: int) -> str:
    year, month = int(first[:4]), int(first[5:])
    index = year * 12 + month - 1 + max(months, 1) - 1
    return f"{first}/{index // 12:04d}-{index % 12 + 1:02d}"


def written(when: Period) -> str:
    """A period as SDMX writes it; what is no year, quarter or month is a first day and a length."""
    plain = str(when)
    if "/" not in plain:
        return plain
    return f"{when.start_year:04d}-{when.start_month:02d}-01/P{when.months}M"


def _keys(flow: Flow, text: str) -> list[Key]:
    many = text.split(",")
    if len(many) > MOST_KEYS:
        raise syntax(f"Ask for at most {MOST_KEYS} keys at once.")
    return [_key(flow, one) for one in many]


def _key(flow: Flow, text: str) -> Key:
    if text in ("*", "all"):
        return (None,) * len(flow.dimensions)
    parts = text.split(".")
    if len(parts) != len(flow.dimensions):
        names = ".".join(one.id for one in flow.dimensions)
        raise syntax(f"The key has {len(parts)} parts. Write {len(flow.dimensions)}: {names}.")
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
        raise syntax(f"The flow {flow.id} has no dimension {name}.")
    place = places[0]
    listed = flow.dimensions[place].codelist
    every = {code.id for code in listed.codes} if listed is not None else set()
    for part in re.split(r"[+ ]", text):
        every &= {code for code in every if _chosen(code, part)}
    return [
        (*key[:place], frozenset(every if key[place] is None else every & (key[place] or set())),
         *key[place + 1 :])
        for key in keys
    ]  # fmt: skip


def _parts(text: str) -> Iterable[tuple[str, str]]:
    sign = "eq"
    for part in text.split(","):
        match = _OPERATOR.fullmatch(part)
        assert match is not None  # the value may be anything
        sign = match["sign"] or sign
        yield sign, match["value"]


def _chosen(code: str, text: str) -> bool:
    pairs = list(_parts(text))
    tests = [_TEXT_TESTS[sign](code, value) for sign, value in pairs]
    # "ne:A,B" leaves both out; any other list is a choice.
    return all(tests) if pairs[0][0] in ("ne", "nc") else any(tests)


def _times(text: str) -> list[tuple[Test, ...]]:
    groups = []
    for part in re.split(r"[+ ]", text):
        tests = tuple((sign, moment(value)) for sign, value in _parts(part))
        if any(sign not in _TIME_TESTS for sign, _ in tests):
            raise syntax("A time is compared with eq, ne, lt, le, gt or ge.")
        groups.append(tests)
    return groups


_TIME_TESTS: Final[dict[str, Callable[[Period, Period], bool]]] = {
    "eq": lambda when, other: when == other,
    "ne": lambda when, other: when != other,
    "ge": lambda when, other: _first(when) >= _first(other),
    "gt": lambda when, other: _first(when) > other.last_day,
    "le": lambda when, other: when.last_day <= other.last_day,
    "lt": lambda when, other: when.last_day < _first(other),
}


def _holds(test: Test, when: Period) -> bool:
    return _TIME_TESTS[test[0]](when, test[1])


def _first(when: Period) -> date:
    return date(when.start_year, when.start_month, 1)


def _number(parameters: Mapping[str, str], name: str) -> int | None:
    text = parameters.get(name, "")
    if not text:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,6}", text, re.ASCII):
        raise syntax(f"Write {name} as a whole number from 1.")
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise syntax(f"{text[:40]!r} is not a day. Write 2023-12-31.") from error
