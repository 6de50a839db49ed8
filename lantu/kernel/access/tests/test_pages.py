"""The ledger's page and the signing in, tried by owner, colleague and stranger."""

import re
from pathlib import Path

import pytest

import lantu
from lantu.core import content
from lantu.ui.templatetags.ui import NAMES

LEDGER = "/z/qinghe/ledger/"


def test_the_auditor_reads_the_ledger(client, auditor):
    client.force_login(auditor)

    response = client.get(LEDGER)

    assert response.status_code == 200
    assert "qinghe-2021-2025" in response.content.decode()


def test_the_ledger_tells_acts_in_the_language_of_the_reader(client, auditor):
    client.force_login(auditor)

    shown = {
        lang: client.get(LEDGER, headers={"accept-language": lang}).content.decode()
        for lang in ("zh", "en")
    }

    assert "<td>载入</td>" in shown["zh"]
    assert ">loaded<" in shown["en"]
    assert "<code>lantu verify</code>" in shown["zh"]


def test_every_act_that_the_code_writes_has_its_words():
    code = "".join(
        file.read_text("utf-8")
        for file in Path(lantu.__file__).parent.rglob("*.py")
        if "tests" not in file.parts
    )
    names = content.read(NAMES, "ui/names.yaml").plain()

    acts, things = (
        set(re.findall(rf'\b{key}="([a-z-]+)"', code)) for key in ("act", "object_type")
    )
    assert len(acts) > 30
    assert acts <= set(names["act"])
    assert things <= set(names["object"])


@pytest.mark.parametrize("who", ["clerk", "stranger"])
def test_others_do_not(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(LEDGER).status_code == 403


def test_nobody_is_sent_to_sign_in(client, qinghe):
    assert client.get(LEDGER).url.startswith("/accounts/login/")


def test_signing_up_is_closed(client, db):
    response = client.post("/accounts/signup/", {"username": "eve", "password1": "long-secret-9"})

    assert "eve" not in response.content.decode() or response.status_code != 302


def test_wrong_passwords_lock_the_door_even_for_the_right_one(client, clerk):
    wrong = {"login": "alice", "password": "wrong"}
    answers = [client.post("/accounts/login/", wrong) for _ in range(6)]
    right = {"login": "alice", "password": "a-long-enough-secret"}

    response = client.post("/accounts/login/", right)

    [shut, *_rest] = [one.content.decode() for one in answers if one.status_code == 429]
    assert "暂时不能登录" in shut and 'class="top"' in shut
    assert "账号暂时锁定" in shut and "账号暂时锁定" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_right_password_opens_it(client, clerk):
    client.post("/accounts/login/", {"login": "alice", "password": "a-long-enough-secret"})

    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_a_second_factor_can_be_set_up_without_inline_scripts(client, clerk):
    client.force_login(clerk)

    response = client.get("/accounts/2fa/")

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_the_policy_allows_no_inline_script_or_style(client, db):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_who_may_read_the_ledger_finds_it_in_the_menu(client, auditor, clerk):
    for person, is_there in ((auditor, True), (clerk, False)):
        client.force_login(person)
        assert (
            f'href="{LEDGER}"' in client.get("/z/qinghe/promises/").content.decode()
        ) is is_there
