"""What of a message the customer says now: without quoted history, signature and disclaimers, in one normal form.

Everything here is bounded: a text is capped before it is looked at, and each step is one pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from fte_agent.triage.language import language_of
from fte_agent.triage.profanity import swearwords
from fte_agent.triage.spelling import CONTRACTIONS, WORDS

HEAD: Final = 1_600
TAIL: Final = 500
"""Characters of a long message that are judged: a matter is named at the beginning or asked for at the end."""

_RAW: Final = 20_000
_LINES: Final = 400

_QUOTE_HEADER: Final = re.compile(
    r"(?:on|am|le|el|em|il|op)\b[^\n]{0,250}?\d[^\n]{0,250}"
    r"(?:wrote|schrieb[^\n]{0,80}|a écrit|escribió|escreveu|ha scritto|schreef[^\n]{0,80})\s?:",
    re.IGNORECASE,
)
_QUOTE_MARK: Final = re.compile(
    r"-{2,}\s?(?:original message|forwarded(?: message)?|ursprüngliche nachricht|message d'origine|mensaje original)\b"
    r"|begin forwarded message|_{20,}$",
    re.IGNORECASE,
)
_OUTLOOK_FROM: Final = re.compile(r"\*?(?:from|von|de):\*?\s\S", re.IGNORECASE)
_OUTLOOK_SENT: Final = re.compile(r"\*?(?:sent|date|gesendet|datum|envoyé|enviado|fecha):\*?\s\S", re.IGNORECASE)
_DISCLAIMER: Final = re.compile(
    r"\b(?:intended (?:solely |only |exclusively )?for (?:the )?(?:use of )?(?:the |its )?"
    r"(?:addressee|recipient|named|individual|person or entity|intended)|intended recipient"
    r"|received (?:this|it) [a-z -]{0,40}\bin error|attorney[- ]client|legally privileged"
    r"|(?:this|the) (?:e-?mail|message|communication|transmission)\b[^\n]{0,80}\b(?:confidential|privileged)"
    r"|(?:confidentiality|legal|privacy) (?:notice|disclaimer) ?:? ?(?:this|the) (?:e-?mail|message|communication)"
    r"|diese (?:e-?mail|nachricht)[^\n]{0,60}vertraulich|ce (?:message|courriel)[^\n]{0,60}confidentiel"
    r"|este (?:mensaje|correo)[^\n]{0,60}confidencial"
    r"|registered (?:office|in england)|think before you print|consider the environment"
    r"|sent from my (?:iphone|ipad|android|phone|samsung|mobile)|get outlook for)\b",
    re.IGNORECASE,
)
_NOTICE_TITLE: Final = re.compile(
    r"\W{0,5}(?:legal|confidentiality|privacy) (?:notice|disclaimer)\W{0,5}|\W{0,5}disclaimer\W{0,5}", re.IGNORECASE
)
_FAREWELL: Final = re.compile(
    r"(?:(?:kind|best|warm|many) )?(?:regards|wishes)|best|sincerely|yours(?: (?:truly|faithfully|sincerely))?|cheers"
    r"|respectfully|thanks|thank you|many thanks|thx|mit freundlichen grüßen|viele grüße|cordialement|saludos",
    re.IGNORECASE,
)
SPEAKS_FOR_ITSELF: Final = 5
"""From so many words on a reply is judged without its subject, which is that of the mail it answers."""

_ANSWERS: Final = re.compile(r"\s{0,9}(?:re|aw|sv|antw)\s?:", re.IGNORECASE)
_REPLY_PREFIX: Final = re.compile(r"(?:\s{0,9}(?:re|fwd?|aw|wg|sv|tr|rv)\s?:){1,9}\s?", re.IGNORECASE)
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s]{1,300}|[\w.+-]{1,64}@[\w.-]{1,190}")
_TOKEN: Final = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|x)\b|[$€£]?\d[\d.,]{0,12}[%€$£k+]?|[^\W\d_]+(?:'[^\W\d_]{1,3}(?![^\W\d_]))?|\d+"
    r"|[.,;:!?…¿¡()\n]"
)
_ENDINGS: Final = (
    ("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'d", " would"), ("'m", " am"), ("'s", ""),
)  # fmt: skip
_SENTENCE: Final = re.compile(r"[^.!?\n]*[^.!?\s][^.!?\n]*[.!?]*")
_SENTENCES: Final = 12
_SENTENCE_WORDS: Final = 60
_BREAKS: Final = {**dict.fromkeys(".!…\n", "."), "?": "?", **dict.fromkeys(",;:()¿¡", ",")}


PARAGRAPH: Final = 7
"""Words from which on a paragraph says something: a greeting has fewer."""
PARAGRAPHS: Final = 4

MANY: Final = 100
FEW: Final = 10
"""A filler has more words than the first, and fewer different ones than the second."""

MASK: Final = " #"
"""Stands in a line where words were taken out: phrases do not run over it."""


@dataclass(frozen=True)
class Reading:
    """A message as it is judged: `text` for people and embeddings, `line` for phrases.

    `line` is lower-case ASCII words (as far as the script has them), each after one space; sentences end in ` .` or
    ` ?`, a comma is ` ,`. Contractions are written out and frequent misspellings put right.
    """

    text: str
    line: str

    @cached_property
    def words(self) -> int:
        """How many words there are."""
        return sum(token[0].isalnum() for token in self.line.split())

    @cached_property
    def is_filler(self) -> bool:
        """Whether a long message says the same few words over and over."""
        return self.words > MANY and len(set(self.line.split())) < FEW

    @cached_property
    def rude(self) -> tuple[str, ...]:
        """The rude words, in order."""
        return swearwords(self.text)

    @cached_property
    def language(self) -> str:
        """The code of the language: a guess."""
        return language_of(self.text)

    def sentences(self) -> Iterator[Reading]:
        """Each of the first whole sentences that is not too long as a reading of its own, where there are several."""
        found = (match.group().strip() for match in _SENTENCE.finditer(self.text))
        parts = [part for part in found if len(part.split()) > 3]
        several = parts[:_SENTENCES] if len(parts) > 1 else []
        return (Reading(part, normal_form(part)) for part in several if len(part.split()) <= _SENTENCE_WORDS)

    def paragraphs(self) -> tuple[Reading, ...]:
        """Each of the first paragraphs that say something as a reading of its own, where there are several."""
        lines = (" ".join(line.split()) for line in _unwrapped(self.text).splitlines())
        found = [line for line in lines if len(line.split()) >= PARAGRAPH][:PARAGRAPHS]
        several = found if len(found) > 1 and not self.is_filler else []
        return tuple(Reading(line, normal_form(line)) for line in several)


def read(subject: str, text: str) -> Reading:
    """What `subject` and `text` say themselves."""
    said = own_words(text)
    title = _REPLY_PREFIX.sub("", clean(subject[:300]), count=1).strip()
    if _ANSWERS.match(subject) and len(said.split()) >= SPEAKS_FOR_ITSELF:
        title = ""
    whole = f"{title}\n\n{said}".strip() if title else said
    if len(whole) > HEAD + TAIL:
        whole = f"{whole[:HEAD]}\n\n{whole[-TAIL:]}"
    return Reading(whole, normal_form(whole))


def clean(text: str) -> str:
    """`text` with compatibility forms folded, plain apostrophes and dashes, and nothing invisible."""
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return folded.translate({0x2019: "'", 0x2018: "'", 0x00B4: "'", 0x0060: "'", 0x2013: "-", 0x2014: "-", 0x00A0: " "})


def own_words(text: str) -> str:
    """`text` without what others wrote, without signature and without disclaimers."""
    lines = [line.strip()[:4_000] for line in clean(text[:_RAW]).splitlines()]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 50], *lines[-50:]]
    return "\n".join(_without_signature(_without_disclaimers(_without_quotes(lines)))).strip()


def _without_quotes(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for at, line in enumerate(lines):
        if line.startswith((">", "|>")):
            continue
        following = lines[at + 1 : at + 4]
        # Mail programs wrap the header of a long name.
        if _opens_quote(line) or (
            len(line) < 200 and "@" in line and following and _opens_quote(f"{line} {following[0][:200]}")
        ):
            if any(after.startswith(">") for after in following):
                continue  # the quote is marked, and what comes below it is the customer's again
            break
        if _QUOTE_MARK.match(line):
            break
        if _OUTLOOK_FROM.match(line) and any(_OUTLOOK_SENT.match(after) for after in following[:2]):
            break
        kept.append(line)
    return kept


def _opens_quote(line: str) -> bool:
    return ":" in line and _QUOTE_HEADER.match(line) is not None


def _without_disclaimers(lines: list[str]) -> list[str]:
    kept: list[str] = []
    inside = False
    for at, line in enumerate(lines):
        if _DISCLAIMER.search(line):
            inside = True
            while kept and _NOTICE_TITLE.fullmatch(kept[-1]):
                kept.pop()
        elif not line:
            inside = False
        elif not inside and _NOTICE_TITLE.fullmatch(line) and any(map(_DISCLAIMER.search, lines[at + 1 : at + 4])):
            inside = True
        if not inside:
            kept.append(line)
    return kept


def _without_signature(lines: list[str]) -> list[str]:
    """Titles under a farewell ("General Counsel") say who writes, not what about."""
    for at, line in enumerate(lines):
        if line == "--":
            return lines[:at]
        if at and len(line) < 40 and _FAREWELL.fullmatch(line.rstrip(" ,.!-")):
            rest = [after for after in lines[at + 1 :] if after]
            if len(rest) <= 8 and all(len(after) < 80 and not _says_something(after) for after in rest):
                return lines[:at]
    return lines


def _says_something(line: str) -> bool:
    return line.lower().startswith(("ps", "p.s")) or (line.endswith((".", "?", "!")) and len(line.split()) > 4)


def normal_form(text: str) -> str:
    """`text` as one line of plain words; see `Reading`."""
    lowered = _without_accents(_ADDRESS.sub(" ", clean(text)).lower().replace("e-mail", "email"))
    out: list[str] = [" ."]
    for token in _TOKEN.findall(_unwrapped(lowered)):
        if token in _BREAKS:
            mark = f" {_BREAKS[token]}"
            # One mark is enough, and the strongest of a run stands.
            if out[-1] in {" .", " ?", " ,"}:
                out[-1] = mark if out[-1] == " ," or mark == " ?" else out[-1]
            else:
                out.append(mark)
        else:
            out.append(f" {_plain_word(token)}")
    return "".join(out)


def _unwrapped(text: str) -> str:
    """A line break ends a sentence unless it merely wraps a long line."""
    lines = text.splitlines()
    joined: list[str] = []
    for at, line in enumerate(lines):
        following = lines[at + 1].strip() if at + 1 < len(lines) else ""
        wraps = len(line) > 55 and following[:1].isalpha()
        joined.append(line + (" " if wraps else "\n"))
    return "".join(joined)


@lru_cache(maxsize=8_192)
def _plain_word(token: str) -> str:
    word = CONTRACTIONS.get(token)
    if word is None:
        for ending, written in _ENDINGS:
            if token.endswith(ending) and len(token) > len(ending):
                word = token[: -len(ending)] + written
                break
        else:
            word = token
    if word[0].isdigit() or word[0] in "$€£":
        return word.rstrip(".,").replace(",", "")
    return " ".join(WORDS.get(part, part)[:40] for part in word.split())


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.replace("ß", "ss"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
