"""Text: the one entry. A file, or its bytes, becomes a plain text with tabs in its tables."""

from pathlib import Path

from lantu.core.errors import ContentError
from lantu.core.reading.documents.kinds import kind_of
from lantu.core.reading.documents.plain import decoded
from lantu.core.reading.portions import SILENT, Teller

LARGEST = 50_000_000  # bytes


def text_of(source: Path | bytes, name: str = "", teller: Teller = SILENT) -> str:
    """The text of a document of any kind that is read; offsets count its code points.

    `teller` hears of the pages or paragraphs that are read.

    Raises ContentError for a file that is missing, too large, damaged, or of another kind.
    """
    content = source if isinstance(source, bytes) else _content(source)
    name = name or (source.name if isinstance(source, Path) else "document")
    if len(content) > LARGEST:
        raise _too_large(name, len(content))
    kind = kind_of(content, name)
    text = _read(kind, content, name, teller)
    if not text.strip():
        raise ContentError(name, "The document has no text.", "Choose a file with text.")
    return text


def _read(kind: str, content: bytes, name: str, teller: Teller) -> str:
    # Each library is loaded only for its own kind.
    if kind == "pdf":
        from lantu.core.reading.documents.pdf import text_of_pdf

        return text_of_pdf(content, name, teller)
    if kind == "docx":
        from lantu.core.reading.documents.docx import text_of_docx

        return text_of_docx(content, name, teller)
    if kind == "html":
        from lantu.core.reading.documents.html import text_of_html

        return text_of_html(content, name)
    return decoded(content, name)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise _too_large(path.name, path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ContentError(path.name, "There is no such file.", "Check the name.") from error
    except IsADirectoryError as error:
        raise ContentError(path.name, "This is a folder.", "Name a file.") from error
    except PermissionError as error:
        raise ContentError(
            path.name, "The file may not be opened.", "Ask its owner for the right to read it."
        ) from error


def _too_large(name: str, size: int) -> ContentError:
    return ContentError(name, f"The file has {size:,} bytes; {LARGEST:,} is the most.", "Split it.")
