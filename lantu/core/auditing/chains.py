"""Chains: what a sentence says of one thing in clause after clause, told by what it leaves unsaid.

2020年总产值为420亿元，到2025年达到676亿元，年均增长10%: the later clauses name no thing of their
own, so all three numbers speak of the first. What ties them is checked, whatever their order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lantu.core.auditing.quantities import Quantity, Role, quantities, scale, silent
from lantu.core.reading.prose import Sentence

_SHARE: Final = re.compile(r"(?:为|完成|达到)[^，,]{0,8}(?:预算|计划|任务|目标)数?的$")


@dataclass(slots=True)
class Chain:
    """What is said of one thing in a row."""

    subject: str
    links: list[Quantity] = field(default_factory=list)
    end: int = 0  # in the sentence

    def of(self, *roles: Role) -> list[Quantity]:
        return [one for one in self.links if one.role in roles]


def chains(sentence: Sentence) -> Iterator[Chain]:
    """The chains of a sentence with two numbers or more, in order."""
    now = Chain("")
    for one in quantities(sentence):
        if one.unit == "%" and one.role == "level" and _SHARE.search(one.clause):
            continue  # 为预算的92%: said in passing; what follows speaks on of the amount
        subject = silent(one.lead)
        # One letter left over is a word of moving that no list holds, not a name.
        is_new = len(subject) > 1 or not now.links
        if subject and is_new and not (now.links and subject in now.subject):
            if len(now.links) > 1:
                yield now
            now = Chain(subject)
        now.links.append(one)
        now.end = one.last
    if len(now.links) > 1:
        yield now


def ends(chain: Chain) -> tuple[Quantity, Quantity] | None:
    """The first and the last level of a chain in one unit; None where they are not told apart."""
    levels = chain.of("base", "level")
    bases = [one for one in levels if one.role == "base"]
    if len(bases) == 1:  # what has another measure is of another thing
        levels = [one for one in levels if scale(one.unit, bases[0].unit) is not None]
    if len(levels) != 2 or len(bases) > 1:
        return None
    factor = scale(levels[0].unit, levels[1].unit)
    if factor is None:
        return None
    if factor != 1:  # 4500万美元 and 2.3亿美元
        first = levels[0]
        same = replace(first.stated, value=first.value * factor, unit=levels[1].unit)
        levels = [replace(first, stated=same), levels[1]]
        bases = [one for one in levels if one.role == "base"]
    if bases:
        last = next(one for one in levels if one is not bases[0])
        return bases[0], last
    return _by_year(levels)


def _first_said(levels: Sequence[Quantity]) -> bool:
    """达到68%, …2020年为63%: the level that is reached comes without its year."""
    reached, told = levels
    return reached.year is None and told.year is not None and "达" in reached.words


def _by_year(levels: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    if _first_said(levels):
        return levels[1], levels[0]
    dated = sorted((one for one in levels if one.year is not None), key=lambda one: one.year or 0)
    if len(dated) < len(levels) or dated[0].year == dated[-1].year:
        return None
    return dated[0], dated[-1]
