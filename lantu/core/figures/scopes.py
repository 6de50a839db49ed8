"""Scopes (口径): which territory, which firms, which prices a figure speaks for."""

from enum import Enum


class Match(Enum):
    """How the scope of a figure stands to the scope that is asked for."""

    SAME = "same"
    UNSTATED = "unstated"  # the figure does not say: it is used, and marked
    OTHER = "other"  # the figure speaks for something else: it is not used


def match(figure: str | None, wanted: str | None) -> Match:
    """Compare two scopes. Where no scope is asked for, every figure will do."""
    if wanted is None or figure == wanted:
        return Match.SAME
    return Match.UNSTATED if figure is None else Match.OTHER
