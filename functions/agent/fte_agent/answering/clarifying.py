"""The one question to ask back when a message does not say what it is about."""

from __future__ import annotations

import re
from typing import Final

from fte_agent.answering.phrasing import pick

_SPECIFIC: Final = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), question)
    for words, question in (
        (
            r"integrat\w*|connect\w*"
            r"|sync\w*",
            "Which integration is it, for example Slack, GitHub or a calendar, and what happens when you use it?",
        ),
        (
            r"log ?in|sign ?in|access|account"
            r"|password",
            "What do you see when you try to sign in, and do you use a password, Google or single sign-on?",
        ),
        (
            r"app|phone|mobile",
            "Is it the app on iPhone, on Android or on a computer, and what happens when you use it?",
        ),
        (r"error|message", "What does the message say, word for word, and what were you doing when it came up?"),
        (r"pay\w*|bill\w*|invoice\w*|charge\w*|card", "Is it about a payment, an invoice or a change of your plan?"),
        (
            r"import\w*|export\w*|file|upload\w*"
            r"|download\w*",
            "Which file or data do you want to move, from where to where, and at what point does it stop?",
        ),
        (r"task|board|project|view", "Which project or view is it, what did you do, and what happened instead?"),
        (
            r"not work\w*|does ?n.t work|broken|wrong|fail\w*|stuck"
            r"|bug",
            "What exactly are you trying to do when it fails, and what do you see on the screen then?",
        ),
    )
)
_OPEN: Final = (
    "What are you trying to do in TechCorp, and what happens instead?",
    "Which part of TechCorp is it about, and what would you like to do there?",
    "What would you like to do in TechCorp, and at which point do you need help?",
)
_FILE: Final = re.compile(r"\b(?:files?|attach\w*|upload\w*|screenshots?)\b", re.IGNORECASE)
_ABOUT_A_FILE: Final = "What does it show, and what would you like to do about it?"

_ALL: Final = (*(question for _, question in _SPECIFIC), *_OPEN, _ABOUT_A_FILE)


def question_for(text: str, seed: str, *, with_file: bool = False) -> str:
    """One question, about the one thing that the message names, if it names one."""
    text = text[:2_000]
    if with_file:
        # That there is one is known; the question is what else is named.
        text = _FILE.sub(" ", text)
    specific = next((question for pattern, question in _SPECIFIC if pattern.search(text)), None)
    return specific or (_ABOUT_A_FILE if with_file else pick(_OPEN, seed, "question"))


def asked_before(reply: str) -> bool:
    """Whether `reply` asked one of these questions: nobody is asked twice in a row."""
    return any(question in " ".join(reply.split()) for question in _ALL)
