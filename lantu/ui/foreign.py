"""Words of another language on a page say so: for those who hear it, and for the choice of letters.

Names come from plans and sources as these print them. Each template would have to remember the
mark; a drawn page gets all of them at once, and what is marked already stays as it is.
"""

import re
from collections.abc import Iterator
from typing import Final

# Chinese with the numbers, signs and Latin letters inside it, but without a blank.
_HAN: Final = r"\u3400-\u9fff"
_AMONG: Final = r"\w.%·/〔〕\[\]（）()\u3000-\u303f\uff00-\uffef\u201c\u201d-"
_CHINESE: Final = re.compile(f"[{_HAN}](?:[{_AMONG}]*[{_HAN}〕）》”])?")
# Two Latin words or more; a single one is a name or a unit in any language.
_WORD: Final = r"[A-Za-z0-9_'’./-]"
_LATIN: Final = re.compile(rf"(?<![A-Za-z])[A-Za-z]{{3}}{_WORD}*(?:,? [A-Za-z]{_WORD}+)+")
# A text with any letter of the other language: most texts of a page have none, and are passed over.
_CHINESE_TEXT: Final = re.compile(f">[^<{_HAN}]*+[{_HAN}][^<]*+")
_LATIN_TEXT: Final = re.compile(">[^<A-Za-z]*+[A-Za-z][^<]*+")
_RUN: Final = {"en": (_CHINESE_TEXT, _CHINESE, "zh-Hans"), "zh": (_LATIN_TEXT, _LATIN, "en")}
_BODY: Final = re.compile(r"<body\b[^>]*>")
# Where no mark can stand or none is needed.
_APART: Final = re.compile(
    r"<!--.*?-->|<(script|style|textarea|code|pre|kbd|svg)\b.*?</\1>", re.DOTALL
)
_CHOICE: Final = re.compile(r"<option\b[^>]*>[^<]*</option>")
_MARK: Final = re.compile(r'\slang="(?:zh|en)')
_NAME: Final = re.compile(r"<\w+")


def marked(page: str, language: str) -> str:
    """A page in `language` (zh or en) whose words of the other one carry its mark."""
    body = _BODY.search(page)
    if body is None:
        return page
    text, run, other = _RUN[language]
    parts, place = [], 0
    for start, end, before, after in _marks(page, body.end(), text, run, other):
        parts += [page[place:start], before, page[start:end], after]
        place = end
    return "".join([*parts, page[place:]])


def _marks(
    page: str, first: int, text: re.Pattern[str], run: re.Pattern[str], other: str
) -> Iterator[tuple[int, int, str, str]]:
    """Which letters get what before and after them, from the first on."""
    apart = sorted([*_apart(page, first), *_choices(page, first)])
    at, told = 0, -1
    for start, end in _runs(page, first, text, run):
        while at < len(apart) and apart[at][1] <= start:
            at += 1
        if at == len(apart) or start < apart[at][0]:
            yield start, end, f'<span lang="{other}">', "</span>"
        elif page.startswith("<option", apart[at][0]) and told != at:
            # A choice holds text alone, so it carries the mark itself.
            told, name = at, apart[at][0] + len("<option")
            yield name, name, f' lang="{other}"', ""


def _runs(
    page: str, first: int, text: re.Pattern[str], run: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """From where to where a text of the page is of the other language.

    A long page has ten thousand texts, and nearly all of them again and again.
    """
    known: dict[str, list[tuple[int, int]]] = {}
    for piece in text.finditer(page, first - 1):
        spans = known.get(piece[0])
        if spans is None:
            spans = known[piece[0]] = [found.span() for found in run.finditer(piece[0])]
        for start, end in spans:
            yield piece.start() + start, piece.start() + end


def _choices(page: str, first: int) -> Iterator[tuple[int, int]]:
    for found in _CHOICE.finditer(page, first):
        yield found.span()


def _apart(page: str, first: int) -> Iterator[tuple[int, int]]:
    """From where to where nothing is marked.

    Of two nested elements of one name the outer's rest may get a second mark, which says the same.
    """
    for found in _APART.finditer(page, first):
        yield found.span()
    for found in _MARK.finditer(page, first):
        start = page.rfind("<", 0, found.start())
        name = _NAME.match(page, start)
        end = page.find(f"</{name[0][1:]}>", start) if name else -1
        if end > 0:
            yield start, end
