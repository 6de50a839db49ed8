"""What the reader finds of the real plan, against the plan's records as people reviewed them.

The records lie in plans/xinxiang-2021-2025 with their places; the text stands beside the checkout
in ../shared/seed. A promise is found where a proposal lies on its place with its number; a project
where a proposal lies on its name. `printed` counts the promises whose place prints a number; the
others (全部, 杜绝, 不再返贫 …) were given a number by the people who reviewed them.
"""

import re
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from lantu.core.reading.propose import proposals
from lantu.core.reading.records import Proposal

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "plans" / "xinxiang-2021-2025"
TEXT = ROOT.parent / "shared" / "seed" / "xinxiang-etdz-14fyp.txt"
NUMBERS = ("value", "low", "high", "growth_pct", "n", "k")


def records() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted((PLAN / "commitments").glob("*.yaml")):
        found += yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["commitments"]
    return found


def span(record: dict[str, Any]) -> tuple[int, int]:
    return int(record["place"]["start"]), int(record["place"]["end"])


def lies_on(one: Proposal, record: dict[str, Any]) -> bool:
    start, end = span(record)
    return one.start < end and start < one.end


def numbers(record: dict[str, Any]) -> set[Decimal]:
    printed = [record.get(key) for key in NUMBERS] + [(record.get("target") or {}).get("value")]
    found = set()
    for one in printed:
        try:
            found.add(Decimal(one or ""))
        except InvalidOperation:
            continue
    return found


def agrees(one: Proposal, record: dict[str, Any]) -> bool:
    """The same number in whichever field, or full coverage by other words."""
    ours = {one.value, one.low, one.high, one.growth_pct} - {None}
    wanted = numbers(record)
    both = record.get("form") == "complete" == one.form
    return lies_on(one, record) and (bool(ours & wanted) or both or (not wanted and not ours))


def share(found: int, of: int) -> str:
    return f"{found}/{of} = {found / max(1, of):.3f}"


def hits(gold: Iterable[dict[str, Any]], test: Callable[[dict[str, Any]], bool]) -> int:
    return sum(map(test, gold))


def promises(text: str, gold: list[dict[str, Any]], ours: list[Proposal]) -> None:
    taken: set[int] = set()
    missed = []
    for record in gold:
        near = (at for at, one in enumerate(ours) if at not in taken and agrees(one, record))
        best = next(near, None)
        if best is None:
            missed.append(record)
        else:
            taken.add(best)
    prints = [one for one in gold if re.search(r"\d", text[slice(*span(one))])]
    lost = [one for one in missed if one in prints]
    tables = [one for one in gold if one["place"].get("table") == "1-2"]
    first = min(span(one)[0] for one in gold)
    extra = [one for at, one in enumerate(ours) if at not in taken and one.start >= first]
    print("promises, all         ", share(len(gold) - len(missed), len(gold)))
    print("promises, printed     ", share(len(prints) - len(lost), len(prints)))
    print(
        "promises, table 1-2   ",
        share(len(tables) - hits(tables, missed.__contains__), len(tables)),
    )
    print("proposals that are one", share(len(taken), len(taken) + len(extra)))
    if "-v" in sys.argv:
        for record in missed:
            print("  missed", record["form"], repr(text[slice(*span(record))]))
        for one in extra:
            print("  extra ", repr(one.quote))


def works(ours: list[Proposal]) -> None:
    content = yaml.load((PLAN / "projects.yaml").read_text("utf-8"), yaml.BaseLoader)
    gold = [one for one in content["projects"] if "box" in one]
    pairs = [(record, next((one for one in ours if lies_on(one, record)), None)) for record in gold]
    found = [(record, one) for record, one in pairs if one is not None]
    money = [
        (Decimal(record["investment"]) if record.get("investment") else None) == one.investment
        for record, one in found
    ]
    years = [record.get("finish_year", "") == str(one.finish_year or "") for record, one in found]
    print("box projects          ", share(len(found), len(gold)))
    print("  investment right    ", share(sum(money), len(gold)))
    print("  finish year right   ", share(sum(years), len(gold)))


def main() -> None:
    if not TEXT.exists():
        sys.exit(f"The plan's text is not at {TEXT}.")
    text = TEXT.read_bytes().decode()
    gold, ours = records(), proposals(text)
    by_kind = {
        kind: [one for one in ours if one.kind == kind]
        for kind in ("target", "fact", "task", "project")
    }
    promises(text, [one for one in gold if one["kind"] == "target"], by_kind["target"])
    works(by_kind["project"])
    for kind in ("fact", "task"):
        # What is told of the former plan in words is no task to be found.
        wanted = [one for one in gold if one["kind"] == kind and not one.get("tense")]
        found = hits(wanted, lambda one, kind=kind: any(lies_on(our, one) for our in by_kind[kind]))
        right = sum(any(lies_on(our, one) for one in wanted) for our in by_kind[kind])
        print(f"{kind}s found           ", share(found, len(wanted)))
        print("  proposals that are  ", share(right, len(by_kind[kind])))


if __name__ == "__main__":
    main()
