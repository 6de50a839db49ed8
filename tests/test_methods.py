"""Every method gives what its worked examples say, and every formula what was printed."""

from pathlib import Path

import pytest

from lantu.core.rules import examples, published
from lantu.core.rules.methods import methods

PACKAGE = "lantu.services"
FIXTURES = Path(__file__).parent.parent.parent / "shared" / "methods" / "fixtures"
METHODS = methods(PACKAGE)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_gives_what_its_worked_examples_say(name):
    listed = examples.of(METHODS[name])

    assert len(listed) >= 3
    assert list(examples.differing(METHODS[name], listed)) == []


@pytest.mark.parametrize("name", METHODS)
def test_a_method_has_an_example_of_an_unknown(name):
    assert any(None in one.expect.values() for one in examples.of(METHODS[name]))


@pytest.mark.skipif(not FIXTURES.exists(), reason="the published examples are not here")
def test_every_published_example_agrees():
    known = published.formulas(PACKAGE)
    files = sorted(FIXTURES.glob("[01]*.csv"))
    answers = [answer for path in files for answer in published.answers(path, known)]

    assert [one for one in answers if one.result == "differ"] == []
    # The files that these five name are not with the examples.
    unknown = [one for one in answers if one.result == "unknown case"]
    assert {one.case for one in unknown} <= {"cap12_xsd_validates"}
    assert len(answers) > 300


def _file(tmp_path, *rows):
    path = tmp_path / "examples.csv"
    path.write_text("id,case,inputs,expected,tolerance\n" + "\n".join(rows), encoding="utf-8")
    return path


def test_rows_at_the_edges_of_the_published_rules_agree():
    """By hand from the rules' texts: class limits, zeros, ties, unknowns, other spellings."""
    known = published.formulas(PACKAGE)
    path = Path(__file__).parent / "published_edges.csv"

    answers = list(published.answers(path, known))

    assert len(answers) > 250
    assert [one for one in answers if one.result != "agree"] == []


def test_a_row_that_does_not_follow_differs_with_both_figures(tmp_path):
    path = _file(tmp_path, 'a,share,"{""part"": 1, ""whole"": 4}","{""share_pct"": 26}",0.5')

    answer, *_ = published.answers(path, published.formulas(PACKAGE))

    assert answer.result == "differ"
    assert answer.differences == ("share_pct: got 25, expected 26",)


def test_a_wrong_print_must_not_follow_from_its_inputs(tmp_path):
    row = 'a-BAD,share,"{""part"": 1, ""whole"": 4}","{""share_pct_published"": 25, '
    path = _file(tmp_path, row + '""share_pct_computed"": 25}",0.5')

    answer, *_ = published.answers(path, published.formulas(PACKAGE))

    assert answer.differences == ("share_pct_published: 25 does follow from the inputs",)


def test_a_case_that_nobody_knows_is_said_and_does_not_differ(tmp_path):
    path = _file(tmp_path, "a,astrology,{},{},0")

    assert [one.result for one in published.answers(path, published.formulas(PACKAGE))] == [
        "unknown case"
    ]


@pytest.mark.parametrize(
    "inputs",
    ['{""part"": ""x"", ""whole"": 4}', '{""part"": null, ""whole"": 4}', '{""part"": 1}', "[]"],
)
def test_inputs_that_do_not_fit_are_told_and_never_crash(tmp_path, inputs):
    from lantu.core.errors import ContentError

    path = _file(tmp_path, f'a,share,"{inputs}","{{""share_pct"": 26}}",0.5')
    try:
        answer, *_ = published.answers(path, published.formulas(PACKAGE))
    except ContentError as error:
        assert "is not an object" in str(error)
    else:
        assert answer.result == "differ"
