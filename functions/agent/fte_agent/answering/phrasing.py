"""Ways to say the same: openings and endings, which differ from one ticket to the next but not from try to try."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, Literal, TypeVar

from fte.domain.channels import Channel
from fte_agent.answering.question import Kind

T = TypeVar("T")

Mood = Literal["negative", "neutral", "positive"]


def pick(options: Sequence[T], seed: str, key: str) -> T:
    """One of `options`: the same for the same seed and key."""
    number = int.from_bytes(hashlib.blake2b(f"{seed}|{key}".encode(), digest_size=4).digest(), "big")
    return options[number % len(options)]


def shuffled(options: Sequence[T], seed: str, key: str) -> tuple[T, ...]:
    """All `options`, in an order that the seed decides."""
    keyed = ((hashlib.blake2b(f"{seed}|{key}|{at}".encode(), digest_size=4).digest(), at) for at in range(len(options)))
    return tuple(options[at] for _, at in sorted(keyed))


_ASKED: Final = {
    Channel.EMAIL: (
        "Thank you for your question about {matter}.",
        "Thank you for writing to us about {matter}.",
        "Thank you for getting in touch about {matter}.",
        "Many thanks for your message about {matter}.",
        "Thank you for reaching out. Your question was about {matter}.",
    ),
    Channel.WEBFORM: (
        "Thanks for your question about {matter}.",
        "Thanks for using our form to ask about {matter}.",
        "Thanks for your message about {matter}.",
        "Good to hear from you. You asked about {matter}.",
        "Thanks for getting in touch about {matter}.",
    ),
    Channel.WHATSAPP: (
        "Happy to help with {matter}.",
        "Thanks for asking about {matter}.",
        "Sure, here is what to know about {matter}.",
        "Glad to help with {matter}.",
    ),
}
_TROUBLE: Final = {
    Channel.EMAIL: (
        "Thank you for reporting this. I am sorry about the trouble with {matter}.",
        "I am sorry to hear about the trouble with {matter}, and thank you for describing it.",
        "Thank you for letting us know about the problem with {matter}.",
    ),
    Channel.WEBFORM: (
        "Thanks for reporting this; I am sorry about the trouble with {matter}.",
        "Sorry to hear about the problem with {matter}.",
        "Thanks for telling us about the problem with {matter}.",
    ),
    Channel.WHATSAPP: (
        "Sorry about the trouble with {matter}!",
        "Sorry to hear that about {matter}.",
        "Thanks for telling us, and sorry about the trouble with {matter}.",
    ),
}
_UPSET: Final = {
    Channel.EMAIL: (
        "I understand how frustrating this is, and I am sorry for the time you lost over {matter}.",
        "I am sorry for the trouble with {matter}: that is not the experience we want you to have.",
        "I can see why you are unhappy about {matter}, and I am sorry. Thank you for telling us plainly.",
        "I am sorry that you had to write to us about {matter}. I understand that it is in the way of your work.",
    ),
    Channel.WEBFORM: (
        "I am sorry about this; I understand how frustrating trouble with {matter} is.",
        "I can see why you are unhappy about {matter}, and I am sorry.",
        "I am sorry for the trouble with {matter}. I know that it keeps you from your work.",
        "I understand your frustration with {matter}, and I am sorry for it.",
    ),
    Channel.WHATSAPP: (
        "I'm really sorry about this, I know how frustrating it is.",
        "I'm sorry, I can see why that is annoying.",
        "Sorry about the trouble with {matter}, I understand the frustration.",
    ),
}
_PLEASED: Final = {
    Channel.EMAIL: (
        "Thank you for your kind message, it is a pleasure to read. You asked about {matter}.",
        "Thank you for the friendly words! Now to your question about {matter}.",
        "What a nice message to receive, thank you. Here is what you asked about {matter}.",
    ),
    Channel.WEBFORM: (
        "Thanks for the kind words! Now to your question about {matter}.",
        "Lovely to hear that, thank you. You asked about {matter}.",
        "Thank you for the nice message. Here is what you asked about {matter}.",
    ),
    Channel.WHATSAPP: (
        "So nice to hear, thank you! About {matter}:",
        "Thanks for the kind words! On {matter}:",
    ),
}

ENDINGS: Final = {
    Channel.EMAIL: (
        "If anything looks different on your screen, simply reply to this message and describe what you see.",
        "Do write back if a part of this does not match what you see; your reply joins the same ticket.",
        "If a question is left, reply to this message: everything stays together in one ticket.",
        "Should this not fit your case, a short reply with what you see is enough to continue.",
        "You are welcome to reply here at any time if something remains unclear.",
    ),
    Channel.WEBFORM: (
        "If something looks different for you, just reply to this message.",
        "Is a question left? A reply to this message is all it takes.",
        "If this does not fit your case, reply and tell us what you see instead.",
        "Feel free to reply here if anything is unclear.",
    ),
}

ALWAYS_USEFUL: Final = (
    "When you reply, these details help most: the name of the project or page, the exact text of any message, and "
    "whether you use a browser or one of the apps.",
    "If you would rather have a person look at it, say so in your reply; your ticket then goes to our Support team "
    "with everything you have written.",
    "Please leave passwords, access codes and card numbers out of your reply: we never need them to help you.",
    "Some menus are visible to Owners and Admins only. If one is missing for you, ask an Admin of your workspace, "
    "whose names stand under Workspace settings > Members.",
    "A reload of the page, or a restart of the app, brings up what was changed a moment ago on another device.",
)
"""Useful in every letter; as much of it as a short answer needs."""


def opening(channel: Channel, mood: Mood, kind: Kind, matter: str, seed: str) -> str:
    """The first sentence of an answer: it names the customer's matter and meets the mood."""
    if mood == "negative":
        options = _UPSET[channel]
    elif kind == "trouble":
        options = _TROUBLE[channel]
    elif mood == "positive":
        options = _PLEASED[channel]
    else:
        options = _ASKED[channel]
    return pick(options, seed, "opening").format(matter=matter)


def ending(channel: Channel, seed: str) -> str:
    """The last sentence of a letter; a chat needs none."""
    options = ENDINGS.get(channel)
    return pick(options, seed, "ending") if options else ""
