"""Everything a person sees exists in Chinese and English."""

import re
from pathlib import Path

import polib
import yaml

LANTU = Path(__file__).parent.parent / "lantu"
KNOWN = {
    entry.msgid: entry.msgstr
    for path in sorted(LANTU.rglob("zh_Hans.po"))
    for entry in polib.pofile(str(path))
}
OF_DJANGO = {
    "This field is required.",
    "Enter a valid email address.",
    "Enter a valid URL.",
    "Null characters are not allowed.",
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
    "This password is too short. It must contain at least %d character.",
    "Your password can’t be too similar to your other personal information.",
    "Your password must contain at least %(min_length)d character.",
    "Your password can’t be a commonly used password.",
    "Your password can’t be entirely numeric.",
}
IN_TEMPLATE = re.compile(r'{%\s*translate\s+"((?:[^"\\]|\\.)*)"')
BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate", re.DOTALL)
IN_PYTHON = re.compile(r"""\b(?:_t?|gettext)\(\s*(["'])((?:(?!\1)[^\\]|\\.)*)\1\s*\)""")


def _as_looked_up(part: str) -> str:
    """A block as Django asks for it: names in its form, a per cent sign doubled."""
    return re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", part.replace("%", "%%"))


def messages() -> set[str]:
    found: set[str] = set()
    for path in (*LANTU.rglob("*.html"), *LANTU.rglob("templates/**/*.txt")):
        text = path.read_text(encoding="utf-8")
        found |= set(IN_TEMPLATE.findall(text))
        found |= {_as_looked_up(part) for part in BLOCK.findall(text)}
    for path in LANTU.rglob("*.py"):
        if "tests" not in path.parts:
            told = IN_PYTHON.findall(path.read_text(encoding="utf-8"))
            found |= {text for _mark, text in told}
    return found


def test_every_message_has_its_chinese():
    assert {message for message in messages() if not KNOWN.get(message)} == set()


def test_a_message_has_the_same_chinese_wherever_it_is_kept():
    # All are one catalogue once they are compiled: the first that says it would speak for all.
    said: dict[str, set[str]] = {}
    for path in LANTU.rglob("zh_Hans.po"):
        for entry in polib.pofile(str(path)):
            said.setdefault(entry.msgid, set()).add(entry.msgstr)

    assert {message: words for message, words in said.items() if len(words) > 1} == {}


def test_no_translation_is_left_over():
    # Django ends a label with a colon, which a Chinese page prints in its own width, and says in
    # words of its own what is wrong in a form.
    assert set(KNOWN) - messages() == {":", *OF_DJANGO}


def test_the_ledger_has_a_word_for_every_act_and_every_matter():
    names = yaml.safe_load((LANTU / "ui" / "names.yaml").read_text(encoding="utf-8"))
    acts, matters = set(), set()
    for path in LANTU.rglob("*.py"):
        if "tests" not in path.parts:
            text = path.read_text(encoding="utf-8")
            acts |= set(re.findall(r'\bact="([\w-]+)"', text))
            matters |= set(re.findall(r'object_type="([\w.-]+)"', text))
    for path in LANTU.rglob("cases.yaml"):
        for kind, rule in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            acts |= set(rule["acts"])
            matters.add(f"{path.parent.name}.{kind}")

    assert acts - set(names["act"]) == set()
    assert matters - set(names["object"]) == set()
