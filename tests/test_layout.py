"""The house keeps its shape: the same few files everywhere, none too large, none unplaced."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
LANTU = ROOT / "lantu"
SOURCES = [
    path
    for folder in ("lantu", "tests", "benchmarks")
    for pattern in ("*.py", "*.html", "*.js", "*.css")
    for path in (ROOT / folder).rglob(pattern)
] + [ROOT / "start.py", ROOT / "conftest.py"]
TEMPLATES = sorted(LANTU.rglob("templates/**/*.html"))
BLOCK_FILES = {
    "__init__.py", "models.py", "migrations", "actions.py", "queries.py", "views.py", "urls.py",
    "api.py", "templates", "methods", "tests", "service.yaml", "__pycache__",
    "rules.py", "zh_Hans.po", "wording.yaml", "sample.py", "cases.yaml", "actions", "queries",
}  # fmt: skip
# What a block needs beside the common files; a service says so itself, with the reason (`also:`).
MORE = {
    "access": {"ledger.py", "adapter.py", "forms.py", "immutable.py", "middleware.py"},
    "facts": {
        "fields.py",
        "forms.py",
        "report.py",
        "spreadsheet.py",
        "columns.yaml",
        "kinds.yaml",
        "export.py",
        "tables.py",
    },
    "commitments": {"difference.py"},
    "cases": {"kinds.py", "calendars.py"},
    "methods": {"snapshots.py", "catalogue.py", "showing.py"},
    "registry": {"sheet.py", "columns.yaml"},
}
BLOCKS = [path for path in (LANTU / "kernel").iterdir() if path.is_dir() and path.name[0] != "_"]
SERVICES = [
    path for path in (LANTU / "services").iterdir() if path.is_dir() and path.name[0] != "_"
]


def also(part: Path) -> set[str]:
    """Files that a service needs beside the common ones, each with the reason."""
    described = part / "service.yaml"
    if not described.exists():
        return set()
    found = yaml.safe_load(described.read_text(encoding="utf-8")).get("also") or {}
    assert all(len(reason) > 10 for reason in found.values())
    return set(found)


@pytest.mark.parametrize("part", BLOCKS + SERVICES, ids=lambda path: path.name)
def test_every_block_and_service_has_one_shape(part):
    allowed = BLOCK_FILES | MORE.get(part.name, set()) | also(part)

    assert {path.name for path in part.iterdir()} <= allowed
    # A service that only computes has methods; every other has something to show.
    assert (
        (part / "queries.py").exists()
        or (part / "queries").is_dir()
        or list((part / "methods").glob("*.yaml"))
    )
    assert (part / "tests").is_dir()
    assert (part / "__init__.py").read_text(encoding="utf-8").count("?") == 1


def test_every_service_is_named_in_settings_and_describes_itself():
    from django.conf import settings

    assert sorted(path.name for path in SERVICES) == sorted(settings.SERVICES)
    for path in SERVICES:
        described = yaml.safe_load((path / "service.yaml").read_text(encoding="utf-8"))
        assert {"label", "question", "owner", "tables", "publishes", "roles"} <= set(described)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_over_400_lines(path):
    limit = {".html": 150, ".js": 100}.get(path.suffix, 400)

    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


def test_no_two_answers_of_the_api_have_one_name():
    # The API's description has one list for all parts; the second would take the first's place.
    texts = [path.read_text(encoding="utf-8") for path in LANTU.rglob("api.py")]
    asked = {name for text in texts for name in re.findall(r"Query\[(\w+)\]", text)}
    names = [name for text in texts for name in re.findall(r"^class (\w+)\(", text, re.MULTILINE)]

    assert sorted({one for one in names if names.count(one) > 1} - asked) == []


def test_there_is_no_utils():
    assert not list(LANTU.rglob("utils*"))
    assert not list(LANTU.rglob("helpers*"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_begins_with_the_values_it_takes_and_has_nothing_inline(path):
    text = path.read_text(encoding="utf-8")

    assert text.startswith("{#")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    # Data for search engines are no script, though the element is the same: nothing runs them.
    assert not re.search(r'<script(?! type="application/ld\+json">)(?![^>]*\ssrc=)', text)


def test_env_sample_names_every_setting():
    used = set(re.findall(r"LANTU_[A-Z_]+", (LANTU / "settings.py").read_text(encoding="utf-8")))
    read = re.findall(r'_(?:text|truth)\("([A-Z_]+)"', (LANTU / "settings.py").read_text("utf-8"))
    used |= {f"LANTU_{name}" for name in read}
    sample = (ROOT / "env.sample").read_text(encoding="utf-8")

    assert {name for name in used if name not in sample} == set()


def test_the_lock_files_name_hashes_and_no_addresses():
    for name in ("core.lock", "dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.scripts]")[0]
    lines = re.findall(r'^  "[^"]+",(.*)$', text, re.MULTILINE)

    assert lines
    assert all("#" in line for line in lines if not line.strip().startswith("]"))


def test_decisions_have_one_form():
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert len(found) >= 5
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 40
        for heading in ("We need to", "We could", "We will", "This costs us"):
            assert f"**{heading}**" in text, path.name


def test_the_readme_names_the_two_commands_and_they_exist():
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "python3 start.py run" in text
        assert "python3 start.py test" in text
        for command in re.findall(r"`lantu ([a-z]+)", text):
            assert (LANTU / "cli" / f"{command}.py").exists(), command


def test_a_web_worker_begins_without_the_libraries_of_analysis():
    # Each takes tens of megabytes that a worker never gives back; functions import what they need.
    heavy = ("altair", "docx", "duckdb", "ibis", "openpyxl", "pandas", "pyarrow", "pypdfium2",
             "pypinyin", "reportlab", "sqlglot")  # fmt: skip
    code = (
        "import sys, lantu.wsgi\n"
        "from django.urls import get_resolver\n"
        "get_resolver().url_patterns\n"
        f"print(sorted(set({heavy!r}) & sys.modules.keys()))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
