"""A plan folder is checked whole, and every fault names file, line and remedy."""

import re
import shutil
from collections import Counter

import pytest

from lantu.core.errors import ContentError
from lantu.core.judging.records import FORMS
from lantu.core.judging.states import STATES
from lantu.core.plans import folder
from lantu.core.plans.evidence import fact
from lantu.core.plans.folder import check_folder, find, read_folder
from lantu.core.plans.records import Observed
from lantu.core.plans.sample import write_sample
from lantu.core.plans.standing import Judged, Question

PLAN = """name: p
zone: {slug: z, zh: 区, en: Zone}
title: {zh: 规划, en: Plan}
invented: true
period: {start: 2021, end: 2025}
document: {title: 规划}
scopes: {core: {zh: 核心区, en: core}}
"""
ONE = """- code: one
  form: level
  title: {zh: 一, en: One}
  unit: 亿元
  base: {year: 2020, value: 100}
  target: {year: 2025, value: 200}
"""
OBSERVED = (
    "indicator,subject,period,value,unit,kind,scope,scope_note,vintage,source_title,source_url,"
    "published_on,known_on\n"
)


@pytest.fixture
def plan(tmp_path):
    """Writes a small plan with the given commitments and tables."""

    def write(commitments: str = ONE, **files: str):
        path = tmp_path / "p"
        (path / "commitments").mkdir(parents=True, exist_ok=True)
        (path / "plan.yaml").write_text(files.pop("plan", PLAN), encoding="utf-8")
        text = f"chapter: 第一章\ncommitments:\n{commitments}"
        (path / "commitments" / "01.yaml").write_text(text, encoding="utf-8")
        for name, content in files.items():
            (path / name.replace("_", ".")).write_text(content, encoding="utf-8")
        return path

    return write


def test_a_sound_folder_has_no_faults(plan):
    assert check_folder(plan()) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "remedy"),
    [
        ("unit: 亿元", "unit: 亿圆", 6, "The unit '亿圆' is not known.", "units.txt"),
        ("form: level", "form: lvl", 4, "The form 'lvl' is not known.", "level"),
        ("  base:", "  scope: far\n  base:", 3, "the scope 'far'", "plan.yaml"),
        ("year: 2025, value", "year: 2019, value", 3, "is not after the base year", "Mend"),
        ("year: 2025, value", "year: 2040, value", 3, "is due in 2040", "Mend the year"),
        ("value: 200", "value: 两百", 8, "'两百' is not a number", "digits"),
        ("target: {year: 2025, value: 200}", "n: 3", 3, "no target value", "Add `target"),
        ("  unit:", "  colour: red\n  unit:", 6, "`colour` is not known", "Use one of"),
        ("  unit:", f"  phrase: {'字' * 31}\n  unit:", 3, "31 characters", "Keep only"),
        ("  unit:", "  links: [two]\n  unit:", 3, "two, which does not exist", "Mend the code"),
        ("code: one", "code: One!", 3, "'One!' is not a code.", "lower-case"),
        ("  unit:", "  nature: firm\n  unit:", 6, "The nature 'firm'", "binding"),
    ],
)
def test_a_fault_names_its_line_and_a_remedy(plan, old, new, line, what, remedy):
    (fault,) = check_folder(plan(ONE.replace(old, new, 1)))

    assert re.match(rf"p/commitments/01\.yaml:{line}$", fault.where)
    assert what in fault.what
    assert remedy in fault.remedy


def test_a_code_that_stands_twice_is_named_with_both_places(plan):
    (fault,) = check_folder(plan(ONE + ONE))

    assert "first at p/commitments/01.yaml:3" in fault.what


def test_all_faults_are_named_and_not_only_the_first(plan):
    bad = ONE.replace("亿元", "亿圆") + ONE.replace("one", "two").replace("level", "lvl")

    assert len(check_folder(plan(bad))) == 2


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("GDP,区,2021,—,亿元,level,,,,,,,", "value: '—' cannot be read."),
        ("GDP,区,2021,,亿元,level,,,,,,,", "The cell `value` is empty."),
        ("GDP,区,二一,5,亿元,level,,,,,,,", "period: '二一' cannot be read."),
        ("GDP,区,2021,5,亿圆,level,,,,,,,", "The unit '亿圆' is not known."),
        ("GDP,区,2021,5,亿元,sum,,,,,,,", "The kind 'sum' is not known."),
        ("GDP,区,2021,5,亿元,level,far,,,,,,", "The scope 'far' is not in plan.yaml."),
        ("GDP,区,2021,5,亿元,level,,,,,javascript:x,,", "is not an address"),
        ("GDP,区,2021,5", "too many or too few cells"),
    ],
)
def test_a_bad_row_is_named(plan, row, what):
    (fault,) = check_folder(plan(observations_csv=OBSERVED + row + "\n"))

    assert fault.where == "p/observations.csv:2"
    assert what in fault.what


def test_a_real_figure_without_an_address_is_refused(plan):
    real = PLAN.replace("invented: true", "invented: false")
    row = "GDP,区,2021,5,亿元,level,,,,,,,\n"

    (fault,) = check_folder(plan(plan=real, observations_csv=OBSERVED + row))

    assert fault.what == "A real figure has no source_url."


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: &a [1]\nb: *a\n", "Anchors and aliases"),
        ("a: [1, 2\n", "not valid YAML"),
        ("", "The file is empty."),
        ("a: 1\na: 2\n", "stands twice"),
        ("[" * 50 + "]" * 50, "nested too deeply"),
    ],
)
def test_yaml_that_is_broken_or_unfolds_is_refused(plan, text, what):
    (fault,) = check_folder(plan(plan=text))

    assert what in fault.what


def test_a_file_too_large_is_refused_before_it_is_read(plan):
    path = plan()
    with (path / "commitments" / "02.yaml").open("wb") as file:
        file.truncate(50_000_000)

    (fault,) = check_folder(path)

    assert "50,000,000 bytes" in fault.what


def test_a_phrase_must_stand_where_it_says(plan):
    entry = ONE + "  place: {start: 2, end: 6}\n  phrase: 增长一倍\n"

    assert check_folder(plan(entry), "目标增长一倍。") == []
    (fault,) = check_folder(plan(entry), "目标翻番。增长一倍。")
    assert "not '增长一倍'" in fault.what


def test_a_plan_that_is_not_there_is_said():
    with pytest.raises(ContentError, match="no plan folder"):
        find("nowhere")


@pytest.mark.parametrize("path", folder.shipped(), ids=lambda path: path.name)
def test_every_shipped_plan_is_sound_and_every_promise_has_a_verdict(path):
    from datetime import date

    found = read_folder(path)
    standings = list(Judged(found).commitments(Question(date(2024, 12, 31))))

    assert len(standings) == len([c for c in found.commitments if c.is_judged])
    assert {standing.verdict.state for standing in standings} <= set(STATES)


def test_the_real_plan_is_whole():
    found = read_folder(find("xinxiang-2021-2025"))

    kinds = Counter(c.kind for c in found.commitments)
    assert kinds == {"target": 246, "fact": 87, "task": 545}
    assert len([p for p in found.projects if p.box]) == 81
    assert (len(found.observations), len(found.events)) == (152, 32)
    assert {c.place.table for c in found.commitments if c.kind == "fact"} >= {"1-1"}
    assert len({c.place.row for c in found.commitments if c.place.table == "1-2"}) == 27
    assert all(c.place.start is not None and c.place.phrase for c in found.commitments)
    assert {c.place.chapter for c in found.commitments if c.kind == "task"} == {
        f"第{n}章" for n in "一二三四五六七八九十"
    }


def test_no_promise_of_the_real_plan_names_an_owner_that_it_does_not():
    assert not [c for c in read_folder(find("xinxiang-2021-2025")).commitments if c.lead]


def test_the_sample_is_the_same_for_the_same_seed(tmp_path):
    write_sample(tmp_path / "again")

    for file in sorted((tmp_path / "again").rglob("*.*")):
        shipped = find("qinghe-2021-2025") / file.relative_to(tmp_path / "again")
        assert file.read_bytes() == shipped.read_bytes(), file.name


def test_the_sample_shows_every_form_and_every_state():
    from datetime import date

    plan = read_folder(find("qinghe-2021-2025"))
    judged, states = Judged(plan), set()
    for day in (date(2021, 6, 30), date(2023, 6, 30), date(2024, 12, 31), date(2025, 12, 31)):
        question = Question(day)
        states |= {s.verdict.state for s in judged.commitments(question)}
        states |= {s.verdict.state for s in judged.projects(question)}

    assert {c.form for c in plan.commitments} == set(FORMS)
    assert states == set(STATES)


def test_a_copy_of_a_plan_has_the_same_fingerprint(tmp_path):
    path = find("qinghe-2021-2025")
    copy = shutil.copytree(path, tmp_path / "copy")

    assert folder.fingerprint(copy) == folder.fingerprint(path)


def observed(**changes):
    from decimal import Decimal

    from lantu.core.figures.periods import period

    values = {"indicator": "外资", "subject": "区", "unit": "万美元", "kind": "cumulative"}
    values |= {"period": "2021-01/2021-08", "value": "12105"} | changes
    values["period"], values["value"] = period(values["period"]), Decimal(values["value"])
    return Observed(**values)


def test_a_flow_since_january_is_a_part_year_figure_in_the_promises_unit():
    found = fact(observed(), "亿美元", "cumulative")

    assert (found.kind, found.months, str(found.value)) == ("ytd", 8, "1.2105")


@pytest.mark.parametrize(
    ("changes", "form"),
    [
        ({"period": "2021-05/2021-08"}, "cumulative"),  # not since January
        ({"period": "2021-08", "kind": "level"}, "level"),  # a month is no year
        ({"unit": "亩"}, "cumulative"),  # another dimension
        ({"kind": "growth", "period": "2021"}, "level"),  # a rate makes no level
    ],
)
def test_a_figure_that_cannot_speak_for_a_year_is_not_used(changes, form):
    assert fact(observed(**changes), "亿美元", form) is None
