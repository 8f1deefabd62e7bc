"""The door for functions-framework: target `intake_gmail`."""

from __future__ import annotations

from fte.runtime import framework
from fte_intake_gmail.handler import FUNCTION

intake_gmail = framework(FUNCTION, "intake_gmail")
