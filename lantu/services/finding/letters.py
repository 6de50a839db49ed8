"""One spelling for what is kept and what is asked: width, case and forms of letters are folded."""

import re
import unicodedata
from pathlib import Path

LONGEST = 100
# Pairs of a traditional letter and its simplified one, written down by hand: only those that stand
# for one letter in the words of plans. Both sides of a search are folded by it.
_PAIRS = "".join(Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").split())
_SIMPLE = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
# Where Latin letters meet Chinese ones, a word ends though nobody types a blank there.
_SEAM = re.compile(r"(?<=[a-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[a-z])")


def folded(text: str) -> str:
    """A text as it is compared: width, case, traditional and simplified letters are one."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIMPLE)
    # PostgreSQL takes no NUL, and a line break parts the fields of what is kept.
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())


def whole(question: str) -> str:
    """A question as it was typed, to be compared with whole titles."""
    return folded(question[:LONGEST])


def asked(question: str) -> list[str]:
    """The words of a question; all of them must be found."""
    return _SEAM.sub(" ", whole(question)).split()
