"""Apart: base, goal and growth of one thing that stand in different sentences."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lantu.core.auditing import identities
from lantu.core.auditing.agreement import whose
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.pieces import COMPARABLE, PRICED
from lantu.core.figures.decimals import printed
from lantu.core.reading.prose import WRITTEN, Stated
from lantu.core.reading.records import Proposal

SPECIFIC: Final = 4  # letters; a shorter name may be said of more than one thing
_GROWS: Final = re.compile(r"(?:总数|数量|总量)?(?:年均)?(?:增长率|增长|增速|递增)?$")
_EVERYWHERE: Final = re.compile(r"^(?:全[区市县省州镇]|我[区市县省])$")
_NUMBER: Final = re.compile(WRITTEN)


def of_proposals(proposals: Iterable[Proposal], text: str) -> Iterator[Finding]:
    """One stated past level, one promised level and one promised growth of the same name.

    Growth of sums of money is published at constant prices and levels at current ones: far apart
    in a text they prove nothing against each other, and are left.
    """
    by_name: dict[tuple[str, str], list[Proposal]] = defaultdict(list)
    for one in proposals:
        name = _GROWS.sub("", re.sub(r"\s", "", one.metric))
        if len(name) >= SPECIFIC and not one.project and not PRICED.search(name):
            subject = _EVERYWHERE.sub("", one.subject) or whose(text, one.start)
            by_name[name, subject].append(one)
    for group in by_name.values():
        yield from _judged(group, text)


def _judged(group: Sequence[Proposal], text: str) -> Iterator[Finding]:
    facts = [one for one in group if one.kind == "fact" and one.target_year and one.value]
    goals = [
        one for one in group if one.kind == "target" and one.form == "level" and one.target_year
        and one.value is not None and one.comparator in ("=", None)
    ]  # fmt: skip
    rates = [
        one for one in group if one.form == "growth" and one.growth_pct is not None
        and one.kind == "target" and one.comparator in ("=", None) and "年均" in _around(one, text)
    ]  # fmt: skip
    rates = [one for one in rates if not COMPARABLE.search(_around(one, text))]
    if not (len(facts) == len(goals) == len(rates) == 1):
        return
    fact, goal, rate = facts[0], goals[0], rates[0]
    years = (goal.target_year or 0) - (fact.target_year or 0)
    if fact.unit != goal.unit or goal.unit in ("%", "‰", "") or not 0 < years <= 10:
        return
    base, target = _stated(fact, text), _stated(goal, text)
    assert rate.growth_pct is not None  # chosen so
    percent = Stated(rate.growth_pct, "%", rate.start, rate.end)
    found = identities.growth(base, target, percent, years)
    if found is not None:
        yield found


def _around(one: Proposal, text: str) -> str:
    return text[max(0, one.start - 12) : one.end + 12]


def _stated(one: Proposal, text: str) -> Stated:
    """The number of a proposal at its place."""
    assert one.value is not None
    for match in _NUMBER.finditer(text, one.start, min(one.end + 1, len(text))):
        if printed(match.group()) == one.value:
            return Stated(one.value, one.unit, match.start(), match.end())
    return Stated(one.value, one.unit, one.start, one.end)
