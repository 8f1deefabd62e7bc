"""How the simulated model answers: it calls the next tool, with words taken from the passages that were found. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import Template
from typing import Any

DELIVERIES = ("send_response", "escalate_to_human")
ORDER = ("create_ticket", "get_customer_history", "search_knowledge_base", *DELIVERIES)
TEXT_FIELDS = ("message", "response", "content", "text", "body", "answer", "reply", "core")
PASSAGE_FIELDS = ("text", "content", "passage", "excerpt", "body", "snippet")
SLUG_FIELDS = ("slug", "article", "article_id")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
WORD = re.compile(r"[a-z0-9]{3,}")
COMMON = re.compile(r"the|and|for|you|your|with|this|that|can|how|what|from|are|not|have|our|was|will|please|into")
SENTENCES = 4


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that the model may call."""

    name: str
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PastCall:
    """A tool call that has been made, with its arguments and its output as JSON or text."""

    name: str
    arguments: str
    output: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model sees, whichever API brought it."""

    model: str
    user: str
    tools: tuple[Tool, ...]
    calls: tuple[PastCall, ...]
    forced: str | None = None
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """The model wants a tool called; `arguments` as the model wrote them."""

    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Words:
    """The model writes plain text."""

    text: str


def answer(prompt: Prompt) -> Call | Words:
    """The next tool in the customer service order that has not been called, or plain words without tools.

    With passages the answer is `send_response`; without any it is `escalate_to_human`, if that may be called.
    """
    passages = tuple(_passages(prompt.calls))
    text = _extract(prompt.user, [passage for _, passage in passages])
    tool = _chosen(prompt, bool(passages))
    if tool is None:
        return Words(text)
    known = _known(prompt.calls)
    known.setdefault("query", prompt.user[:200])
    known["articles"] = list(dict.fromkeys(slug for slug, _ in passages if slug))[:3]
    return Call(tool.name, json.dumps(_value(tool.schema, tool.schema, "", known, text), ensure_ascii=False))


def filled(item: Call | Words, prompt: Prompt) -> Call | Words:
    """A scripted item with `$ticket_id` and the like replaced by what the earlier calls carried."""
    if isinstance(item, Words) or "$" not in item.arguments:
        return item
    texts = {name: value for name, value in _known(prompt.calls).items() if isinstance(value, str)}
    return Call(item.name, Template(item.arguments).safe_substitute(texts))


def _chosen(prompt: Prompt, found: bool) -> Tool | None:
    tools = {tool.name: tool for tool in prompt.tools}
    if prompt.forced in tools:
        return tools[prompt.forced]
    called = {call.name for call in prompt.calls}
    if called.intersection(DELIVERIES):
        return None
    left = [tools[name] for name in ORDER if name in tools and name not in called]
    left = left or [tool for tool in prompt.tools if tool.name not in called]
    if len(left) > 1 and left[0].name == "send_response" and not found:
        return left[1]
    return left[0] if left else None


def _passages(calls: tuple[PastCall, ...]) -> Iterator[tuple[str | None, str]]:
    """The (slug, text) pairs in what searches returned."""
    for call in calls:
        if "search" in call.name:
            yield from _texts(_loaded(call.output), None)


def _texts(node: Any, slug: str | None) -> Iterator[tuple[str | None, str]]:
    if isinstance(node, dict):
        slug = next((str(node[name]) for name in SLUG_FIELDS if name in node), slug)
        text = next((node[name] for name in PASSAGE_FIELDS if isinstance(node.get(name), str)), None)
        if text:
            yield slug, text
        for value in node.values():
            if isinstance(value, dict | list):
                yield from _texts(value, slug)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value, slug)
    elif isinstance(node, str) and len(node) > 40:
        yield slug, node


def _extract(question: str, passages: list[str]) -> str:
    """The sentences that share most words with the question, in their own order."""
    asked = _words(question)
    sentences = [line.strip() for passage in passages for line in SENTENCE.split(passage)]
    sentences = list(dict.fromkeys(line for line in sentences if len(line) > 20 and not line.startswith("#")))
    best = sorted(sentences, key=lambda line: -len(asked & _words(line)))[:SENTENCES]
    chosen = [line for line in sentences if line in best]
    return " ".join(chosen) or "Thank you for your message. A colleague will look into this and come back to you."


def _words(text: str) -> set[str]:
    return {word for word in WORD.findall(text.lower()) if not COMMON.fullmatch(word)}


def _known(calls: tuple[PastCall, ...]) -> dict[str, Any]:
    """Every named value that earlier calls carried, the earliest first: ids, channel, subject."""
    known: dict[str, Any] = {}
    for call in calls:
        for text in (call.arguments, call.output):
            _collect(_loaded(text), known)
    return known


def _collect(node: Any, known: dict[str, Any]) -> None:
    if isinstance(node, dict):
        for name, value in node.items():
            if isinstance(value, dict | list):
                _collect(value, known)
            elif name not in PASSAGE_FIELDS:
                known.setdefault(name, value)
    elif isinstance(node, list):
        for value in node:
            _collect(value, known)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _value(schema: dict[str, Any], root: dict[str, Any], name: str, known: dict[str, Any], text: str) -> Any:
    """A value that fits a JSON schema, from what is known."""
    if "$ref" in schema:
        schema = root.get("$defs", {}).get(str(schema["$ref"]).rpartition("/")[2], {})
    if options := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
        schema = next((option for option in options if option.get("type") != "null"), options[0])
        return _value(schema, root, name, known, text)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return known[name] if known.get(name) in schema["enum"] else schema["enum"][0]
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return {field: _value(inner, root, field, known, text) for field, inner in fields.items()}
        case "array":
            return known["articles"] if schema.get("items", {}).get("type") == "string" else []
        case "integer" | "number":
            return known.get(name, schema.get("default", schema.get("minimum", 1)))
        case "boolean":
            return bool(known.get(name, schema.get("default", False)))
        case "null":
            return None
    if name in TEXT_FIELDS:
        return text
    if name in ("reasoning", "reason", "summary"):
        return "The knowledge base passages were compared with the question."
    return str(known.get(name, schema.get("default") or name))
