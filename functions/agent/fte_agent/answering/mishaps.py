"""Words of something that went wrong, however kindly they are wrapped: whoever has them is neither thanked for praise
nor taken to be done."""

from __future__ import annotations

import re
from typing import Final

from fte_agent.answering.question import in_trouble

LIMIT: Final = 2_000

_EVENT: Final = re.compile(
    r"\b(?:dead(?! simple| easy)|(?:is|are|was|were|be|been|being|went|goes|going|gone|still|all|again) down"
    r"|lost(?! without)|losing|empty|broke|broken|break(?:s|ing)|crash\w*|outages?|downtime|fail\w*"
    r"|(?:wo|does|did|do|is|are|ca|could|would)n'?t (?:\w+ )?(?:load|open|work|start|save|sync|send|let|show|help"
    r"|respond|stop)\w*|(?:will|can|could) ?not (?:load|open|work|start|save|sync|send)\w*"
    r"|(?:not|no longer) work\w*|corrupt\w*|unreachable)\b"
)
_JUDGEMENT: Final = re.compile(
    r"\b(?:useless|unusable|worse|worst|ruin\w*|wast(?:e|ed|ing)|disaster|nightmare|garbage)\b"
)
_NEVER: Final = re.compile(r"\bnever (?:fail|crash|break|los)\w*")
# "Thanks for fixing the outage" speaks of one that is over.
_MENDED: Final = re.compile(
    r"\b(?:thank you|thanks|thx|kudos|well done|great job|good job)(?: so much| a lot| very much)? (?:for|on)"
    r" (?:\w+ ){0,4}(?:fix|solv|resolv|repair|restor|recover|sort)\w*"
)


def has_event(lowered: str) -> bool:
    """Whether `lowered` (small letters, single blanks) tells of something that went wrong and is not mended."""
    text = without_never(lowered[:LIMIT])
    return not _MENDED.search(text) and (bool(_EVENT.search(text)) or in_trouble(text))


def without_never(lowered: str) -> str:
    """`lowered` without what never goes wrong: "it never fails" is praise."""
    return _NEVER.sub(" ", lowered)


def has_mishap(lowered: str) -> bool:
    """Whether `lowered` tells of that, or judges hard."""
    return has_event(lowered) or bool(_JUDGEMENT.search(lowered[:LIMIT]))
