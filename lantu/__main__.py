"""`python -m lantu` does what `lantu` does."""

from lantu.cli import program

raise SystemExit(program())
