"""Released scenarios and the simulated ranking over HTTP. All of it is assumed, and says so."""

from datetime import date
from typing import Annotated, Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from lantu.core.errors import Refused
from lantu.core.figures.decimals import shown
from lantu.core.whatif import ranking as external
from lantu.core.whatif.outcome import Chance
from lantu.kernel.access.models import Zone
from lantu.services.scenarios import queries
from lantu.ui.api import MISSING, Slug

router = Router(tags=["scenarios"])
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
PUBLIC = AnonymousUser()


class ScenarioOut(Schema):
    number: int
    title: str
    as_of: date
    assumption: bool = True


class MoveOut(Schema):
    """What one lever does to a year; `amount` and `after` are null where it is not known."""

    lever: int
    title: str
    amount: str | None
    after: str | None
    why: dict[str, str]


class YearOut(Schema):
    year: int
    without: str
    moves: list[MoveOut]
    after: str | None


class ChanceOut(Schema):
    """The share of futures that end fulfilled; eight of ten end between `low` and `high`."""

    probability: str
    low: str
    high: str


class PromiseOut(Schema):
    """A promise that the scenario moves. Decimals are text; `refusal` says what is missing."""

    code: str
    unit: str
    refusal: str
    years: list[YearOut]
    chance: ChanceOut | None
    chance_without: ChanceOut | None


class ScenarioWhole(ScenarioOut):
    known_on: date
    version: int
    paths: int
    levers: list[dict[str, Any]]
    promises: list[PromiseOut]


class RankingPart(Schema):
    """A first-level part: its published weight in per cent, what was assumed, and its points.

    `assumed` is null where nothing was: the score then lies anywhere from 0 to 100.
    """

    key: str
    label: dict[str, str]
    weight: str
    indicators: int
    assumed: list[str] | None
    low: str
    high: str
    ten_more: str


class RankingOut(Schema):
    """The zone's external ranking as far as it is published, with the asker's assumptions.

    The total is an interval; no rank follows from it. `unknown` says what was not published.
    """

    assumption: bool = True
    label: dict[str, str]
    since: date
    source: dict[str, str]
    address: str
    checked: date
    unknown: list[dict[str, str]]
    low: str
    high: str
    widest: str | None
    parts: list[RankingPart]


class RankingAsked(Schema):
    """Assumed scores, each as `part:score`, such as `opening:70` or `innovation:60-75`."""

    scores: list[Annotated[str, Field(max_length=60, pattern=r"^[a-z]+:[0-9.]+(-[0-9.]+)?$")]] = []


@router.get("/zones/{zone}/ranking", response={200: RankingOut, **MISSING})
def ranking(request: HttpRequest, zone: Slug, asked: Query[RankingAsked]) -> Any:
    """The external ranking simulated with assumed scores. Nothing is kept."""
    _zone(zone)
    published = external.ranking(localdate())
    if published is None:
        raise Refused("Nothing is known of the ranking.")
    total = external.total(published, _assumed(published, asked.scores))
    widest = total.widest
    return {
        "label": dict(published.label), "since": published.since, "source": dict(published.source),
        "address": published.address, "checked": published.checked,
        "unknown": [dict(one) for one in published.unknown],
        "low": shown(total.low), "high": shown(total.high),
        "widest": None if widest is None else widest.part.key,
        "parts": [_part(line) for line in total.lines],
    }  # fmt: skip


def _assumed(published: external.Ranking, scores: list[str]) -> dict[str, external.Score]:
    """The assumed scores by part. Raises Refused for one that cannot be."""
    known, found = {part.key for part in published.parts}, dict[str, external.Score]()
    for text in scores:
        key, _, score = text.partition(":")
        if key not in known or key in found:
            raise Refused(f"{key} is no part, or stands twice. Parts: {', '.join(sorted(known))}.")
        found[key] = external.score(score)
    return found


def _part(line: external.Line) -> dict[str, Any]:
    part, score = line.part, line.score
    return {
        "key": part.key, "label": dict(part.label), "weight": shown(part.weight),
        "indicators": part.indicators, "low": shown(line.low), "high": shown(line.high),
        "ten_more": shown(line.ten_more),
        "assumed": [shown(score.low), shown(score.high)] if score.is_assumed else None,
    }  # fmt: skip


@router.get("/zones/{zone}/scenarios", response={200: list[ScenarioOut], **MISSING})
def scenarios(request: HttpRequest, zone: Slug) -> Any:
    """The scenarios that were released, the newest first. They are assumptions, not figures."""
    return [line.scenario for line in queries.lines(_zone(zone), PUBLIC)]


@router.get("/zones/{zone}/scenarios/{number}", response={200: ScenarioWhole, **MISSING})
def scenario(request: HttpRequest, zone: Slug, number: Number) -> Any:
    """One released scenario: its levers, what each does to each year, and the probabilities."""
    found = queries.find(_zone(zone), number)
    version = None if found is None else queries.visible(found, PUBLIC)
    if version is None:
        raise Refused(f"There is no released scenario {number}.")
    page = queries.page(version, "zh")
    return {
        "number": number, "title": page.scenario.title, "as_of": page.scenario.as_of,
        "known_on": version.known_on, "version": version.number, "paths": page.paths,
        "levers": version.levers, "promises": [_promise(line) for line in page.lines],
    }  # fmt: skip


def _zone(slug: str) -> Zone:
    zone = Zone.objects.filter(slug=slug).first()
    if zone is None:
        raise Refused(f"There is no zone {slug}.")
    return zone


def _promise(line: queries.Line) -> dict[str, Any]:
    return {
        "code": line.code, "unit": line.unit, "refusal": line.outcome.refusal or "",
        "chance": _chance(line.outcome.chance),
        "chance_without": _chance(line.outcome.chance_before),
        "years": [
            {
                "year": year.year, "without": shown(year.before),
                "after": None if year.after is None else shown(year.after),
                "moves": [
                    {"lever": move.lever, "title": move.title, "why": dict(move.why),
                     "amount": None if move.amount is None else shown(move.amount),
                     "after": None if move.after is None else shown(move.after)}
                    for move in year.moves
                ],
            }
            for year in line.outcome.years
        ],
    }  # fmt: skip


def _chance(found: Chance | None) -> dict[str, str] | None:
    if found is None:
        return None
    return {"probability": shown(found.probability), "low": shown(found.low),
            "high": shown(found.high)}  # fmt: skip
