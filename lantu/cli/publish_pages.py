"""The pages of a static copy: every public page, drawn as anybody sees it."""

import posixpath
import re
from array import array
from collections import deque
from html import escape
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from lantu.cli.publish_catalogue import (
    CATALOGUE,
    MARKED,
    PACKAGE,
    Moved,
    catalogue,
    data_file,
    marked,
    package,
    package_file,
    without_embed,
)
from lantu.cli.publish_files import Files
from lantu.cli.publish_last import Keys, Last, Page
from lantu.cli.publish_site import LANGUAGES, site_address
from lantu.core.errors import Refused
from lantu.core.handbook.pages import ROOT as HANDBOOK
from lantu.core.publishing import place_of, rewritten

# What needs a server: signing in, the interfaces, writing. The gallery is for who draws pages.
SERVED = re.compile(
    r"/(?:accounts|account|admin|api|sdmx|lang|oembed|search|search\.json|subscriptions|static|ui)(?:[/.?]|$)"
    r"|/z/[\w-]+/(?:search|subscribe|my-work|hooks|ledger|seen)/"
)
# Questions that a page may be asked in the copy. Any day, any rules, any two days and any words
# have no end: those lead to the site itself.
ASKED = frozenset(
    ("page", "q", "year", "indicator", "subject", "chapter", "kind", "form", "department", "export",
     "state", "stage", "sort", "order")
)  # fmt: skip
ALL_ZONES = re.compile(r"/zones/compare/")
FIGURE = re.compile(r"/z/([\w-]+)/facts/(\d+)/")
# A figure in the row that is told of it: its link stays on the row. There are many.
ROW = re.compile(rb'(<tr id="f(\d+)"><td[^>]*><a href=")/z/[\w-]+/facts/\2/"')
DATA = re.compile(r"/z/[\w-]+/facts/series/\?.*\bexport=")
SEARCH = "search.html"
ONWARD = (
    '<!doctype html>\n<meta charset="utf-8">\n<title>蓝图 Lantu</title>\n'
    # Without an icon of its own a browser asks the server's root for one, which is not ours.
    '<link rel="icon" href="data:,">\n'
    '<meta http-equiv="refresh" content="0; url={link}">\n<p><a href="{link}">→</a></p>\n'
)


class Site:
    """The public pages in one language, as anybody sees them."""

    def __init__(
        self,
        files: Files,
        language: str,
        zone: str | None,
        last: Last | None = None,
        keys: Keys | None = None,
    ) -> None:
        """`last`: the pages that may stay; `keys`: by which it is told whether one does."""
        from django.conf import settings

        self.last, self.keys = last or Last(files.folder), keys or Keys()
        self.pages: dict[str, Page] = {}  # those that may stay the next time
        self.stood = 0  # how many of them stayed this time
        self.files, self.language, self.zone = files, language, zone
        self.static = (settings.STATIC_URL, HANDBOOK)
        self.site = site_address()
        self.needs: dict[str, None] = {}
        self._places: dict[str, str | None] = {}
        self._kinds: dict[str, bool] = {}
        self._seen_first: dict[str, Any] = {}
        self._numbers: dict[str, _Numbers] = {}

    def place(self, address: str) -> str | None:
        """Where a page of the copy lies; the switch of language leads to the other half."""
        if address in self._places:
            return self._places[address]
        if found := FIGURE.fullmatch(address):
            place = self.place(self._series_of(found))
            return f"{place}#f{found[2]}" if place else None
        self._places[address] = place = self._place(address)
        return place

    def _place(self, address: str) -> str | None:
        if match := re.match(r"/lang/(?P<to>[\w-]+)/\?next=(?P<next>[^&]*)", address):
            to = next(key for key, code in LANGUAGES.items() if code == match["to"])
            page = unquote(match["next"])
            return posixpath.join(to, place_of(page)) if self.holds(page) else None
        if file := data_file(address):
            return file if self.zone is None or file.startswith(f"data/{self.zone}/") else None
        if not self.holds(address):
            return None
        page = self.page_of(address)
        return posixpath.join("data", place_of(page)) if DATA.match(page) else self._file(page)

    def page_of(self, address: str) -> str:
        """The page on which an address is told: a figure has its row on the page of its series."""
        if found := FIGURE.fullmatch(address):
            return f"{self._series_of(found)}#f{found[2]}"
        path, _, asked = address.partition("?")
        # The same question may be written in several ways, and is one page.
        return f"{path}?{urlencode(parse_qsl(asked))}" if asked else address

    def _series_of(self, figure: re.Match[str]) -> str:
        zone = figure[1]
        if zone not in self._numbers:
            self._numbers[zone] = _Numbers(zone)
        return self._numbers[zone].page(int(figure[2]))

    def holds(self, address: str) -> bool:
        if not address.startswith("/") or SERVED.match(address):
            return False
        if self.zone and address.startswith("/z/") and not address.startswith(f"/z/{self.zone}/"):
            return False
        if self.zone and ALL_ZONES.match(address):
            return False
        asked = [key for key, _ in parse_qsl(urlsplit(address).query)]
        if "export" in asked and "xlsx" in address and len(asked) > 1:
            return False  # a part of a list is given as csv
        return ASKED.issuperset(asked) and self._is_public(address)

    def _is_public(self, address: str) -> bool:
        """Whether pages of this kind are for anybody; the first one that is met is asked."""
        from django.urls import Resolver404, resolve

        try:
            kind = resolve(urlsplit(address).path).view_name
        except Resolver404:
            return False
        if kind not in self._kinds:
            answer = drawn(address, LANGUAGES[self.language])
            to_sign_in = answer.get("Location", "").startswith("/accounts/")
            self._kinds[kind] = answer.status_code != 403 and not to_sign_in
            if answer.status_code == 200:
                self._seen_first[address] = answer
        return self._kinds[kind]

    def copy(self) -> int:
        """Follow every link of the copy from the first page on; give how many pages there are."""
        waiting, seen = deque(["/"]), {"/"}
        while waiting:
            address = waiting.popleft()
            for page in self.stands(address) or self.written(address):
                # What a series holds is written straight from its columns (publish_data.py).
                if page not in seen and self.holds(page) and not DATA.match(page):
                    seen.add(page)
                    waiting.append(page)
        return len(seen)

    def stands(self, address: str) -> tuple[str, ...]:
        """Let a page stay as the last copy has it; where it leads, or nothing if it may not."""
        file = posixpath.join(self.language, place_of(address))
        page = self.last.page(address, file, self.keys.of(address))
        if page is None:
            return ()
        self._seen_first.pop(address, None)
        self.stood += 1
        self.pages[address] = page
        self.files.names.add(file)
        self.needs |= dict.fromkeys(page.needs)
        return page.leads_to

    def written(self, address: str) -> tuple[str, ...]:
        """Write a page; give the pages that it leads to."""
        if found := CATALOGUE.fullmatch(address):
            file = posixpath.join(self.language, place_of(address))
            self.files.write(file, catalogue(found[1], self.zone, self._moved(file)))
            return ()
        answer = self._seen_first.pop(address, None) or drawn(address, LANGUAGES[self.language])
        file = self._file(address)
        if answer.status_code in (301, 302):
            return (self._passed_on(address, answer["Location"], file),)
        if answer.status_code != 200:
            raise Refused(f"The page {address} answered {answer.status_code}. Mend it first.")
        content = self._led(b"".join(answer), address, file)
        if not answer["Content-Type"].startswith("text/html"):
            self.files.write(file, content)
            return ()
        content = ROW.sub(rb'\1#f\2"', content)
        word = {"zh": "搜索", "en": "Search"}[self.language]
        copied = rewritten(
            content, address, file, self.place, self.static,
            site=self.site, search=(f"{self.language}/{SEARCH}", word),
        )  # fmt: skip
        self.files.write(file, copied.html)
        self.needs |= dict.fromkeys(copied.needs)
        pages = (self.page_of(one).partition("#")[0] for one in copied.leads_to)
        leads_to = tuple(dict.fromkeys(pages))
        if key := self.keys.of(address):
            self.pages[address] = Page(key, leads_to, copied.needs)
        return leads_to

    def _led(self, content: bytes, address: str, file: str) -> bytes:
        """A page with what it tells to other programs leading to the files of the copy."""
        if PACKAGE.fullmatch(address):
            return package(content, self._moved(file))
        if not MARKED.fullmatch(address):
            return content
        content = marked(content, address, self._moved(file))
        return content if self.site else without_embed(content, self.language)

    def _file(self, address: str) -> str:
        """Where a page is written to."""
        if found := PACKAGE.fullmatch(address):
            return package_file(found[1], self.language)
        return posixpath.join(self.language, place_of(address))

    def _moved(self, file: str) -> Moved:
        return Moved(file, self.place, self.site)

    def _passed_on(self, address: str, to: str, file: str) -> str:
        """Write a page that leads to another one; give that one's address."""
        page, _, part = to.partition("#")
        place = self.place(page)
        if place is None:
            raise Refused(f"The page {address} leads to {to}, which is not public. Mend it first.")
        link = posixpath.relpath(place, posixpath.dirname(file)) + (f"#{part}" if part else "")
        self.files.write(file, ONWARD.format(link=escape(link)).encode())
        return page


def drawn(address: str, language: str) -> Any:
    """What the view of an address answers to anybody; nothing that only a browser needs is run."""
    from django.conf import settings
    from django.contrib.auth.models import AnonymousUser
    from django.core.cache import cache
    from django.core.exceptions import DisallowedHost
    from django.http import Http404
    from django.test import RequestFactory
    from django.urls import resolve
    from django.utils.translation import override

    site = urlsplit(settings.ADDRESS)
    is_safe = site.scheme == "https"
    request = RequestFactory().get(
        address, SERVER_NAME=site.hostname, SERVER_PORT=str(site.port or (443 if is_safe else 80)),
        secure=is_safe,
    )  # fmt: skip
    request.user, request.session = AnonymousUser(), {}  # type: ignore[assignment]
    request.LANGUAGE_CODE = language
    try:
        request.resolver_match = found = resolve(request.path_info)
        with override(language):
            answer = found.func(request, *found.args, **found.kwargs)
    except Http404 as error:
        raise Refused(f"The page {address} is not there: {error}. Mend it first.") from None
    except DisallowedHost:
        raise Refused(
            f"LANTU_ADDRESS names {site.hostname}, which LANTU_HOSTS does not allow. Add it there."
        ) from None
    cache.clear()  # each page is drawn once; kept pages would only fill the memory
    return answer


class _Numbers:
    """On which page each figure has its row. Few octets a figure: a zone may have millions."""

    def __init__(self, slug: str) -> None:
        from lantu.kernel.access.models import Zone
        from lantu.kernel.facts import queries

        self.pages: list[str] = []
        self.first, self.of = 0, array("I")
        known: dict[tuple[str, str], int] = {}
        for number, indicator, subject in queries.places(Zone.objects.get(slug=slug)):
            self.first = self.first or number
            self.of.extend([0] * (number - self.first - len(self.of)))
            if (indicator, subject) not in known:
                known[indicator, subject] = len(self.pages)
                asked = urlencode({"indicator": indicator, "subject": subject})
                self.pages.append(f"/z/{slug}/facts/series/?{asked}")
            self.of.append(known[indicator, subject])

    def page(self, number: int) -> str:
        return self.pages[self.of[number - self.first]]
