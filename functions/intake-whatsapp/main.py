"""The door for functions-framework: target `intake_whatsapp`."""

from __future__ import annotations

from fte.runtime import framework
from fte_intake_whatsapp.handler import FUNCTION

intake_whatsapp = framework(FUNCTION, "intake_whatsapp")
