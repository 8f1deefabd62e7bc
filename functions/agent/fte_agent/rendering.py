"""From the core of an answer to what the customer gets: greeting, length, links, reference and signature are code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fte.domain.channels import Channel
from fte.domain.layout import SENTENCE_END, heading, split
from fte_agent.records import ChannelConfig

HELP: Final = "https://help.techcorp.example/"


MOST_NAMES: Final = 5
LONGEST_NAME: Final = 24
_TITLES: Final = """
dr prof professor mr mrs ms miss mx sir madam herr frau dipl ing mag eng rev
"""
TITLES: Final = frozenset(_TITLES.split())
_NO_NAMES: Final = """
ignore previous instructions all above system prompt admin administrator root test tester testing user customer client
guest unknown anonymous none null nil undefined support info sales team billing accounts accounting finance office
contact service services help helpdesk desk mail email noreply reply postmaster webmaster it hr legal security assistant
agent bot robot owner company gmbh inc ltd llc corp ag bv sarl plc kg techcorp the a an and or of for from to my our
your please hello hi hey dear no not yes urgent account department manager management people everybody everyone
"""
NO_NAMES: Final = frozenset(_NO_NAMES.split())
"""Words that are no part of a person's name: with one of them, it is not the name of a person."""

SHORT_PART: Final = 100
"""A message of a chat that is shorter than this does not stand alone when more follows."""


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
    """What is to be said: the core; what fills up a channel's minimum: sentences after the core (`fill`), then
    paragraphs, those of this matter (`more`) before those that are useful to anybody (`useful`); the last sentence; and
    the articles behind it, with the line that leads to them."""

    core: str
    more: tuple[str, ...] = ()
    useful: tuple[str, ...] = ()
    ending: str = ""
    links: tuple[Link, ...] = ()
    fill: tuple[str, ...] = ()
    lead: str = "Read more in our help centre:"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply as the customer gets it; `parts` are what goes to the provider, in order."""

    subject: str
    text: str
    parts: tuple[str, ...]


def render(
    draft: Draft, config: ChannelConfig, *, name: str, reference: str, subject: str, greet: bool = True
) -> Rendered:
    """Lay `draft` out for the channel. `subject` is that of the message answered; a letter always greets."""
    greeting = config.greeting.replace(" {name}", f" {name}" if name else "")
    if config.channel is Channel.WHATSAPP:
        parts = _chat(draft, greeting if greet else "", config)
        return Rendered(subject, "\n\n".join(parts), parts)
    return _letter(draft, greeting, config, reference, subject)


def first_name(name: str) -> str:
    """The name to greet with: the first word of a person's name, or nothing when it does not look like one.

    Anybody can put any words there: a greeting must repeat no address, no order and no company.
    """
    words = name.replace(",", " ").split()[: MOST_NAMES + 1]
    folded = [word.lower().strip(".") for word in words]
    if len(words) > MOST_NAMES or NO_NAMES.intersection(folded):
        return ""
    while words and folded[0] in TITLES:
        del words[0], folded[0]
        if len(words) < 2:
            # Of "Dr. Schmidt" only the family name is left, and nobody is greeted by that.
            return ""
    if not words or not 2 <= len(words[0]) <= LONGEST_NAME:
        return ""
    return words[0] if all(c.isalpha() or c in "-'\u2019" for c in words[0]) and words[0][0].isalpha() else ""


def _letter(draft: Draft, greeting: str, config: ChannelConfig, reference: str, subject: str) -> Rendered:
    tail = [draft.ending] if draft.ending else []
    if config.shows_links and draft.links:
        tail.append("\n".join([draft.lead, *(f"- {link.title}: {link.url}" for link in draft.links)]))
    if config.shows_reference:
        tail.append(f"Your ticket reference is {reference}.")
    tail.append(config.signature)
    frame = _words([greeting, *tail])

    most = config.max_words or 10_000
    body = [cut_to_words(draft.core, most - frame)]
    filled: list[str] = []
    for sentence in draft.fill:
        if frame + _words([*body, *filled]) < config.min_words:
            filled.append(sentence)
    if filled:
        # A form's reply has few paragraphs.
        body = [(" " if config.channel is Channel.WEBFORM else "\n\n").join([*body, " ".join(filled)])]
    for paragraph in (*draft.more, *draft.useful):
        if frame + _words(body) >= config.min_words:
            break
        if frame + _words([*body, paragraph]) <= most:
            body.append(paragraph)
    text = "\n\n".join([greeting, *body, *tail])
    return Rendered(heading(config.channel, subject, reference), text, (text,))


def _chat(draft: Draft, greeting: str, config: ChannelConfig) -> tuple[str, ...]:
    limit = (config.max_characters or 1_600) - 1
    text = f"{greeting} {draft.core}".strip()
    parts = chat_parts(text, limit, config.max_parts)
    if len(parts) <= config.max_parts:
        return parts
    pointer = f"Full guide: {draft.links[0].url}" if draft.links else "Tell me if you would like more detail."
    kept = list(split(text, limit)[: config.max_parts])
    last = split(kept[-1], limit - len(pointer) - 1)[0]
    return (*kept[:-1], f"{last}\n{pointer}")


def chat_parts(text: str, limit: int, most: int) -> tuple[str, ...]:
    """`text` in messages of at most `limit` characters, between paragraphs where `most` messages allow that."""
    parts: list[str] = []
    for paragraph in text.split("\n\n"):
        if parts and len(parts[-1]) + 2 + len(paragraph) <= limit:
            parts[-1] += f"\n\n{paragraph}"
        elif parts and len(parts[-1]) < SHORT_PART:
            parts[-1:] = split(f"{parts[-1]}\n{paragraph}", limit)
        else:
            parts.extend(split(paragraph, limit))
    return tuple(parts) if len(parts) <= most else split(text, limit)


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
