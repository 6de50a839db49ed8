"""Listening to measuring stations over MQTT: messages are noted first, then taken in batches.

A message is written to the inbox before anything is done with it, so a process that is killed
loses none that it had received; what the inbox holds is taken at the next start. Taking the same
message twice changes nothing.
"""

import asyncio
import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from lantu.core.errors import ContentError, Refused
from lantu.kernel.access.models import Zone
from lantu.kernel.facts.report import Report, RowReport
from lantu.services.environment import actions
from lantu.services.environment.incoming import Given, message_values

LARGEST_MESSAGE = 64_000


@dataclass
class Inbox:
    """The file in which messages wait; one line for each."""

    zone: Zone
    waiting: int = field(default=0)

    @property
    def path(self) -> Path:
        home: Path = settings.HOME
        return home / "stations" / self.zone.slug / "inbox.txt"

    def note(self, topic: str, payload: bytes) -> None:
        """Put a message down, on the disk when this returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        parts = (base64.b64encode(part).decode() for part in (topic.encode(), payload))
        with self.path.open("a", encoding="ascii") as file:
            file.write(" ".join(parts) + "\n")
        self.waiting += 1

    def messages(self) -> Iterator[tuple[str, bytes]]:
        """What waits. A last line that was cut off by a kill is left out."""
        if self.path.exists():
            for line in self.path.read_text(encoding="ascii").splitlines(keepends=True):
                if line.endswith("\n"):
                    topic, payload = (base64.b64decode(part) for part in line.split(" "))
                    yield topic.decode(), payload

    def empty(self) -> None:
        self.path.unlink(missing_ok=True)
        self.waiting = 0


def take_inbox(inbox: Inbox) -> Report:
    """Take all messages that wait, and empty the inbox only when that is done."""
    refused: list[RowReport] = []
    values: list[Given] = []
    for line, (topic, payload) in enumerate(inbox.messages(), 1):
        try:
            if len(payload) > LARGEST_MESSAGE:
                raise ContentError(topic, f"A message has {len(payload)} bytes.", "Split it.")
            values += message_values(payload, topic, line)
        except ContentError as error:
            refused.append(RowReport(line, "refused", error.where, error.what, error.remedy))
    report = actions.take(inbox.zone, values, name="MQTT", by=None)
    report.rows += refused
    inbox.empty()
    return report


@dataclass(frozen=True, slots=True)
class Broker:
    """Where to listen."""

    host: str
    port: int
    username: str | None
    password: str | None
    tls: bool

    @classmethod
    def of(cls, address: str) -> "Broker":
        """Read `mqtt://user:password@host:1883` or `mqtts://…`. Raises Refused for others."""
        parts = urlsplit(address)
        if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname:
            raise Refused(f"{address!r} is no broker. Write mqtt://host:1883 or mqtts://host:8883.")
        port = parts.port or (8883 if parts.scheme == "mqtts" else 1883)
        name, secret = (None if one is None else unquote(one)
                        for one in (parts.username, parts.password))  # fmt: skip
        return cls(parts.hostname, port, name, secret, parts.scheme == "mqtts")


def listen(
    inbox: Inbox, broker: Broker, topic: str, *, count: int | None, every: float
) -> Iterator[Report]:
    """Receive for so many seconds, take what came, and again; until `count` messages came.

    The broker keeps the session, and with it what is sent between two rounds.
    """
    if any(inbox.messages()):
        yield take_inbox(inbox)
    left = count
    while left is None or left > 0:
        received = asyncio.run(_receive(inbox, broker, topic, count=left, seconds=every))
        left = None if left is None else left - received
        if received:
            yield take_inbox(inbox)


async def _receive(
    inbox: Inbox, broker: Broker, topic: str, *, count: int | None, seconds: float
) -> int:
    """Note messages for so many seconds, or until there are enough. Gives how many came."""
    import ssl

    import aiomqtt

    received = 0
    async with aiomqtt.Client(
        broker.host, broker.port, username=broker.username, password=broker.password,
        identifier=f"lantu-{inbox.zone.slug}", clean_session=False,
        tls_context=ssl.create_default_context() if broker.tls else None,
    ) as client:  # fmt: skip
        await client.subscribe(topic, qos=1)
        try:
            async with asyncio.timeout(seconds):
                async for message in client.messages:
                    inbox.note(str(message.topic), _bytes(message.payload))
                    received += 1
                    if received == count:
                        break
        except TimeoutError:
            pass  # the round is over
    return received


def _bytes(payload: object) -> bytes:
    return payload if isinstance(payload, bytes) else str(payload).encode()
