"""The pages of docs/ name every command, option and setting, and lead nowhere that is not there."""

import argparse
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lantu.cli import COMMANDS
from lantu.core.rules.methods import methods

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "README.zh.md"])


def section(name: str) -> str:
    """What commands.md says of one command."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    found = re.search(rf"^## lantu {name}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md does not tell of lantu {name}"
    return found[1]


def words(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every option and argument of a command and of its parts."""
    for action in parser._actions:  # argparse has no other way to them
        if isinstance(action, argparse._SubParsersAction):
            for name, part in action.choices.items():
                yield name
                yield from words(part)
        elif not isinstance(action, argparse._HelpAction):
            yield from action.option_strings or [action.dest]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_told(name):
    parser = argparse.ArgumentParser()
    importlib.import_module(f"lantu.cli.{name}").add_arguments(parser)
    told = section(name)

    assert [word for word in words(parser) if word not in told] == []
    assert re.findall(r"^\| `.*\| *\|$", told, re.MULTILINE) == []  # a name without a word


def test_every_setting_is_told():
    named = set(re.findall(r"LANTU_[A-Z_]+", (ROOT / "env.sample").read_text(encoding="utf-8")))
    told = (DOCS / "settings.md").read_text(encoding="utf-8")

    assert {name for name in named if name not in told} == set()


@pytest.mark.parametrize("page", ["methods.md", "methods.zh.md"])
def test_every_method_is_told(page):
    told = (DOCS / page).read_text(encoding="utf-8")

    assert [name for name in methods("lantu.services") if f"`{name}`" not in told] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_page_of_docs_that_a_text_names_is_there(page):
    named = set(re.findall(r"(?<![\w/])docs/[\w./-]+\.(?:md|yaml)", page.read_text("utf-8")))

    assert {name for name in named if not (ROOT / name).exists()} == set()
