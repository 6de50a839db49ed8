"""A picture of many things: each is one mark, in rows, with its state by shape, colour and word."""

from dataclasses import dataclass


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
