"""Pinyin of Chinese names, by which they can be found without a Chinese keyboard.

The table of readings takes some 57 MB and a third of a second to load, and a web server that has
loaded it never gives the memory back. So readings are made in a process of their own that ends
with the answer: `python -m lantu.core.spelling` reads names from its input, as a JSON list.
"""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Sequence

LIMIT_S = 120
MOST_KEPT = 5_000  # names, a megabyte or so
_known: dict[str, tuple[str, str]] = {}


def pinyin(names: Sequence[str]) -> list[tuple[str, str]]:
    """The pinyin of each name, whole and its first letters; twice empty without Chinese.

    Lower case, without blanks or tones; what is not Chinese stays as it is. Names come back in
    their order, whatever their number, for one start of the other process; the last few thousand
    names are remembered.
    """
    chinese = [name for name in names if any("\u4e00" <= letter <= "\u9fff" for letter in name)]
    found = {name: _known[name] for name in chinese if name in _known}
    fresh = list(dict.fromkeys(name for name in chinese if name not in found))
    if fresh:
        found |= zip(fresh, _elsewhere(fresh), strict=True)
        _remember(found)
    return [found.get(name, ("", "")) for name in names]


def _remember(found: dict[str, tuple[str, str]]) -> None:
    if len(_known) + len(found) > MOST_KEPT:
        _known.clear()
    if len(found) <= MOST_KEPT:
        _known.update(found)


def _elsewhere(names: list[str]) -> list[tuple[str, str]]:
    done = subprocess.run(
        [sys.executable, "-m", "lantu.core.spelling"],
        input=json.dumps(names), capture_output=True, text=True, check=True, timeout=LIMIT_S,
    )  # fmt: skip
    return [(whole, first) for whole, first in json.loads(done.stdout)]


def read(name: str) -> tuple[str, str]:
    """The pinyin of one name, with the table of readings in this process."""
    from pypinyin import Style, lazy_pinyin

    whole = "".join(lazy_pinyin(name))
    first = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return _plain(whole), _plain(first)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


if __name__ == "__main__":
    json.dump([read(name) for name in json.load(sys.stdin)], sys.stdout)
