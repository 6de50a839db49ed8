"""The auditor on texts with one injected contradiction each, and on the texts as they are.

From each text every check that holds is taken; one of its numbers is changed so that it cannot
hold, and the changed text is audited anew: is the contradiction found, and is anything else said
that was not said before? Sentences of the auditor's own examples are put into every text as well,
first as they hold, then with one number changed. Texts lie in ../shared; without them it says so.
"""

import random
import re
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

from lantu.core import content
from lantu.core.auditing.audit import audit_text
from lantu.core.auditing.findings import Finding

SHARED = Path(__file__).parents[2] / "shared"
EXAMPLES = Path(__file__).parents[1] / "lantu/core/auditing/tests/sentences.yaml"
SEED = 14
SAMPLE = 60  # of the examples, for each text
FACTORS = ("1.15", "1.3", "1.6", "0.85", "0.7", "0.5")


def texts() -> list[tuple[str, str]]:
    found = [SHARED / "seed" / "xinxiang-etdz-14fyp.txt", *sorted(SHARED.glob("corpus/*/text.txt"))]
    return [(path.parent.name, path.read_text("utf-8")) for path in found if path.exists()]


def contradictions(text: str) -> list[Finding]:
    return [one for one in audit_text(text) if one.result == "contradicts"]


def changed(text: str, finding: Finding, dice: random.Random) -> tuple[str, int] | None:
    """The text with one number of a finding changed, and where."""
    numbers = [
        one
        for one in finding.numbers
        if one.start is not None and re.fullmatch(r"\d[\d.]*", text[one.start : one.end])
    ]
    if not numbers:
        return None
    number = dice.choice(numbers)
    printed = text[number.start : number.end]
    places = len(printed.partition(".")[2])
    value = round(Decimal(printed) * Decimal(dice.choice(FACTORS)), places)
    if finding.rule == "list-count":  # 等5个 with fewer names is no contradiction
        value = Decimal(max(2, int(printed) - dice.choice((1, 2))))
    elif abs(value - Decimal(printed)) * 10**places < 2:
        value = Decimal(printed) + 3 * Decimal(1).scaleb(-places)
    return text[: number.start] + f"{value:.{places}f}" + text[number.end :], number.start


def _is_at(finding: Finding, place: int) -> bool:
    return any(n.start is not None and abs(n.start - place) < 60 for n in finding.numbers)


def _is_of_both(finding: Finding, first: int, last: int) -> bool:
    """Whether what is put in contradicts the text's own numbers: rightly found, and no alarm."""
    inside = [first <= n.start < last for n in finding.numbers if n.start is not None]
    return any(inside) and not all(inside)


def from_holding(name: str, text: str, dice: random.Random, score: Counter[str]) -> None:
    before = {one.message["zh"] for one in contradictions(text)}
    for one in audit_text(text):
        if one.result != "holds":
            continue
        for _ in range(3):
            made = changed(text, one, dice)
            if made is None:
                break
            after = contradictions(made[0])
            new = [one for one in after if one.message["zh"] not in before or _is_at(one, made[1])]
            score["injected"] += 1
            touched = any(_is_at(found, made[1]) for found in new)
            score["found"] += touched
            if not touched:
                print(f"  missed in {name}: {one.rule} {one.message['zh']}")


def from_examples(name: str, text: str, dice: random.Random, score: Counter[str]) -> None:
    before = {one.message["zh"] for one in contradictions(text)}
    middle = text.find("。\n", len(text) // 2) + 2
    if middle < 2:
        return
    cases = content.read(EXAMPLES).plain()
    for case in dice.sample(cases, min(SAMPLE, len(cases))):
        made = f"{text[:middle]}{case['text']}\n{text[middle:]}"
        last = middle + len(case["text"])
        new = [
            one for one in contradictions(made)
            if one.message["zh"] not in before and not _is_of_both(one, middle, last)
        ]  # fmt: skip
        if case["result"] == "contradicts":
            score["examples injected"] += 1
            score["examples found"] += bool(new)
            if not new:
                print(f"  missed in {name}: {case['text']}")
        else:
            score["examples that hold"] += 1
            score["false alarms"] += len(new)
            for one in new:
                print(f"  false alarm in {name}: {one.message['zh']} for {case['text']}")


def main() -> None:
    found = texts()
    if not found:
        sys.exit("There are no texts in ../shared; nothing was measured.")
    dice, score = random.Random(SEED), Counter[str]()
    for name, text in found:
        begun = time.perf_counter()
        as_is = contradictions(text)
        took = time.perf_counter() - begun
        print(f"{name}: {len(text):,} characters, {took:.2f} s, {len(as_is)} contradictions")
        from_holding(name, text, dice, score)
        from_examples(name, text, dice, score)
    for key, count in score.items():
        print(f"{key}: {count}")


if __name__ == "__main__":
    main()
