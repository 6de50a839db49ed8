"""Stations send over MQTT: a real broker, real messages, and what they come to."""

import asyncio
import json
import socket
import threading

import pytest

from lantu.core.errors import Refused
from lantu.services.environment.listening import Broker, Inbox, listen, take_inbox
from lantu.services.environment.models import Batch

TOPIC = "lantu/qinghe/stations/a1"


def _message(hour=3, **values):
    body = {"station": "a1", "time": f"2025-03-05T{hour:02d}:00+08:00"}
    return json.dumps({**body, "values": values or {"PM2.5": 35.5, "O3": None}}).encode()


def test_messages_that_wait_are_taken_and_repeating_them_changes_nothing(qinghe, station):
    inbox = Inbox(qinghe)
    for _ in range(2):
        inbox.note(TOPIC, _message())
    report = take_inbox(inbox)

    assert report.counts == {"taken": 2, "known": 2}
    inbox.note(TOPIC, _message())
    assert take_inbox(inbox).counts == {"known": 2}


def test_a_line_that_a_kill_cut_off_is_left_out(qinghe, station):
    inbox = Inbox(qinghe)
    inbox.note(TOPIC, _message())
    with inbox.path.open("a", encoding="ascii") as file:
        file.write("bGFudHU= eyJzdGF0")

    assert take_inbox(inbox).counts == {"taken": 2}


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b'{"station": 1}', b"\xff\xfe", b'"x"'])
def test_a_message_that_is_none_is_refused_and_the_rest_is_taken(qinghe, station, payload):
    inbox = Inbox(qinghe)
    inbox.note(TOPIC, payload)
    inbox.note(TOPIC, _message())

    report = take_inbox(inbox)

    assert report.counts == {"taken": 2, "refused": 1}


@pytest.mark.parametrize("address", ["http://host", "mqtt://", "host:1883"])
def test_an_address_that_is_no_broker_is_refused(address):
    with pytest.raises(Refused, match="is no broker"):
        Broker.of(address)


@pytest.fixture
def broker():
    """A broker in a thread of its own, with its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    is_up, is_over = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(port, is_up, is_over)))
    thread.start()
    assert is_up.wait(20)
    yield f"mqtt://127.0.0.1:{port}"
    is_over.set()
    thread.join(20)


async def _serve(port, is_up, is_over):
    from amqtt.broker import Broker as Server

    server = Server(
        {
            "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}"}},
            "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {}},
        }
    )
    await server.start()
    is_up.set()
    await asyncio.to_thread(is_over.wait)
    await server.shutdown()


async def _send(address, *payloads):
    import aiomqtt

    where = Broker.of(address)
    async with aiomqtt.Client(where.host, where.port, identifier="station") as client:
        for number, payload in enumerate(payloads):
            # Retained, so that it is there whenever the listener subscribes.
            await client.publish(f"{TOPIC}/{number}", payload, qos=1, retain=True)


@pytest.mark.filterwarnings("ignore")  # the broker of the tests warns about its own settings
def test_a_broker_hands_over_what_stations_send(qinghe, station, broker):
    asyncio.run(_send(broker, _message(3), b"not a message"))

    reports = list(listen(Inbox(qinghe), Broker.of(broker), f"{TOPIC}/#", count=2, every=20))

    assert [report.counts for report in reports] == [{"taken": 2, "refused": 1}]
    assert Batch.objects.get(zone=qinghe).rows == 2
    assert not Inbox(qinghe).path.exists()
