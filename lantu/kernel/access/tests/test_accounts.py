"""What a person does with the account, in the reader's language and in our words."""

import re

import pytest
from django.core import mail

from lantu.kernel.access.actions import grant_role
from lantu.kernel.access.models import Role

RESET = "/accounts/password/reset/"
OF_THE_LIBRARY = re.compile("Remember Me|Sign Up|Bad Token|Email地址|[Tt]wo-[Ff]actor|双因素")
MINE = (
    "/accounts/logout/", "/accounts/password/change/", "/accounts/reauthenticate/",
    "/accounts/2fa/",
)  # fmt: skip
ANYBODYS = (
    "/accounts/login/", RESET, f"{RESET}done/", f"{RESET}key/1-abc/", f"{RESET}key/done/",
    "/accounts/inactive/",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_of_an_account_speak_as_all_do(client, clerk, lang):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = lang
    shown = {address: client.get(address).content.decode() for address in ANYBODYS}
    client.force_login(clerk)
    shown |= {address: client.get(address).content.decode() for address in MINE}

    assert {address for address, page in shown.items() if OF_THE_LIBRARY.search(page)} == set()
    assert {address for address, page in shown.items() if 'class="top"' not in page} == set()


def test_who_is_signed_in_finds_where_to_change_the_password(client, clerk):
    client.force_login(clerk)

    assert 'href="/accounts/password/change/"' in client.get("/accounts/logout/").content.decode()


def test_a_password_that_is_too_short_is_refused_in_chinese(client, clerk):
    client.force_login(clerk)
    form = {"oldpassword": "a-long-enough-secret", "password1": "x1-", "password2": "x1-"}

    page = client.post("/accounts/password/change/", form).content.decode()

    assert "密码太短，至少需要8个字符。" in page
    assert "不能全部是数字。" in page
    assert "This password" not in page


def test_signing_in_leads_to_the_overview_of_ones_only_zone(client, clerk, qinghe, xinxiang):
    form = {"login": "alice", "password": "a-long-enough-secret"}
    assert client.post("/accounts/login/", form).url == "/z/qinghe/"
    client.logout()
    grant_role(clerk, xinxiang, Role.CLERK, by=None)

    assert client.post("/accounts/login/", form).url == "/"


def test_without_mail_nobody_is_told_that_a_letter_is_on_its_way(client, clerk, settings):
    settings.EMAIL_HOST = ""
    clerk.email = "alice@example.org"
    clerk.save()

    answer = client.post(RESET, {"email": "alice@example.org"})

    assert "本系统未配置邮件" in answer.content.decode()
    assert mail.outbox == []


def test_the_letter_with_the_link_is_ours_and_a_stranger_gets_none(client, clerk, settings):
    settings.EMAIL_HOST, settings.ADDRESS = "mail.example.org", "https://plan.example.org"
    clerk.email = "alice@example.org"
    clerk.save()

    for address in ("alice@example.org", "nobody@example.org"):
        assert client.post(RESET, {"email": address}).url == f"{RESET}done/"

    [letter] = mail.outbox
    assert letter.subject == "蓝图：设置新密码"
    assert "有人为账号alice申请重置密码" in letter.body
    assert "https://plan.example.org/accounts/password/reset/key/" in letter.body


def test_the_link_of_the_letter_leads_to_a_new_password(client, clerk, settings):
    settings.EMAIL_HOST, settings.ADDRESS = "mail.example.org", "http://testserver"
    clerk.email = "alice@example.org"
    clerk.save()
    client.post(RESET, {"email": clerk.email})
    [link] = re.findall(r"http://\S+", mail.outbox[0].body)

    chosen = client.get(link, follow=True)
    new = {"password1": "another-long-secret", "password2": "another-long-secret"}
    done = client.post(chosen.request["PATH_INFO"], new, follow=True).content.decode()

    assert "设置新密码" in chosen.content.decode()
    assert "密码已修改" in done
    clerk.refresh_from_db()
    assert clerk.check_password("another-long-secret")


def test_who_has_changed_the_password_is_told_so_on_the_overview(client, clerk):
    client.force_login(clerk)
    form = {"oldpassword": "a-long-enough-secret", "password1": "another-long-secret"}

    page = client.post(
        "/accounts/password/change/", {**form, "password2": form["password1"]}, follow=True
    )

    assert page.redirect_chain[-1][0] == "/z/qinghe/"
    assert "密码已修改。" in page.content.decode()


def test_nobody_sets_an_address_alone(client, clerk):
    client.force_login(clerk)

    page = client.get("/accounts/email/")

    assert page.status_code == 404
    assert "账号和邮箱由管理员设置" in page.content.decode()
