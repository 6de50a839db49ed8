"""The command line: every command is a module of this folder, loaded when it is called."""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from lantu import __version__
from lantu.core.errors import ContentError, ForPeople

# Name -> what it does. Django and the rest are imported by the command that needs them.
COMMANDS = {
    "run": "migrate, load the shipped plans, start the web server",
    "read": "propose commitments from a document",
    "audit": "check a plan's own arithmetic",
    "plan": "check, load or export a plan folder",
    "status": "the verdict of every commitment of a plan",
    "judge": "judge the cases of a conformance file",
    "methods": "the methods with their parameters; check worked examples",
    "evaluate": "run one method over a csv or parquet table",
    "report": "draft a monitoring, mid-term or final report as docx, pdf or html",
    "publish": "write a static copy of the public pages, which opens without network",
    "facts": "import published figures from csv or xlsx",
    "stations": "add stations, import their hourly values or samples, or listen to them over MQTT",
    "zones": "make an empty zone; list the zones; place zones in areas",
    "warn": "give the warnings that late promises and papers call for",
    "remind": "tell people and other systems what is due or late, by mail and webhook",
    "users": "create people and give them roles",
    "verify": "check the ledger's chain of hashes",
    "backup": "write the whole state to a file",
    "restore": "bring a backup back",
    "setup": "prepare the database, translations and static files",
    "django": "pass a command to Django's own management",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0: success; 1: a finding or a failed job; 2: wrong use."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = _parser()
    if not words or words[0] in ("-h", "--help", "--version"):
        parser.parse_args(words or ["--help"])
        return 0
    name = words[0]
    if name not in COMMANDS:
        parser.error(f"there is no command {name!r}; choose one of: {', '.join(COMMANDS)}")
    module = importlib.import_module(f"lantu.cli.{name}")
    # `-q` may stand anywhere, also between two words of a command.
    rest = sorted(words[1:], key=lambda word: name == "django" or word not in ("-q", "--quiet"))
    args = _command_parser(name, module).parse_args(rest)
    return _run(module, args)


def program() -> int:
    """The command line as a program of its own, which ends with its command."""
    code = main()
    gc.freeze()  # the end frees all anyway; to look for cycles first would take a sixth of a second
    return code


def told(error: ForPeople) -> str:
    """The text of an error; in Chinese where the terminal is Chinese and there is a wording."""
    if not isinstance(error, ContentError):
        return _said(str(error))
    return f"{error.where}\n  {_said(error.what)}\n  {_said(error.remedy)}"


def _said(text: str) -> str:
    """A text in the language of the terminal."""
    places = ("LANTU_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    language = next((value for name in places if (value := os.environ.get(name))), "")
    if not language.startswith("zh"):
        return text
    from lantu.core.wording import in_chinese

    return in_chinese(text)


def _spoken(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The same command with its help in the language of the terminal."""
    parser.description = _said(parser.description or "")
    for action in parser._actions:  # argparse has no other way to its texts
        action.help = _said(action.help) if action.help else action.help
        if isinstance(action, argparse._SubParsersAction):
            for word in action._choices_actions:
                word.help = _said(word.help) if word.help else word.help
            for part in action.choices.values():
                _spoken(part)
    return parser


def _parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:<9} {_said(text)}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="lantu",
        description="Lantu 蓝图 turns a development zone's five-year plan into a running system.",
        epilog=f"commands:\n{lines}\n\n{_said('`lantu COMMAND --help` says more about each.')}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="lantu COMMAND [options]",
    )
    parser.add_argument("--version", action="version", version=f"lantu {__version__}")
    return _spoken(parser)


def _command_parser(name: str, module: ModuleType) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"lantu {name}", description=module.HELP)
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what matters")
    module.add_arguments(parser)
    return _spoken(parser)


def _run(module: ModuleType, args: argparse.Namespace) -> int:
    try:
        code: int = module.run(args)
        sys.stdout.flush()
    except ForPeople as error:
        sys.stderr.write(f"{told(error)}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of the pipe has seen enough; Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
