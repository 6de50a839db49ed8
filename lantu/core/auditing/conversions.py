"""Conversions: one quantity printed twice, in two units that measure the same."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.quantities import Quantity, scale

_AGAIN: Final = re.compile(
    r"(?:[(（]|[，,](?=约?[合折即]))(?P<about>约?)(?:折合|折算|合|折|即|相当于)?(?P<too>约?)为?(?:每[天日年])?$"
)
_ENDS: Final = re.compile(r"[)），,。；;]|$")


def of_sentence(said: Sequence[Quantity], text: str) -> Iterator[Finding]:
    """38303.18平方米（合57.45亩）; 112千公顷（168万亩）."""
    for one, other in pairwise(said):
        again = _AGAIN.match(other.lead)
        if again is None or one.unit == other.unit or not _ENDS.match(text, other.last):
            continue
        factor = scale(one.unit, other.unit)
        if factor is not None and one.value > 0:
            about = bool(again["about"] or again["too"])
            yield identities.conversion(one.stated, other.stated, one.value * factor, about=about)
