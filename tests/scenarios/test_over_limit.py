"""A person who writes more mails than one person does: told once that a colleague reads them, answered no more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from agents import ModelResponse
from agents.models.interface import Model

from fte.domain.channels import Channel
from fte_agent.conversation import answer
from fte_agent.models import PlannedModel
from fte_agent.wiring import AgentResources

pytestmark = pytest.mark.anyio

Write = Callable[..., Awaitable[UUID]]
Rows = Callable[..., Awaitable[list[dict[str, Any]]]]

OVER = {"over_limit": 21}


async def outcomes(rows: Rows) -> list[str]:
    return [row["outcome"] for row in await rows(
        "SELECT outcome FROM messages WHERE direction = 'inbound' ORDER BY seq")]  # fmt: skip


async def test_over_a_limit_is_handed_over_and_told_once(agent: AgentResources, write: Write, rows: Rows) -> None:
    """Until the team has settled it: then the next one is told again."""
    await answer(agent, await write("How do I reset my password?", details={}))
    for text in ("How do I export my tasks?", "How do I import a CSV file?", "Can I use dark mode?"):
        await answer(agent, await write(text, details=OVER))
    assert await outcomes(rows) == ["answered", "escalated", "silent", "silent"]
    (case,) = await rows("SELECT e.*, t.status AS ticket_status FROM escalations AS e JOIN tickets AS t"
                         " ON t.id = e.ticket_id")  # fmt: skip
    assert (case["flag"], case["team"], case["severity"]) == ("HUMAN_REQUESTED", "support", "low")
    assert (case["context"]["over_limit"], case["ticket_status"]) == (21, "escalated")
    (told,) = await rows("SELECT content FROM messages WHERE ticket_id = %s AND direction = 'outbound'",
                         case["ticket_id"])  # fmt: skip
    assert "reads all of them together" in " ".join(told["content"].split())
    # What nothing was said to is read with the rest, and opens no ticket.
    (put,) = await rows("SELECT count(*) AS count FROM messages WHERE ticket_id = %s AND direction = 'inbound'",
                        case["ticket_id"])  # fmt: skip
    assert put["count"] == 3
    assert len(await rows("SELECT FROM tickets")) == 2

    await rows("UPDATE escalations SET status = 'resolved', resolved_at = now() RETURNING id")
    await answer(agent, await write("How do I invite a colleague?", details=OVER))
    assert (await outcomes(rows))[-1] == "escalated"


async def test_what_is_grave_is_handed_over_each_time(agent: AgentResources, write: Write, rows: Rows) -> None:
    """And to its team; other triggers once each, and what is over no limit is answered meanwhile."""
    await answer(agent, await write("How do I export my tasks?", details=OVER))
    hacked = "My account was hacked, somebody else is logged in and has changed my password."
    for _ in range(2):
        await answer(agent, await write(hacked, details=OVER))
    for text in ("I want a refund for last month.", "I want a refund for this month, too."):
        await answer(agent, await write(text, details=OVER))
    await answer(agent, await write("How do I reset my password?"))
    assert await outcomes(rows) == ["escalated", "escalated", "escalated", "escalated", "silent", "answered"]
    teams = [row["team"] for row in await rows("SELECT team FROM escalations ORDER BY created_at")]
    assert teams == ["support", "security", "security", "finance"]


class Unasked(Model):
    """A model that must not be asked."""

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        raise AssertionError("a model was asked")

    def stream_response(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError


async def test_no_model_is_asked_for_it(agent: AgentResources, write: Write, rows: Rows) -> None:
    with_model = replace(agent, model_for=lambda context: PlannedModel(context, Unasked(), "a-model"))
    await answer(with_model, await write("How do I export my tasks?", details=OVER))
    assert await outcomes(rows) == ["escalated"]
    assert [row["model"] for row in await rows("SELECT model FROM agent_runs")] == ["triggers"]


async def test_a_file_is_acknowledged_in_a_mail(agent: AgentResources, write: Write, rows: Rows) -> None:
    files = [{"name": "trace.log", "size": 900, "type": "text/plain", "sha256": "ab"}]
    await answer(agent, await write("How do I reset my password?", details={"attachments": files}))
    (reply,) = await rows("SELECT content FROM messages WHERE direction = 'outbound'")
    assert "I can see the file you attached. I cannot open it" in " ".join(reply["content"].split())


async def test_a_voice_message_is_seen_by_the_team(agent: AgentResources, write: Write, rows: Rows) -> None:
    """The second one in a row goes to a person, who is shown what it was."""
    voice = {
        "note": "[voice message]",
        "attachments": [{"url": "https://media.example/1", "type": "audio/ogg", "state": "not_fetched"}],
    }
    for _ in range(2):
        await answer(agent, await write("", Channel.WHATSAPP, details=voice))
    assert await outcomes(rows) == ["asked", "escalated"]
    (case,) = await rows("SELECT summary, context FROM escalations")
    assert case["context"]["last_messages"] == ["[without words: voice message]"]
    assert "voice message" in case["summary"]
    replies = await rows("SELECT content FROM messages WHERE direction = 'outbound' ORDER BY seq")
    assert "I can see the voice message you attached" in replies[0]["content"]
    assert "They can open the voice message you attached as well" in " ".join(replies[1]["content"].split())
