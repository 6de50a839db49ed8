"""English for what sources print in Chinese: english.yaml, and of events english_events.yaml."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from lantu.core import content

_LISTS: Final = (
    "indicators",
    "vintages",
    "scopes",
    "sources",
    "subjects",
    "industries",
    "waters",
    "sizes",
    "samples",
)
_NUMBER: Final = re.compile(r"\d+")
# A Chinese unit right behind a number, such as 亿元, 微克/立方米 or 人/千人.
_BEHIND: Final = re.compile(r"(?<=\d) ?([\u4e00-\u9fff]+(?:/[\u4e00-\u9fffA-Za-z²³]+)?)")
_SCALED: Final = re.compile(r"\d{2,}|\d,\d|\d m\b")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    found: dict[str, Any] = content.read(
        Path(__file__).with_name("english.yaml"), "figures/english.yaml"
    ).plain()
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    events: dict[str, str] = content.read(
        Path(__file__).with_name("english_events.yaml"), "figures/english_events.yaml"
    ).plain()
    return events | {key: name for listed in _LISTS for key, name in _words()[listed].items()}


@lru_cache(maxsize=4096)
def name(printed: str) -> str | None:
    """The English name of an indicator, a vintage, a scope, a source or a subject.

    Listed as it is, with its numbers left open, or by an ending such as 增速. None: not known.
    An indicator begins with a capital, as it stands alone.
    """
    known = _names()
    if printed in known:
        return _as_title(printed, known[printed])
    open_name = known.get(_NUMBER.sub("#", printed))
    if open_name is not None:
        numbers = iter(_NUMBER.findall(printed))
        return re.sub("#", lambda _: next(numbers), open_name)
    for ending, form in _words()["endings"].items():
        rest = known.get(printed.removesuffix(ending)) if printed.endswith(ending) else None
        if rest is not None:
            return _capital(str(form).format(rest))
    return None


def _as_title(printed: str, found: str) -> str:
    return _capital(found) if printed in _words()["indicators"] else found


def _capital(text: str) -> str:
    place = 1 if text.startswith("“") else 0
    return text[:place] + text[place].upper() + text[place + 1 :]


@lru_cache(maxsize=1024)
def unit(printed: str) -> str | None:
    """A unit in English: 亿元 is `CNY 100 m`, 万元/亩 `CNY 10,000/mu`, a counting word nothing.

    None: not known, or no Chinese unit.
    """
    above, line, below = printed.partition("/")
    first = _part(above)
    if first is None or not line:
        return first
    second = _words()["one"].get(below) or _part(below)
    if not second:
        return None
    # People for each so many people, such as physicians, are a rate.
    is_rate = not first or (first == "people" and second.endswith("people"))
    return f"per {second}" if is_rate else f"{first}/{second}"


def after_number(printed: str) -> str | None:
    """The same where a number stands before it: `× CNY 100 m`, so that both are read as one."""
    found = unit(printed)
    scaled = found and _SCALED.search(found.partition("/")[0]) and not found.startswith("per ")
    return f"× {found}" if scaled else found


def unit_or_printed(printed: str) -> str:
    """The same; as it is printed where it is not known."""
    known = unit(printed)
    return printed if known is None else known


def with_units(sentence: str) -> str:
    """An English sentence whose numbers carry Chinese units, with the units in English."""
    return _BEHIND.sub(_unit_of, sentence)


def in_sentence(sentence: str) -> str:
    """The same with per cent close to its number, as in running text."""
    return with_units(sentence).replace(" %", "%")


def _unit_of(found: re.Match[str]) -> str:
    known = after_number(found[1])
    return found[0] if known is None else f" {known}" if known else ""


def _part(printed: str) -> str | None:
    words = _words()
    whole = _base(printed)
    if whole is not None:
        return whole
    for scale in sorted(words["scales"], key=len, reverse=True):
        base = _base(printed.removeprefix(scale)) if printed.startswith(scale) else None
        if base is not None:
            size = words["scales"][scale]
            is_money = base in words["money"].values()
            return (f"{base} {size}" if is_money else f"{size} {base}").strip()
    return None


def _base(printed: str) -> str | None:
    words = _words()
    if printed in words["counted"]:
        return ""
    found = words["money"].get(printed, words["units"].get(printed))
    return None if found is None else str(found)
