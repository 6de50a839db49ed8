"""What several tests of the whole share."""

from pathlib import Path

import pytest

from tests.commands import prepared


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A home with both plans loaded."""
    found = tmp_path_factory.mktemp("home")
    prepared(found, tmp_path_factory)
    return found
