"""A running Lantu and a browser, for tests with real clicks."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.commands import lantu, prepared

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("LANTU_CHROMIUM") or shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PASSWORD = "a-long-enough-secret"
PIA = (
    ("users", "add", "pia"),
    ("users", "grant", "pia", "--zone", "qinghe", "--role", "planner"),
)


@contextmanager
def running(shared: pytest.TempPathFactory, *then: tuple[str, ...]) -> Iterator[str]:
    """The address of `lantu run` in a home of its own, and of what some commands then add to it.

    The home is prepared: `run` makes the samples in the background, which would hold up a sign-in.
    """
    home = shared.mktemp("home")
    prepared(home, shared)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LANTU_")}
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "lantu", "run", "--port", str(port)], cwd=ROOT,
        env={**kept, "LANTU_HOME": str(home), "LANTU_PASSWORD": PASSWORD},
        stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait(process, port)
        for words in then:
            done = lantu(*words, home=home, LANTU_PASSWORD=PASSWORD)
            assert done.returncode == 0, done.stderr
        yield f"http://localhost:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that several files share, with Pia, a planner of the sample zone."""
    with running(tmp_path_factory, *PIA) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A chromium; tests that need one are skipped where there is none.

    For one file of tests: two drivers of browsers do not run in one process at a time.
    """
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine; set LANTU_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    while process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the server ended before it listened")
