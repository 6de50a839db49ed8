"""Who is told of what: once for each step, in one letter a day, and only what concerns him."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from lantu.kernel.access.actions import create_user, grant_role, set_address
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify
from lantu.kernel.cases.actions import move_last_day, open_case, perform, suspend
from lantu.services.notices import matters
from lantu.services.notices.actions.choosing import choose
from lantu.services.notices.actions.composing import compose
from lantu.services.notices.actions.sending import send_all
from lantu.services.notices.models import Message, Reminder
from lantu.services.notices.tests.conftest import LAST_DAY, LATE

pytestmark = pytest.mark.django_db


def remind(zone, today=LATE, given=(), letters=True):
    """What `lantu remind` does, on a chosen day."""
    found = [*matters.due(zone, today), *matters.warned(zone, given)]
    made = compose(found, today=today, letters=letters, by=None)
    send_all(timezone.now())
    return made


def sent_to():
    return [letter.to[0] for letter in mail.outbox]


def test_a_clerk_whose_return_is_late_gets_a_letter_in_both_languages(case, qinghe, own_clerk):
    remind(qinghe)

    [letter] = mail.outbox
    assert letter.to == ["ann@example.org"]
    assert "2025年数据填报" in letter.body
    assert "逾期1个工作日" in letter.body
    assert "1 working day late, last day 2026-03-02" in letter.body
    assert f"https://plan.example.org/z/qinghe/returns/{case.key}/" in letter.body
    assert "（虚构示例）" in letter.body


def test_nobody_else_is_told(case, qinghe, xinxiang, person, own_clerk):
    person("cora", "clerk", "building")
    person("aida", "auditor")
    person("lena", "leader")
    person("charlie", "planner", zone=xinxiang)

    remind(qinghe)

    assert sent_to() == ["ann@example.org"]


def test_a_second_run_and_the_next_day_tell_nothing_new(case, qinghe, own_clerk):
    remind(qinghe)
    remind(qinghe)
    remind(qinghe, LATE + timedelta(days=1))

    assert len(mail.outbox) == 1


def test_a_later_step_is_told_again(case, qinghe, own_clerk):
    days = [LAST_DAY - timedelta(days=10), date(2026, 2, 26), LAST_DAY, LATE, date(2026, 3, 9)]
    counts = []
    for day in days:
        remind(qinghe, day)
        counts.append(len(mail.outbox))

    assert counts == [0, 1, 2, 3, 4]


def test_one_letter_a_day_the_rest_waits_for_tomorrow(case, qinghe, own_clerk):
    remind(qinghe)
    open_case(
        qinghe, "returns.data_return", "another", title={"zh": "另一份", "en": "Another"},
        department="industry", on=date(2026, 2, 2), due_on=LAST_DAY, by=None,
    )  # fmt: skip

    remind(qinghe)
    assert len(mail.outbox) == 1
    remind(qinghe, LATE + timedelta(days=1))
    assert "另一份" in mail.outbox[1].body
    assert "2025年数据填报" not in mail.outbox[1].body


def test_a_return_that_was_sent_is_not_reminded_of_and_one_given_back_is_again(
    case, qinghe, own_clerk, person
):
    remind(qinghe)
    perform(case, "submit", by=own_clerk, on=LATE)
    remind(qinghe, LATE + timedelta(days=1))
    assert len(mail.outbox) == 1

    perform(case, "give_back", by=person("rita", "reviewer"), note="单位有误", on=LATE)
    remind(qinghe, LATE + timedelta(days=2))

    assert sent_to() == ["ann@example.org"] * 2


def test_another_last_day_is_told_and_reminded_of_anew(case, qinghe, own_clerk, person):
    remind(qinghe)
    move_last_day(case, date(2026, 3, 31), by=person("petra", "planner"), on=LATE)

    for day in (date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 31)):
        remind(qinghe, day)

    assert sent_to() == ["ann@example.org"] * 3
    assert "期限有变，期限2026-03-31" in mail.outbox[1].body
    assert "今天到期，期限2026-03-31" in mail.outbox[2].body


def test_a_clock_that_stands_still_reminds_nobody(case, qinghe, own_clerk, person):
    suspend(case, by=person("dora", "planner"), reason="等待上级数据")

    assert remind(qinghe) == []


def test_without_an_address_there_is_no_letter_until_there_is_one(case, qinghe):
    user = create_user("nora", password="a-long-enough-secret", by=None)
    grant_role(user, qinghe, "clerk", by=None, department="industry")
    assert remind(qinghe) == []

    set_address(user, "nora@example.org", by=None)

    assert [one.user for one in remind(qinghe)] == [user]


def test_a_person_chooses_what_and_in_which_language(case, qinghe, own_clerk):
    choose(soon=True, late=False, warning=True, language="en", by=own_clerk)
    remind(qinghe)
    assert mail.outbox == []

    choose(soon=False, late=True, warning=True, language="en", by=own_clerk)
    remind(qinghe)
    assert mail.outbox[0].subject == "Lantu: 1 waiting for you"
    assert "逾期" not in mail.outbox[0].body


def warning(department, level="yellow"):
    words = {"zh": "黄色预警", "en": "yellow warning"}
    return matters.Given(
        "warning/7", level, {"zh": "专利", "en": "Patents"}, words, department, "/w"
    )


def test_a_warning_goes_to_its_department_or_else_to_the_planners(qinghe, own_clerk, person):
    person("dora", "planner")

    remind(qinghe, given=[warning("industry")])
    assert sent_to() == ["ann@example.org"]
    remind(qinghe, given=[warning("", level="red")])
    assert sent_to() == ["ann@example.org", "dora@example.org"]


def test_without_a_mail_server_nothing_is_written(case, qinghe, own_clerk, settings):
    settings.EMAIL_HOST = ""

    assert remind(qinghe, letters=False) == []
    assert Message.objects.count() == 0


def test_the_database_itself_refuses_a_second_reminder_and_a_second_letter(case, qinghe, own_clerk):
    [message] = remind(qinghe)
    told = message.reminders.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(
            message=message, user=own_clerk, zone=qinghe, matter=told.matter, step=told.step
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(user=own_clerk, day=LATE)


def test_it_is_on_record_without_any_address(case, qinghe, own_clerk):
    remind(qinghe)

    acts = set(LedgerEntry.objects.filter(object_type="notices.letter").values_list("act", "note"))
    assert acts == {("remind", ""), ("send", "")}
    assert case.steps.last().act == "remind"
    assert verify().faults == ()
    told = LedgerEntry.objects.values_list("object_key", "before", "after", "note")
    assert "@example.org" not in str(list(told))
