"""Publishing: a drawn page rewritten so that it opens from a folder, without a server."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from html import escape, unescape
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

Place = Callable[
    [str], str | None
]  # an address of the site → its file in the copy, perhaps with a mark; None: not there
_UNSAFE: Final = re.compile(r"[^\w.\-/]+")
_NAME_BYTES: Final = 160  # file systems take 255; a part of that is left to endings
# Our own pages are well-formed: attributes in double quotes, neither forms nor links nested.
_FORM: Final = re.compile(r"<form\b.*?</form>", re.DOTALL)
_SEARCH: Final = "\0"  # stands for the form until the links are done; no page holds it
_DEAD: Final = "\1"  # stands before and after the words of a link to nowhere; no page holds it
_ONLY_DEAD: Final = re.compile(rf"<li>{_DEAD}[^{_DEAD}]*{_DEAD}</li>\s*")
# A row of which nothing is left but what it was a row of.
_ONLY_LABEL: Final = re.compile(r"<nav[^>]*>\s*<ul[^>]*>\s*<li>[^<]*</li>\s*</ul>\s*</nav>")
# What leads to a place of the same page, or away, stays as it is.
_LINK: Final = re.compile(
    r'<a\b([^>]*?)\shref="(?!#|https?:|mailto:)([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL
)
_FILE: Final = re.compile(r'<(link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Copy:
    """A page of the copy, the addresses that it leads to, and the files that it needs."""

    html: bytes
    leads_to: tuple[str, ...]
    needs: tuple[str, ...]


def place_of(address: str) -> str:
    """The file of an address: a folder's `index.html`; a question becomes a part of the name.

    What is exported (`?export=csv`) bears the ending of its form, as does a path that names a file.
    """
    parts = urlsplit(address)
    whole = unquote(parts.path)
    path = posixpath.normpath("/" + _UNSAFE.sub("_", whole)).strip("/")
    asked = parse_qsl(parts.query)
    ending = next((value for key, value in asked if key == "export"), "")
    name = _name([(key, value) for key, value in asked if key != "export"])
    if ending or name:
        ending = _UNSAFE.sub("_", ending).replace("/", "_")
        return posixpath.join(path, f"{name or 'index'}.{ending or 'html'}")
    if not whole.endswith("/") and "." in posixpath.basename(path):
        return path
    return posixpath.join(path, "index.html") if path else "index.html"


def _name(asked: list[tuple[str, str]]) -> str:
    """The name of a question; where letters had to go, a mark keeps it apart from others."""
    plain = "_".join(f"{key}_{value}" for key, value in asked)
    name = _UNSAFE.sub("_", plain).replace("/", "_")
    if name == plain and len(name.encode()) <= _NAME_BYTES:
        return name
    mark = blake2b(plain.encode(), digest_size=4).hexdigest()
    return f"{name.encode()[:_NAME_BYTES].decode(errors='ignore')}_{mark}"


def rewritten(
    html: bytes,
    at: str,
    file: str,
    place: Place,
    static: str | tuple[str, ...],
    *,
    site: str = "",
    search: tuple[str, str] | None = None,
) -> Copy:
    """The page of an address, to be written to `file`: links made relative, forms taken out.

    Files whose address begins with `static` go into the copy too. In the place of the form of the
    search comes a link to a file, by a word: `search`.

    A link to what is not in the copy leads to the `site` itself. Where none is named it becomes
    plain text; a line that was nothing but such a link goes, as does what only a server can do
    (`data-served`). One to elsewhere stays.
    """
    page = _Page(at, file, place, static, site)
    text = _FORM.sub(_form, html.decode("utf-8"))
    text = _FILE.sub(page.needed, _LINK.sub(page.link, text))
    index = "" if search is None else _index(relative_to(page.here, search[0]), search[1])
    text = text.replace(_SEARCH, index, 1).strip()
    if _DEAD in text:
        text = _ONLY_LABEL.sub("", _ONLY_DEAD.sub("", text)).replace(_DEAD, "")
    return Copy(text.encode(), tuple(page.leads_to), tuple(page.needs))


class _Page:
    """A page while its links are rewritten, one by one."""

    def __init__(
        self, at: str, file: str, place: Place, static: str | tuple[str, ...], site: str
    ) -> None:
        self.at, self.file, self.place, self.static, self.site = at, file, place, static, site
        self.here = posixpath.dirname(file)
        self.leads_to: dict[str, None] = {}
        self.needs: dict[str, None] = {}

    def link(self, found: re.Match[str]) -> str:
        """A link as the copy has it."""
        before, address, after, inner = found.groups()
        bare, _, mark = joined(self.at, unescape(address)).partition("#")
        target = self.place(bare)
        if target is None:
            away = f'<a{before} href="{self.site}{escape(bare)}" rel="external"{after}>{inner}</a>'
            return away if self.site else _plain(before, after, inner)
        self.leads_to[bare] = None
        lies, _, inside = target.partition("#")
        mark = mark or inside
        relative = "" if lies == self.file and mark else relative_to(self.here, lies)
        there = escape(relative + (f"#{mark}" if mark else ""))
        return f'<a{before} href="{there}"{after}>{inner}</a>'

    def needed(self, found: re.Match[str]) -> str:
        """A style, a script or a picture; a module becomes a plain script.

        A browser loads no module from a folder.
        """
        tag, address = found[0], found[2]
        if address.startswith(self.static):
            self.needs[address] = None
            there = relative_to(self.here, address.lstrip("/"))
        elif address.startswith("/"):
            target = self.place(unescape(address))
            if target is None:
                return ""
            self.leads_to[unescape(address)] = None
            there = escape(relative_to(self.here, target))
        else:
            return tag
        tag = tag.replace(address, there, 1)
        return tag.replace('type="module"', "defer") if found[1] == "script" else tag


def _plain(before: str, after: str, inner: str) -> str:
    """What is left of a link to nowhere."""
    if "data-served" in before:
        return ""
    return f"<b>{inner}</b>" if "aria-current" in before + after else f"{_DEAD}{inner}{_DEAD}"


def _form(found: re.Match[str]) -> str:
    return _SEARCH if found[0].startswith('<form class="search"') else ""


def _index(file: str, word: str) -> str:
    return f'<a class="search" href="{escape(file)}">{escape(word)}</a>'


def relative_to(here: str, file: str) -> str:
    """How a file is reached from a folder; both from the root of the copy."""
    folders, parts = here.split("/") if here else [], file.split("/")
    same = 0
    while same < min(len(folders), len(parts) - 1) and folders[same] == parts[same]:
        same += 1
    return "/".join([".."] * (len(folders) - same) + parts[same:])


def joined(at: str, address: str) -> str:
    """An address as a link on the page `at` means it."""
    if address.startswith("/"):
        return address
    path = urlsplit(at).path
    if address.startswith("?"):
        return path if address == "?" else path + address
    return posixpath.normpath(posixpath.join(path, address)) + (
        "/" if address.endswith("/") else ""
    )
