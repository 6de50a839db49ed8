"""`lantu stations`: hourly values from csv, or from the stations themselves over MQTT."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lantu.cli.words import zone_of
from lantu.core.errors import ContentError, Refused

HELP = "import hourly values of stations, or listen to them over MQTT"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="do", required=True)
    file = parts.add_parser("import", help="take a csv file of hourly values")
    file.add_argument("file", type=Path)
    file.add_argument("--zone", required=True, help="the zone's short name")
    file.add_argument("--ends", action="store_true", help="times name the end of each hour")
    file.add_argument("--corrects", action="store_true", help="confirmed values replace others")
    file.add_argument("--dry-run", action="store_true", help="report, but take nothing")
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
    reports = [_file(zone, args)] if args.do == "import" else _listened(zone, args)
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


def _file(zone: Any, args: argparse.Namespace) -> Any:
    from lantu.services.environment.actions import import_hours

    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise ContentError(
            str(args.file), f"The file cannot be read: {error.strerror}.", "Check the name."
        ) from error
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
