"""A run whose calls come one at a time from outside, as over MCP: the same tools behind the same gate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from agents import FunctionTool, ToolInputGuardrailData
from agents.tool_context import ToolContext

from fte_agent import turn
from fte_agent.context import RunContext
from fte_agent.conversation import begin, owed
from fte_agent.gates import gate
from fte_agent.repeats import notice_repeats
from fte_agent.run import AGENT
from fte_agent.tools import TOOLS
from fte_agent.wiring import AgentResources

LAST_LOOK: Final = "search_knowledge_base"
"""After this call all is known that decides whether people have to take over."""

_BY_NAME: Final = {tool.name: tool for tool in TOOLS}


@dataclass(frozen=True, slots=True)
class Said:
    """What a call came to: the tool's answer, or why the gate refused it."""

    text: str
    accepted: bool


class StepwiseRun:
    """One conversation's turn, held for a caller who decides call by call.

    The turn is a lease: when this process dies, the agent answers what is still owed.
    """

    def __init__(self, context: RunContext, held: AsyncExitStack) -> None:
        self.context = context
        self._held = held

    @classmethod
    async def take(cls, resources: AgentResources, conversation_id: UUID) -> StepwiseRun | None:
        """Take the conversation's turn with all that is owed in it; None when somebody else has it, or nothing is."""
        taken = await turn.take(resources.core.pool, conversation_id)
        if taken is None:
            return None
        async with AsyncExitStack() as held:
            await held.enter_async_context(turn.kept_alive(resources.core.pool, taken))
            conversation = await owed(resources, conversation_id)
            if conversation is None:
                return None
            context = await begin(resources, taken, conversation, may_rerun=True)
            return cls(context, held.pop_all())
        return None

    async def call(self, name: str, arguments: Mapping[str, Any]) -> Said:
        """Put one call through the gate and carry it out; a refused one changes nothing.

        Raises `KeyError` for a tool that there is not, `TurnLost` when the turn is somebody else's by now.
        """
        tool: FunctionTool = _BY_NAME[name]
        text = json.dumps({"input": dict(arguments)}, default=str)
        context = ToolContext(
            context=self.context, tool_name=name, tool_call_id=f"call_{uuid4().hex}", tool_arguments=text
        )
        decision = await gate.run(ToolInputGuardrailData(context=context, agent=AGENT))
        if decision.behavior["type"] == "reject_content":
            return Said(decision.behavior["message"], accepted=False)
        said = Said(str(await tool.on_invoke_tool(context, text)), accepted=True)
        if name == LAST_LOOK:
            await notice_repeats(self.context)
        return said

    async def leave(self) -> None:
        """Give the turn back. What has no outcome yet is the agent's to answer."""
        if self.context.vectors is not None:
            self.context.vectors.cancel()
        await self._held.aclose()
