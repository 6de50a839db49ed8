"""Every page of the product that somebody may read: an address for each name of the URL map.

Of the handbook and of areas every page, and of promises one of each form.
"""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, resolve, reverse
from django.urls.resolvers import get_resolver

ZONES = ("qinghe", "xinxiang")
LINK = re.compile(r'<(?:a|form|option)\b[^>]*?(?:href|action|value)="(/[^"]*|\?[^"]*)"')
# What a link must not do on a walk: end the session, change the language, act.
NOT_FOLLOWED = ("/accounts/logout", "/language", "/api/", "/static/")
# Addresses of one name that are pages of their own, by the part that tells them apart.
MANY = {"handbook_page": "name", "nested_plan": "name", "area": "slug"}
REFUSED = ("/no-such-page/", "/z/qinghe/promises/none/", "/z/qinghe/seen/")
Fetch = Callable[[str], tuple[int, str, str]]


def names(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """The name of every address, without those of the API and of the sign-in library."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if route.startswith(("accounts/", "api/")):
            continue
        if isinstance(one, URLResolver):
            yield from names(one, route)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name


def pages(
    fetch: Fetch, forms: Mapping[str, str] | None = None
) -> tuple[dict[tuple[str, ...], str], list[str]]:
    """By name, zone and what tells it apart the first address of a page, and the faults met.

    `fetch` gives status, kind of content and text. Addresses that need no more than a zone are
    made from the URL map; the others are found by following links, so a record must be shown
    somewhere to be found. `forms`: the form of a promise by the address of its page.
    """
    seen: dict[tuple[str, ...], str] = {}
    faults: list[str] = []
    asked: set[str] = set()
    missed: Counter[tuple[str, ...]] = Counter()
    known = forms or {}
    waiting = deque([*_from_map(), *known])
    while waiting:
        address = waiting.popleft()
        key = _key(address, known.get(urlsplit(address).path, ""))
        # An address may be refused for want of a question (a series of which figure?).
        if key is None or key in seen or address in asked or missed[key] == 3:
            continue
        asked.add(address)
        status, kind, text = fetch(address)
        if status >= 500:
            faults.append(f"{status} {address}")
        missed[key] += 1
        if (status == 200 or key[0] == "refused") and kind.startswith("text/html"):
            seen[key] = address
            found = (unescape(one) for one in LINK.findall(text))
            waiting += [urljoin(address, one) for one in found if not one.startswith(NOT_FOLLOWED)]
    return seen, faults


def _from_map() -> Iterator[str]:
    yield from ("/accounts/login/", *REFUSED)
    for name in names():
        for kwargs in ({}, *({"zone": zone} for zone in ZONES)):
            try:
                yield reverse(name, kwargs=kwargs)
            except NoReverseMatch:
                continue


def _key(address: str, form: str) -> tuple[str, ...] | None:
    path = urlsplit(address).path
    if path in REFUSED:
        return ("refused", path.strip("/").replace("/", "-"))
    try:
        found = resolve(path)
    except Resolver404:
        return None
    name = found.view_name or path
    apart = str(found.kwargs.get(MANY.get(name, ""), form))
    return (name, str(found.kwargs.get("zone", "")), apart)
