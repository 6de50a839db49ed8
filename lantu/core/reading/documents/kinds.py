"""Kinds: what is a file, judged by what it holds; its name only breaks a tie."""

import re
import zipfile
from io import BytesIO

from lantu.core.errors import ContentError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:p|div|table|span|meta|title|br)\b", re.IGNORECASE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0")
_PACKED = (
    ("xl/", "a spreadsheet", "Copy its tables into a .docx, or print it to .pdf."),
    ("ppt/", "a presentation", "Print it to .pdf."),
    ("OFD.xml", "an OFD document", "Export it as .pdf or .docx."),
    ("content.xml", "an OpenDocument file", "Save it as .docx."),
)


def kind_of(content: bytes, name: str) -> str:
    """`pdf`, `docx`, `html` or `text`. Raises ContentError for a kind that is not read."""
    if not content.strip():
        raise ContentError(name, "The file is empty.", "Choose a file with text.")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _packed(content, name)
    _refuse_known(content, name)
    if name.lower().endswith((".csv", ".tsv")):
        raise ContentError(
            name, "This is a table of figures, not a document.",
            "Import figures on the page of data. Copy the tables of a plan into a .docx.",
        )  # fmt: skip
    if _PAGE.match(_plain_start(content)):
        return "html"
    is_page = name.lower().endswith((".html", ".htm", ".xhtml", ".doc"))
    return "html" if is_page and _TAG.search(content[:20_000]) else "text"


def _plain_start(content: bytes) -> bytes:
    """The beginning without a byte order mark or the zeros of UTF-16."""
    start = content[:8192]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[2:].replace(b"\0", b"")
    return start.removeprefix(b"\xef\xbb\xbf")


def _packed(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ContentError(
            name, "The document is damaged.", "Open it in Word or WPS and save it again as .docx."
        ) from error
    if "word/document.xml" in names:
        return "docx"
    for part, what, remedy in _PACKED:
        if any(one.startswith(part) for one in names):
            raise ContentError(name, f"This is {what}, which cannot be read.", remedy)
    raise ContentError(name, "This is an archive, not a document.", "Unpack it first.")


def _refuse_known(content: bytes, name: str) -> None:
    """Kinds that are known and are not read."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise ContentError(
                name, "The document is protected by a password.", "Save it without the password."
            )
        raise ContentError(
            name, "This is an old Word, Excel or WPS file, which cannot be read.",
            "Open it in Word or WPS and save it as .docx.",
        )  # fmt: skip
    if content.startswith(b"{\\rtf"):
        raise ContentError(name, "This is an RTF file, which cannot be read.", "Save it as .docx.")
    if content.startswith(_PICTURES) or content[4:12] in (b"ftypheic", b"ftypavif"):
        raise ContentError(
            name, "This is a picture, which has no text.",
            "Recognise its characters first (OCR), then save it as .docx or .txt.",
        )  # fmt: skip
    if re.match(rb"MIME-Version:", content, re.IGNORECASE):
        raise ContentError(name, "This is a web archive.", "Save it as .html or .docx.")
    if content.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise ContentError(name, "This is an archive, not a document.", "Unpack it first.")
