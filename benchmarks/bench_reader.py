"""How much of what plans promise the reader finds, against gold made by hand and a plain control.

The gold stands beside the checkout in ../shared/corpus (not ours to copy). A row is found where a
proposal lies on its quote with its number; proposals count for precision between the first and the
last gold row of a document and in its tables. The control takes every number with a unit whose
sentence holds a verb of the future: what a search for numbers would do.

`bench_reader.py FOLDER --excerpts` measures excerpts of which every row is gold: all their
proposals count. `-v` tells each error.
"""

import csv
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from lantu.core.reading.propose import plan_end, proposals
from lantu.core.reading.records import Proposal

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
FIELDS = ("metric", "value", "unit", "comparator", "target_year", "base", "nature")
NATURES = {"约束性": "binding", "预期性": "expected", "": None}
CONTROL = re.compile(
    r"(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|‰|个百分点|[万亿]*(?:元|吨|人|千瓦|公里|平方米|亩)"
    r"|[个家项条座件岁年倍])"
)
VERB = re.compile(r"达到|力争|实现|建成|提高|增长|下降|新增|控制在|突破|超过")


@dataclass
class Score:
    """What one document gave."""

    name: str
    gold: int = 0
    found: int = 0
    proposed: int = 0
    wrong: int = 0
    whole: int = 0
    seconds: float = 0.0
    size: int = 0
    right: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    sure: int = 0  # proposals of confidence 0.9 and more, and how many are right in every field
    sure_right: int = 0
    kinds: Counter[str] = field(default_factory=Counter)  # "table gold", "text found" …

    @property
    def cells(self) -> list[str]:
        share = [f"{self.right[one] / max(1, self.found):.2f}" for one in FIELDS]
        return [
            self.name, str(self.gold), f"{self.found / max(1, self.gold):.3f}",
            f"{1 - self.wrong / max(1, self.proposed):.3f}",
            f"{self.whole / max(1, self.found):.2f}", *share,
            f"{self.sure_right}/{self.sure}", f"{self.size / 1e6 / max(self.seconds, 1e-9):.1f}",
        ]  # fmt: skip


def control(text: str) -> list[Proposal]:
    """Every number with a unit in a sentence with a verb of the future."""
    found = []
    for sentence in re.finditer(r"[^。；！]+", text):
        if not VERB.search(sentence.group()):
            continue
        for match in CONTROL.finditer(text, *sentence.span()):
            words = re.split(r"[，,、。；：（(]", text[sentence.start() : match.start()])[-1]
            start = match.start() - len(words)
            found.append(
                Proposal(
                    "target", words.strip()[-20:], start, match.end(), text[start : match.end()],
                    comparator="=", value=Decimal(match["value"].replace(",", "")),
                    unit=match["unit"], target_year=plan_end(text),
                )
            )  # fmt: skip
    return found


def spans(row: dict[str, str], text: str) -> list[tuple[int, int]]:
    quote = row["quote"]
    return [(m.start(), m.end()) for m in re.finditer(re.escape(quote), text)]


def number_agrees(row: dict[str, str], one: Proposal) -> bool:
    """The same number, or the same range, in whichever field it stands."""
    if row["target_low"]:
        return (one.low, one.high) == (Decimal(row["target_low"]), Decimal(row["target_high"]))
    printed = row["target_value"] or row["growth_pct"]
    try:
        return Decimal(printed) in (one.value, one.growth_pct)
    except ArithmeticError:
        return one.value is None and one.low is None


def plain(words: str) -> str:
    words = re.sub(r"[(（].*?[)）]|[\s“”\"、，,：:的]", "", words)
    return re.sub(r"(?:增长|下降|降低|规模|占比)+$", "", words) or words


def names_agree(gold: str, ours: str) -> bool:
    """One name holds the other, or they share most of their letters."""
    first, second = plain(gold), plain(ours)
    if not first or not second:
        return False
    if min(len(first), len(second)) >= 2 and (first in second or second in first):
        return True
    shared = sum((Counter(first) & Counter(second)).values())
    return shared / min(len(first), len(second)) >= 0.7


def fields(row: dict[str, str], one: Proposal) -> set[str]:
    """Which fields are right."""
    words = not re.match(r"[\d.]+$", row["target_value"] or row["target_low"] or row["growth_pct"])
    base = re.sub(r"[^\d.]", "", row["baseline_value"])
    checks = {
        "metric": names_agree(row["indicator"], one.metric),
        "value": True,
        "unit": words or unit(row["unit"]) == unit(one.unit),
        "comparator": words or (row["comparator"] or "=") == one.comparator,
        "target_year": str(one.target_year or "") == row["target_year"],
        "base": (not base or one.base_value == Decimal(base))
        and (not base or str(one.base_year or "") == row["baseline_year"]),
        "nature": NATURES.get(row["nature"]) == one.nature,
    }
    return {name for name, holds in checks.items() if holds}


def unit(words: str) -> str:
    words = re.sub(r"\s", "", words).removeprefix("个") if "百分点" in words else words
    return re.sub(r"\s", "", words)


def gold_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measure(
    folder: Path, read: Callable[[str], list[Proposal]], *, is_excerpt: bool = False
) -> Score:
    """What one document gave; of an excerpt every row is gold, so all its proposals count."""
    text = (folder / "text.txt").read_bytes().decode()
    gold = gold_of(folder)
    score = Score(folder.name, gold=len(gold), size=len(text.encode()))
    start = time.process_time()
    ours = [one for one in read(text) if one.kind == "target"]
    score.seconds = time.process_time() - start
    places = [spans(row, text) for row in gold]
    taken: set[int] = set()
    for row, where in zip(gold, places, strict=True):
        match_row(row, where, ours, taken, score)
    edge = [span for row, where in zip(gold, places, strict=True) for span in where[:1]]
    inside = [
        at for at, one in enumerate(ours)
        if is_excerpt
        or (min(a for a, _ in edge) <= one.start and one.end <= max(b for _, b in edge) + 1)
    ]  # fmt: skip
    again = set(repeats(gold, places, ours, taken))
    wrong = [ours[at] for at in inside if at not in taken and at not in again]
    score.proposed, score.wrong = len(inside), len(wrong)
    score.sure = sum(one.confidence >= 0.9 for at, one in enumerate(ours) if at in inside)
    score.notes += [
        f"extra    {one.quote!r} → {one.metric} {one.value} {one.unit}" for one in wrong
    ]
    return score


def match_row(
    row: dict[str, str],
    where: list[tuple[int, int]],
    ours: list[Proposal],
    taken: set[int],
    score: Score,
) -> None:
    """The best proposal for one gold row."""
    score.kinds[f"{row['kind']} gold"] += 1
    best = max(
        (
            (len(fields(row, one)), -abs(len(one.quote) - len(row["quote"])), at)
            for at, one in enumerate(ours)
            if at not in taken and number_agrees(row, one)
            and any(one.start < b and a < one.end for a, b in where)
        ),
        default=None,
    )  # fmt: skip
    if best is None:
        score.notes.append(f"missed   {row['quote'][:60]!r}")
        return
    taken.add(best[2])
    one, right = ours[best[2]], fields(row, ours[best[2]])
    score.found += 1
    score.right.update(right)
    score.whole += len(right) == len(FIELDS)
    score.kinds[f"{row['kind']} found"] += 1
    score.kinds[f"{row['kind']} whole"] += len(right) == len(FIELDS)
    score.sure_right += one.confidence >= 0.9 and len(right) == len(FIELDS)
    score.notes += [
        f"{name:8} {row['indicator']}: {row['comparator']}{row['unit']} {row['target_year']} "
        f"≠ {one.metric}: {one.comparator}{one.unit} {one.target_year} {one.base_year}"
        for name in FIELDS if name not in right
    ]  # fmt: skip


def repeats(
    gold: list[dict[str, str]],
    places: list[list[tuple[int, int]]],
    ours: list[Proposal],
    taken: set[int],
) -> Iterator[int]:
    """Proposals that repeat a gold row at another place of the text."""
    for at, one in enumerate(ours):
        if at not in taken and any(
            number_agrees(row, one) and names_agree(row["indicator"], one.metric) for row in gold
        ):
            yield at


def main() -> None:
    named = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    is_excerpt = "--excerpts" in sys.argv
    corpus = named[0] if named else CORPUS
    folders = sorted(path.parent for path in corpus.glob("*/gold.csv"))
    if not folders:
        sys.exit(f"There is no gold in {corpus}; name the folder.")
    heads = ["document", "gold", "recall", "precision", "whole", *FIELDS, "sure", "MB/s"]
    table, apart = [heads], []
    for title, read in (("reader", proposals), ("control", control)):
        scores = [measure(folder, read, is_excerpt=is_excerpt) for folder in folders]
        whole = total(scores, title)
        table += [one.cells for one in scores] + [whole.cells]
        apart.append(by_kind(whole))
        if title == "reader" and "-v" in sys.argv:
            for one in scores:
                print("\n".join([f"== {one.name}", *one.notes]))
    widths = [max(len(row[at]) for row in table) for at in range(len(heads))]
    for row in table:
        print(" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
    print("\n".join(apart))


def total(scores: list[Score], title: str) -> Score:
    whole = Score(f"= {title}")
    for one in scores:
        for name in ("gold", "found", "proposed", "wrong", "whole", "size", "sure", "sure_right"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        whole.seconds += one.seconds
        whole.right.update(one.right)
        whole.kinds.update(one.kinds)
    return whole


def by_kind(whole: Score) -> str:
    """Rows of tables and promises of the text apart."""
    lines = []
    for kind in ("table", "text"):
        gold, found, right = (whole.kinds[f"{kind} {one}"] for one in ("gold", "found", "whole"))
        lines.append(
            f"{whole.name}, {kind}: {found}/{gold} found, "
            f"{right}/{found} of these right in every field"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
