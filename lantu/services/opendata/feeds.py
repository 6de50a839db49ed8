"""What is new as an Atom feed (RFC 4287), what is due as a calendar (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from lxml import etree

from lantu import __version__
from lantu.kernel.access.models import Zone
from lantu.services.opendata import queries
from lantu.services.opendata.queries import Due, Item
from lantu.ui.pages import language

ATOM = "http://www.w3.org/2005/Atom"
_LONGEST = 75  # bytes of a line of a calendar


@require_safe
def news(request: HttpRequest, zone: str) -> HttpResponse:
    """Verdicts that changed and figures that were published, in the reader's language."""
    found = get_object_or_404(Zone, slug=zone)
    today = timezone.localdate()
    items = queries.news(found, today)
    body = atom(found, items, request.build_absolute_uri("/").rstrip("/"), language())
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    # A verdict may be another one by the day alone.
    begun = datetime.combine(today, time(), timezone.get_default_timezone())
    response["Last-Modified"] = http_date(max(queries.changed(zone), begun).timestamp())
    return response


@require_safe
def due(request: HttpRequest, zone: str) -> HttpResponse:
    """The days on which promises and projects are due, in the reader's language."""
    found = get_object_or_404(Zone, slug=zone)
    number, at = queries.loaded(found)
    root = request.build_absolute_uri("/")
    body = calendar(found, queries.due(found), root, language(), number=number, at=at)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    response["Last-Modified"] = http_date(queries.changed(zone).timestamp())
    return response


def atom(zone: Zone, items: Sequence[Item], root: str, lang: str) -> bytes:
    """The feed. An entry keeps its name and its day however often it is fetched."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-Hans" if lang == "zh" else "en")
    address = f"{root}/z/{zone.slug}/news.atom"
    _put(feed, "id", address)
    _put(feed, "title", zone.zh if lang == "zh" else zone.en)
    _put(feed, "updated", _moment(max((item.day for item in items), default=date(1970, 1, 1))))
    author = _put(feed, "author", "")
    _put(author, "name", zone.zh if lang == "zh" else zone.en)
    _put(author, "uri", f"{root}/z/{zone.slug}/")
    _put(feed, "generator", "蓝图 Lantu", version=__version__)
    _put(feed, "link", "", rel="self", href=address, type="application/atom+xml")
    _put(feed, "link", "", rel="alternate", href=f"{root}/z/{zone.slug}/", type="text/html")
    for item in items:
        entry = _put(feed, "entry", "")
        _put(entry, "id", f"{address}#{item.key}")
        _put(entry, "title", item.title[lang])
        _put(entry, "updated", _moment(item.day))
        _put(entry, "summary", item.text[lang])
        _put(entry, "link", "", rel="alternate", href=root + item.path, type="text/html")
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8")


def _put(parent: etree._Element, tag: str, text: str, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    made.text = "".join(one for one in text if one.isprintable()) or None
    return made


def _moment(day: date) -> str:
    return datetime.combine(day, time(), tzinfo=UTC).isoformat().replace("+00:00", "Z")


def calendar(
    zone: Zone, found: Sequence[Due], root: str, lang: str, *, number: int, at: datetime | None
) -> bytes:
    """The calendar; each day is a whole day without a time.

    It is the `number`th revision, of a moment: an event that was not loaded again is the same
    whenever it is fetched, and one that has moved is newer than before.
    """
    host = urlsplit(root).hostname or "localhost"
    stamp = (at or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lantu//Lantu//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(zone.zh if lang == 'zh' else zone.en)}",
    ]
    for one in found:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.key.replace('/', '.')}@{host}",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"SEQUENCE:{number}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(one.title[lang])}",
            f"URL:{root.rstrip('/')}{one.path}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, never cut within a character."""
    parts, size = [""], 0
    for one in line:
        width = len(one.encode())
        if size + width > _LONGEST:
            parts.append("")
            size = 1  # the blank by which a line goes on
        parts[-1] += one
        size += width
    return "\r\n ".join(parts)
