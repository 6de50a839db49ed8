"""Words and numbers of firms' pages, in the reader's language."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template

from lantu.core import content
from lantu.core.figures.decimals import grouped, rounded, shown
from lantu.services.enterprises.items import RATIOS, items
from lantu.services.enterprises.scoring import MULTIPLE
from lantu.ui.pages import language

register = template.Library()


@lru_cache(maxsize=1)
def _names() -> dict[str, Any]:
    path = Path(__file__).parent.parent / "names.yaml"
    found: dict[str, Any] = content.read(path, "enterprises/names.yaml").plain()
    return found


def _word(group: str, key: str) -> str:
    found = _names()[group].get(key)
    return key if found is None else str(found[language()])


@register.filter
def number(value: Decimal | None, places: int = 2) -> str:
    """A number with at most some decimals; what is unknown is a dash and never zero."""
    return "—" if value is None else grouped(shown(value, int(places)))


@register.filter
def fixed(value: Decimal | None, places: int) -> str:
    """The same with exactly so many decimals, as numbers stand under each other in a column."""
    return "—" if value is None else grouped(f"{rounded(value, int(places)):f}")


@register.filter
def percent(value: Decimal | None) -> str:
    """A share in per cent."""
    return "—" if value is None else f"{shown(value * 100, 1)}%"


@register.filter
def signed(value: Decimal | None) -> str:
    """A number with its sign."""
    return "—" if value is None else f"{'+' if value > 0 else ''}{shown(value, 2)}"


@register.filter
def item_name(key: str) -> str:
    """The label of an item, an indicator or a measure."""
    plain = key.removesuffix(MULTIPLE)
    if plain in items():
        return items()[plain].label[language()]
    if plain in RATIOS:
        return RATIOS[plain].label[language()]
    return _word("what", plain)


@register.filter
def item_unit(key: str) -> str:
    """The unit in which an item is kept."""
    return items()[key].unit if key in items() else RATIOS[key].unit if key in RATIOS else ""


@register.filter
def cohort_name(key: str) -> str:
    return _word("cohort", key or "none")


@register.filter
def standing_name(key: str) -> str:
    return _word("standing", key)


@register.filter
def why_name(key: str) -> str:
    return _word("why", key)


@register.filter
def pair_name(key: str) -> str:
    return _word("pair", key)


@register.filter
def note_words(note: str) -> str:
    """Why a firm has no score or another class; what a person wrote stays as it is."""
    said = []
    for part in note.split("; ") if note else []:
        head, mark, key = part.partition(": ")
        known = _word("note", head)
        colon = "：" if language() == "zh" else ": "
        said.append(
            f"{known}{colon}{item_name(key)}" if mark and head in _names()["note"] else known
        )
    return ("；" if language() == "zh" else "; ").join(said)


@register.filter
def limit_sign(one: Any) -> str:
    """The sign between a value and its limit."""
    return "≤" if one.is_ceiling else ">" if one.is_strict else "≥"


@register.filter
def as_share(one: Any) -> bool:
    """Whether a condition's numbers are shares, to be shown in per cent."""
    return (
        str(one.what).endswith(("_share", "_ratio", "_years"))
        and one.what
        not in (
            "age_years",
            "niche_years",
        )
        or one.what in ("rd_ratio", "rd_ratio_three_years")
    )


@register.filter
def cohorts(keys: str) -> list[str]:
    """The short names of cohorts, to be walked in a template."""
    return keys.split()
