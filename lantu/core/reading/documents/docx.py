"""Docx: the words of a Word document, as it would be printed with all changes accepted."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from lxml import etree

from lantu.core.errors import ContentError
from lantu.core.reading.documents.docx_numbers import Numbering, numbering
from lantu.core.reading.documents.layout import Block, Cell, Paragraph, Table, plain_text, raised
from lantu.core.reading.portions import SILENT, Teller

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
UNPACKED = 200_000_000  # bytes of all parts together
LARGEST_PART = 120_000_000
RATIO = 300  # unpacked to packed, for a part of more than 5 MB
_RATIO_FROM = 5_000_000
_GONE = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "tblPr")}
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)
_BREAKS = {f"{W}tab": " ", f"{W}cr": "\f", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}


def text_of_docx(content: bytes, name: str, teller: Teller = SILENT) -> str:
    """The text of a document; raises ContentError where it is damaged or too large."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return _text(packed, name, teller)
    except (*_BROKEN, RuntimeError, etree.XMLSyntaxError) as error:
        raise ContentError(
            name, "The document is damaged.", "Open it in Word or WPS and save it again as .docx."
        ) from error


def _text(packed: zipfile.ZipFile, name: str, teller: Teller) -> str:
    _check_size(packed, name)
    reader = _Reader(_levels(packed, name), _numbering(packed, name))
    blocks: list[Block] = []
    for element in _top(_part(packed, "word/document.xml", name), f"{W}body"):
        blocks.extend(reader.blocks(element))
        teller.portion("paragraphs", len(blocks))
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in packed.namelist():
            blocks.extend(_notes(_part(packed, part, name), reader))
    return plain_text(blocks)


def _check_size(packed: zipfile.ZipFile, name: str) -> None:
    parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED:
        raise ContentError(
            name, f"Unpacked it would have {unpacked:,} bytes; {UNPACKED:,} is the most.",
            "Split it, or leave out pictures.",
        )  # fmt: skip
    for part in parts:
        if part.file_size > _RATIO_FROM and part.file_size > RATIO * max(1, part.compress_size):
            raise ContentError(
                name, f"The part {part.filename} is packed as no real document is.",
                "Open it in Word or WPS and save it again as .docx.",
            )  # fmt: skip


def _part(packed: zipfile.ZipFile, part: str, name: str) -> bytes:
    """One part; what it says of its own size is not believed."""
    try:
        with packed.open(part) as stream:
            content = stream.read(LARGEST_PART + 1)
    except KeyError as error:
        raise ContentError(
            name, f"The document has no part {part}.", "Save it again as .docx."
        ) from error
    if len(content) > LARGEST_PART:
        raise ContentError(name, f"The part {part} is too large.", "Split the document.")
    return content.replace(_STRICT, W[1:-1].encode()) if _STRICT in content[:4000] else content


def _top(content: bytes, parent: str) -> Iterator[etree._Element]:
    """The elements right under one, each forgotten when the next is read."""
    walk = etree.iterparse(
        BytesIO(content), events=("end",), resolve_entities=False, load_dtd=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for _, element in walk:
        above = element.getparent()
        if above is not None and above.tag == parent:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del above[0]


def _numbering(packed: zipfile.ZipFile, name: str) -> Numbering:
    names = packed.namelist()
    numbers = "word/numbering.xml"
    styles = "word/styles.xml"
    return numbering(
        _part(packed, numbers, name) if numbers in names else None,
        _top(_part(packed, styles, name), f"{W}styles") if styles in names else (),
    )


def _levels(packed: zipfile.ZipFile, name: str) -> dict[str, int]:
    """The heading level of each style; -1 for the lines of a table of contents."""
    if "word/styles.xml" not in packed.namelist():
        return {}
    found = {}
    for style in _top(_part(packed, "word/styles.xml", name), f"{W}styles"):
        named = style.find(f"{W}name")
        label = "" if named is None else (named.get(f"{W}val") or "").lower()
        key = style.get(f"{W}styleId") or ""
        if match := re.fullmatch(r"(?:heading|标题) ?([1-4])", label):
            found[key] = int(match[1])
        elif re.match(r"toc \d", label):
            found[key] = -1
    return found


def _notes(content: bytes, reader: "_Reader") -> Iterator[Block]:
    """The notes, numbered, after the text."""
    count = 0
    for note in _top(content, _root_tag(content)):
        if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        blocks = [block for child in note for block in reader.blocks(child)]
        first = next(
            (one for one in blocks if isinstance(one, Paragraph) and one.text.strip()), None
        )
        if first is not None:
            count += 1
            first.text = f"[{count}] {first.text.strip()}"
            yield from blocks


def _root_tag(content: bytes) -> str:
    return f"{W}endnotes" if b"<w:endnotes" in content[:5000] else f"{W}footnotes"


class _Reader:
    """Turns elements of the body into blocks."""

    def __init__(self, levels: dict[str, int], numbers: Numbering) -> None:
        self._levels, self._numbers = levels, numbers

    def blocks(self, element: etree._Element) -> list[Block]:
        """The paragraphs and tables of an element of the body, of a cell or of a text box."""
        if element.tag == f"{W}p":
            return self._paragraph(element)
        if element.tag == f"{W}tbl":
            return [self._table(element)]
        return [block for child in _inside(element) for block in self.blocks(child)]

    def _paragraph(self, paragraph: etree._Element) -> list[Block]:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        level = self._levels.get(style.get(f"{W}val") or "", 0) if style is not None else 0
        if level < 0:
            return []
        words: list[str] = []
        boxes: list[etree._Element] = []
        _words(paragraph, words, boxes.append)
        text, label = "".join(words), self._numbers.label(paragraph)
        found: list[Block] = [Paragraph(label + text if text.strip() else text, level)]
        for box in boxes:
            found.extend(block for child in _inside(box) for block in self.blocks(child))
        return found

    def _table(self, table: etree._Element) -> Table:
        rows: list[list[Cell]] = []
        open_cells: dict[int, Cell] = {}  # column → the cell that goes on downwards
        for row in _of(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is None:
                rows.append(self._row(row, open_cells))
        return Table(rows)

    def _row(self, row: etree._Element, open_cells: dict[int, Cell]) -> list[Cell]:
        before = _number(row.find(f"{W}trPr/{W}gridBefore"))
        cells = [Cell([], before)] if before else []
        column = before
        going: dict[int, Cell] = {}
        for element in _of(row, f"{W}tc"):
            across = _number(element.find(f"{W}tcPr/{W}gridSpan")) or 1
            merge = element.find(f"{W}tcPr/{W}vMerge")
            above = open_cells.get(column)
            if merge is not None and merge.get(f"{W}val") != "restart" and above is not None:
                above.down += 1
                going[column] = above
            else:
                cell = Cell([b for c in _inside(element) for b in self.blocks(c)], across)
                cells.append(cell)
                if merge is not None:
                    going[column] = cell
            column += across
        open_cells.clear()
        open_cells.update(going)
        return cells


def _inside(element: etree._Element) -> Iterator[etree._Element]:
    """The children that are printed; of two versions of one thing, the first."""
    if element.tag == f"{_MC}AlternateContent":
        chosen = element.find(f"{_MC}Choice")
        chosen = element.find(f"{_MC}Fallback") if chosen is None else chosen
        if chosen is not None:
            yield from chosen
        return
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _GONE:
            yield child


def _of(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows or cells of a table, also those within controls."""
    for child in _inside(element):
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _of(child, tag)


def _words(
    element: etree._Element, words: list[str], box: Callable[[etree._Element], None]
) -> None:
    """Collect the words of a paragraph; text boxes are handed over."""
    for child in _inside(element):
        if child.tag in (f"{W}t", _MATH):
            words.append(child.text or "")
        elif child.tag in _BREAKS:
            words.append(_BREAKS[child.tag])
        elif child.tag == f"{W}br":
            words.append("" if child.get(f"{W}type") else "\f")
        elif child.tag == f"{W}txbxContent":
            box(child)
        elif child.tag == f"{W}r":
            _run(child, words, box)
        else:
            _words(child, words, box)


def _run(run: etree._Element, words: list[str], box: Callable[[etree._Element], None]) -> None:
    form = run.find(f"{W}rPr")
    if form is not None and form.find(f"{W}vanish") is not None:
        return
    lifted = None if form is None else form.find(f"{W}vertAlign")
    if lifted is not None and lifted.get(f"{W}val") == "superscript":
        own: list[str] = []
        _words(run, own, box)
        words.append(raised("".join(words[-3:]), "".join(own)))
    else:
        _words(run, words, box)


def _number(element: etree._Element | None) -> int:
    value = "" if element is None else element.get(f"{W}val") or ""
    return int(value) if re.fullmatch(r"\d{1,3}", value) else 0
