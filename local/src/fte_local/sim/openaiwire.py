"""Both of OpenAI's conversation formats, read into one prompt and written from one step. Pure."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from fte_local.sim.modelanswer import Call, PastCall, Prompt, Tool, Words
from fte_local.sim.modelscript import Step

OPTIONS = (
    "temperature", "reasoning", "reasoning_effort", "max_output_tokens", "max_tokens", "max_completion_tokens",
    "tool_choice", "parallel_tool_calls", "store", "prompt_cache_key",
)  # fmt: skip
"""What a caller can ask for beside the words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt, the API that it came by, its length in tokens, and that of its unchanging beginning."""

    api: Literal["responses", "chat_completions"]
    prompt: Prompt
    tokens: int
    prefix: int


def tokens(text: str) -> int:
    """About as many tokens as a text has."""
    return max(1, len(text) // 4)


def from_responses(body: dict[str, Any]) -> Asked:
    """Read a request to Responses."""
    given = body.get("input")
    items = [{"role": "user", "content": given}] if isinstance(given, str) else list(given or ())
    outputs = {item.get("call_id"): item.get("output") for item in items if item.get("type") == "function_call_output"}
    calls = tuple(
        PastCall(str(item["name"]), str(item.get("arguments", "")), _text(outputs.get(item.get("call_id"))))
        for item in items
        if item.get("type") == "function_call"
    )
    tools = (tool for tool in body.get("tools") or () if tool.get("type") == "function")
    prefix = tokens(json.dumps(body.get("tools") or ())) + tokens(str(body.get("instructions") or ""))
    return Asked("responses", _prompt(body, items, tools, calls), prefix + tokens(json.dumps(items)), prefix)


def from_chat(body: dict[str, Any]) -> Asked:
    """Read a request to Chat Completions."""
    items = list(body.get("messages") or ())
    outputs = {item.get("tool_call_id"): item.get("content") for item in items if item.get("role") == "tool"}
    calls = tuple(
        PastCall(call["function"]["name"], call["function"].get("arguments", ""), _text(outputs.get(call["id"])))
        for item in items
        for call in item.get("tool_calls") or ()
    )
    tools = (tool["function"] for tool in body.get("tools") or () if tool.get("type") == "function")
    system = [item for item in items if item.get("role") in ("system", "developer")]
    prefix = tokens(json.dumps(body.get("tools") or ())) + tokens(json.dumps(system))
    length = tokens(json.dumps(body.get("tools") or ())) + tokens(json.dumps(items))
    return Asked("chat_completions", _prompt(body, items, tools, calls), length, prefix)


def to_response(body: dict[str, Any], asked: Asked, step: Step, now: int, cached: int = 0) -> dict[str, Any]:
    """Write a `Response`."""
    output: list[dict[str, Any]] = []
    for item in step.items:
        if isinstance(item, Call):
            call = {"type": "function_call", "id": _id("fc"), "call_id": _id("call"), "status": "completed"}
            output.append({**call, "name": item.name, "arguments": item.arguments})
        else:
            output.append(_message({"type": "output_text", "text": item.text, "annotations": [], "logprobs": []}))
    if step.refusal is not None:
        output.append(_message({"type": "refusal", "refusal": step.refusal}))
    written = sum(map(_written, step.items))
    return {
        "id": _id("resp"),
        "object": "response",
        "created_at": now,
        "status": "incomplete" if step.incomplete else "completed",
        "error": None,
        "incomplete_details": {"reason": "max_output_tokens"} if step.incomplete else None,
        "instructions": body.get("instructions"),
        "max_output_tokens": body.get("max_output_tokens"),
        "metadata": body.get("metadata") or {},
        "model": asked.prompt.model,
        "output": output,
        "parallel_tool_calls": body.get("parallel_tool_calls", True),
        "previous_response_id": None,
        "store": body.get("store", True),
        "temperature": body.get("temperature", 1.0),
        "text": {"format": {"type": "text"}},
        "tool_choice": body.get("tool_choice", "auto"),
        "tools": body.get("tools") or [],
        "top_p": body.get("top_p", 1.0),
        "truncation": "disabled",
        "usage": {
            "input_tokens": asked.tokens,
            "input_tokens_details": {"cached_tokens": cached},
            "output_tokens": written,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": asked.tokens + written,
        },
    }


def to_completion(body: dict[str, Any], asked: Asked, step: Step, now: int, cached: int = 0) -> dict[str, Any]:
    """Write a `ChatCompletion`."""
    texts = [item.text for item in step.items if isinstance(item, Words)]
    calls = [
        {"id": _id("call"), "type": "function", "function": {"name": item.name, "arguments": item.arguments}}
        for item in step.items
        if isinstance(item, Call)
    ]
    message: dict[str, Any] = {"role": "assistant", "content": "\n".join(texts) or None, "refusal": step.refusal}
    if calls:
        message["tool_calls"] = calls
    reason = "length" if step.incomplete else "tool_calls" if calls else "stop"
    written = sum(map(_written, step.items))
    return {
        "id": _id("chatcmpl"),
        "object": "chat.completion",
        "created": now,
        "model": asked.prompt.model,
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reason}],
        "usage": {
            "prompt_tokens": asked.tokens,
            "completion_tokens": written,
            "total_tokens": asked.tokens + written,
            "prompt_tokens_details": {"cached_tokens": cached},
            "completion_tokens_details": {"reasoning_tokens": 0},
        },
        "system_fingerprint": None,
    }


def _prompt(
    body: dict[str, Any], items: list[dict[str, Any]], tools: Iterable[dict[str, Any]], calls: tuple[PastCall, ...]
) -> Prompt:
    asked = [_text(item.get("content")) for item in items if item.get("role") == "user"]
    known = tuple(Tool(str(tool["name"]), tool.get("parameters") or {"type": "object"}) for tool in tools)
    options = {name: body[name] for name in OPTIONS if body.get(name) is not None}
    return Prompt(str(body["model"]), "\n".join(asked), known, calls, _forced(body.get("tool_choice")), options)


def _forced(choice: Any) -> str | None:
    """The one tool that the caller insists on."""
    if not isinstance(choice, dict):
        return None
    if choice.get("type") == "allowed_tools":
        names = [tool.get("name") for tool in choice.get("tools") or choice.get("allowed_tools", {}).get("tools", ())]
        return str(names[0]) if len(names) == 1 else None
    name = choice.get("name") or choice.get("function", {}).get("name")
    return None if name is None else str(name)


def _text(content: Any) -> str:
    """A content that is a text or a list of parts."""
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return "" if content is None else str(content)


def _message(content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "message", "id": _id("msg"), "status": "completed", "role": "assistant", "content": [content]}


def _written(item: Call | Words) -> int:
    return tokens(item.arguments if isinstance(item, Call) else item.text)


def _id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(16)}"
