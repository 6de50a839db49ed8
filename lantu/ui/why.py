"""Why: a sentence, and what it rests on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Why:
    """One sentence of the explanation, the source it ends in, and the sentences it rests on."""

    text: str
    url: str = ""
    label: str = ""  # of the source
    because: tuple["Why", ...] = ()
    is_open: bool = False
