"""A page that is read is of one state; a reader is where the server in front says."""

import pytest
from django.http import HttpResponse

from lantu.kernel.access.middleware import asked_from, one_state
from lantu.kernel.access.queries import read_once


def readings(request):
    """How often a request that asks three times for the same reads it."""
    read = []

    def view(_request):
        for _ in range(3):
            read_once("the same", lambda: read.append(1) or len(read))
        return HttpResponse()

    one_state(view)(request)
    return len(read)


@pytest.mark.parametrize(("method", "times"), [("get", 1), ("head", 1), ("post", 3)])
def test_who_only_reads_asks_once(rf, method, times):
    assert readings(getattr(rf, method)("/")) == times


def test_the_next_request_asks_anew(rf):
    assert (readings(rf.get("/")), readings(rf.get("/"))) == (1, 1)


def test_after_a_page_that_failed_the_next_asks_anew(rf):
    def fails(_request):
        read_once("the same", lambda: "old")
        raise ValueError

    with pytest.raises(ValueError):
        one_state(fails)(rf.get("/"))

    assert readings(rf.get("/")) == 1
    assert read_once("the same", lambda: "new") == "new"


def test_the_list_of_promises_needs_four_questions(client, qinghe, django_assert_max_num_queries):
    client.get("/z/qinghe/promises/?n=1")

    with django_assert_max_num_queries(4):
        assert client.get("/z/qinghe/promises/?n=2").status_code == 200


@pytest.mark.parametrize(
    ("peer", "told", "reader"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::1", "10.9.9.9, 2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("198.51.100.4", "203.0.113.9", "198.51.100.4"),
    ],
)
def test_a_reader_is_where_the_server_on_this_machine_was_asked_from(rf, peer, told, reader):
    request = rf.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=told)

    asked_from(lambda _request: HttpResponse())(request)

    assert request.META["REMOTE_ADDR"] == reader
