"""Wording: what the messages for people say in Chinese.

Messages are written in English where they arise, beside the check that makes them; the pages
that a clerk sees say them in Chinese. Each part keeps its own `wording.yaml`. A message without
a Chinese wording is shown as it is.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from lantu.core import content
from lantu.core.errors import ContentError, ForPeople

_PACKAGE = Path(__file__).parent.parent
_SLOT = re.compile(r"\\\{(\d)\\\}")
# A value that somebody wrote, as Python shows it.
_QUOTED = re.compile(r"'([^']*)'")


def in_chinese(message: str) -> str:
    """The Chinese of a message, with its values in their places."""
    for pattern, chinese in _wordings():
        if match := pattern.fullmatch(message):
            values = (match[f"v{place}"] for place in range(pattern.groups))
            return chinese.format(*(_QUOTED.sub(r"“\1”", value) for value in values))
    return message


def told(error: ForPeople, *, chinese: bool) -> str:
    """An error as one line for a page."""
    way: Callable[[str], str] = in_chinese if chinese else str
    if isinstance(error, ContentError):
        colon, gap = ("：", "") if chinese else (": ", " ")
        return f"{error.where}{colon}{way(error.what)}{gap}{way(error.remedy)}"
    return way(str(error))


@lru_cache(maxsize=1)
def _wordings() -> list[tuple[re.Pattern[str], str]]:
    """Each message as a pattern; those with more words of their own come first."""
    found = []
    for path in sorted(_PACKAGE.rglob("wording.yaml")):
        for entry in content.read(path, path.relative_to(_PACKAGE).as_posix()).items():
            entry.only({"en", "zh"})
            english = entry.need("en").text()
            pattern = _SLOT.sub(r"(?P<v\1>.+?)", re.escape(english))
            found.append((len(_SLOT.sub("", re.escape(english))), pattern, entry.need("zh").text()))
    found.sort(reverse=True)
    return [(re.compile(pattern, re.DOTALL), chinese) for _, pattern, chinese in found]
