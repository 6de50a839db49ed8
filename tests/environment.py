"""Loaded before anything else: tests have a home of their own and never touch the user's."""

import os
import tempfile

if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["LANTU_HOME"] = tempfile.mkdtemp(prefix="lantu-test-")
os.environ["LANTU_DEBUG"] = "1"
os.environ["LANTU_SECRET_KEY"] = "only-for-tests-" + "x" * 40
# Playwright runs an event loop in the process, which Django would take for asynchronous use.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
