"""Loaded before anything else: tests have homes of their own and never touch the user's."""

import os
import tempfile
from pathlib import Path

from lantu.cli.setup import translate

# Each worker writes a witness of its own ledger, so each has a home.
home = Path(tempfile.mkdtemp(prefix="lantu-test-"))
os.environ["LANTU_HOME"] = str(home)
os.environ["LANTU_DEBUG"] = "1"
os.environ["LANTU_SECRET_KEY"] = "only-for-tests-" + "x" * 40
# Playwright runs an event loop in the process, which Django would take for asynchronous use.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
translate(home)
