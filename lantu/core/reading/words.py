"""Words: the lists of vocabulary.yaml as patterns, the longer word first."""

import re
from functools import lru_cache
from pathlib import Path

from lantu.core import content


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    root = content.read(Path(__file__).with_name("vocabulary.yaml"), "reading/vocabulary.yaml")
    return {key: [one.text() for one in entry.items()] for key, entry in root.mapping().items()}


def words(name: str) -> list[str]:
    """One list, longest first, so that an alternation takes the longest word."""
    return sorted(_lists()[name], key=len, reverse=True)


def either(*names: str) -> str:
    """An alternation over all words of the named lists, as the source of a pattern."""
    every = sorted((one for name in names for one in _lists()[name]), key=len, reverse=True)
    return f"(?:{'|'.join(dict.fromkeys(every))})"


@lru_cache(maxsize=64)
def anywhere(*names: str) -> re.Pattern[str]:
    """Finds any word of the lists."""
    return re.compile(either(*names))


@lru_cache(maxsize=64)
def at_end(*names: str) -> re.Pattern[str]:
    """Finds a word of the lists at the end of a text."""
    return re.compile(rf"{either(*names)}$")


@lru_cache(maxsize=64)
def whole(name: str) -> frozenset[str]:
    """The list's plain words, to be looked up."""
    return frozenset(_lists()[name])
