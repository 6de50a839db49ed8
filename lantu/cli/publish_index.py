"""The search of a static copy: one page with everything that can be found, which a script narrows.

Without the script it is a list. A page from a folder may fetch nothing, so the words that are
searched stand in the page itself.
"""

import re
from itertools import groupby
from typing import Any

from django.utils.html import escape

from lantu.cli.publish_pages import SEARCH, Site, drawn
from lantu.cli.publish_site import LANGUAGES
from lantu.core.publishing import relative_to, rewritten

WORDS = {
    "zh": ("在本副本中查找", "名称、编号或拼音", "共找到"),
    "en": ("Search in this copy", "Name, code or pinyin", "Found:"),
}
SCRIPT = "/static/ui/find.js"
_SERVED = re.compile(r"<span data-served>.*?</span>")  # what is told of the site's own search


def write_index(site: Site) -> None:
    """The page that stands where the portal has its search."""
    address = f"/z/{site.zone}/search/" if site.zone else "/search/"
    file = f"{site.language}/{SEARCH}"
    # The other language has this page in the same place, under a name that no address gives.
    other = next(one for one in LANGUAGES if one != site.language)

    def place(wanted: str) -> str | None:
        return f"{other}/{SEARCH}" if wanted.startswith("/lang/") else site.place(wanted)

    answer = drawn(address, LANGUAGES[site.language])
    page = rewritten(answer.content, address, file, place, site.static)
    html = _SERVED.sub("", page.html.decode()).replace("</main>", f"{_list(site)}</main>")
    script = relative_to(site.language, SCRIPT.lstrip("/"))
    html = html.replace("</head>", f'<script defer src="{script}"></script>\n</head>')
    site.files.write(file, html.encode())
    site.needs |= dict.fromkeys((*page.needs, SCRIPT))


def _list(site: Site) -> str:
    from django.utils.translation import override

    from lantu.services.finding.queries import KINDS, public

    about, hint, found = WORDS[site.language]
    parts = [
        f'<p class="find" data-find hidden><label>{about} '
        f'<input class="find__box" type="search" placeholder="{hint}"></label>'
        f'<span role="status" data-found="{found}"></span></p>'
    ]
    with override(LANGUAGES[site.language]):
        for kind, hits in groupby(public(site.zone), lambda hit: hit.kind):
            lines = [line for hit in hits if (line := _line(site, hit))]
            if lines:
                parts.append(
                    f"<section><h2>{escape(KINDS[kind])}</h2>\n<ul>{''.join(lines)}</ul></section>"
                )
    return "\n".join(parts)


def _line(site: Site, hit: Any) -> str:
    """One thing; nothing where its page is not in the copy."""
    address, _, mark = hit.address.partition("#")
    place = site.place(address)
    if place is None:
        return ""
    there, _, inside = place.partition("#")
    mark = mark or inside
    link = relative_to(site.language, there) + (f"#{mark}" if mark else "")
    words = escape(" ".join(hit.text.split()))
    title = escape(getattr(hit, site.language))
    return f'<li data-words="{words}"><a href="{escape(link)}">{title}</a></li>\n'
