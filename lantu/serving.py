"""The web server's worker: what it refuses before a page sees it is a problem detail too."""

import json
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

PROBLEM = "application/problem+json"


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
