"""Other systems are told by a signed post, never inside the house, and with no person's name."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone

from lantu.core.errors import Refused
from lantu.services.notices import matters, posting
from lantu.services.notices.actions.choosing import MOST_HOOKS, add_hook, remove_hook
from lantu.services.notices.actions.composing import compose
from lantu.services.notices.actions.sending import claim, send_all
from lantu.services.notices.models import Message
from lantu.services.notices.tests.conftest import LATE

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings):
    """Another system on this machine; `status` is what it answers."""

    class Receiver(BaseHTTPRequestHandler):
        got, status = [], 200

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            Receiver.got.append((self.path, dict(self.headers), body))
            self.send_response(Receiver.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.HOOK_HOSTS = ["127.0.0.1"]
    Receiver.address = f"http://127.0.0.1:{server.server_port}/told?from=lantu"
    yield Receiver
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hook(qinghe, administrator, receiver):
    return add_hook(qinghe, receiver.address, by=administrator)


def remind(zone, today=LATE):
    compose(matters.due(zone, today), today=today, letters=False, by=None)
    return send_all(timezone.now())


def test_a_post_is_signed_and_names_matters_not_people(case, qinghe, own_clerk, hook, receiver):
    assert remind(qinghe) == {"sent": 1}

    [(path, heads, body)] = receiver.got
    told = json.loads(body)
    moment = heads["Lantu-Signature"].split(",")[0].removeprefix("t=")
    signed = hmac.new(hook.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    assert heads["Lantu-Signature"] == f"t={moment},v1={signed.hexdigest()}"
    assert path == "/told?from=lantu"
    assert (told["id"], told["zone"], told["invented"]) == (heads["Lantu-Id"], "qinghe", True)
    assert told["matters"][0]["address"].endswith(f"/returns/{case.key}/")
    assert b"ann" not in body


def test_the_same_step_is_posted_once(case, qinghe, hook, receiver):
    for _ in range(3):
        remind(qinghe)

    assert len(receiver.got) == 1


@pytest.mark.parametrize("status", [500, 404, 301])
def test_what_was_not_taken_is_posted_at_the_next_run_by_the_same_id(
    case, qinghe, hook, receiver, status
):
    receiver.status = status
    assert remind(qinghe) == {"waiting": 1}
    receiver.status = 204
    assert remind(qinghe) == {"sent": 1}

    paths, ids = zip(*((path, heads["Lantu-Id"]) for path, heads, _ in receiver.got), strict=True)
    assert set(paths) == {"/told?from=lantu"}  # a redirect is not followed
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_post_that_was_cut_off_goes_out_again_by_the_same_id(case, qinghe, hook, receiver):
    compose(matters.due(qinghe, LATE), today=LATE, letters=False, by=None)
    claim(Message.objects.get(), timezone.now() - timedelta(minutes=11))

    assert send_all(timezone.now()) == {"sent": 1}


def test_a_system_that_is_removed_is_told_nothing(case, qinghe, hook, receiver, administrator):
    remove_hook(hook, by=administrator)

    assert remind(qinghe) == {}
    assert receiver.got == []


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "https://", "bald",
        "https://user:secret@example.org/", "https://example.org/ x", "https://example.org:x/",
        "https://example.org/\r\nHost: other",
    ],
)  # fmt: skip
def test_only_https_addresses_are_taken(qinghe, administrator, address):
    with pytest.raises(Refused):
        add_hook(qinghe, address, by=administrator)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.0.0.7", "192.168.1.1:8443", "169.254.169.254", "[::1]", "[fd00::1]",
        "localhost", "intranet", "db.internal", "printer.local.", "127.1", "2130706433",
    ],
)  # fmt: skip
def test_an_address_behind_the_server_is_refused_as_it_is_entered(
    qinghe, administrator, settings, host
):
    with pytest.raises(Refused, match="behind the server"):
        add_hook(qinghe, f"https://{host}/told", by=administrator)

    settings.HOOK_HOSTS = {posting.target(f"https://{host}/").host}
    assert add_hook(qinghe, f"https://{host}/told", by=administrator)


def test_an_address_is_told_once_and_there_are_not_too_many(qinghe, administrator):
    for number in range(MOST_HOOKS):
        add_hook(qinghe, f"https://example.org/{number}", by=administrator)

    with pytest.raises(Refused, match="already"):
        add_hook(qinghe, "https://example.org/0", by=administrator)
    with pytest.raises(Refused, match="at most"):
        add_hook(qinghe, "https://example.org/more", by=administrator)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1",
    ],
)  # fmt: skip
def test_no_address_of_a_house_or_a_machine_is_public(address):
    assert not posting.is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1"])
def test_addresses_of_the_open_network_are(address):
    assert posting.is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_a_name_that_leads_into_the_house_is_not_reached(settings, host):
    settings.HOOK_HOSTS = []

    with pytest.raises(posting.NotReached):
        posting.post(f"https://{host}/", b"{}", key="k", name="n")
