"""Rules over a text: which printed numbers belong together by sentence or table."""

import re
from collections.abc import Iterator

from lantu.core.auditing import identities
from lantu.core.auditing.findings import Finding
from lantu.core.auditing.pieces import is_loose
from lantu.core.reading.prose import WRITTEN, Sentence, Stated, Table

_YEAR = re.compile(r"(20\d\d)年?")
_SHARE_TARGET = re.compile(r"(?P<thing>研发(?:经费)?)[^。]{0,40}占(?:GDP|地区生产总值)(?:的)?比重")


def of_table(
    table: Table, everywhere: list[Sentence], period: tuple[int, int]
) -> Iterator[Finding]:
    """Rows with base, target and yearly growth."""
    if "年均" not in table.header or "目标" not in table.header:
        return
    first, last = _years_of(table.header, period)
    if last <= first:
        return
    for row in table.rows:
        if len(row.numbers) != 3 or any(row.brackets) or row.unit in ("", "%"):
            continue
        base, target, rate = row.numbers
        percent = Stated(rate.value, "%", rate.start, rate.end)
        others = list(_beside(base, everywhere))
        found = identities.growth(base, target, percent, last - first, others)
        if found is not None:
            yield found


def _years_of(header: str, period: tuple[int, int]) -> tuple[int, int]:
    years = [int(match[1]) for match in _YEAR.finditer(header)]
    return (min(years), max(years)) if len(set(years)) > 1 else (period[0] - 1, period[1])


def _beside(base: Stated, everywhere: list[Sentence]) -> Iterator[Stated]:
    """Other figures of the same unit in sentences that print the base: its other scopes."""
    for sentence in everywhere:
        stated = [s for _, s in sentence.amounts() if s.unit == base.unit]
        if any(s.value == base.value for s in stated):
            yield from (s for s in stated if s.value != base.value)


def shares(
    everywhere: list[Sentence], found_tables: list[Table], period: tuple[int, int]
) -> Iterator[Finding]:
    """A share of GDP whose growth and GDP's are both stated, with a base in a table."""
    years = period[1] - period[0] + 1
    rates = [(match["name"], stated) for match, stated in _rates(everywhere, period)]
    gdp = next((s for name, s in rates if re.search(r"GDP$|生产总值$", name)), None)
    for sentence in everywhere:
        mark = _SHARE_TARGET.search(sentence.text)
        if mark is None or gdp is None:
            continue
        target = next((s for m, s in sentence.amounts() if m.start() >= mark.end()), None)
        part = next((s for name, s in rates if mark["thing"][:2] in name), None)
        base = _base_share(found_tables, mark["thing"][:2])
        if target is not None and target.unit == "%" and part is not None and base is not None:
            found = identities.share_growth(base, target, part, gdp, years)
            if found is not None:
                yield found
            return


_FROM = r"[^\d。；;]{0,6}(?:由|从)(?:(?P<first>20\d\d)年末?的?)?"
_TO = (
    rf"(?P<base>{WRITTEN})%(?:稳步|逐步)?(?:提高|提升|上升|增加)(?:到|至)"
    rf"(?:(?P<last>20\d\d)年末?的?)?(?P<value>{WRITTEN})(?P<unit>%)"
)
_SHARE_MOVES = re.compile(
    r"(?P<part>[^\W\d_]{2,16}?)(?:投入|支出)?占(?P<whole>GDP|[^\W\d_]{3,10}?)(?:的)?(?:比重|比例)"
    rf"{_FROM}[^\d。；;]{{0,4}}{_TO}"
)
_INTENSITY = re.compile(rf"(?P<part>研发)(?:经费)?投入强度{_FROM}{_TO}")


def _is_bounded(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether words beside a number leave room: 12%以上."""
    return any(
        is_loose(sentence.text, match.start(name), match.end(name) + 1)
        for name in ("value", "base")
        if name in match.groupdict()
    )


def moving_shares(everywhere: list[Sentence], period: tuple[int, int]) -> Iterator[Finding]:
    """研发经费占地区生产总值比重由2%提高到2.4%, and the growth of both is stated somewhere."""
    years = period[1] - period[0] + 1
    rates = [
        (match["name"], stated)
        for sentence in everywhere
        for match, stated in _rates([sentence], period)
        if not _is_bounded(sentence, match)
    ]
    for sentence in everywhere:
        for match in (
            *_SHARE_MOVES.finditer(sentence.text),
            *_INTENSITY.finditer(sentence.text),
        ):
            named = match.groupdict().get("whole") or "GDP"
            of_whole = _GDP if named in ("GDP", *_GDP) else (named,)
            whole = [
                one for name, one in rates
                if name.endswith(("GDP", *of_whole)) and match["part"] not in name
            ]  # fmt: skip
            part = [one for name, one in rates if match["part"] in name]
            told = len({one.value for one in part}) == len({one.value for one in whole}) == 1
            if not told or _is_bounded(sentence, match):
                continue
            span = (
                int(match["last"]) - int(match["first"])
                if match["first"] and match["last"]
                else years
            )
            base, target = sentence.stated(match, "base", ""), sentence.stated(match)
            base = Stated(base.value, "%", base.start, base.end)
            found = identities.share_growth(base, target, part[0], whole[0], span)
            if found is not None:
                yield found


def base_shares(found_tables: list[Table]) -> Iterator[Finding]:
    """A base printed as a share of GDP, against part and GDP in the table of what was reached."""
    reached = {
        row.name: row.numbers[2] if len(row.numbers) >= 4 else row.numbers[-1]
        for table in found_tables
        if "完成" in table.header
        for row in table.rows
        if len(row.numbers) > 1
    }
    whole = next((reached[name] for name in _GDP if name in reached), None)
    for table in found_tables:
        if whole is None or "基数" not in table.header:
            continue
        for row in table.rows:
            part = reached.get(row.name.removesuffix("占比").removesuffix("比重"))
            if part is None or row.unit != "%" or part.unit != whole.unit:
                continue
            base = Stated(row.numbers[0].value, "%", row.numbers[0].start, row.numbers[0].end)
            found = identities.share(part, whole, base)
            if found is not None and len(row.numbers) > 1:
                yield found


_GDP = ("地区生产总值", "国内生产总值", "生产总值")
_RATE = re.compile(
    r"(?P<name>[^\W\d_]{2,16}?)(?:投入)?年均(?:增长|增速)(?:达到|为)?(?P<value>\d{1,15}(?:\.\d{1,10})?)(?P<unit>%)"
)


_OF_TIME = re.compile(r"十[二三四五六]五|过去五年|五年来|20\d\d年")
_PLANS = {2011: "十二五", 2016: "十三五", 2021: "十四五", 2026: "十五五"}


def _rates(
    everywhere: list[Sentence], period: tuple[int, int]
) -> Iterator[tuple[re.Match[str], Stated]]:
    """Promised mean growth, with its name; what is told of the former plan is another growth."""
    former = {_PLANS.get(period[0] - 5), "过去五年", "五年来"}
    for sentence in everywhere:
        if "五年年均" in sentence.text:
            continue
        for match in _RATE.finditer(sentence.text):
            said = _OF_TIME.findall(sentence.text[: match.start()])
            is_past = bool(said) and (said[-1] in former or _is_before(said[-1], period[0]))
            if not is_past:
                yield match, sentence.stated(match)


def _is_before(said: str, first: int) -> bool:
    return said.startswith("20") and int(said[:4]) < first - 1


def _base_share(found_tables: list[Table], thing: str) -> Stated | None:
    """The last figure of the row on the share's intensity, in a table of what was reached."""
    for table in found_tables:
        if "完成" not in table.header:
            continue
        for row in table.rows:
            if thing in row.name and "强度" in row.name and row.unit == "%":
                return row.numbers[-1]
    return None
