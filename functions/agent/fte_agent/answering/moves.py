"""What a message does in the conversation, besides asking: it greets, thanks, praises, complains, wishes, or says that
an answer did not help."""

from __future__ import annotations

import re
from typing import Final, Literal

from fte_agent.answering.follow_up import corrects
from fte_agent.answering.question import asks, in_trouble, is_question, without_frame
from fte_agent.answering.words import stems

Move = Literal[
    "empty", "unclear", "settled", "thanks", "praise", "complaint", "wish", "no_help", "reference", "off_topic", "ask"
]

LIMIT: Final = 2_000

_WORD: Final = re.compile(r"[^\W_]+")
_GREETING_WORDS: Final = """
hi hello hey hiya greetings good morning afternoon evening day there team dear sir madam all everyone yo test testing
ping support techcorp anybody anyone somebody someone here is it
"""
_GREETINGS: Final = frozenset(_GREETING_WORDS.split())
_THANKING: Final = re.compile(
    r"\b(?:thanks|thank you|thx|ty|cheers|much appreciated|appreciate (?:it|the|your)|many thanks|grateful)\b"
)
_SETTLED: Final = re.compile(
    r"\b(?:(?:it|that|this|everything|all) (?:\w+ )?(?:worked|works|fixed|solved|helped|sorted)|works? (?:now|again"
    r"|fine|great"
    r"|perfectly)|worked|solved|sorted|fixed|all good|all set|helped|resolved|got it|did the trick|found it|that was it"
    r"|no longer (?:need|an issue)|you can close|please close)\b"
)
_NO_HELP: Final = re.compile(
    r"\b(?:still (?:not|no|does|the same|same|doesn't|don't|didn't|can't|cannot|isn't|won't|nothing|broken|fail\w*"
    r"|get\w*"
    r"|see\w*|happen\w*|stuck|wrong|missing|blank|empty|hav\w*|there)|(?:did|does|do)(?:n't| not) (?:help|work|change"
    r"|fix|solve"
    r"|make a difference)|no (?:luck|change|difference|effect|success)|same (?:problem|issue|error|thing|result)"
    r"|not (?:helpful|fixed|solved|working)|(?:already|have) (?:tried|done|did) (?:that|this|it|all|these|those)"
    r"|tried (?:that|this|it|all|everything|these|those|your)|that (?:is not|isn't|wasn't) (?:it|what|my)|unhelpful"
    r"|(?:again|back) (?:the same|not working)|nothing (?:changed|helped)|doesn't help"
    r"|(?:did|done|followed|checked|tried) (?:all )?(?:of )?(?:that|this|it|these|those|everything|(?:your|the) steps)"
    r"[,.;]? (?:but|and|yet)|but (?:still |there is |there was )?(?:no|nothing|not|never)|no success)\b"
    r"|\bstill ?(?:[.!?,]|$)"
)
_ALL_TRIED: Final = re.compile(
    r"\b(?:did|done|tried|followed|checked|went through) (?:(?:everything|all|each|every one)(?: of)?"
    r" (?:(?:on|in|of|from) )?(?:your|the|these|those|that) (?:list|steps?|points?|mail|message|answer|things?)"
    r"|(?:everything|all) (?:that )?you (?:wrote|said|suggested|listed|sent))\b"
)
_PRAISE: Final = re.compile(
    r"\b(?:love|loving|great (?:job|work|product|tool|app|support|update|service)|awesome|amazing|fantastic|excellent"
    r"|brilliant|wonderful|well done|kudos|impressed|good job|nice (?:work|job|update)|keep (?:it )?up|happy with"
    r"|delighted"
    r"|compliments?|fan of|best (?:tool|product|app|support)|made (?:my|our) day|really (?:like|enjoy)|thumbs up)\b"
)
_WISH: Final = re.compile(
    r"\b(?:feature request|suggestion|suggest|(?:would|it'd|that'd|would also) be (?:\w+ )?(?:great|nice|cool|helpful"
    r"|useful"
    r"|good|awesome|lovely)|please (?:add|consider|build)|could you (?:please )?(?:add|build|implement)"
    r"|can you (?:please )?(?:add"
    r"|build|implement)|(?:i|we) wish|wish (?:there|you|techcorp)|would love (?:a|an|to see|to have|if)"
    r"|any plans? (?:to|for)"
    r"|are you planning|do you plan|on the roadmap|missing feature|idea for)\b"
)
_REFERENCE: Final = re.compile(
    r"\b(?:ticket|reference|case|request)(?: id| no\.?| number| reference| code)\b|\bmy reference\b"
)
# What is asked of a talking machine, not of a support desk.
_OFF_TOPIC: Final = re.compile(
    r"\b(?:say|tell|write|compose|sing|recite|make up|give|draw|generate)(?: me| us)?"
    r" (?:a|an|some|something|any|another)\b(?: [\w'-]+){0,3} ?\b(?:jokes?|poem|rhyme|songs?|lyrics|haiku|limerick"
    r"|riddle|essay|homework|recipe|mean|funny|nasty|rude|bad about|python|javascript|horoscope|sonnet|rap)\b"
    r"|\bsay (?:something|anything) (?:\w+ )?about\b"
)
# Words that name no matter: with nothing else, nobody can tell what it is about.
_HOLLOW: Final = frozenset(
    stems(
        "work working broken error bug wrong fail failing app application account software system platform website site"
        " page program product integration connection feature function thing stuff button screen open happen happening"
        " fix please urgent important info information details assistance advise request access hey message contact"
        " write writing reply answer respond chat guys plz hmm um deadline tomorrow today now nothing again anymore"
        " stop stopped start started weird strange crazy bad new old"
    )
)


def move_of(text: str, *, category: str, mood: str, continues: bool) -> Move:
    """The move that `text` makes; `ask` where it has a matter to be answered.

    `continues` tells that this ticket has had an answer before. Thanks settle a matter only then, and never in a
    message that also says that it does not work or asks something else.
    """
    text = text[:LIMIT]
    if is_greeting(text):
        return "empty"
    text = without_frame(text) or text
    lowered = " ".join(text.lower().replace("\u2019", "'").split())
    words = _WORD.findall(lowered)
    if not words:
        return "empty"
    telling = [word for word in stems(lowered) if word not in _HOLLOW]
    questions = _asks_something(text)
    if _OFF_TOPIC.search(lowered):
        return "off_topic"
    if continues and (_NO_HELP.search(lowered) or _ALL_TRIED.search(lowered)):
        return "no_help"
    if _REFERENCE.search(lowered) and len(set(telling)) <= 2 and "update" not in lowered:
        return "reference"
    if not questions and not in_trouble(_without_settled(lowered)) and mood != "negative":
        if (
            continues
            and len(words) <= 40
            and (_SETTLED.search(lowered) or (_THANKING.search(lowered) and len(words) <= 12))
        ):
            return "settled"
        if _wishes(lowered, category):
            return "wish"
        if _THANKING.search(lowered) and len(telling) <= 6 and (category != "how_to" or len(telling) <= 2):
            return "thanks"
        kind = _PRAISE.search(lowered) or _THANKING.search(lowered)
        if (category == "feedback" and (kind or not continues)) or (
            mood == "positive" and _PRAISE.search(lowered) and len(telling) <= 25
        ):
            return "praise"
    # Who asks a question wants it answered first, whatever the category says.
    if _wishes(lowered, "" if questions else category):
        return "wish"
    put_right = continues and corrects(text)
    if category == "feedback" and mood == "negative" and not (questions or put_right or in_trouble(lowered)):
        return "complaint"
    return "ask" if telling else "unclear"


def is_greeting(text: str) -> bool:
    """Whether a message only greets, or has no words at all."""
    words = _WORD.findall(text[:LIMIT].lower())
    return len(words) <= 8 and all(word in _GREETINGS for word in words)


def tried_all(text: str) -> bool:
    """Whether the customer says that all we listed has been tried."""
    return bool(_ALL_TRIED.search(" ".join(text[:LIMIT].lower().split())))


def praises(text: str) -> bool:
    """Whether `text` has words of praise."""
    return bool(_PRAISE.search(text[:LIMIT].lower()))


def _wishes(lowered: str, category: str) -> bool:
    return category == "feature_request" or (bool(_WISH.search(lowered)) and not in_trouble(lowered))


def _asks_something(text: str) -> bool:
    # Who writes in a chat leaves out the question mark: "can it remind me the day before".
    return any(is_question(ask.text) or ask.kind in ("how", "which", "amount") for ask in asks(text))


def _without_settled(lowered: str) -> str:
    # "It is no longer an issue" is trouble by its words alone.
    return _SETTLED.sub(" ", lowered)
