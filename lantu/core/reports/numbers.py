"""Numbers: every number that a text prints, and whether a snapshot holds it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

_NUMBER: Final = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def numbers_in(text: str) -> Iterator[str]:
    """The numbers of a text as printed, without the commas of thousands."""
    for match in _NUMBER.finditer(text):
        yield match.group().replace(",", "")


def unmatched(texts: Iterable[str], numbers: Mapping[str, str]) -> list[str]:
    """The numbers that are printed and that the snapshot does not hold, with their surroundings."""
    found = []
    for text in texts:
        for match in _NUMBER.finditer(text):
            if match.group().replace(",", "") not in numbers:
                around = text[max(0, match.start() - 12) : match.end() + 12]
                found.append(f"{match.group()}: …{around}…")
    return found
