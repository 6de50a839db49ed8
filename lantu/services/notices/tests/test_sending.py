"""Nothing is sent twice and nothing is lost, whatever breaks and whenever."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from lantu.kernel.access.actions import revoke_role
from lantu.services.notices import matters
from lantu.services.notices.actions.composing import compose
from lantu.services.notices.actions.sending import MOST_ATTEMPTS, claim, send_all
from lantu.services.notices.models import Message
from lantu.services.notices.tests.conftest import LATE

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture
def message(case, qinghe, own_clerk):
    """A letter that waits."""
    [found] = compose(matters.due(qinghe, LATE), today=LATE, letters=True, by=None)
    return found


def state(message):
    message.refresh_from_db()
    return message.state


def breaks(monkeypatch, error, *, where=EmailMessage, method="send"):
    def fail(self, *rest, **named):
        raise error

    monkeypatch.setattr(where, method, fail)


def test_a_letter_that_was_sent_keeps_no_text(message):
    done = send_all(timezone.now())

    assert done == {"sent": 1}
    assert state(message) == State.SENT
    assert message.text == ""
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{message.key}@plan.example.org>"


def test_two_runs_at_once_send_it_once(message):
    other = Message.objects.get(pk=message.pk)

    assert claim(message, timezone.now())
    assert not claim(other, timezone.now())
    send_all(timezone.now())
    assert mail.outbox == []


def test_a_run_that_was_killed_while_sending_leaves_a_letter_marked_unknown(message):
    claim(message, timezone.now() - timedelta(minutes=11))

    send_all(timezone.now())

    assert state(message) == State.UNKNOWN
    assert mail.outbox == []


def test_a_run_that_was_killed_before_sending_loses_nothing(message):
    assert state(message) == State.WAITING

    send_all(timezone.now())

    assert len(mail.outbox) == 1


def test_a_mail_server_that_does_not_answer_costs_no_attempt(message, monkeypatch):
    with monkeypatch.context() as broken:
        breaks(broken, ConnectionRefusedError("refused"), where=EmailBackend, method="open")
        done = send_all(timezone.now())
    assert list(done) == ["mail server: refused"]
    assert (state(message), message.attempts) == (State.WAITING, 0)

    send_all(timezone.now())
    assert state(message) == State.SENT


def test_a_refused_letter_waits_and_fails_in_the_end(message, monkeypatch):
    breaks(monkeypatch, smtplib.SMTPDataError(451, b"try later"))

    states = []
    for _ in range(MOST_ATTEMPTS):
        send_all(timezone.now())
        states.append(state(message))

    assert states == [State.WAITING] * (MOST_ATTEMPTS - 1) + [State.FAILED]


@pytest.mark.parametrize("error", [TimeoutError(), smtplib.SMTPServerDisconnected("gone")])
def test_a_line_that_breaks_half_way_leaves_it_unknown(message, monkeypatch, error):
    breaks(monkeypatch, error)

    send_all(timezone.now())
    monkeypatch.undo()
    send_all(timezone.now())

    assert state(message) == State.UNKNOWN
    assert mail.outbox == []


def test_who_lost_his_role_in_between_is_not_told(message, qinghe, own_clerk):
    revoke_role(own_clerk, qinghe, "clerk", by=None)

    send_all(timezone.now())

    assert state(message) == State.DROPPED
    assert mail.outbox == []
