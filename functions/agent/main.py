"""The door for functions-framework: `functions-framework --target agent`."""

from fte.runtime import framework
from fte_agent.handler import FUNCTION

agent = framework(FUNCTION, "agent")
