"""Stations send over MQTT: a real broker, real messages, and what they come to."""

import asyncio
import json
import socket

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


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore")  # the broker of the tests warns about its own settings
def test_a_broker_hands_over_what_stations_send(settings, tmp_path):
    from lantu.kernel.access.actions import ensure_zone
    from lantu.services.environment import actions
    from lantu.services.environment.sample import date

    settings.HOME = tmp_path
    zone = ensure_zone("listening", zh="听", en="Listening", invented=True, by=None)
    actions.ensure_station(
        zone, "a1", zh="站", en="", medium="air", since=date(2020, 1, 1), by=None
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    reports = asyncio.run(_exchange(zone, port))

    assert [report.counts for report in reports] == [{"taken": 2}]
    assert Batch.objects.get(zone=zone).rows == 2


async def _exchange(zone, port):
    import aiomqtt
    from amqtt.broker import Broker as Server

    server = Server(
        {
            "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}"}},
            "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {}},
        }
    )
    await server.start()
    try:
        async with aiomqtt.Client("127.0.0.1", port, identifier="station") as client:
            # Retained, so that it is there whenever the listener subscribes.
            await client.publish(TOPIC, _message(), qos=1, retain=True)
        address = Broker.of(f"mqtt://127.0.0.1:{port}")
        return await asyncio.wait_for(
            listen(Inbox(zone), address, TOPIC, count=1, every=30), timeout=30
        )
    finally:
        await server.shutdown()
