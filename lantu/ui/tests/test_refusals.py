"""Refusals: a reader is told where, what is wrong and what to do, in the reader's language."""

import re

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory

from lantu.ui import refusals

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def test_what_a_view_says_is_missing_stands_on_the_page_with_the_way_up(client, qinghe):
    answer = client.get("/z/qinghe/reports/99/", **ENGLISH)
    text = answer.content.decode()

    assert answer.status_code == 404
    assert "There is no such report." in text
    assert 'href="/z/qinghe/reports/"' in text


@pytest.mark.parametrize("path", ["reports/99/", "no-such-page/"])
def test_what_is_missing_in_a_zone_is_told_below_the_name_of_the_zone(client, qinghe, path):
    text = client.get(f"/z/qinghe/{path}", **ENGLISH).content.decode()

    assert 'class="top__zone" href="/z/qinghe/"' in text
    assert 'href="/z/qinghe/promises/"' in text


def test_who_may_not_see_a_page_still_sees_the_way_through_the_zone(client, qinghe, stranger):
    client.force_login(stranger)
    answer = client.get("/z/qinghe/facts/import/", **ENGLISH)

    assert answer.status_code == 403
    assert 'class="top__zone" href="/z/qinghe/"' in answer.content.decode()


def test_an_address_of_nothing_leads_to_the_zones(client):
    text = client.get("/no/such/thing/").content.decode()

    assert "没有这个页面" in text
    assert "返回" not in text


def test_no_page_names_a_class_of_the_program(client):
    assert "matches the given query" not in client.get("/z/nowhere/").content.decode()


def test_an_expired_form_says_what_to_do_and_leads_back(qinghe):
    asking = Client(enforce_csrf_checks=True)
    back = "http://testserver/z/qinghe/opinions/"
    answer = asking.post("/z/qinghe/opinions/", {"text": "x"}, HTTP_REFERER=back)
    text = answer.content.decode()

    assert answer.status_code == 403
    assert "表单已失效" in text
    assert "DEBUG" not in text
    assert 'href="/z/qinghe/opinions/"' in text


OURS = {"HTTP_ORIGIN": "http://testserver"}


def test_what_was_typed_before_the_form_expired_can_be_sent_again(qinghe):
    asking = Client(enforce_csrf_checks=True)
    answer = asking.post("/z/qinghe/opinions/", {"text": "多种<树>"}, **OURS)
    text = answer.content.decode()

    assert answer.status_code == 403
    assert 'name="text" value="多种&lt;树&gt;"' in text
    key = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
    again = {"text": "多种<树>", "csrfmiddlewaretoken": key}
    assert asking.post("/z/qinghe/opinions/", again, **OURS).status_code == 302


def test_who_was_signed_out_while_writing_loses_nothing(client, qinghe):
    typed = {"value:gdp": "201.5", "remark:gdp": "快报", "seen": '{"gdp":["",""]}'}
    answer = client.post("/z/qinghe/returns/2025-final-industry/", typed, **OURS)
    text = answer.content.decode()

    assert answer.status_code == 403
    assert "登录已失效" in text
    assert 'action="/z/qinghe/returns/2025-final-industry/"' in text
    assert 'name="value:gdp" value="201.5"' in text
    assert "<li>快报</li>" in text
    assert "<li>{" not in text  # it is sent again, but nobody typed it


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example", "null"])
def test_a_form_of_another_site_is_not_offered_again(client, qinghe, origin):
    head = {} if origin is None else {"HTTP_ORIGIN": origin}
    answer = client.post("/z/qinghe/returns/issue/", {"period": "2025"}, **head)

    assert (answer.status_code, answer.url[:16]) == (302, "/accounts/login/")


def test_a_password_is_not_handed_back(qinghe):
    asking = Client(enforce_csrf_checks=True)
    answer = asking.post("/accounts/login/", {"login": "ann", "password": "secret!"}, **OURS)

    assert answer.status_code == 403
    assert "secret!" not in answer.content.decode()


def test_an_address_of_another_site_is_no_way_back(client):
    answer = client.post("/docs/", HTTP_REFERER="https://elsewhere.example/docs/tour/")

    assert answer.status_code == 405
    assert "elsewhere" not in answer.content.decode()


def test_a_page_that_only_takes_forms_says_so(client, qinghe):
    answer = client.get("/z/qinghe/returns/issue/", **ENGLISH)

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "only takes what a form sends" in answer.content.decode()


def test_too_much_is_refused_with_how_much_would_do(client, settings, qinghe):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
    answer = client.post("/z/qinghe/opinions/", {"text": "x" * 2_500_000}, **ENGLISH)

    assert answer.status_code == 413
    assert "larger than 2 MB" in answer.content.decode()


def test_who_tried_too_many_passwords_is_told_how_long_to_wait(client, settings, clerk):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post("/accounts/login/", {"login": clerk.username, "password": "wrong"})
    answer = client.post(
        "/accounts/login/", {"login": clerk.username, "password": "wrong"}, **ENGLISH
    )

    assert "Wait an hour" in answer.content.decode()


def test_a_broken_request_is_told_without_the_words_of_the_program():
    request = RequestFactory().get("/docs/tour/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    answer = refusals.unreadable(request, SuspiciousOperation("Invalid HTTP_HOST"))

    assert answer.status_code == 400
    assert "HTTP_HOST" not in answer.content.decode()


def test_a_server_asked_by_a_strange_name_says_who_can_add_it(client):
    answer = client.get("/docs/", HTTP_HOST="elsewhere.example", **ENGLISH)

    assert answer.status_code == 400
    assert "LANTU_HOSTS" in answer.content.decode()


def test_who_may_not_open_a_page_is_told_as_whom_it_was_asked_for(client, clerk):
    client.force_login(clerk)
    answer = client.get("/z/qinghe/ledger/", **ENGLISH)

    assert answer.status_code == 403
    assert "You are signed in as alice, who may not see it." in answer.content.decode()


def test_who_must_sign_in_first_is_told_why(client, qinghe):
    answer = client.get("/z/qinghe/ledger/", follow=True, **ENGLISH)

    assert "open to the people of its zone" in answer.content.decode()
    assert "open to the people" not in client.get("/accounts/login/").content.decode()


def test_too_many_tries_at_a_password_are_told_on_a_page_of_ours(client, settings):
    settings.EMAIL_HOST = "mail.example.org"
    for _ in range(40):
        answer = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
        if answer.status_code == 429:
            break

    assert answer.status_code == 429
    assert "请求过于频繁" in answer.content.decode()


def test_a_fault_of_ours_is_told_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page, told = (
            refusals.failed(RequestFactory().get(path)) for path in ("/docs/tour/", "/api/v1/zones")
        )

    assert (page.status_code, told.status_code) == (500, 500)
    assert "服务器出错" in page.content.decode()
    assert told["Content-Type"] == "application/problem+json"
