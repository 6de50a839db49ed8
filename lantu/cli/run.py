"""`lantu run`: prepare everything, then serve."""

import argparse
import os
import socket
import subprocess
import sys

from lantu.core.errors import ContentError

HELP = "migrate, load the shipped plans, start the web server"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on")
    parser.add_argument(
        "--workers", type=int, default=1, help="processes; one is enough for a zone"
    )


def run(args: argparse.Namespace) -> int:
    _refuse_taken(args.host, args.port)
    from lantu.cli.setup import prepare

    prepare(samples=False)
    # The invented zone's firms and stations take seconds; the first page need not wait for them,
    # nor share its core with them.
    subprocess.Popen(
        [sys.executable, "-m", "lantu", "setup", "--quiet"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.nice(10),
    )  # fmt: skip
    if not args.quiet:
        address = f"http://{'localhost' if args.host in ('127.0.0.1', '::1') else args.host}"
        sys.stdout.write(
            f"蓝图已启动，请在浏览器打开 · Lantu is running, open in a browser: "
            f"{address}:{args.port}/\n(Ctrl+C 停止 · to stop)\n"
        )
        sys.stdout.flush()
    from lantu.serving import serve

    serve(args.host, args.port, workers=args.workers)
    return 0


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ContentError(
                f"{host}:{port}",
                f"The server cannot listen here: {error.strerror}.",
                "Stop the other program, or choose another --port.",
            ) from error
