"""Ties: what the numbers of a chain must be to each other."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Final

from lantu.core.auditing import identities, tallies
from lantu.core.auditing.chains import Chain, chains, ends
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.intervals import Interval
from lantu.core.auditing.pieces import proves
from lantu.core.auditing.quantities import CHANGES, NUMBER_OF, Quantity, scale
from lantu.core.reading.prose import Sentence, Stated

FIVE: Final = 5
_SPANS: Final = (
    (re.compile(r"五年|(?<!\d)5年|十[二三四五]五"), 5), (re.compile(r"三年|(?<!\d)3年"), 3),
)  # fmt: skip
_YEARS: Final = re.compile(r"(?P<first>20\d\d)年?[-—–~～至到]{1,2}(?P<last>20\d\d)年")
_UP_TO: Final = re.compile(r"到20\d[05]年(?:末|底)?[，,]?[^，,。；;\d]{0,12}累计")
_RISES: Final = re.compile(r"增加|新增|净增|减少")


def of_sentence(sentence: Sentence) -> Iterator[Finding]:
    """All that the chains of a sentence state twice."""
    for chain in chains(sentence):
        pair = ends(chain)
        if pair is not None:
            yield from _between(chain, *pair, sentence.text)
        else:
            yield from _risen(chain, sentence.text)
        yield from _quotas(chain, sentence.text)
        yield from _compounded(chain, sentence.text)


def _compounded(chain: Chain, text: str) -> Iterator[Finding]:
    """五年累计下降18%，年均下降3.9%: what each year gives in all; a plain mean is granted too."""
    totals, rates = chain.of("total"), chain.of("rate")
    years = next((count for words, count in _SPANS if words.search(text)), None)
    is_told = len(totals) == len(rates) == 1 and not chain.of("level", "base", "rise")
    if not is_told or years is None or "累计" not in totals[0].words:
        return
    total, mean = totals[0], rates[0]
    if total.falls != mean.falls:
        return
    found = tallies.compounded(mean.stated, total.stated, years, falls=mean.falls)
    yield _weighed(found, (mean, total), text)


def _between(chain: Chain, first: Quantity, last: Quantity, text: str) -> Iterator[Finding]:
    """From the one level to the other: rates, points, rises and multiples."""
    years = _years(first, last, text)
    after = max(_at(chain, first), _at(chain, last))
    for at, one in enumerate(chain.links):
        is_early = at < after and not (_named(one.words) or "五年" in one.words)
        if one.role in ("total", "points", "rise") and is_early:
            continue  # 200亿元，增长12%，…210亿元: it speaks of the year before the first
        if first.stated.unit == "%":
            found = _of_share(first, last, one, years)
        else:
            found = _of_amount(first, last, one, years)
        if found is not None:
            yield _weighed(found, (first, last, one), text)


def _risen(chain: Chain, text: str) -> Iterator[Finding]:
    """达到60家，比上年增加20家，增长50%: the base is what the change leaves of the level."""
    for at, level in enumerate(chain.links):
        if not level.is_amount or level.role == "base":
            continue
        moves = list(takewhile(lambda one: not one.is_amount, chain.links[at + 1 :]))
        if at and chain.links[at - 1].role == "rise" and level.words.startswith(("达", "增至")):
            moves = [chain.links[at - 1], *moves]  # 增加20家，达到60家
        rises = [one for one in moves if one.role == "rise" and scale(one.unit, level.unit)]
        rates = [one for one in moves if one.role == "total"]
        means = [one for one in moves if one.role == "rate"]
        if len(rises) == len(means) == 1 and not rates:
            yield from _risen_yearly(level, rises[0], means[0], text)
        if len(rises) != 1 or len(rates) != 1 or rises[0].falls != rates[0].falls:
            continue
        if _is_of_one_year(rises[0], rates[0], moves):
            found = tallies.risen(level.stated, rises[0].stated, _signed(rates[0]))
            if found is not None:
                yield _weighed(found, (level, rises[0], rates[0]), text)


def _risen_yearly(level: Quantity, rise: Quantity, mean: Quantity, text: str) -> Iterator[Finding]:
    """2025年达到190亿元，较2020年增加107亿元，年均增长18%: the base is the difference."""
    since = _named(rise.words)
    if level.year is None or not since or rise.unit != level.unit:
        return
    years = level.year - int(since[-1])
    value = level.value + (rise.value if rise.falls else -rise.value)
    base = replace(level.stated, value=value, end=rise.stated.end)
    found = identities.growth(base, level.stated, _signed(mean), years)
    if found is not None:
        yield _weighed(found, (level, rise, mean), text)


_SINCE: Final = re.compile(
    r"(?P<year>同比|(?:上年|去年)(?:同期)?)|(?P<begin>年初|期初)|(?P<plan>十[一二三四五]五|(?:19|20)\d\d年|上月|环比)"
)


def _is_of_one_year(rise: Quantity, rate: Quantity, moves: list[Quantity]) -> bool:
    """Whether a change and a rate in per cent speak of the same time; the later may leave it out.

    比年初增加16亿元, 同比增长7% speak of two.
    """
    first, later = sorted((rise, rate), key=moves.index)
    since = [_SINCE.search(one.words) for one in (first, later)]
    if since[1] is None:
        return not re.search(r"[比较]", later.words)
    if since[0] is None or since[0].lastgroup != since[1].lastgroup:
        return False
    return since[0].lastgroup != "plan" or since[0].group() == since[1].group()


def _at(chain: Chain, link: Quantity) -> int:
    return next(at for at, one in enumerate(chain.links) if one.first == link.first)


def _of_share(first: Quantity, last: Quantity, one: Quantity, years: int | None) -> Finding | None:
    """A share moves by points, in all or each year."""
    if one.role == "points" and _is_of(one, first):
        return _difference(first.stated, last.stated, one, 1)
    if one.role == "points-a-year" and years:
        return _difference(first.stated, last.stated, one, years)
    return None


def _of_amount(first: Quantity, last: Quantity, one: Quantity, years: int | None) -> Finding | None:
    """An amount moves by a rate, in all or each year, by an amount, or so many times."""
    base, target = first.stated, last.stated
    if one.role == "rate" and years:
        signs = (one.sign if not one.falls else "~", last.sign)
        if first.sign == "=" and "~" not in signs:
            return identities.growth(base, target, _signed(one), years, signs=signs)
        return identities.growth(base, target, _signed(one), years)
    if one.role == "quota" and one.unit == base.unit and years and _RISES.search(one.words):
        return _difference(base, target, one, years)
    if one.role == "total" and _is_of(one, first):
        return tallies.grown_by(base, target, _signed(one))
    if one.role == "rise" and one.stated.unit == base.unit and _is_of(one, first):
        return _difference(base, target, one, 1)
    return _multiple(base, target, one) if one.role == "times" and base.value > 0 else None


def _years(first: Quantity, last: Quantity, text: str) -> int | None:
    """The years between two levels, where the sentence says them."""
    if first.year is not None and last.year is not None and last.year > first.year:
        return last.year - first.year
    is_said = any(word in text for word in ("五年", "十三五", "十四五", "十五五"))
    return FIVE if is_said and (first.year is None or first.year == last.year) else None


def _is_of(one: Quantity, first: Quantity) -> bool:
    """Whether a change speaks of the same first year; 同比 and 比上年 speak of another."""
    if any(word in one.words for word in ("同比", "上年", "去年", "每年")):
        return False
    named = [int(word) for word in _named(one.words)]
    return not named or first.year is None or named[-1] == first.year


def _named(words: str) -> list[str]:
    return re.findall(r"\d{4}", words)


def _signed(one: Quantity) -> Stated:
    return replace(one.stated, value=-one.stated.value) if one.falls else one.stated


def _difference(base: Stated, target: Stated, one: Quantity, years: int) -> Finding:
    """58%提高到65%，提高7个百分点; over several years so much each year."""
    return tallies.difference(base, target, one.stated, years, falls=one.falls)


def _multiple(base: Stated, target: Stated, one: Quantity) -> Finding | None:
    if one.words in NUMBER_OF:
        return tallies.multiple(base, target, one.stated, at_least=True)
    is_more = any(word in one.words for word in ("增长", "增加", "提高", "扩大"))
    return tallies.multiple(base, target, one.stated, or_more_by=1 if is_more else 0)


def _quotas(chain: Chain, text: str) -> Iterator[Finding]:
    """五年累计6万人，年均1.2万人: a mean over all years."""
    quotas = chain.of("quota")
    wholes = [
        one for one in chain.of("level", "rise")
        if "累计" in text[: chain.end] or any(words.search(one.words) for words, _ in _SPANS)
        or _YEARS.search(one.words)
    ]  # fmt: skip
    said = next((count for words, count in _SPANS if words.search(text)), None)
    span = _YEARS.search(text)
    if span and 1 < int(span["last"]) - int(span["first"]) + 1 <= 10:
        said = int(span["last"]) - int(span["first"]) + 1
    years = said or (FIVE if _UP_TO.search(text) else None)
    if len(quotas) != 1 or len(wholes) != 1 or years is None:
        return
    quota, whole = quotas[0], wholes[0]
    factor = scale(quota.unit, whole.unit)
    if factor is None:
        return
    computed = quota.value * years * factor
    times = Interval(years * factor, years * factor)
    words = f"年均{identities.number(quota.stated)}×{years}年"
    english = f"{identities.number(quota.stated)} a year for {years} years"
    found = identities.equal(
        "yearly-total", (quota.stated, whole.stated), Interval.of(quota.value) * times,
        computed, whole.stated, words, english,
    )  # fmt: skip
    # 到2025年累计 does not say since when.
    yield _weighed(found, (quota, whole), text).unless(is_open=said is None)


def _weighed(found: Finding, links: tuple[Quantity, ...], text: str) -> Finding:
    """A contradiction stands only where no number is loose and prices cannot part them."""
    # 是2015年的2倍 compares what is printed; 增长2倍 may be told at the prices of another year.
    is_times = found.rule == "multiple" and not re.search(CHANGES, links[-1].words)
    is_bare = found.rule in ("difference", "yearly-total") or is_times or proves(text)
    signs = {one.sign for one in links if one.is_loose}
    is_open = bool(signs) and (found.rule != "growth-identity" or links[0].is_loose or "~" in signs)
    return found.unless(is_open=is_open or not is_bare)
