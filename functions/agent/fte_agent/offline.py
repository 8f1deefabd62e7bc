"""The answerer that needs no model: a pure decision over what the run has found.

It is the default without an API key and the fallback behind every model: retrieval, extraction, templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from fte.domain.channels import Channel
from fte.domain.layout import LIST_ITEM, split
from fte.knowledge.search import Hit, Passage
from fte_agent.context import RunContext
from fte_agent.rendering import cut_to_words
from fte_agent.triage.triggers import BY_FLAG

GOOD_ENOUGH: Final = 0.5
"""Below this score an article is usually the wrong one."""

CORE_WORDS: Final = {Channel.EMAIL: 140, Channel.WEBFORM: 120}
CHAT_CHARACTERS: Final = 480

_THANKS: Final = re.compile(
    r"(?:ok(?:ay)?[,.! ]+)?(?:great|perfect|awesome|wonderful|thanks|thank you|many thanks|cheers)\b[^?]{0,80}"
)
_SETTLED: Final = re.compile(r"\b(?:worked|works now|solved|fixed|sorted|all good|that helped|resolved)\b")
_GREETING: Final = re.compile(
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|dear \w+)?[\s,!.?]*(?:there|team|help)?[\s,!.?]*"
)
_WORD: Final = re.compile(r"[a-z0-9']{3,}")


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do: answer from articles, ask back, thank, or hand over (with a flag)."""

    action: Literal["answer", "ask", "thank", "hand_over"]
    reasoning: str
    core: str = ""
    articles: tuple[str, ...] = ()
    flag: str = ""


def decide(context: RunContext) -> Decision:
    """The same inputs give the same answer."""
    text = " ".join(context.question.lower().split())
    if context.triage.route is not None:
        flag = context.triage.route.flag
        return Decision("hand_over", BY_FLAG[flag].reason, flag=flag)
    if context.ticket and not context.ticket.is_new and _settled(text):
        return Decision("thank", "The customer says that the matter is settled.")
    if (len(text) < 60 and _GREETING.fullmatch(text)) or not _WORD.search(text):
        return Decision("ask", "The message says nothing about the matter yet.")
    hits = context.found.hits if context.found else ()
    if not hits or hits[0].score < GOOD_ENOUGH:
        return Decision("hand_over", BY_FLAG["KB_MISS"].reason, flag="KB_MISS")
    best = hits[0]
    core = extract(best, context.question, context.channel)
    return Decision("answer", f"The article {best.slug} answers the question.", core, (best.slug,))


def _settled(text: str) -> bool:
    return len(text) < 160 and "not" not in text.split() and bool(_THANKS.fullmatch(text) or _SETTLED.search(text))


def extract(hit: Hit, question: str, channel: Channel) -> str:
    """The passage of `hit` that answers, cut to what the channel's core may hold; steps stay in order."""
    passage = best_passage(hit, question)
    text = plain(passage.content)
    if LIST_ITEM.match(text):
        text = f"Here is how:\n{text}"
    if channel is Channel.WHATSAPP:
        return split(text, CHAT_CHARACTERS)[0]
    return cut_to_words(text, CORE_WORDS[channel])


def best_passage(hit: Hit, question: str) -> Passage:
    """The passage nearest to the question: by its score, and by how many of the question's words it has."""
    asked = set(_WORD.findall(question.lower()))

    def nearness(passage: Passage) -> float:
        words = set(_WORD.findall(f"{passage.section} {passage.content}".lower()))
        overlap = len(asked & words) / (len(asked) or 1)
        return passage.score + 0.5 * overlap

    return max(hit.passages, key=nearness)


def plain(markdown: str) -> str:
    """The text of a passage without Markdown's marks and wrapped lines; links keep their text."""
    text = re.sub(r"\[([^\]]{1,200})\]\([^)]{1,300}\)", r"\1", markdown)
    paragraphs = []
    for block in re.split(r"\n{2,}", text):
        lines: list[str] = []
        for line in (line.strip().lstrip("#").strip() for line in block.splitlines()):
            if lines and not LIST_ITEM.match(line):
                lines[-1] += f" {line}"
            else:
                lines.append(line)
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs).replace("**", "").replace("`", "").strip()
