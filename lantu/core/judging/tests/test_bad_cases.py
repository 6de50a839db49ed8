"""Cases with a slip in them: judged, or refused with the place, never a crash."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lantu.core.errors import ContentError
from lantu.core.judging.conformance import answers

CASES = Path(__file__).with_name("verdicts.yaml").read_text(encoding="utf-8").split("\n\n")[1:]
ODD = (
    "", "0", "-0", "1e400", "nan", ".inf", "1_000", "0x10", "１２", "null", "yes", "2021-02-30",
    "99999", "9999", "0001", "2021.5", "[]", "{}", "{a: 1}", "'2021'", "growth", "-2021", "5%",
    "9" * 40, "0." + "0" * 30 + "1", "2022-12-31T00:00:00", "range",
)  # fmt: skip
VALUE = re.compile(r"(?<=: )[\w.\-%]+(?=[,}\]\n])")


@settings(max_examples=400)
@given(st.data())
def test_a_slip_is_judged_or_refused(tmp_path_factory, data):
    text = data.draw(st.sampled_from(CASES))
    for _ in range(data.draw(st.integers(1, 3))):
        places = list(VALUE.finditer(text))
        place = data.draw(st.sampled_from(places))
        text = text[: place.start()] + data.draw(st.sampled_from(ODD)) + text[place.end() :]
    file = tmp_path_factory.getbasetemp() / "slip.yaml"
    file.write_text(text + "\n", encoding="utf-8")

    try:
        (answer,) = answers(file)
    except ContentError as error:
        assert "slip.yaml" in str(error)
    else:
        assert answer.fault is None or "slip.yaml:" in str(answer.fault)


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ("commitment: {form: growth, growth_pct: -100}", "leaves nothing to grow"),
        ("commitment: {form: level, target: {year: 20255, value: 1}}", "is not a year"),
        (
            "commitment: {form: growth, growth_pct: 5, path: annual,"
            " annual: {2021: -100, 2022: 9}}",
            "leaves nothing to grow",
        ),
    ],
)
def test_what_cannot_be_promised_is_refused_with_its_place(tmp_path, slip, told):
    file = tmp_path / "cases.yaml"
    file.write_text(
        f"- name: A slip\n  {slip}\n  plan: {{start: 2021, end: 2022}}\n"
        "  facts: [{period: 2021, value: 3, kind: growth}]\n"
        "  as_of: 2021-12-31\n  expect: {state: behind}\n",
        encoding="utf-8",
    )

    (answer,) = answers(file)

    assert told in str(answer.fault)
