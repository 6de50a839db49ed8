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


def pinyin(title: str) -> tuple[str, str]:
    """The pinyin of a title, whole and its first letters; twice empty without Chinese."""
    # The table of readings takes a moment to load, so only what indexes needs it.
    from pypinyin import Style, lazy_pinyin

    if not any("\u4e00" <= letter <= "\u9fff" for letter in title):
        return "", ""
    whole = "".join(lazy_pinyin(title))
    first = "".join(lazy_pinyin(title, style=Style.FIRST_LETTER))
    return folded(whole).replace(" ", ""), folded(first).replace(" ", "")
