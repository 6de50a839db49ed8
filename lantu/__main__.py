"""`python -m lantu` does what `lantu` does."""

from lantu.cli import main

raise SystemExit(main())
