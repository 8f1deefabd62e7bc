"""The door for functions-framework: target `intake_webform`."""

from __future__ import annotations

from fte.runtime import framework
from fte_intake_webform.handler import FUNCTION

intake_webform = framework(FUNCTION, "intake_webform")
