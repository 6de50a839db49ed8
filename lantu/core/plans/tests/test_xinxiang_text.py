"""The real plan's files against its text: each number and each system is accounted for."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from lantu.core.plans.folder import find, read_folder
from lantu.core.plans.records import PlanCommitment, PlanProject

SHARED = Path(__file__).parents[5] / "shared"
TEXT = SHARED / "seed" / "xinxiang-etdz-14fyp.txt"
SYSTEMS = SHARED / "design" / "SYSTEMS.md"
has_text = pytest.mark.skipif(not TEXT.exists(), reason="the real plan's text is not beside us")
has_systems = pytest.mark.skipif(
    not (TEXT.exists() and SYSTEMS.exists()), reason="the list of systems is not beside us"
)
PLAN = read_folder(find("xinxiang-2021-2025"))
RECORDS: tuple[PlanCommitment | PlanProject, ...] = (*PLAN.commitments, *PLAN.projects)
NUMBER = re.compile(r"\d+(?:[.,]\s?\d+)*")
TABLES = ("专栏1-1:", "专栏1-2:")

# Numbers that promise nothing, with what stands around them (the number between brackets) and why.
NO_RECORD = {
    r"新经开发\[«\d+»|\]«20»号|«2021»年9月|年«9»月10|月«10»日": "number and date of the paper",
    r"«20[23]\d»年": "a year: it stands in the record of the figure beside it",
    r"专栏«\d»-|-«\d»:": "the number of a box",
    r"国家«863»|«[35]»D|«5»G|X«9021»|S«226»|«226»线|DN«800»|中电科«22»": "part of a name",
    r"国发〔«2019»|〕«11»号文件|«2018»年度|内外«500»强|首创\"«466»|省\"«556»": "part of a name",
    r"PM_\{«2.5»|和«0»₃": "a pollutant",
    r"«2»\+1\+N|\+«1»\+N|«2»个特色|«1»个潜导|\"«233»": "a slogan or its parts",
    r"\(«2»所\)": "how many clinics of a list lie in one community",
}


def numbers(text: str):
    """Each number of the running text and the boxes of projects; the two tables have a test."""
    first = [re.search(r"\s*".join(title), text).start() for title in TABLES]
    ends = [text.index("\n", text.index("注:", start)) for start in first]
    for match in NUMBER.finditer(text):
        if not any(a <= match.start() < b for a, b in zip(first, ends, strict=True)):
            yield match


def is_recorded(match: re.Match[str]) -> bool:
    return any(one.place.start <= match.end() and match.start() <= one.place.end for one in RECORDS)


def is_told_by_the_project(match: re.Match[str], text: str) -> bool:
    """Whether the project whose paragraph this is states the number somewhere."""
    start = text.rfind("\n", 0, match.start())
    ours = [one for one in PLAN.projects if start < one.place.start < match.start()]
    if not ours:
        return False
    project, number = ours[-1], Decimal("".join(match[0].split()))
    stated = {project.investment, project.area.value if project.area else None}
    unit = "".join(text[match.end() : match.end() + 3].split())[:1]
    amount = number / 10_000 if unit == "万" else number
    items = " ".join(one["zh"] for one in project.items)
    return amount in stated or number in {Decimal(n) for n in NUMBER.findall(items)}


def reason(match: re.Match[str], text: str) -> str | None:
    before = "".join(text[max(0, match.start() - 12) : match.start()].split())
    after = "".join(text[match.end() : match.end() + 8].split())
    around = f"{before}«{''.join(match[0].split())}»{after}"
    return next((why for form, why in NO_RECORD.items() if re.search(form, around)), None)


@has_text
def test_every_number_of_the_text_has_its_record_or_its_reason():
    text = TEXT.read_text(encoding="utf-8")

    bare = [
        text[match.start() - 12 : match.end() + 8]
        for match in numbers(text)
        if not is_recorded(match)
        and not is_told_by_the_project(match, text)
        and reason(match, text) is None
    ]

    assert bare == []


def rows(text: str, table: str) -> dict[int, set[Decimal]]:
    """The numbers of each row of a table, without its own number and those of its name."""
    start = re.search(r"\s*".join(table), text).start()
    found: dict[int, set[Decimal]] = {}
    for line in text[start : text.index("注:", start)].splitlines():
        row = re.match(r"(\d+)(?:\.\s|\t)", line)
        if row is None:
            continue
        cells = line[row.end() :].split("\t")[1:]
        tight = [re.sub(r"\.\s+", ".", cell) for cell in cells]
        found[int(row[1])] = {Decimal(n) for cell in tight for n in NUMBER.findall(cell)}
    return found


def values(table: str, row: int) -> set[Decimal]:
    of_row = [c for c in PLAN.commitments if (c.place.table, c.place.row) == (table, row)]
    return {
        value
        for c in of_row
        for value in (c.value, c.base.value, c.target_value, c.growth_pct, c.low, c.high, c.n)
        if value is not None
    }


@has_text
@pytest.mark.parametrize("table", TABLES)
def test_every_number_of_the_two_tables_stands_in_a_record_of_its_row(table):
    printed = rows(TEXT.read_text(encoding="utf-8"), table)

    assert sorted(printed) == list(range(1, 28))
    lost = {row: found - values(table[2:5], row) for row, found in printed.items()}
    assert {row: found for row, found in lost.items() if found} == {}


def test_a_row_says_what_the_plan_prints_of_its_nature():
    expected = {c.place.row: c.nature for c in PLAN.commitments if c.place.table == "1-2"}

    binding = [row for row, nature in expected.items() if nature == "binding"]
    assert sorted(binding) == [19, 23, 24, 25, 26, 27]
    former = [c for c in PLAN.commitments if c.place.table == "1-1" and c.nature == "binding"]
    assert {c.place.row for c in former} == {17, 18, *range(21, 28)}


# Systems whose words lie beside the record that carries them.
BESIDE = {
    "PL8": "one-system",  # the seven unifications are counted where the sentence sums them up
    "FN7": "task-06-03",  # the three systems are named, then the reform of all three
    "IN10": "p-4-1-07",  # a project with its rooms
}


@has_systems
def test_each_system_that_the_plan_names_has_a_task_a_promise_or_a_project():
    text = TEXT.read_text(encoding="utf-8")
    at = [place for place, letter in enumerate(text) if tight(letter)]
    packed = "".join(tight(text[place]) for place in at)
    codes = {one.code for one in RECORDS}
    named = re.findall(
        r"^\| ([A-Z]{2}\d+) \| [^|]+ \| ([^|]*「[^|]+) \|", SYSTEMS.read_text(), re.M
    )

    assert len(named) == 156
    bare = [
        system
        for system, words in named
        if BESIDE.get(system) not in codes
        and not any(is_carried(words, packed, at) for words in re.findall("「([^」]+)」", words))
    ]
    assert bare == []


def tight(words: str) -> str:
    return re.sub(r'[\s"“”]', "", words)


def is_carried(words: str, packed: str, at: list[int]) -> bool:
    first = packed.find(tight(words))
    if first < 0:
        return False
    start, end = at[first], at[first + len(tight(words)) - 1] + 1
    return any(
        one.place.start < end and start < one.place.end
        for one in RECORDS
        if isinstance(one, PlanProject) or one.is_judged
    )
