"""Whole small plans of unlike makes: every number that they promise, and no other.

The texts and their answers were written by hand, about places that do not exist, before the reader
was run on them. A line of the answers: name | number | unit | sign | year | base | base year |
nature;
`g5` is a rate of growth, `words` a goal without a number, and `*` what is not asked.
`left` names the rows that the reader is known to miss; docs/reader.md tells why.
"""

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from lantu.core.reading.propose import proposals

TRIALS = sorted(Path(__file__).with_name("trials").glob("*.yaml"))
HEADS = ("name", "number", "unit", "sign", "year", "base", "base_year", "nature")


def wanted(trial):
    """The answers, with what most rows leave out."""
    for line in trial["promises"].strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")] + [""] * len(HEADS)
        row = dict(zip(HEADS, cells, strict=False))
        yield row | {"sign": row["sign"] or "=", "year": row["year"] or str(trial["year"])}


def said(one):
    """A proposal in the words of an answer."""
    growth = one.growth_pct if one.form == "growth" else None
    number = f"g{growth}" if growth is not None else "words" if one.value is None else one.value
    return {
        "name": plain(one.metric), "number": str(number), "unit": one.unit,
        "sign": one.comparator or "", "year": str(one.target_year or ""),
        "base": "" if one.base_value is None else str(one.base_value),
        "base_year": str(one.base_year or ""), "nature": one.nature or "",
    }  # fmt: skip


def plain(name):
    return re.sub(r"\s|[“”\"]", "", name)


def same_number(one, row):
    return number(one["number"]) == number(row["number"])


def number(words):
    return words if words == "words" else (words[:1] == "g", Decimal(words.removeprefix("g")))


def agree(want, have):
    """Which fields of an answer a proposal gets wrong."""
    name = re.sub(r"[（(].*?[)）]", "", plain(want["name"]))
    bare = re.sub(r"[（(].*?[)）]", "", have["name"])
    names = name in bare or bare in name
    same = [key for key in HEADS[2:] if want[key] not in ("*", have[key])]
    return ([] if names else ["name"]) + same


def compare(trial):
    """Rows without a proposal, rows with a wrong field, and proposals that are no row."""
    ours = [said(one) for one in proposals(trial["text"]) if one.kind == "target"]
    missed, wrong = [], []
    for row in wanted(trial):
        near = [one for one in ours if row["number"] == "*" or same_number(one, row)]
        best = min(near, key=lambda one: len(agree(row, one)), default=None)
        if best is None or "name" in agree(row, best):
            missed.append(row)
            continue
        ours.remove(best)
        if agree(row, best):
            wrong.append((agree(row, best), row, best))
    return missed, wrong, ours


@pytest.mark.parametrize("path", TRIALS, ids=lambda path: path.stem)
def test_a_whole_plan_is_read_as_a_person_reads_it(path):
    trial = yaml.safe_load(path.read_text("utf-8"))

    missed, wrong, extra = compare(trial)

    names = [row["name"] for row in missed]
    assert (names, wrong, extra) == (trial.get("left", []), [], [])
