"""Posting to another system: signed, in time, and never into the network behind the server."""

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from lantu.core.errors import Refused

# Names that the open network does not have (RFC 6761, 6762, 8375; ICANN 2024 for .internal).
INNER = (".localhost", ".local", ".internal", ".home.arpa")
SECONDS = 10  # for the whole of an attempt


class NotReached(Exception):
    """The other system took nothing, or cannot be known to have taken it."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart."""

    is_https: bool
    host: str
    port: int
    path: str


def target(address: str) -> Target:
    """An address that may be posted to.

    Raises Refused for http to a host that the setting does not name, and for what is no address.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Refused("This is no address. Write https://host/path.") from None
    host = (parts.hostname or "").lower()
    is_plain = all(33 <= ord(letter) <= 126 for letter in address)
    if parts.scheme not in ("https", "http") or not host or parts.username or not is_plain:
        raise Refused("This is no address. Write https://host/path.")
    if parts.scheme == "http" and host not in settings.HOOK_HOSTS:
        raise Refused("Only https is taken. Name the host in LANTU_HOOK_HOSTS to allow http.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    is_https = parts.scheme == "https"
    return Target(is_https, host, port or (443 if is_https else 80), path)


def refuse_inner(found: Target) -> None:
    """Refuse an address that itself tells that it lies in a house or a machine.

    A name is asked for its IP address at each post, as it may be given another one at any time.
    """
    if found.host in settings.HOOK_HOSTS:
        return
    try:
        is_open = is_public(found.host)
    except ValueError:
        name = found.host.rstrip(".")
        last = name.rpartition(".")[2]  # a number there is an IP address that was cut short
        is_open = "." in name and not name.endswith(INNER) and last[:1].isalpha()
    if not is_open:
        raise Refused(
            f"{found.host} lies in the network behind the server, where nothing is posted. "
            "Name the host in LANTU_HOOK_HOSTS to allow it."
        )


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network, not of a house or a machine."""
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is not None:
            return is_public(str(inner))
        if found not in ipaddress.ip_network("2000::/3"):
            return False  # also 64:ff9b::/96, which reaches any IPv4 address
    return found.is_global and not found.is_multicast


def resolved(found: Target) -> str:
    """The IP address to connect to. Raises NotReached for one that must not be reached.

    The connection goes to this very address: a name that is asked twice may answer twice.
    """
    try:
        answers = socket.getaddrinfo(found.host, found.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReached(f"the name {found.host} is not known: {error}") from error
    addresses = [str(answer[4][0]) for answer in answers]
    if found.host not in settings.HOOK_HOSTS and not all(map(is_public, addresses)):
        raise NotReached(f"{found.host} is not in the open network; see LANTU_HOOK_HOSTS")
    return addresses[0]


def signature(body: bytes, *, key: str, moment: int) -> str:
    """HMAC-SHA256 over the moment, a full stop and the body."""
    signed = hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={signed.hexdigest()}"


def post(address: str, body: bytes, *, key: str, name: str) -> int:
    """Post JSON; give the status of the answer. Redirects are not followed.

    Raises NotReached where there is no answer, or the address must not be reached.
    """
    try:
        found = target(address)
    except Refused as error:  # the setting was changed since the address was taken
        raise NotReached(str(error)) from error
    connection = _connection(found, resolved(found))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Lantu",
        "Lantu-Id": name,
        "Lantu-Signature": signature(body, key=key, moment=int(time.time())),
    }
    clock = threading.Timer(SECONDS, _hang_up, [connection])
    clock.start()
    try:
        connection.request("POST", found.path, body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotReached(f"no answer: {error or type(error).__name__}") from error
    finally:
        clock.cancel()
        connection.close()


def _hang_up(connection: http.client.HTTPConnection) -> None:
    """End an attempt that the other side draws out: the waiting call then fails."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is closed already


def _connection(found: Target, ip: str) -> http.client.HTTPConnection:
    """A connection to that very IP address; a certificate must be that of the name."""
    connection: http.client.HTTPConnection
    if found.is_https:
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(
            found.host, found.port, timeout=SECONDS, context=context
        )
    else:
        connection = http.client.HTTPConnection(found.host, found.port, timeout=SECONDS)

    def connect(address: tuple[str, int], *rest: object) -> socket.socket:
        return socket.create_connection((ip, address[1]), timeout=SECONDS)

    connection._create_connection = connect  # type: ignore[attr-defined]
    return connection
