"""`python -m fte_local`, which is what `./dev` runs."""

from __future__ import annotations

import sys

from fte_local.cli import main

sys.exit(main(sys.argv[1:]))
