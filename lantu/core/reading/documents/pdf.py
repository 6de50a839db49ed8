"""Pdf: the letters of the text layer, put back into lines, paragraphs and tables.

A pdf knows letters and rules, not paragraphs. Lines are found by height, paragraphs by full lines
and indents, tables by their ruled cells. Heads, feet and page numbers that recur are left out.
"""

from collections.abc import Iterator

from lantu.core.errors import ContentError
from lantu.core.reading.documents.layout import Block, Paragraph, Table, plain_text
from lantu.core.reading.documents.pdf_columns import Columns, Order, columns_of, lines_in_order
from lantu.core.reading.documents.pdf_lines import Line, without_recurring
from lantu.core.reading.documents.pdf_page import Page, page_of
from lantu.core.reading.documents.pdf_tables import Found, tables_of
from lantu.core.reading.portions import SILENT, Teller

MOST_PAGES = 3_000
FEWEST_LETTERS = 8  # a page; below it there is no text layer worth the name
LARGER = 1.12  # times the usual size: a heading


def text_of_pdf(content: bytes, name: str, teller: Teller = SILENT) -> str:
    """The text of a pdf. Raises ContentError for a scan, a locked or a damaged file."""
    pages = _pages(content, name, teller)
    letters = sum(len(letter.text.strip()) for page in pages for letter in page.letters)
    if letters < FEWEST_LETTERS * len(pages):
        raise ContentError(
            name,
            f"The pdf is a scan: {len(pages)} pages hold {letters} letters.",
            "Run text recognition (OCR) over it, or ask for the Word file.",
        )
    return plain_text(_blocks(pages, teller))


def _pages(content: bytes, name: str, teller: Teller) -> list[Page]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "The pdf is locked by a password." if locked else "The pdf is damaged."
        raise ContentError(name, what, "Save it anew without a password.") from error
    try:
        if len(document) > MOST_PAGES:
            raise ContentError(
                name, f"The pdf has {len(document):,} pages.", f"Split it; {MOST_PAGES:,} are read."
            )
        pages = []
        for number in range(len(document)):
            pages.append(page_of(document[number]))
            teller.portion("pages", number + 1, len(document))
        return pages
    except pdfium.PdfiumError as error:
        raise ContentError(name, "A page of the pdf is damaged.", "Save it anew.") from error
    finally:
        document.close()


def _blocks(pages: list[Page], teller: Teller) -> Iterator[Block]:
    """Paragraphs and tables in reading order; a table goes on over a page's end."""
    found: list[tuple[int, Order, Line | Table]] = []
    spread: list[list[Line]] = []
    orders: dict[int, Order] = {}  # of the lines, by identity
    for number, page in enumerate(pages):
        tables = tables_of(page)
        inside = {id(letter) for table in tables for letter in table.letters}
        free = [letter for letter in page.letters if id(letter) not in inside]
        columns = columns_of(page.letters)
        ordered = lines_in_order(free, columns)
        spread.append([line for _, line in ordered])
        orders |= {id(line): order for order, line in ordered}
        found += [(number, _place(table, columns), table.content) for table in tables]
        teller.portion("laid-out", number + 1, len(pages))
    for number, lines in enumerate(without_recurring(spread, [page.height for page in pages])):
        found += [(number, orders[id(line)], line) for line in lines]
    found.sort(key=lambda one: one[:2])
    return _joined([one for _, _, one in found])


def _place(table: Found, columns: Columns) -> Order:
    left = min(letter.left for letter in table.letters)
    right = max(letter.right for letter in table.letters)
    return columns.order(left, right, table.top)


def _joined(parts: list[Line | Table]) -> Iterator[Block]:
    lines = [part for part in parts if isinstance(part, Line)]
    usual = _usual([line.size for line in lines])
    left = _usual([line.left for line in lines])
    right = max((line.right for line in lines), default=0.0)
    held: list[Line] = []
    table: Table | None = None
    for part in parts:
        if isinstance(part, Table):
            yield from _paragraph(held, usual)
            held = []
            if table is not None and _width(table) == _width(part):
                table.rows += part.rows[_repeats(table, part) :]
                continue
            if table is not None:
                yield table
            table = part
            continue
        if table is not None:
            yield table
            table = None
        if held and _begins(held[-1], part, usual, left, right):
            yield from _paragraph(held, usual)
            held = []
        held.append(part)
    yield from _paragraph(held, usual)
    if table is not None:
        yield table


def _usual(values: list[float]) -> float:
    rounded = [round(value) for value in values]
    return float(max(set(rounded), key=rounded.count)) if rounded else 0.0


def _begins(last: Line, line: Line, usual: float, left: float, right: float) -> bool:
    """Whether a paragraph begins: another size, an indent, or a line before that was not full."""
    em = max(usual, 1.0)
    return (
        abs(last.size - line.size) > 0.12 * em
        or last.is_row
        or line.is_row
        or line.left > left + 1.4 * em
        or last.right < right - 2.5 * em
    )


def _paragraph(lines: list[Line], usual: float) -> Iterator[Paragraph]:
    if lines:
        level = 2 if lines[0].size > LARGER * usual and len(lines) <= 2 else 0
        yield Paragraph(_run_on([line.text for line in lines]), level)


def _run_on(lines: list[str]) -> str:
    """Lines as one; only between two Latin words or numbers does a break stand for a space."""
    text = lines[0]
    for line in lines[1:]:
        text += (" " if (text[-1:] + line[:1]).isascii() else "") + line
    return text


def _width(table: Table) -> int:
    return sum(cell.across for cell in table.rows[0]) if table.rows else 0


def _repeats(table: Table, part: Table) -> int:
    """1 where the part on the next page repeats the head, else 0."""
    heads = [
        "".join(
            block.text
            for cell in one.rows[0]
            for block in cell.blocks
            if isinstance(block, Paragraph)
        )  # fmt: skip
        for one in (table, part)
    ]
    return int(heads[0] == heads[1])
