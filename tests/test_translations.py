"""Everything a person sees exists in Chinese and English."""

import re
from pathlib import Path

import polib

LANTU = Path(__file__).parent.parent / "lantu"
KNOWN = {
    entry.msgid: entry.msgstr
    for path in sorted(LANTU.rglob("zh_Hans.po"))
    for entry in polib.pofile(str(path))
}
IN_TEMPLATE = re.compile(r'{%\s*translate\s+"((?:[^"\\]|\\.)*)"')
BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate", re.DOTALL)
IN_PYTHON = re.compile(r'\b_t?\(\s*"((?:[^"\\]|\\.)*)"\s*\)')


def _as_looked_up(part: str) -> str:
    """A block as Django asks for it: names in its form, a per cent sign doubled."""
    return re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", part.replace("%", "%%"))


def messages() -> set[str]:
    found: set[str] = set()
    for path in LANTU.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found |= set(IN_TEMPLATE.findall(text))
        found |= {_as_looked_up(part) for part in BLOCK.findall(text)}
    for path in LANTU.rglob("*.py"):
        if "tests" not in path.parts:
            found |= set(IN_PYTHON.findall(path.read_text(encoding="utf-8")))
    return found


def test_every_message_has_its_chinese():
    assert {message for message in messages() if not KNOWN.get(message)} == set()


def test_no_translation_is_left_over():
    # Django ends a label with a colon, which a Chinese page prints in its own width.
    assert set(KNOWN) - messages() == {":"}
