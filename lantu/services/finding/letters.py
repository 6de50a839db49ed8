"""One spelling for what is kept and what is asked: width and case folded, pinyin beside."""

import unicodedata

LONGEST = 100


def folded(text: str) -> str:
    """A text as it is compared: full and half width, upper and lower case are one."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    # PostgreSQL takes no NUL, and a line break parts the fields of what is kept.
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())


def asked(question: str) -> list[str]:
    """The words of a question; all of them must be found."""
    return folded(question[:LONGEST]).split()
