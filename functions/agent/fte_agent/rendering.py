"""From the core of an answer to what the customer gets: greeting, length, links, reference and signature are code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fte.domain.channels import Channel
from fte.domain.layout import SENTENCE_END, heading, split
from fte_agent.records import ChannelConfig

HELP: Final = "https://help.techcorp.example/"

CLOSING: Final = (
    "If something looks different on your screen, reply to this message and tell us what you see there: the page you "
    "are on, the text of any message, and your browser or app. Your answer joins this ticket, so you do not have to "
    "explain anything twice.",
    "If you would rather speak with a person, say so in your reply and we will hand your ticket over, together with "
    "everything you have written here.",
    "You can open our help centre at any time. Each article there shows the exact menu path, what each plan "
    "includes, and what is not possible yet, so you can check the details in your own time.",
    "Screenshots help as well. Please leave out passwords, access codes and card numbers: we never need them to help "
    "you.",
)
"""What follows an answer that is shorter than its channel's minimum, as far as it is needed."""


@dataclass(frozen=True, slots=True)
class Link:
    """A help article to point at."""

    title: str
    slug: str

    @property
    def url(self) -> str:
        return HELP + self.slug


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be said: the core, paragraphs that may fill up a channel's minimum, and the articles behind it."""

    core: str
    more: tuple[str, ...] = ()
    closing: tuple[str, ...] = CLOSING
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply as the customer gets it; `parts` are what goes to the provider, in order."""

    subject: str
    text: str
    parts: tuple[str, ...]


def render(draft: Draft, config: ChannelConfig, *, name: str, reference: str, subject: str) -> Rendered:
    """Lay `draft` out for the channel. `subject` is that of the message answered."""
    greeting = config.greeting.replace(" {name}", f" {name}" if name else "")
    if config.channel is Channel.WHATSAPP:
        parts = _chat_parts(draft, greeting, config)
        return Rendered(subject, "\n\n".join(parts), parts)
    return _letter(draft, greeting, config, reference, subject)


def first_name(name: str) -> str:
    """The name to greet with: the first word of a person's name, or nothing when it does not look like one."""
    words = name.replace(",", " ").split()
    return words[0][:40] if words and all(c.isalpha() or c in "-'\u2019." for c in words[0]) else ""


def _letter(draft: Draft, greeting: str, config: ChannelConfig, reference: str, subject: str) -> Rendered:
    tail = []
    if config.shows_links and draft.links:
        tail.append(
            "Read more in our help centre:\n" + "\n".join(f"- {link.title}: {link.url}" for link in draft.links)
        )
    if config.shows_reference:
        tail.append(f"Your ticket reference is {reference}.")
    tail.append(config.signature)
    frame = _words([greeting, *tail])

    room = (config.max_words or 10_000) - frame
    body = [cut_to_words(draft.core, room)]
    for paragraph in (*draft.more, *draft.closing):
        if frame + _words(body) >= config.min_words:
            break
        if frame + _words([*body, paragraph]) <= (config.max_words or 10_000):
            body.append(paragraph)
    text = "\n\n".join([greeting, *body, *tail])
    return Rendered(heading(config.channel, subject, reference), text, (text,))


def _chat_parts(draft: Draft, greeting: str, config: ChannelConfig) -> tuple[str, ...]:
    limit = (config.max_characters or 1_600) - 1
    parts = split(f"{greeting} {draft.core}", limit)
    if len(parts) <= config.max_parts:
        return parts
    pointer = f"Full guide: {draft.links[0].url}" if draft.links else "Tell me if you would like more detail."
    kept = list(parts[: config.max_parts])
    last = split(kept[-1], limit - len(pointer) - 1)[0]
    return (*kept[:-1], f"{last}\n{pointer}")


def cut_to_words(text: str, limit: int) -> str:
    """`text` as it is, or its whole lines and sentences up to `limit` words."""
    if len(text.split()) <= limit:
        return text
    kept: list[str] = []
    words = 0
    for line in text.splitlines():
        sentences = []
        for sentence in SENTENCE_END.split(line):
            words += len(sentence.split())
            if words > limit:
                break
            sentences.append(sentence)
        kept.append(" ".join(sentences))
        if words > limit:
            break
    return "\n".join(kept).strip() or " ".join(text.split()[:limit])


def _words(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)
