"""`lantu stations`: stations, hourly values from csv or over MQTT, and samples of water."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from lantu.cli.words import zone_of
from lantu.core.errors import ContentError, Refused

HELP = "add stations, import their hourly values or samples, or listen to them over MQTT"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="do", required=True)
    file = parts.add_parser("import", help="take a csv file of hourly values")
    file.add_argument("file", type=Path, help="csv")
    file.add_argument("--zone", required=True, help="the zone's short name")
    file.add_argument("--ends", action="store_true", help="times name the end of each hour")
    file.add_argument("--corrects", action="store_true", help="confirmed values replace others")
    file.add_argument("--dry-run", action="store_true", help="report, but take nothing")
    water = parts.add_parser("samples", help="take a csv or xlsx file of water samples")
    water.add_argument("file", type=Path, help="csv or xlsx")
    water.add_argument("--zone", required=True, help="the zone's short name")
    water.add_argument("--corrects", action="store_true", help="count in the place of others")
    water.add_argument("--dry-run", action="store_true", help="report, but take nothing")
    new = parts.add_parser("add", help="add a station of air, or a section of a river or lake")
    new.add_argument("code", help="its short name, such as w1")
    new.add_argument("zh", help="its Chinese name")
    new.add_argument("--zone", required=True, help="the zone's short name")
    new.add_argument(
        "--medium", required=True, choices=("air", "river", "lake"), help="what it measures"
    )
    new.add_argument("--en", default="", help="its English name")
    new.add_argument(
        "--since", type=date.fromisoformat, help="in operation since; today by default"
    )
    ear = parts.add_parser("listen", help="listen to an MQTT broker")
    ear.add_argument("--broker", required=True, help="mqtt://user:password@host:1883 or mqtts://…")
    ear.add_argument("--zone", required=True, help="the zone's short name")
    ear.add_argument("--topic", help="what to subscribe to; lantu/ZONE/stations/# by default")
    ear.add_argument("--count", type=int, help="stop after so many messages")
    ear.add_argument("--every", type=float, default=60, help="seconds between two batches")


def run(args: argparse.Namespace) -> int:
    """1 where a value was refused."""
    from lantu.cli.django import ready

    ready()
    zone = zone_of(args.zone)
    if args.do == "add":
        return _add(zone, args)
    reports = _listened(zone, args) if args.do == "listen" else [_file(zone, args)]
    has_refused = False
    for report in reports:
        has_refused = has_refused or bool(report.refused)
        for row in report.refused:
            sys.stderr.write(f"{row.where}\n  {row.what}\n  {row.remedy}\n")
        for note in report.notes:
            sys.stdout.write(f"{note}\n")
        counts = ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items())
        sys.stdout.write(f"{report.source}: {counts or 'no rows'}\n")
    return 1 if has_refused else 0


def _add(zone: Any, args: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_slug

    from lantu.services.environment.actions import add_station

    try:
        validate_slug(args.code)
    except ValidationError as error:
        raise Refused(f"{args.code!r} is no short name. Use letters, digits, - and _.") from error
    since = args.since or date.today()  # noqa: DTZ011  # the server's own day
    add_station(zone, args.code, zh=args.zh, en=args.en, medium=args.medium, since=since, by=None)
    sys.stdout.write(f"{args.code} {args.zh}\n")
    return 0


def _file(zone: Any, args: argparse.Namespace) -> Any:
    from lantu.services.environment.actions import import_hours, import_samples

    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise ContentError(
            str(args.file), f"The file cannot be read: {error.strerror}.", "Check the name."
        ) from error
    if args.do == "samples":
        return import_samples(
            zone, content, name=args.file.name, by=None, corrects=args.corrects,
            dry_run=args.dry_run,
        )  # fmt: skip
    return import_hours(
        zone, content, name=args.file.name, by=None, ends=args.ends, corrects=args.corrects,
        dry_run=args.dry_run,
    )  # fmt: skip


def _listened(zone: Any, args: argparse.Namespace) -> Iterator[Any]:
    import aiomqtt

    from lantu.services.environment.listening import Broker, Inbox, listen

    broker = Broker.of(args.broker)
    topic = args.topic or f"lantu/{zone.slug}/stations/#"
    try:
        yield from listen(Inbox(zone), broker, topic, count=args.count, every=args.every)
    except aiomqtt.MqttError as error:
        raise Refused(
            f"The broker {broker.host}:{broker.port} does not answer: {error}."
        ) from error
