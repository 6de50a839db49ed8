"""Flows and what they are made of, as the SDMX information model names it."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

AGENCY: Final = "LANTU"
VERSION: Final = "1.0.0"
CONCEPTS: Final = "CS_LANTU"
NOT_STATED: Final = "_U"  # the source does not say: unknown is a code of its own, never left out
TIME: Final = "TIME_PERIOD"
VALUE: Final = "OBS_VALUE"
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class Code:
    """One value that a component may take."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Codelist:
    """The values that a component may take, in order."""

    id: str
    zh: str
    en: str
    codes: tuple[Code, ...]
    is_partial: bool = False  # whether there are codes that are not among these


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension or an attribute; without a code list it holds values of its data type."""

    id: str
    zh: str
    en: str
    codelist: Codelist | None = None
    data_type: str = "String"


@dataclass(frozen=True, slots=True)
class Flow:
    """A dataflow with its structure. Dimensions do not count the time."""

    id: str
    kind: str  # facts or verdicts
    zone: str
    zh: str
    en: str
    dimensions: tuple[Component, ...]
    attributes: tuple[Component, ...]
    measured: bool = True  # whether the value is told

    @property
    def codelists(self) -> tuple[Codelist, ...]:
        """The code lists that its components use."""
        found = {
            one.codelist.id: one.codelist
            for one in (*self.dimensions, *self.attributes)
            if one.codelist is not None
        }
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Constraint:
    """Which codes of each dimension there are data for, and which periods."""

    flow: Flow
    codes: Mapping[str, tuple[str, ...]]  # of the dimensions asked for, the time among them
    series: int
    observations: int

    @property
    def id(self) -> str:
        """Its name; it is made for the question and kept nowhere."""
        return f"AVAILABLE_{self.flow.id}"

    @property
    def zh(self) -> str:
        """Its title in Chinese."""
        return f"{self.flow.zh}（可用数据）"

    @property
    def en(self) -> str:
        """Its title in English."""
        return f"{self.flow.en}, what is available"


class Row(NamedTuple):
    """One observation: a code for each dimension, the time, the value, the attributes.

    The value is a number as printed. One that is not known is None, and its OBS_STATUS says so.
    """

    key: tuple[str, ...]
    period: str
    value: str | None
    attributes: tuple[str | None, ...]


class Stretch(NamedTuple):
    """Observations in order of time that have all but time and value alike, as Rows have them."""

    key: tuple[str, ...]
    attributes: tuple[str | None, ...]
    periods: list[str]
    values: list[str]


def series(rows: Iterable[Row]) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
    """The observations of each key, in order. What a source printed twice comes row by row in turn.

    Rows must come so that all with the same key but for its last part are together.
    """
    for _shared, together in groupby(rows, key=lambda row: row.key[:-1]):
        found: dict[tuple[str, ...], list[Row]] = {}
        for row in together:
            found.setdefault(row.key, []).append(row)
        yield from found.items()


@lru_cache(maxsize=10_000)
def code_id(text: str) -> str:
    """The code of a printed name: the same on every installation, whatever else is stored."""
    if not text:
        return NOT_STATED
    if _PLAIN.fullmatch(text):
        return text
    return "X" + hashlib.sha256(text.encode()).hexdigest()[:12].upper()


def urn(package: str, kind: str, item: str) -> str:
    """The name of an artefact that holds everywhere: `urn("codelist", "Codelist", "CL_X")`."""
    return f"urn:sdmx:org.sdmx.infomodel.{package}.{kind}={AGENCY}:{item}({VERSION})"


def concept_urn(concept: str) -> str:
    """The name of one concept."""
    return f"{urn('conceptscheme', 'Concept', CONCEPTS)}.{concept}"
