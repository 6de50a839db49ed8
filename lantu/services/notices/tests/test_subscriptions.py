"""Anybody hears of changed verdicts, once the address has confirmed it, until it has enough."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from lantu.core.errors import Refused
from lantu.kernel.access.models import LedgerEntry
from lantu.kernel.access.queries import verify, zone_version
from lantu.services.notices import queries
from lantu.services.notices.actions import subscribing
from lantu.services.notices.actions.sending import send_all
from lantu.services.notices.models import Message, Subscription

pytestmark = pytest.mark.django_db
PAGE = "/z/qinghe/subscribe/"
READER = "reader@example.org"
DAY = date(2026, 3, 3)


def link(text, word):
    """The path of a link in a letter."""
    return re.search(rf"https://plan\.example\.org(/subscriptions/\S+/{word}/)", text)[1]


@pytest.fixture
def subscribed(client, qinghe):
    """A confirmed subscription to one promise."""
    client.post(PAGE, {"address": READER, "code": "gdp"})
    client.post(link(mail.outbox.pop().body, "confirm"))
    return Subscription.objects.get()


def turned(zone, code="gdp", state="missed"):
    """How things stand, with one verdict turned."""
    states = queries.states(zone)
    return {**states, code: (states[code][0], state)}


def test_nothing_is_told_before_the_address_has_confirmed(client, qinghe):
    client.post(PAGE, {"address": READER, "code": ""})
    subscribing.tell_changes(qinghe, turned(qinghe), today=DAY)
    send_all(timezone.now())
    [letter] = mail.outbox
    assert letter.to == [READER]

    confirm = link(letter.body, "confirm")
    client.get(confirm)  # a mail program that opens links confirms nothing
    assert Subscription.objects.get().confirmed_at is None
    client.post(confirm)
    assert Subscription.objects.get().confirmed_at is not None


def test_a_changed_verdict_is_told_once_in_words(subscribed, qinghe):
    was = queries.states(qinghe)["gdp"][1]
    for day in (DAY, DAY, DAY + timedelta(days=1)):
        subscribing.tell_changes(qinghe, turned(qinghe), today=day)
        send_all(timezone.now())

    [letter] = mail.outbox
    assert was != "missed"
    assert "→ 未完成" in letter.body
    assert "https://plan.example.org/z/qinghe/promises/gdp/" in letter.body
    assert "虚构示例" in letter.subject


def test_another_promise_is_not_told(subscribed, qinghe):
    subscribing.tell_changes(qinghe, turned(qinghe, "trade"), today=DAY)

    assert not Message.objects.filter(sort="changes").exists()


def test_one_click_ends_it_and_the_address_is_gone(client, subscribed, qinghe):
    subscribing.tell_changes(qinghe, turned(qinghe), today=DAY)
    send_all(timezone.now())
    heads = mail.outbox[0].extra_headers
    assert heads["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link(heads["List-Unsubscribe"].strip("<>"), "cancel")

    client.get(path)
    assert Subscription.objects.count() == 1
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert 'role="status" tabindex="-1" autofocus' in answer.content.decode()  # heard first
    assert Subscription.objects.count() == 0
    assert Message.objects.count() == 0
    assert client.post(path).status_code == 200  # a second click is no fault


def test_one_click_needs_no_form_of_ours(subscribed, qinghe):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    subscribing.tell_changes(qinghe, turned(qinghe), today=DAY)
    path = link(Message.objects.get(sort="changes").text, "cancel")

    assert strict.post(path).status_code == 200


@pytest.mark.parametrize("word", ["confirm", "cancel"])
def test_a_forged_link_is_no_link(client, subscribed, word):
    assert client.post(f"/subscriptions/{subscribed.key}/{word}/").status_code == 404


def test_what_is_not_confirmed_in_two_days_lapses(client, qinghe):
    client.post(PAGE, {"address": READER})
    later = timezone.now() + subscribing.LASTS + timedelta(minutes=1)

    subscribing.forget_lapsed(later)

    assert Subscription.objects.count() == 0
    assert client.post(link(mail.outbox[0].body, "confirm")).status_code == 404


def test_the_page_does_not_tell_whether_an_address_is_known(client, subscribed):
    again = client.post(PAGE, {"address": READER, "code": "gdp"})
    other = client.post(PAGE, {"address": "new@example.org", "code": "gdp"})

    assert again.content == other.content
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]


def ask(zone, number=0, *, address=None, asker="", code=""):
    return subscribing.ask(
        zone, address=address or f"r{number}@example.org", code=code, language="zh", asker=asker,
        now=timezone.now(),
    )  # fmt: skip


def test_one_machine_cannot_ask_for_many_addresses(qinghe):
    for number in range(subscribing.MOST_OF_A_MACHINE):
        ask(qinghe, number, asker="m")

    with pytest.raises(Refused, match="Too many"):
        ask(qinghe, 99, asker="m")
    assert ask(qinghe, 99, asker="other") is not None


def test_one_address_does_not_get_many_letters(qinghe):
    codes = list(queries.states(qinghe))[: subscribing.MOST_OF_AN_ADDRESS + 1]

    made = [ask(qinghe, address=READER, code=code) for code in codes]

    assert [one is not None for one in made] == [True] * subscribing.MOST_OF_AN_ADDRESS + [False]


def test_who_lost_the_letter_gets_another_after_an_hour(qinghe):
    first = ask(qinghe, address=READER)
    at_once = ask(qinghe, address=READER)
    found = Subscription.objects.get(address=READER)
    found.asked_at -= timedelta(minutes=61)
    found.save()

    later = ask(qinghe, address=READER)

    assert (first is None, at_once, later is None) == (False, None, False)
    assert Subscription.objects.get(address=READER).key == found.key
    subscribing.confirm(found, {}, now=timezone.now())
    assert ask(qinghe, address=READER) is None


def test_all_together_are_throttled(qinghe, monkeypatch):
    monkeypatch.setattr(subscribing, "MOST_IN_ALL", 2)
    ask(qinghe, 1)
    ask(qinghe, 2)

    with pytest.raises(Refused, match="Too many"):
        ask(qinghe, 3)


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ({"address": "bald"}, "邮箱：请填写有效的邮箱地址"),
        ({"address": "a" * 300}, "最多254个字"),
        ({"address": READER, "code": "moon"}, "没有编码为moon的承诺"),
    ],
)
def test_what_cannot_be_subscribed_to_is_refused(client, qinghe, form, word):
    answer = client.post(PAGE, form)

    assert answer.status_code == 400
    assert word in answer.content.decode()


def test_without_a_mail_server_the_feed_is_offered(client, qinghe, settings):
    settings.EMAIL_HOST = ""
    offered = client.get(PAGE).content.decode()
    assert "本站不发送邮件" in offered and 'name="address"' not in offered

    answer = client.post(PAGE, {"address": READER})

    assert answer.status_code == 400
    assert "请改用订阅源" in answer.content.decode()


def test_the_ledger_knows_of_it_without_the_address_or_the_machine(subscribed, qinghe):
    version = zone_version(qinghe)
    ask(qinghe, 5, asker="m")
    subscribing.cancel(str(subscribed.key))

    acts = LedgerEntry.objects.filter(object_type="notices.subscription").order_by("number")
    assert list(acts.values_list("act", flat=True)) == ["ask", "confirm", "ask", "cancel"]
    assert "@" not in str(list(acts.values_list("object_key", "before", "after", "note")))
    assert zone_version(qinghe) == version  # the public cannot make pages be drawn anew
    assert verify().faults == ()


def test_the_database_forgets_who_asked_and_keeps_one_of_each(subscribed, qinghe):
    subscribed.asker = "m"
    with pytest.raises(IntegrityError), transaction.atomic():
        subscribed.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(
            zone=qinghe, code="gdp", address=READER, language="zh", asked_at=timezone.now()
        )
