"""Markdown becomes HTML that fits a strict content security policy.

Raw HTML in a text is shown as text. No attribute `style` is written, headings carry anchors, and
a table stands in a region of its own that can be scrolled.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# A target as written → an address of the product; None: it leads nowhere here and becomes text.
Resolve = Callable[[str], str | None]
# A picture as written → its width and height in pixels; None: not known.
Size = Callable[[str], tuple[int, int] | None]
# Where a name in a narrow cell may go on in the next line: not in the midst of a word.
_JOINT: Final = re.compile(r"([._/](?=\w))")
# An address of the product in `code` is a link: on other sites the same text stays code.
_ADDRESS: Final = re.compile(r"/(?:z/[\w-]+/|docs/|guide/|methods/|search/|ui/)[\w./#?=&-]*")
# Two letters of Chinese, its punctuation included.
_WIDE: Final = re.compile(r"[\u2014\u201c\u201d\u3000-\u9fff\uff00-\uffef]{2}")
# A mark that is as wide as a letter has its space within, whatever stands beside it.
_MARK: Final = re.compile(r"[\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]")
_WORDS: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page. The title of the page is its heading of level 1."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as HTML, without its title; `headings` begin with the title."""

    html: str
    headings: tuple[Heading, ...]


def marked(
    text: str, resolve: Resolve, *, anchors: Sequence[str] = (), size: Size | None = None
) -> Marked:
    """Read a text. Its headings take `anchors` in their order, else are named by their words.

    With `size` a picture says how large it is, so that nothing moves when it arrives.
    """
    reader = _reader(resolve, size)
    tokens = reader.parse(text)
    headings = _headings(tokens, anchors)
    _calm_tables(tokens, [one.text for one in headings])
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        tokens = tokens[3:]  # the page draws its title itself
    return Marked(reader.renderer.render(tokens, reader.options, {}), headings)


def _reader(resolve: Resolve, size: Size | None) -> "MarkdownIt":
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("table_open", _table_open)
    reader.add_render_rule("table_close", _table_close)
    reader.add_render_rule("code_inline", _code)
    reader.add_render_rule("softbreak", _break)
    reader.add_render_rule("fence", _block)
    reader.add_render_rule("code_block", _block)

    def link(self: Any, tokens: "Sequence[Token]", at: int, options: Any, env: Any) -> str:
        target = resolve(str(tokens[at].attrGet("href") or ""))
        tokens[at].meta["dropped"] = target is None
        return "" if target is None else f'<a href="{escape(target)}">'

    def link_end(self: Any, tokens: "Sequence[Token]", at: int, options: Any, env: Any) -> str:
        # Links do not nest, so the nearest opening before is its own.
        opening = next(one for one in reversed(tokens[:at]) if one.type == "link_open")
        return "" if opening.meta["dropped"] else "</a>"

    def image(self: Any, tokens: "Sequence[Token]", at: int, options: Any, env: Any) -> str:
        written = str(tokens[at].attrGet("src") or "")
        source, said = resolve(written) or "", escape(tokens[at].content)
        found = size(written) if size else None
        place = f' width="{found[0]}" height="{found[1]}"' if found else ""
        return f'<img class="handbook__image" src="{escape(source)}" alt="{said}"{place}>'

    reader.add_render_rule("link_open", link)
    reader.add_render_rule("link_close", link_end)
    reader.add_render_rule("image", image)
    return reader


def _code(self: Any, tokens: "Sequence[Token]", at: int, options: Any, env: Any) -> str:
    said = tokens[at].content
    shown = escape(said)
    if env.get("in_table"):
        shown = _JOINT.sub(r"\1<wbr>", shown)
    code = f"<code>{shown}</code>"
    return f'<a href="{escape(said)}">{code}</a>' if _ADDRESS.fullmatch(said) else code


def _block(self: Any, tokens: "Sequence[Token]", at: int, options: Any, env: Any) -> str:
    """Lines of a program; they may be wider than a phone, and are then scrolled by keys too."""
    return f'<pre tabindex="0"><code>{escape(tokens[at].content)}</code></pre>\n'


def _break(self: Any, tokens: "Sequence[Token]", at: int, options: Any, env: Any) -> str:
    """A line ends within a sentence: Chinese letters join, for a browser would part them."""
    before = next((one.content[-1] for one in reversed(tokens[:at]) if one.content), "")
    after = next((one.content[0] for one in tokens[at + 1 :] if one.content), "")
    both = before + after
    return "" if _WIDE.fullmatch(both) or _MARK.search(both) else "\n"


def _table_open(self: Any, tokens: "Sequence[Token]", at: int, options: Any, env: Any) -> str:
    env["in_table"] = True
    named = escape(str(tokens[at].meta.get("name", "")))
    return f'<div class="table" role="region" tabindex="0" aria-label="{named}"><table>\n'


def _table_close(self: Any, tokens: "Sequence[Token]", at: int, options: Any, env: Any) -> str:
    env["in_table"] = False
    return "</table></div>\n"


def _headings(tokens: "list[Token]", anchors: Sequence[str]) -> tuple[Heading, ...]:
    found: list[Heading] = []
    taken: set[str] = set()
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            text = _text(tokens[at + 1])
            given = anchors[len(found)] if len(found) < len(anchors) else _anchor(text)
            number = 2
            anchor = given
            while anchor in taken:
                anchor, number = f"{given}-{number}", number + 1
            taken.add(anchor)
            token.attrSet("id", anchor)
            found.append(Heading(int(token.tag[1]), anchor, text))
            _link_itself(tokens[at + 1], anchor)
    return tuple(found)


def _text(inline: "Token") -> str:
    kinds = {"text", "code_inline"}
    return "".join(one.content for one in inline.children or [] if one.type in kinds).strip()


def _anchor(text: str) -> str:
    """The Latin words of a heading, or, where there are none, all its letters."""
    words = _WORDS.findall(text.lower()) or re.findall(r"\w+", text)
    return "-".join(words) or "part"


def _link_itself(inline: "Token", anchor: str) -> None:
    from markdown_it.token import Token

    children = inline.children or []
    if any(one.type == "link_open" for one in children):
        return
    opening = Token("heading_link_open", "a", 1)
    opening.attrs = {"class": "handbook__anchor", "href": f"#{anchor}"}
    inline.children = [opening, *children, Token("heading_link_close", "a", -1)]


def _calm_tables(tokens: "list[Token]", titles: Sequence[str]) -> None:
    """Name each table by the heading above it; cells get classes and scopes, and no styles."""
    seen, number = 0, 0
    for token in tokens:
        seen += token.type == "heading_open"
        if token.type == "table_open":
            number += 1
            title = titles[seen - 1] if seen else ""
            token.meta["name"] = f"{title} · {number}"
        elif token.type in ("th_open", "td_open"):
            if "right" in str(token.attrs.pop("style", "")):
                token.attrSet("class", "number")
            if token.type == "th_open":
                token.attrSet("scope", "col")
    for start, end in list(_heads(tokens)):
        _calm_head(tokens, start, end)


def _heads(tokens: "list[Token]") -> Iterator[tuple[int, int]]:
    start = 0
    for at, token in enumerate(tokens):
        if token.type == "thead_open":
            start = at
        elif token.type == "thead_close":
            yield start, at


def _calm_head(tokens: "list[Token]", start: int, end: int) -> None:
    """An empty head is no head: the cell becomes a plain one, or the whole row is hidden."""
    head = tokens[start : end + 1]
    empty = not any(one.content for one in head if one.type == "inline")
    for at, token in enumerate(head):
        if empty:
            token.hidden = True
            token.children = []
            token.content = ""
        elif token.type == "th_open" and not head[at + 1].content:
            token.type, token.tag = "td_open", "td"
            token.attrs.pop("scope", None)
            head[at + 2].type, head[at + 2].tag = "td_close", "td"
