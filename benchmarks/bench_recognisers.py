"""The reader beside general recognisers of Chinese quantities, and beside the plain control.

A recogniser finds numbers and units but not what they promise. So each is helped as the control is:
a quantity counts where its sentence holds a verb of the future; its name is the words before it,
its year the plan's last. The recognisers are no dependency of ours: name an interpreter that has
them (`pip install recognizers-text-number-with-unit "emoji<2" jionlp` in an environment apart).
What is not there is left out, with the reason.

    python benchmarks/bench_recognisers.py PYTHON [CORPUS]
"""

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench_reader import CORPUS, VERB, Score, control, measure, total

from lantu.core.reading.propose import plan_end, proposals
from lantu.core.reading.records import Proposal

CHILD = Path(__file__).with_name("recognise.py")
OTHERS = ("recognizers-text", "jionlp")
COLUMNS = ("gold", "recall", "precision", "whole", "MB/s")


def promises(text: str, spans: list[list[int]]) -> list[Proposal]:
    """The quantities of sentences with a verb of the future, framed as the control frames them."""
    found = []
    for start, end in spans:
        sentence = max(text.rfind(mark, 0, start) for mark in "。；！") + 1
        stop = next((at for at in range(end, len(text)) if text[at] in "。；！"), len(text))
        number = re.match(r"[\d,]+(?:\.\d+)?", text[start:end])
        if number is None or not VERB.search(text[sentence:stop]):
            continue
        words = re.split(r"[，,、。；：（(]", text[sentence:start])[-1]
        found.append(
            Proposal(
                "target", words.strip()[-20:], start - len(words), end,
                text[start - len(words) : end], comparator="=",
                value=Decimal(number.group().replace(",", "")),
                unit=text[start + number.end() : end].strip(), target_year=plan_end(text),
            )
        )  # fmt: skip
    return found


def scores(folders: list[Path], python: str, name: str) -> list[Score] | str:
    """What one recogniser reaches on every document, or why it was not run."""
    texts = [(folder / "text.txt").read_bytes().decode() for folder in folders]
    asked = subprocess.run(
        [python, str(CHILD), name], input=json.dumps(texts), capture_output=True, text=True
    )
    if asked.returncode != 0:
        return asked.stderr.strip().splitlines()[-1]
    found = []
    for folder, text, answer in zip(folders, texts, json.loads(asked.stdout), strict=True):
        ours = promises(text, answer["spans"])
        score = measure(folder, lambda _, ours=ours: ours)
        score.seconds = answer["seconds"]
        found.append(score)
    return found


def main() -> None:
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    corpus = Path(sys.argv[2]) if len(sys.argv) > 2 else CORPUS
    folders = sorted(path.parent for path in corpus.glob("*/gold.csv"))
    if not folders:
        sys.exit(f"There is no gold in {corpus}; name the folder.")
    print(" | ".join(["way", *COLUMNS]))
    for name, read in (("reader", proposals), ("control", control)):
        row(name, [measure(folder, read) for folder in folders])
    for name in OTHERS:
        found = scores(folders, python, name)
        if isinstance(found, str):
            print(f"{name}: not run, {found}")
        else:
            row(name, found)


def row(name: str, found: list[Score]) -> None:
    whole = total(found, name)
    print(" | ".join([name, *whole.cells[1:5], f"{whole.size / 1e6 / whole.seconds:.4f}"]))


if __name__ == "__main__":
    main()
