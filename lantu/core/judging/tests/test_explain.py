"""Every step that a form notes has a sentence in both languages that can be written."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lantu.core import content
from lantu.core.judging import conformance, reading
from lantu.core.judging.explain import lines, reason, sentences, step_keys, words
from lantu.core.judging.judge import judge
from lantu.core.judging.records import Commitment, Fact, Plan, Verdict
from lantu.core.judging.tree import shapes, tree

HERE = Path(__file__).parent
CASES = content.read(HERE / "verdicts.yaml").items()
NOTE = re.compile(r"\.note\(\s*\"([a-z-]+)\"( if [\w. ]+ else \"([a-z-]+)\")?")


def explained(case: content.Entry) -> Verdict:
    def listed(key: str) -> list[content.Entry]:
        found = case.get(key)
        return [] if found is None else found.items()

    return judge(
        reading.commitment(case.need("commitment")),
        [reading.fact(entry) for entry in listed("facts")],
        plan=reading.plan(case.need("plan")),
        as_of=case.need("as_of").day(),
        other_facts=[reading.fact(entry) for entry in listed("other_facts")],
        events=[reading.event(entry) for entry in listed("events")],
        explain=True,
    )


def test_every_note_in_the_code_has_a_sentence():
    noted = set()
    for path in HERE.parent.rglob("*.py"):
        for first, _, second in NOTE.findall(path.read_text(encoding="utf-8")):
            noted |= {first, second} - {""}

    assert noted == step_keys()


def all_cases():
    shared = Path(__file__).parents[5] / "shared" / "conformance" / "verdicts.yaml"
    more = content.read(shared).items() if shared.exists() else []
    return [*CASES, *more]


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.need("name").text())
def test_a_tree_holds_every_step_once_and_every_figure(case):
    verdict, as_of = explained(case), case.need("as_of").day()

    for part in filter(None, (verdict, verdict.year)):
        found = list(tree(part, as_of).all())
        steps = [node.values for node in found if node.is_step]
        assert sorted(map(id, steps)) == sorted(id(step.values) for step in part.steps)
        facts = [node.fact for node in found if node.fact is not None]
        assert {id(fact) for fact in facts} >= {id(fact) for fact in part.used}
        reasons = [node.reason for node in found if node.reason]
        assert sorted(reasons) == sorted(one.reason for one in part.unused)
        assert {node.event for node in found if node.event} == set(part.events)


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.need("name").text())
def test_a_judged_verdict_rests_on_a_figure_or_an_event(case):
    verdict = explained(case)
    found = list(tree(verdict, case.need("as_of").day()).all())

    for node in found:
        for language in ("zh", "en"):
            assert "{" not in words(node, language)
    if verdict.is_judged and verdict.used:
        assert any(node.fact is not None for node in found)


def test_what_a_sentence_rests_on_are_sentences():
    for shape in shapes().values():
        assert set(shape.rests_on) <= step_keys()


def test_a_figure_says_where_it_comes_from():
    promise = Commitment(form="level", target=Decimal(20), target_year=2025)
    fact = Fact(2022, Decimal(14), source="公报", vintage="年报", known_on=date(2023, 3, 1))
    verdict = judge(promise, [fact], plan=Plan(2021, 2025), as_of=date(2022, 12, 31), explain=True)

    told = "\n".join(lines(tree(verdict, date(2022, 12, 31)), "zh"))

    assert "2022年的数字：14（版本：年报；2023-03-01得知；来源：公报）" in told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.need("name").text())
def test_an_explanation_can_be_written_in_both_languages(case):
    verdict = explained(case)

    for language in ("zh", "en"):
        written = sentences(verdict, language)
        assert written
        assert not any("{" in line for line in written)
        assert all(reason(unused.reason, language) for unused in verdict.unused)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.need("name").text())
def test_an_explanation_does_not_change_the_verdict(case):
    plain = list(conformance.answers(HERE / "verdicts.yaml"))

    assert all(answer.agrees for answer in plain)
    assert explained(case).state == case.need("expect").need("state").text()


def test_figures_that_were_not_used_say_why():
    case = next(c for c in CASES if "two vintages" in c.need("name").text())

    verdict = explained(case)

    assert [(unused.fact.value, unused.reason) for unused in verdict.unused]
    assert {unused.reason for unused in verdict.unused} == {"outranked"}
