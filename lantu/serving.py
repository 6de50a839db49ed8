"""The web server, and its worker: what it refuses before a page sees it is told all the same."""

import gc
import json
import time
from collections import deque
from collections.abc import Iterable, Mapping
from threading import local
from typing import Any
from wsgiref.util import setup_testing_defaults

from gunicorn.app.base import BaseApplication
from gunicorn.http import get_parser
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.http.unreader import SocketUnreader
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

PROBLEM = "application/problem+json"
THREADS = 8
LONGEST_HEAD = 65_536  # octets of a head that are read on, to learn who asks
PATIENCE = 0.5  # seconds to wait for them
LONGEST_LINE = 8190  # the most that gunicorn takes; RFC 9110 asks for 8,000


class Server(BaseApplication):
    """gunicorn in the process that has prepared everything: Django is started once, not twice."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from importlib import import_module

        from django.conf import settings
        from django.core.wsgi import get_wsgi_application
        from django.db import connections

        application = get_wsgi_application()
        import_module(settings.ROOT_URLCONF)  # before the workers part, so that they share it
        connections.close_all()  # a connection must not go through a fork
        # What was loaded stays for good. Each full pass of the collector went through all of it,
        # some 40 ms in the midst of somebody's page, and took the memory that workers share apart.
        gc.collect()
        gc.freeze()
        return application


def serve(host: str, port: int, *, workers: int) -> None:
    """Serve until a signal ends it; then the process exits."""
    server = Server(
        {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "threads": THREADS,
            "worker_class": Worker,
            "limit_request_line": LONGEST_LINE,
            # gunicorn 27 would open a control socket in the home directory.
            "control_socket_disable": True,
            "loglevel": "warning",
            "timeout": 60,
            "preload_app": True,
        }
    )
    server.run()


class Heard(SocketUnreader):
    """Reads a connection, and keeps the newest pieces of a head: they say who is to be answered."""

    def __init__(self, sock: Any) -> None:
        super().__init__(sock)
        self.newest: deque[bytes] = deque(maxlen=2)

    def chunk(self, size_hint: int | None = None) -> bytes:
        piece: bytes = super().chunk(size_hint)
        if not size_hint:  # a body is asked for by its size
            self.newest.append(piece)
        return piece


class Worker(ThreadWorker):
    """A worker that says why an address or a head is too long: to a reader with a page.

    A program is told as RFC 9457 has it.
    """

    serving = local()  # each thread serves one connection at a time

    def handle(self, conn: Any) -> Any:
        if conn.parser is None:
            conn.parser = get_parser(self.cfg, conn.sock, conn.client)
            conn.parser.unreader = Heard(conn.sock)
        self.serving.heard = conn.parser.unreader
        return super().handle(conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        if isinstance(exc, LimitRequestLine):
            refusal = (
                414,
                "URI Too Long",
                f"The address is over {self.cfg.limit_request_line:,} octets.",
            )
        elif isinstance(exc, LimitRequestHeaders):
            refusal = (431, "Request Header Fields Too Large", "The head is too large.")
        else:
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Refused a request from %s: %s", (addr or ("?",))[0], refusal[2])
        try:
            head = _head(self.serving.heard.newest, client)
            if "text/html" in head.get("accept", ""):
                whole = page(self.wsgi, *refusal[:2], head)
            else:
                whole = answer(*refusal)
            write_nonblock(client, whole)
        except OSError:
            self.log.debug("The client has gone before it was told why.")


def _head(newest: Iterable[bytes], client: Any) -> dict[str, str]:
    """The fields of a head that was given up, as far as they came; the rest is waited for."""
    text = b"".join(newest)
    client.settimeout(PATIENCE)
    end = time.monotonic() + PATIENCE
    # What is left unread would let the system drop our answer with the connection.
    while b"\r\n\r\n" not in text[-LONGEST_HEAD:] and time.monotonic() < end:
        try:
            piece = client.recv(LONGEST_HEAD)
        except TimeoutError:
            break
        if not piece:
            break
        text = (text + piece)[-2 * LONGEST_HEAD :]
    client.setblocking(True)
    fields = (line.partition(":") for line in text.decode("latin-1").split("\r\n"))
    return {name.lower(): value.strip() for name, colon, value in fields if colon}


def page(application: Any, status: int, title: str, head: Mapping[str, str]) -> bytes:
    """A whole HTTP answer with the page that says so, in the language that the head asks for."""
    sent = {
        f"HTTP_{name.upper().replace('-', '_')}": head[name]
        for name in ("host", "accept", "accept-language", "cookie", "x-forwarded-proto")
        if len(head.get(name, "")) in range(1, 4096)
    }
    # Not to be sent on to https: the reader is to learn why.
    environ: dict[str, Any] = {**sent, "lantu.refused": status, "wsgi.url_scheme": "https"}
    setup_testing_defaults(environ)
    lines: list[str] = []

    def begin(_status: str, fields: list[tuple[str, str]], _problem: Any = None) -> None:
        lines.extend(f"{name}: {value}" for name, value in fields)

    body = application(environ, begin)
    content = b"".join(body)
    body.close()
    first = [f"HTTP/1.1 {status} {title}", "Connection: close"]
    return "\r\n".join([*first, *lines, "", ""]).encode("latin-1") + content


def answer(status: int, title: str, detail: str) -> bytes:
    """A whole HTTP answer that closes the connection."""
    body = json.dumps(
        {"type": "about:blank", "title": title, "status": status, "detail": detail}
    ).encode()
    head = (
        f"HTTP/1.1 {status} {title}\r\nConnection: close\r\nContent-Type: {PROBLEM}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body
