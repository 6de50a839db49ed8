"""The web server, and its worker: what it refuses before a page sees it is a problem detail too."""

import gc
import json
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

PROBLEM = "application/problem+json"
THREADS = 8
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


class Worker(ThreadWorker):
    """A worker that answers a too long address or head as RFC 9457 has it, not in HTML."""

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
            write_nonblock(client, answer(*refusal))
        except OSError:
            self.log.debug("The client has gone before it was told why.")


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
