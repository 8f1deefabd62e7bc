"""The door for functions-framework: target `deliver`."""

from __future__ import annotations

from fte.runtime import framework
from fte_deliver.handler import FUNCTION

deliver = framework(FUNCTION, "deliver")
