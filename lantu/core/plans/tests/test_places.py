"""Where a project stands: read as printed, kept, and refused where it is no place on earth."""

import shutil
from decimal import Decimal

import pytest

from lantu.core.errors import ContentError
from lantu.core.plans import wire
from lantu.core.plans.folder import find, read_folder
from lantu.core.plans.records import PlanProject


@pytest.fixture
def with_place(tmp_path):
    """Read a plan whose last project stands at this place."""
    folder = shutil.copytree(find("qinghe-2021-2025"), tmp_path / "qinghe-2021-2025")

    def read(at):
        with (folder / "projects.yaml").open("a", encoding="utf-8") as file:
            file.write(f"- {{code: q-99, title: {{zh: 新址, en: New}}, at: {at}}}\n")
        return read_folder(folder).projects[-1]

    return read


def test_a_place_is_kept_as_printed(with_place):
    found = with_place("[114.050, 35.29]")

    assert [str(one) for one in found.at] == ["114.050", "35.29"]
    assert wire.load(PlanProject, wire.dump(found)).at == (Decimal("114.050"), Decimal("35.29"))


def test_no_place_is_no_place_and_not_zero():
    assert read_folder(find("xinxiang-2021-2025")).projects[0].at is None


@pytest.mark.parametrize("at", ["[114.05]", "[35.3, 114.05]", "[114.05, 35.3, 1]", "[200, 10]"])
def test_what_is_no_place_is_refused_with_what_to_write(with_place, at):
    with pytest.raises(ContentError, match="degrees east, then degrees north"):
        with_place(at)
