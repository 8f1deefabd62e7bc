from __future__ import annotations

import sys

from fte_eval.cli import main

sys.exit(main())
