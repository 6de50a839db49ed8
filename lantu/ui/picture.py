"""A picture of many things: each is one mark, in rows, with its state by shape, colour and word."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from lantu.ui.signs import SHAPES


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing of the picture, which leads to its own page."""

    state: str
    address: str
    told: str  # where it belongs, its name and its state: what a pointer and a screen reader get
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The marks that belong together."""

    name: str
    marks: tuple[Mark, ...]


def drawn(marks: Iterable[Mark]) -> SafeString:
    """The marks of a row: a picture has hundreds, and a template takes ten times as long."""
    return mark_safe("".join(map(_drawn, marks)))  # noqa: S308


def _drawn(one: Mark) -> str:
    small = " mark--small" if one.is_small else ""
    return (
        f'<li><a class="mark{small} mark--{one.state}" href="{escape(one.address)}" '
        f'aria-label="{escape(one.told)}">{SHAPES[one.state]}</a></li>'
    )
