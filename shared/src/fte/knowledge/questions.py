"""What of a message is the question: without greeting, signature and story. Pure, and linear in the text's length.

A search by the whole of a long message finds what its story is about. So it is searched by two texts: the message
without its wrapping, and the sentences that ask, want or report something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MAX_CHARACTERS = 4000
_MAX_SENTENCES = 60
_ASKED_CHARACTERS = 400
_LONG_WORDS = 40
"""Up to so many words the message says it better: a question alone often points back ("where is the switch?")."""
_COURTESY_CHARACTERS = 80
_WORDS_OF_A_QUESTION = 4
_CLOSING_LINES = 8
"""More lines than this after "Regards," are no signature but the message going on."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_GREETING = re.compile(
    r"(?:hi|hiya|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|to whom it may concern)\b"
    r"(?: (?:there|all|team|support|techcorp|sir|madam|or|everyone|everybody|folks|again|customer|service|and|the"
    r"|[A-Z][\w'-]{1,30})){0,5}"
    r"[\s,!.:;-]{0,8}",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:with|kind|kindest|best|warm|warmest|many|friendly|yours|sunny|all the|thanks and|thank you and)[ ,]+){0,3}"
    r"(?:regards|wishes|greetings|thanks|thank you|thx|cheers|sincerely|truly|faithfully|br|best)\b.{0,60}",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:sent|written) (?:from|with|via|by) my\b|sent from \w|get outlook for|get the app\b"
    r"|this (?:message|e-?mail|mail)\b.{0,60}\bconfidential|--+ ?$|_{5,}|confidentiality notice",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:(?:i|we) )?(?:hope (?:you|this|all|everything)|trust you|thank(?:s| you)\b|many thanks|thx\b|cheers\b"
    r"|please help"
    r"|can you help|could you help|looking forward|have a (?:nice|great|good)|greetings from|quick (?:one|question)"
    r"|first of all|any help|(?:please )?(?:advise|let me know)|how are you|love (?:the|your) (?:tool|app|product))",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|^(?:how|where|what|which|when|who|why|can|could|is|are|do|does|did|will|would|may|should|please)\b"
    r"|\b(?:how (?:do|can|to|long|many|much)|where (?:do|can|is)|is there|tell me)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\b(?:want|need|would (?:like|love)|(?:i|we)'d (?:like|love)|wish|looking for|trying to|tried to|have to|unable"
    r"|can(?:no|')?t|(?:do|does|did|is|was|are|wo|would)n'?t|cannot|not|never|no longer|error|fail\w*|stop\w*|broken"
    r"|wrong|missing|lost|gone|deleted|stuck|says|crash\w*|limit\w*|instead)\b",
    re.IGNORECASE,
)


def questions(text: str) -> tuple[str, ...]:
    """The texts to search by: the message, and what it asks where that is less; none for an empty text."""
    message = unwrap(text)
    if not message:
        return ()
    asked = _asked(message)
    return (message, asked) if asked and asked != message else (message,)


def is_long(message: str) -> bool:
    """Whether a message is searched by what it asks at once, and not only when the whole of it finds little."""
    return len(message.split()) > _LONG_WORDS


def unwrap(text: str) -> str:
    """`text` without greeting, courtesies, closing, signature and footers; all of it when nothing else is there."""
    text = text.strip()[:_MAX_CHARACTERS]
    lines = list(_body(text.splitlines()))
    sentences = [sentence for line in lines for sentence in _sentences(line)]
    return "\n".join(sentences) or text


def _body(lines: list[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        line = " ".join(line.split())
        if _FOOTER.match(line):
            return
        rest = [after for after in lines[at + 1 :] if after.strip()]
        if at and _CLOSING.fullmatch(line) and len(rest) <= _CLOSING_LINES and not any("?" in after for after in rest):
            return
        if line:
            yield line


def _sentences(line: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(line)[:_MAX_SENTENCES]:
        greeting = _GREETING.match(sentence)
        kept = sentence[greeting.end() :] if greeting else sentence
        if kept and not _is_courtesy(kept):
            yield kept


def _is_courtesy(sentence: str) -> bool:
    """Whether it says nothing else: "Quick question: how do I …" and "Please help, my export fails" do."""
    courtesy = _COURTESY.match(sentence)
    if not courtesy or len(sentence) >= _COURTESY_CHARACTERS:
        return False
    rest = sentence[courtesy.end() :]
    return len(rest.split()) < _WORDS_OF_A_QUESTION or not (_ASKS.search(rest) or _WANTS.search(rest))


def _asked(message: str) -> str:
    """The sentences that ask, want or report something. A question alone often points back: "where is the switch?"."""
    found = [sentence for sentence in message.split("\n") if _ASKS.search(sentence) or _WANTS.search(sentence)]
    return "\n".join(found)[:_ASKED_CHARACTERS]
