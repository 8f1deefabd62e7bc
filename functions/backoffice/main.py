"""The door for functions-framework: target `backoffice`."""

from __future__ import annotations

from fte.runtime import framework
from fte_backoffice.handler import FUNCTION

backoffice = framework(FUNCTION, "backoffice")
