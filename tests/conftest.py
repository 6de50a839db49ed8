"""What several tests of the whole share."""

from pathlib import Path

import pytest

from tests.commands import lantu


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A home with both plans loaded."""
    found = tmp_path_factory.mktemp("home")
    assert lantu("setup", home=found).returncode == 0
    return found
