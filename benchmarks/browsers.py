"""A server of its own, and people who use it as browsers do: cookies, forms, redirects."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

IDLE_S = 1  # the server closes a connection that was idle for two seconds
ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(workers: int = 1) -> Iterator[str]:
    """The real server on the home and the database of this process; its address."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "lantu.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", str(workers), "--threads", "8", "--worker-class", "lantu.serving.Worker",
        "--no-control-socket", "--log-level", "warning", "--timeout", "60", "--preload",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ.copy(), start_new_session=True)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server did not start")


class Broken(Exception):
    """An answer that no person should meet."""


class Browser:
    """One person who is signed in. Follows redirects; keeps the connection open."""

    def __init__(self, root: str, session: str) -> None:
        """`session` is the key of a session: sign-in by form is throttled for one machine."""
        parts = urlsplit(root)
        self.line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self.used = 0.0
        self.cookies: dict[str, str] = {}
        self.get("/accounts/login/")
        self.cookies["sessionid"] = session

    def get(self, path: str) -> str:
        return self._ask("GET", path, None)

    def json(self, path: str) -> dict:
        return json.loads(self.get(path))

    def post(self, path: str, form: dict[str, str]) -> str:
        """Post a form and look at the page to which it leads."""
        body = urlencode({**form, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: str | None) -> str:
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                 "Accept-Language": "zh-CN"}  # fmt: skip
        if body is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self.used > IDLE_S:
            self.line.close()  # the next request opens it again
        self.line.request(method, path, body, heads)
        answer = self.line.getresponse()
        text = answer.read().decode()
        self.used = time.monotonic()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status in (301, 302, 303):
            return self._ask("GET", answer.headers["Location"], None)
        if answer.status >= 400:
            said = re.findall(r'class="notice[^>]*>(.*?)</', text, re.DOTALL)
            raise Broken(f"{method} {path}: {answer.status} {' '.join(said)[:200]}")
        return text
