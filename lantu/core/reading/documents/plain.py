"""Plain text in any encoding that is usual for Chinese."""

import codecs
import re

from lantu.core.errors import ContentError

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_USUAL = re.compile(
    r"[\t\n\f\r -~\u00a0-\u024f\u0370-\u04ff\u2010-\u27bf\u3000-\u30ff\u3200-\u33ff"
    r"\u4e00-\u9fff\uff00-\uffef]"
)
_FREQUENT = set(
    "的一是在不了有和人這这中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動"
)
LEAST_USUAL = 0.97  # of all characters
LEAST_COMMON = 0.8  # of the Chinese ones
SAMPLE = 200_000  # characters that are weighed


def decoded(content: bytes, name: str) -> str:
    """The text of a file; raises ContentError where no encoding makes sense of it."""
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            text = _strict(content[len(mark) :], encoding)
            return _told(name) if text is None or not _is_text(text) else text
    text = _strict(content, "utf-8")
    if text is not None:
        # A zero byte is never in a text that is UTF-8; it may be in one that is UTF-16.
        return text if "\0" not in text else _best(content, ("utf-16-le", "utf-16-be"), name)
    if b"\0" in content[:4000]:
        return _best(content, ("utf-16-le", "utf-16-be"), name)
    return _best(content, ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"), name)


def declared(content: bytes, encoding: str) -> str | None:
    """The text in the encoding that a document says it has, or None."""
    label = encoding.lower().replace("_", "-").strip()
    label = "gb18030" if label in ("gb2312", "gbk", "gb-2312", "x-gbk", "cp936") else label
    label = "big5hkscs" if label == "big5" else label
    try:
        codec = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if not getattr(codec, "_is_text_encoding", True):
        return None
    return _strict(content, codec.name)


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


def _best(content: bytes, encodings: tuple[str, ...], name: str) -> str:
    """The reading with the most common characters."""
    found: list[tuple[float, str]] = []
    for encoding in encodings:
        text = _strict(content, encoding)
        if text is not None and _is_text(text):
            score = _commonness(text, encoding)
            if score >= LEAST_COMMON:
                found.append((score + _frequency(text), text))
    return max(found, key=lambda pair: pair[0])[1] if found else _told(name)


def _is_text(text: str) -> bool:
    sample = text[:SAMPLE]
    if _CONTROL.search(sample):
        return False
    return len(_USUAL.findall(sample)) >= LEAST_USUAL * len(sample)


def _commonness(text: str, encoding: str) -> float:
    """The share of Chinese characters that the standards list as common."""
    letters = _HAN.findall(text[:SAMPLE])
    if not letters:
        return 1.0
    codec, first, last = ("big5", 0xA4, 0xC6) if encoding == "big5hkscs" else ("gb2312", 0xB0, 0xD7)
    common = 0
    for letter in letters:
        code = letter.encode(codec, "ignore")
        common += bool(code) and first <= code[0] <= last
    return common / len(letters)


def _frequency(text: str) -> float:
    sample = text[:SAMPLE]
    return sum(letter in _FREQUENT for letter in sample) / max(1, len(_HAN.findall(sample)))


def _told(name: str) -> str:
    raise ContentError(
        name,
        "This is not a document or a text in an encoding that is known.",
        "Save it as .docx, as .pdf with text, or as .txt in UTF-8.",
    )
