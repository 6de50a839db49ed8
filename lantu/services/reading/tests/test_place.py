"""From a promise to its words where they stand, for those who may read the document."""

import html
import re

import pytest

from lantu.services.reading import queries
from lantu.services.reading.tests.conftest import TEXT

WORDS = "工业总产值达到600亿元"
START = TEXT.index(WORDS)
END = START + len(WORDS)


@pytest.fixture
def address(reading):
    return f"/z/nanhu/reading/place/{reading.sha256}/{START}/{END}/"


def test_the_words_are_marked_within_their_paragraph(client, own_auditor, address):
    client.force_login(own_auditor)
    text = html.unescape(client.get(address).content.decode())

    assert f"<mark>{WORDS}</mark>" in text
    assert "城镇化率保持在70%以上" in text


def test_of_a_long_document_only_what_is_near_is_shown_and_the_cut_is_told(nanhu, hand_in):
    far = "很远的一句话。"
    found = hand_in(TEXT + "无关的说明文字。" * 200 + far)

    place = queries.place(nanhu, found.sha256, START, END)
    assert place.phrase == WORDS
    assert place.cut_after and not place.cut_before
    assert far not in place.after


def test_a_document_that_is_not_held_is_told_and_no_other_is_shown(client, own_auditor, reading):
    client.force_login(own_auditor)
    text = client.get("/z/nanhu/reading/place/abc/1/2/").content.decode()

    assert "这里没有该文件的原文" in text and "<mark>" not in text


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 10**9)])
def test_a_place_that_is_none_shows_nothing(nanhu, reading, start, end):
    assert queries.place(nanhu, reading.sha256, start, end) is None


def test_strangers_and_the_public_do_not_read_the_document(client, stranger, address):
    assert client.get(address).status_code == 302  # to sign in
    client.force_login(stranger)
    assert client.get(address).status_code == 403


def test_a_promise_leads_there_for_those_who_may_read_and_for_nobody_else(client, xinxiang):
    from lantu.kernel.access.actions import create_user, grant_role

    page = "/z/xinxiang/promises/gdp-level/"
    assert "/reading/place/" not in client.get(page).content.decode()

    auditor = create_user("olga", password="a-long-enough-secret", by=None)
    grant_role(auditor, xinxiang, "auditor", by=None)
    client.force_login(auditor)
    leads = re.search(
        r'href="(/z/xinxiang/reading/place/[0-9a-f]{64}/\d+/\d+/)"',
        client.get(page).content.decode(),
    )
    assert leads

    # The document is not held: the page says where in the paper to look, and leads back.
    text = html.unescape(client.get(leads[1]).content.decode())
    assert "这里没有该文件的原文" in text
    assert f'href="{page}"' in text and "<q lang=" in text
