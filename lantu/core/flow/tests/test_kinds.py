"""Kinds of case: who may do what, and what is wrong with a file."""

import pytest

from lantu.core.errors import ContentError
from lantu.core.flow.kinds import Actor, kinds

FILE = """
report:
  label: {zh: 填报, en: Return}
  view: report
  start: draft
  term: {working_days: 5}
  suspends: [planner]
  states:
    draft: {label: {zh: 草稿, en: draft}, runs: true}
    sent: {label: {zh: 已报送, en: sent}}
    done: {label: {zh: 已审定, en: approved}, ends: true}
  acts:
    send: {label: {zh: 报送, en: send}, from: [draft], to: sent, roles: [clerk], own_department: true}
    approve: {label: {zh: 审定, en: approve}, from: [sent], to: done, roles: [reviewer, clerk], not_by: [send]}
    give_back: {label: {zh: 退回, en: give back}, from: [sent], to: draft, roles: [reviewer], needs_note: true}
"""  # noqa: E501  # a file as a service writes it


@pytest.fixture
def kind(tmp_path):
    return written(tmp_path, FILE)


def written(folder, text):
    file = folder / "cases.yaml"
    file.write_text(text, encoding="utf-8")
    return kinds(file, "sample")[0]


CLERK = Actor(frozenset({"clerk"}), is_own_department=True)
REVIEWER = Actor(frozenset({"reviewer"}))


def test_a_kind_is_named_after_its_service(kind):
    assert (kind.name, kind.start, kind.term.count) == ("sample.report", "draft", 5)


def test_a_clerk_of_the_department_sends(kind):
    assert kind.refusal("send", "draft", CLERK) == ""


def test_a_clerk_of_another_department_does_not(kind):
    assert kind.refusal("send", "draft", Actor(frozenset({"clerk"}))) == (
        "Only the department of the case may do this: send."
    )


def test_a_role_that_may_not_is_told_who_may(kind):
    assert kind.refusal("send", "draft", REVIEWER) == "Only clerk may do this: send."


def test_who_sent_does_not_approve(kind):
    sender = Actor(frozenset({"clerk"}), True, frozenset({"send"}))

    assert "Ask a colleague." in kind.refusal("approve", "sent", sender)
    assert kind.refusal("approve", "sent", CLERK) == ""


def test_an_act_out_of_its_state_says_where_the_case_stands(kind):
    assert kind.refusal("approve", "draft", REVIEWER).startswith("It is draft,")


def test_the_acts_open_to_a_person_are_listed(kind):
    assert [act.name for act in kind.open_to("sent", REVIEWER)] == ["approve", "give_back"]
    assert kind.open_to("done", REVIEWER) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("to: sent,", "to: gone,", "'gone' is not known here."),
        ("start: draft", "start: dreft", "'dreft' is not known here."),
        ("not_by: [send]", "not_by: [mend]", "'mend' is not known here."),
        ("runs: true", "run: true", "The key `run` is not known here."),
        ("working_days: 5", "working_days: five", "'five' is not a whole number."),
    ],
)
def test_a_slip_in_the_file_is_found_with_its_line(tmp_path, old, new, what):
    with pytest.raises(ContentError) as raised:
        written(tmp_path, FILE.replace(old, new))

    assert raised.value.what == what
    assert raised.value.where.startswith("sample/cases.yaml:")
