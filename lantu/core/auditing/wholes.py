"""Parts and wholes in one sentence: shares, closed partitions, per-unit figures, structures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.intervals import Interval
from lantu.core.auditing.pieces import (
    NUMBER,
)  # fmt: skip
from lantu.core.auditing.quantities import Quantity
from lantu.core.reading.prose import Sentence, Stated

HUNDRED: Final = Decimal(100)
_STRUCTURE: Final = re.compile(
    rf"(?:三次产业|产业)?(?:结构|构成|比例|比重|占比)[^。；;]{{0,20}}?(?P<list>(?:{NUMBER})(?:[:：∶](?:{NUMBER})){{1,5}})"
)
_LIST: Final = re.compile(rf"(?P<list>(?:{NUMBER})(?:[:：∶](?:{NUMBER})){{2,5}})(?!月|时)")
_INDUSTRIES: Final = re.compile(r"^(?:三次)?产业")


def of_sentence(sentence: Sentence, said: Sequence[Quantity]) -> Iterator[Finding]:
    """All parts and wholes that one sentence states; `said` holds the numbers before it too."""
    yield from _structures(sentence, said)
    yield from _named_structure([one for one in said if one.sentence == sentence.places[0]])


def _structures(sentence: Sentence, said: Sequence[Quantity]) -> Iterator[Finding]:
    """三次产业结构为8:45:47: shares of a whole make a hundred and are those of its parts."""
    lists = []
    named = _STRUCTURE.search(sentence.text)
    for match in _LIST.finditer(sentence.text, named.start() if named else len(sentence.text)):
        start = match.start("list")
        shares = [
            _at(sentence, start + one.start(), start + one.end())
            for one in re.finditer(NUMBER, match["list"])
        ]
        total = sum((one.value for one in shares), Decimal(0))
        # 1:2:3 is a ratio; only shares of industries, or what comes near a hundred, are shares.
        is_meant = _INDUSTRIES.search(named.group() if named else "") or Decimal(
            90
        ) <= total <= Decimal(110)
        if len(shares) >= 3 and is_meant:
            yield _hundred(shares, total)
            lists.append(shares)
    if len(lists) == 1 and len(lists[0]) == len(_THREE):
        yield from _of_three(lists[0], said)


_THREE: Final = tuple(re.compile(f"第?{one}(?:次)?产业?") for one in "一二三")


def _of_three(shares: Sequence[Stated], said: Sequence[Quantity]) -> Iterator[Finding]:
    """第一产业增加值72.8亿元、…: each over the three together is its share in the structure."""
    parts = []
    for name in _THREE:
        found = [one for one in said if one.is_amount and name.search(one.clause)]
        if len(found) != 1 or found[0].is_loose:
            return
        parts.append(found[0].stated)
    if len({one.unit for one in parts}) != 1 or len({one.start for one in parts}) != len(parts):
        return
    total = sum((one.value for one in parts), Decimal(0))
    whole = replace(parts[0], value=total)
    for part, share in zip(parts, shares, strict=True):
        found_share = identities.share(part, whole, replace(share, unit="%"))
        if found_share is not None:
            yield replace(found_share, rule="structure", numbers=(*parts, share))


_MADE: Final = re.compile(r"(?:结构|构成)[^，,。；;]{0,4}?[为是：:]")


def _named_structure(said: Sequence[Quantity]) -> Iterator[Finding]:
    """结构为生活14.3%、工业21.0%、…: shares with names, told one after the other."""
    for at, first in enumerate(said):
        if first.unit != "%" or not _MADE.search(first.lead):
            continue
        run = [first]
        for one in said[at + 1 :]:
            if one.unit != "%" or not one.lead.startswith("、"):
                break
            run.append(one)
        total = sum((one.value for one in run), Decimal(0))
        is_near = abs(total - HUNDRED) <= HUNDRED / 10
        if len(run) > 2 and is_near and not any(one.is_loose for one in run):
            yield _hundred([one.stated for one in run], total)


def _hundred(shares: Sequence[Stated], total: Decimal) -> Finding:
    reached = Interval.of(shares[0].value)
    for one in shares[1:]:
        reached = reached + Interval.of(one.value)
    whole = Stated(HUNDRED, "", shares[0].start, shares[-1].end)
    names = "+".join(f"{one.value:f}" for one in shares)
    return identities.equal("structure", tuple(shares), reached, total, whole, names, names)


def _at(sentence: Sentence, start: int, end: int) -> Stated:
    value = Decimal(sentence.text[start:end].replace(",", ""))
    return Stated(value, "", sentence.places[start], sentence.places[end - 1] + 1)
