"""Publishing: a drawn page rewritten so that it opens from a folder, without a server."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import lxml.html

Place = Callable[
    [str], str | None
]  # an address of the site → its file in the copy; None: not there
_UNSAFE: Final = re.compile(r"[^\w.\-/]+")


@dataclass(frozen=True, slots=True)
class Copy:
    """A page of the copy, the addresses that it leads to, and the files that it needs."""

    html: bytes
    leads_to: tuple[str, ...]
    needs: tuple[str, ...]


def place_of(address: str) -> str:
    """The file of an address: a folder's `index.html`; a question becomes a part of the name."""
    parts = urlsplit(address)
    path = posixpath.normpath("/" + _UNSAFE.sub("_", unquote(parts.path))).strip("/")
    if parts.query:
        query = _UNSAFE.sub("_", unquote(parts.query.replace("+", " ")))
        return posixpath.join(path, f"{query[:120]}.html")
    return posixpath.join(path, "index.html") if path else "index.html"


def rewritten(html: bytes, at: str, file: str, place: Place, static: str | tuple[str, ...]) -> Copy:
    """The page of an address, to be written to `file`: links made relative, forms taken out.

    Files whose address begins with `static` go into the copy too.

    A link to what is not in the copy becomes plain text; one to another site stays.
    """
    page = lxml.html.document_fromstring(html.decode("utf-8"))
    leads_to: list[str] = []
    needs: list[str] = []
    here = posixpath.dirname(file)
    forms: list[Any] = list(page.iter("form"))  # the stubs know only plain elements
    for form in forms:
        form.drop_tree()
    for link in list(page.iter("a")):
        _link(link, at, here, place, leads_to)
    for tag, name in (("link", "href"), ("script", "src"), ("img", "src")):
        for one in page.iter(tag):
            address = one.get(name) or ""
            if address.startswith(static):
                needs.append(address)
                one.set(name, posixpath.relpath(address.lstrip("/"), here or "."))
    for script in page.iter("script"):
        # A browser loads no module from a folder; the bundle is a plain script.
        if script.get("type") == "module" and script.get("src"):
            del script.attrib["type"]
            script.set("defer", "defer")
    body: bytes = lxml.html.tostring(page, encoding="utf-8", doctype="<!doctype html>")
    return Copy(body, tuple(leads_to), tuple(needs))


def _link(
    link: lxml.html.HtmlElement, at: str, here: str, place: Place, leads_to: list[str]
) -> None:
    address = link.get("href") or ""
    if address.startswith("#") or urlsplit(address).scheme in ("http", "https", "mailto"):
        return
    whole = _joined(at, address)
    bare, _, mark = whole.partition("#")
    target = place(bare)
    if target is None:
        link.drop_tag()
        return
    leads_to.append(bare)
    link.set("href", posixpath.relpath(target, here or ".") + (f"#{mark}" if mark else ""))


def _joined(at: str, address: str) -> str:
    if address.startswith("/"):
        return address
    path = urlsplit(at).path
    if address.startswith("?"):
        return path + address
    return posixpath.normpath(posixpath.join(path, address)) + (
        "/" if address.endswith("/") else ""
    )
