"""Html: pages of the web, and those that Word saves."""

import re
from collections.abc import Iterator

from lxml import etree

from lantu.core.errors import ContentError
from lantu.core.reading.documents.layout import Block, Cell, Paragraph, Table, plain_text, raised
from lantu.core.reading.documents.plain import declared, decoded

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ISLAND = re.compile(r"<xml\b[^>]*>.*?</xml>", re.DOTALL | re.IGNORECASE)
_REVEALED = re.compile(r"<!\[[^>]{0,200}\]>")  # <![if …]> and <![endif]>
_DROPPED = frozenset(
    "script style head title template noscript nav select option button textarea svg iframe "
    "object embed canvas audio video del map datalist".split()
)
_LINES = frozenset(
    "p div section article header footer main aside form fieldset ul ol li dl dt dd blockquote "
    "figure figcaption address center hr body html caption details summary legend pre h1 h2 h3 h4 "
    "h5 h6".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.I)
_NOTE = re.compile(r"mso-footnote-id|mso-endnote-id", re.I)


def text_of_html(content: bytes, name: str) -> str:
    """The text of a page; raises ContentError where it is empty or broken."""
    source = _REVEALED.sub("", _ISLAND.sub("", _XML.sub("", _source(content, name), count=1)))
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(source.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise ContentError(name, "The page is empty.", "Save the page again, with its text.")
    return plain_text(_Reader().read(root))


def _source(content: bytes, name: str) -> str:
    """A declared encoding goes first; where it is wrong, the text itself tells."""
    if not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        found = _CHARSET.search(content[:4096])
        text = declared(content, found[1].decode("ascii")) if found else None
        if text is not None and "\0" not in text:
            return text
    return decoded(content, name)


class _Reader:
    """Walks a page, and makes a paragraph of each run of words between two blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._words: list[str] = []

    def read(self, element: etree._Element, level: int = 0) -> list[Block]:
        """The blocks of an element."""
        self._inside(element, level)
        self._close(level)
        return self.blocks

    def _inside(self, element: etree._Element, level: int) -> None:
        self._words.append(element.text or "")
        for child in element:
            self._child(child, level)
            self._words.append(child.tail or "")

    def _child(self, child: etree._Element, level: int) -> None:
        tag = child.tag
        if not isinstance(tag, str) or tag in _DROPPED or _is_hidden(child):
            return
        if tag == "table":
            self._close(level)
            self.blocks.append(_table(child))
        elif tag == "br":
            self._close(level)
        elif tag in _LINES:
            self._close(level)
            own = int(tag[1]) if re.fullmatch(r"h[1-4]", tag) else level
            self._inside(child, own)
            self._close(own)
        elif tag == "sup":
            self._words.append(raised("".join(self._words).rstrip(), _words_of(child)))
        elif not (tag == "a" and _NOTE.search(child.get("style") or "")):
            self._inside(child, level)

    def _close(self, level: int) -> None:
        text = "".join(self._words)
        self._words = []
        if text.strip():
            self.blocks.append(Paragraph(text, level))


def _table(table: etree._Element) -> Table:
    return Table(
        [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
    )


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr" and not _is_hidden(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cell(cell: etree._Element) -> Cell:
    return Cell(_Reader().read(cell), _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: etree._Element, key: str) -> int:
    found = re.match(r"\s*(\d{1,4})", cell.get(key) or "")
    return max(1, int(found[1])) if found else 1


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _words_of(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()
