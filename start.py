"""Starts Lantu on a bare machine: Python 3.11 or newer and nothing else.

    python3 start.py run     install if needed, then serve
    python3 start.py test    every check and test
    python3 start.py check   format, lint, types and imports only
    python3 start.py setup   install and prepare, without serving
    python3 start.py bench   measure

Standard library only.
"""

import hashlib
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
LEAST = (3, 11)


def main(words: list[str]) -> int:
    if sys.version_info < LEAST:
        return fail(f"Python {sys.version.split()[0]} is too old. Install Python 3.11 or newer.")
    command, rest = (words[0], words[1:]) if words else ("help", [])
    if command == "run":
        install("core.lock")
        return serve(rest)
    if command == "setup":
        install("core.lock")
        return call("-m", "lantu", "setup", *rest)
    if command in ("test", "check", "bench"):
        install("dev.lock")
        return {"test": test, "check": check, "bench": bench}[command](rest)
    print(__doc__)
    return 0 if command in ("help", "-h", "--help") else 2


def serve(rest: list[str]) -> int:
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "lantu", "run", *rest], surroundings())


def check(rest: list[str]) -> int:
    """What must hold before any test runs."""
    templates = [str(path) for path in ROOT.glob("lantu/**/templates")]
    steps = [
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "ruff", "check", "."],
        ["-m", "mypy", "--strict", "-p", "lantu.core"],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
        ["-m", "djhtml", "--check", "--tabwidth", "2", *templates],
        ["-m", "lantu", "django", "makemigrations", "--check", "--dry-run"],
    ]
    return first_failure(steps)


def test(rest: list[str]) -> int:
    """The checks, then the tests on SQLite and on PostgreSQL."""
    steps = [["-m", "pytest", "-n", "auto", *rest]]
    if not rest:
        steps.append(["tests/on_postgres.py"])
    return check([]) or first_failure(steps)


def bench(rest: list[str]) -> int:
    return first_failure([[str(path)] for path in sorted((ROOT / "benchmarks").glob("bench_*.py"))])


def first_failure(steps: list[list[str]]) -> int:
    for step in steps:
        print("·", *[word for word in step if len(word) < 60], flush=True)
        if code := call(*step):
            return fail(f"Failed: python {' '.join(step)[:200]}", code)
    return 0


def install(lock: str) -> None:
    """Make .venv and install exactly what the lock names; nothing if it is there already."""
    text = (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    stamp, mark = VENV / f"{lock}.stamp", hashlib.sha256(text).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == mark:
        return
    print(f"正在安装 · Installing from {lock} …", flush=True)
    if not PYTHON.exists():
        make_venv()
    fetch(lock)
    for other in VENV.glob("*.stamp"):
        other.unlink()
    stamp.write_text(mark)


def make_venv() -> None:
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if done.returncode or not PYTHON.exists():
        raise SystemExit(
            "A virtual environment cannot be made. On Debian or Ubuntu: apt install python3-venv"
        )


def fetch(lock: str) -> None:
    """With uv, which is fast; with pip where uv cannot be had."""
    quiet = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    hashed = ["--require-hashes", "-r", str(ROOT / lock)]
    if subprocess.run([*quiet, "uv"], check=False).returncode == 0:
        uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
        uv.append("--compile-bytecode")  # else every process would compile all of it anew
        done = subprocess.run([*uv, *hashed], check=False)
    else:
        done = subprocess.run([*quiet, *hashed], check=False)
    if done.returncode:
        raise SystemExit("The packages could not be installed. Is there a network or a mirror?")
    link_package()


def link_package() -> None:
    """Make `import lantu` and the command `lantu` work from this checkout."""
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(VENV), "platbase": str(VENV)}))
    packages.mkdir(parents=True, exist_ok=True)
    (packages / "lantu-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    script = PYTHON.with_name("lantu")
    script.write_text(
        f"#!{PYTHON}\nfrom lantu.cli import main\n\n"
        "if __name__ == '__main__':\n    raise SystemExit(main())\n",
        encoding="utf-8",
    )
    script.chmod(0o755)


def call(*words: str) -> int:
    done = subprocess.run([str(PYTHON), *words], cwd=ROOT, env=surroundings(), check=False)
    return done.returncode


def surroundings() -> dict[str, str]:
    """The environment, but compiled modules are kept: without them a start takes twice as long."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def fail(message: str, code: int = 1) -> int:
    print(message, file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
