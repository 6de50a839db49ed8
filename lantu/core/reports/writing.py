"""Writing: one document as html, docx (editable) or pdf (PDF/A)."""

import io
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from lantu.core.reports.document import Document, Heading, Paragraph, Table

_STYLE = (
    "body{font-family:'Noto Serif CJK SC','Songti SC',serif;max-width:52rem;margin:2rem auto;"
    "padding:0 1rem;line-height:1.8;color:#1c2733}h1{text-align:center;font-size:1.6rem}"
    "h2{font-size:1.2rem;margin-top:2rem}table{border-collapse:collapse;width:100%;"
    "font-size:.9rem}th,td{border:1px solid #9aa7b4;padding:.3rem .5rem;text-align:left}"
    "th{background:#e6eff8}p.sub{text-align:center;color:#5b6b7b}"
)


def as_html(document: Document) -> bytes:
    """A page that stands alone: no script, nothing fetched."""
    body = "\n".join(_html(document))
    title = escape(document.title)
    lang = "zh-Hans" if document.language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n<h1>{title}</h1>\n"
        f'<p class="sub">{escape(document.subtitle)}</p>\n{body}\n</html>\n'
    ).encode()


def _html(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Heading):
            yield f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        elif isinstance(block, Paragraph):
            yield f"<p>{escape(block.text)}</p>"
        else:
            head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.head)
            rows = "".join(
                f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n"
                for row in block.rows
            )
            yield (
                f"<table><caption>{escape(block.title)}</caption><thead><tr>{head}</tr></thead>"
                f"<tbody>{rows}</tbody></table>"
            )


def as_docx(document: Document) -> bytes:
    """An editable document in the manner of official papers: 黑体 headings, 仿宋 text."""
    from docx import Document as new
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paper = new()
    for name, face, size in (("Normal", "仿宋", 14), ("Title", "方正小标宋简体", 22),
                             ("Heading 1", "黑体", 16)):  # fmt: skip
        style: Any = paper.styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    paper.add_paragraph(document.title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph(document.subtitle).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in document.blocks:
        if isinstance(block, Heading):
            paper.add_heading(block.text, block.level)
        elif isinstance(block, Paragraph):
            paper.add_paragraph(block.text).paragraph_format.first_line_indent = Pt(28)
        else:
            _table(paper, block)
    paper.core_properties.title = document.title
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _table(paper: Any, block: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    paper.add_paragraph(block.title).runs[0].bold = True
    table = paper.add_table(rows=1 + len(block.rows), cols=len(block.head), style="Table Grid")
    for line, row in enumerate((block.head, *block.rows)):
        # `rows[i].cells` walks the whole table each time; the XML gives a row at once.
        for cell, text in zip(table._tbl.tr_lst[line].tc_lst, row, strict=True):
            paragraph = cell.p_lst[0]
            run = paragraph.add_r()
            run.text = text
            run.get_or_add_rPr().sz_val = Pt(10)
    repeated = OxmlElement("w:tblHeader")  # the head comes again on each page
    table._tbl.tr_lst[0].get_or_add_trPr().append(repeated)


def as_pdf(document: Document) -> bytes:
    """PDF/A-2b with the Chinese letters inside."""
    import typst
    from noto_cjk_sans_otc import FONT_FILE

    source = "\n".join(_typst(document)).encode()
    fonts = [str(Path(FONT_FILE).parent)]
    write: Any = typst.compile  # its stubs leave the input open
    return bytes(write(source, font_paths=fonts, pdf_standards=["a-2b"]))


def _typst(document: Document) -> Iterator[str]:
    lang = "zh" if document.language == "zh" else "en"
    yield f'#set document(title: "{_quoted(document.title)}")'
    yield '#set page(paper: "a4", margin: 2.5cm, numbering: "1")'
    yield f'#set text(font: "Noto Sans CJK SC", lang: "{lang}", size: 11pt)'
    yield "#set par(leading: 0.9em, justify: true)"
    yield "#show table: set text(size: 8pt)"
    yield f'#align(center)[#text(size: 18pt, weight: "bold")[{_typed(document.title)}]]'
    yield f"#align(center)[{_typed(document.subtitle)}]"
    for block in document.blocks:
        if isinstance(block, Heading):
            yield f"#heading(level: {block.level})[{_typed(block.text)}]"
        elif isinstance(block, Paragraph):
            yield f"#par[{_typed(block.text)}]"
        else:
            cells = ", ".join(f"[{_typed(cell)}]" for row in block.rows for cell in row)
            head = ", ".join(f"[*{_typed(cell)}*]" for cell in block.head)
            yield (
                f"#figure(kind: table, supplement: none, numbering: none, "
                f"caption: [{_typed(block.title)}], table(columns: {len(block.head)}, "
                f"align: left, table.header({head}), {cells}))"
            )


def _typed(text: str) -> str:
    return re.sub(r"([\\#*_`$<>@\[\]~=/+-])", r"\\\1", text)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def texts_of_docx(content: bytes) -> list[str]:
    """Everything a docx prints: paragraphs, then the cells of tables."""
    from docx import Document as read

    paper = read(io.BytesIO(content))
    texts = [one.text for one in paper.paragraphs]
    cells = [
        "".join(part.text or "" for part in cell.iter() if part.tag.endswith("}t"))
        for table in paper.tables
        for row in table._tbl.tr_lst
        for cell in row.tc_lst
    ]
    return texts + cells
