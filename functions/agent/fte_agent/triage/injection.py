"""Whether a message tries to steer the model instead of asking for help.

All of the text is looked at, quoted history and signatures too: instructions hide there. A hit blocks nothing, it
lowers what the agent may do on its own.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from typing import Final, Literal

Risk = Literal["none", "low", "high"]

_HEAD: Final = 6_000
_TAIL: Final = 2_000
_BLOBS: Final = 8

_ORDERS: Final = (
    r"(?:instructions?|prompts?|guidelines|directives|programming|guardrails|system message|rules"
    r"|polic(?:y|ies)|restrictions|constraints|training)"
)
_ORDERS_ELSEWHERE: Final = (
    r"(?:anweisungen|regeln|vorgaben|befehle|consignes|instructions|règles|instrucciones|reglas|instruções|regras"
    r"|istruzioni|regole|instructies)"
)
_GIVEN: Final = (
    r"(?:all|any|every|everything|previous|prior|above|preceding|earlier|foregoing|your|these|those|system|original"
    r"|initial|other|safety|content)"
)
_UP_TO_4: Final = r"(?: (?!my\b|our\b)[\w']{1,15}){0,4} "
_DROP: Final = (
    r"\b(?:ignore|disregard|forget|override|bypass|skip|drop|violate|break out of|pay no attention to|stop following)"
)
_HIGH: Final = tuple(
    re.compile(pattern)
    for pattern in (
        _DROP + r"(?: (?!my\b|our\b)[\w']{1,15}){0,3} " + _GIVEN + _UP_TO_4 + _ORDERS + r"\b",
        _DROP + r" (?:the |any )?" + _ORDERS + r" (?:above|before|you (?:were|have|got)|given to you|from (?:the"
        r" )?(?:system|developer))\b",
        r"\b(?:ignorier\w*|vergiss|vergessen sie|missachte)(?: [\w']{1,15}){0,4} " + _ORDERS_ELSEWHERE,
        r"\b(?:ignore[zr]?|oublie[zr]?|ne tiens pas compte)(?: [\w']{1,15}){0,4} " + _ORDERS_ELSEWHERE,
        r"\b(?:ignor[ae]\w*|olvid[ae]\w*|esque\w*|dimentica\w*|negeer|vergeet)(?: [\w']{1,15}){0,4} "
        + _ORDERS_ELSEWHERE,
        r"(?:忽略|无视|無視|忘记|以前の指示|これまでの指示).{0,12}(?:指令|指示|提示|规则|ルール|無視)",
        r"(?:игнорируй|забудь).{0,20}(?:инструкц|правил)|(?:이전|위의).{0,8}(?:지시|명령).{0,6}무시|تجاهل.{0,20}(?:تعليمات"
        r"|أوامر)",
        r"\b(?:reveal|print|show|repeat|output|display|leak|dump|send|tell|give|quote|list|recite|translate"
        r"|summari[sz]e)"
        r"(?: [\w']{1,12}){0,4} (?:your|the|its) (?:(?:full|entire|hidden|secret|initial|original|internal|exact"
        r"|own) ){0,2}"
        r"(?:system ?prompt|system message|(?:system |internal |hidden |initial |secret )?(?:instructions|prompt)"
        r"|developer message|guidelines you were given)\b",
        r"\b(?:what (?:is|are|were)|show me|tell me) your (?:system prompt|system message|initial instructions"
        r"|hidden instructions|instructions exactly)\b",
        r"<\|?\s{0,3}/?(?:im_start|im_end|system|endoftext|assistant|start_header_id)\b[^>\n]{0,30}\|?>"
        r"|\[/?(?:inst|sys(?:tem)?)\]|<</?sys>>",
        r"(?:^|\n)\s{0,9}#{2,6}\s{0,3}(?:system|assistant|instruction|new instructions?)\b",
        r"(?:^|\n)\s{0,9}(?:system|assistant|developer)\s{0,3}(?:prompt|message|override)?\s{0,3}:\s{0,3}(?:you"
        r"|ignore|the|new|from|please|act|always|never|do|set|this|override|approve|grant|reply|answer|refund"
        r"|send)\b",
        r"\b(?:you are|act|behave|respond|answer|roleplay|role-play) (?:now )?(?:as )?(?:dan|an? (?:unrestricted"
        r"|unfiltered|uncensored|jailbroken|evil|different (?:ai|assistant|model))|in developer mode|in god"
        r" mode)\b",
        r"\b(?:enable|enter|activate|switch to|turn on|you are in) (?:the )?(?:developer|debug|god|admin"
        r"|maintenance|jailbreak|unrestricted|test) mode\b(?=.{0,120}\b(?:you|reply|answer|rules|prompt"
        r"|assistant|ai)\b)",
        r"\b(?:create_ticket|get_customer_history|search_knowledge_base|send_response|escalate_to_human)\b",
        r"\b(?:attention|note|message|instructions?|hinweis|nota|important) (?:to|for|an|an die|à|para) (?:the "
        r"|any |all |die |l'|la |el )?(?:ai|llm|language model|assistant|chat ?bot|bot|model|automated"
        r" (?:agent|system)|ki|ia)\b(?: ?[:,.-]| you| that| please| when| reading| processing)",
        r"\b(?:if|when) you are an? (?:ai|llm|bot|language model|assistant)\b.{0,40}\b(?:must|reply|answer|ignore"
        r"|write|say|respond|include|do|send)\b",
        r"\b(?:your|the) (?:new|real|actual|true|only) (?:instructions?|task|rules?|role|system prompt|purpose)"
        r" (?:is|are)\b",
        r"\b(?:new|updated|additional) (?:system )?instructions? ?(?:for (?:you|the (?:ai|assistant|bot))|follow|:)",
        r"\bfrom now on,? (?:you|always|only|reply|answer|respond|act|every|ignore)\b(?=.{0,100}\b(?:reply|answer"
        r"|respond|act|obey|as|will|are|must|discount|refund)\b)",
        r"\b(?:jailbreak|prompt injection|do anything now)\b",
        r"\b(?:begin|start) (?:your|the) (?:reply|answer|response|message) (?:with|by) [\"'“]",
        r"\b(?:say|write|repeat|confirm|reply with|answer with|respond with|output) (?:only |exactly |just |the"
        r" words? |the following ){1,3}[:\"'“]",
        r"\bpretend (?:that )?(?:you|to be) (?:are |have )?(?:an? |the |no )?(?:ai|human|admin|administrator|ceo"
        r"|manager|developer|rules|restrictions|another|different|my|unrestricted)\b",
        r"\b(?:as|i am|i'm|this is) (?:the |your |an? )?(?:developer|creator|programmer|system administrator"
        r"|openai|prompt engineer|administrator of this (?:bot|assistant))\b.{0,80}\b(?:order|instruct|command"
        r"|authori[sz]e|override|permission|allow|must|reveal|print|need you)\b",
    )
)  # fmt: skip
_LOW: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bsystem[ -]prompt\b",
        r"\b(?:are you|is this|am i talking to) (?:chat ?gpt|gpt|an? llm|a language model|openai)\b",
        r"\b(?:which|what) (?:llm|language model|ai model|model|prompt) (?:are you|do you (?:use|run)|is behind)\b",
        r"\b(?:your|hidden|secret|internal) (?:instructions|rules|prompt)\b(?=.{0,60}\b(?:ai|bot|assistant|you"
        r"|tell|say)\b)",
        r"<!--[^\n]{0,200}\b(?:ai|assistant|instruction|ignore|bot)\b",
        r"\b(?:role|persona)\s{0,3}[:=]\s{0,3}[\"']?(?:system|assistant|developer)\b",
        r"\byou (?:must|have to|are required to|are obliged to) (?:obey|comply|answer without|approve|ignore)\b",
        r"\b(?:override|bypass) (?:your|all) (?:policy|safety|filters?|checks?|approvals?)\b",
        r"\b(?:send|show|give|tell) me (?:all|every|the) (?:other )?(?:customers?'?s?|users?'?|clients?'?)"
        r" ?(?:data|emails?|tickets?|messages?|names|addresses|passwords)\b",
    )
)  # fmt: skip
_BLOB: Final = re.compile(r"[A-Za-z0-9+/_-]{24,4000}={0,2}")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_TAGS: Final = re.compile("[\U000e0020-\U000e007e]")


def injection_risk(text: str) -> tuple[Risk, str]:
    """The risk, and the words that show it."""
    sample = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    hidden = "".join(chr(ord(sign) - 0xE0000) for sign in _TAGS.findall(sample))
    plain = _plain(sample)
    # In small letters: patterns that ignore case take twice the time.
    decoded = [_plain(said).lower() for said in _decoded(plain)]
    views = (plain.lower(), *([_plain(hidden).lower()] if hidden else ()), *decoded)
    for view in views:
        for pattern in _HIGH:
            if found := pattern.search(view):
                return "high", found.group().strip()[:80]
    for view in (views[0], *decoded):
        for pattern in _LOW:
            if found := pattern.search(view):
                return "low", found.group().strip()[:80]
    return ("low", "base64 text") if decoded else ("none", "")


def _plain(text: str) -> str:
    """`text` with look-alikes folded and runs of blanks as one; line breaks stay, role tags stand after them."""
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return re.sub(r"[ \t\r\f\v]+", " ", folded)


def _decoded(text: str) -> list[str]:
    """What the base64 blobs of `text` say, of those that say something: several words."""
    found = []
    for blob in _BLOB.findall(text)[:_BLOBS]:
        raw = blob.rstrip("=").replace("-", "+").replace("_", "/")
        raw = raw[: len(raw) - (1 if len(raw) % 4 == 1 else 0)]
        try:
            said = base64.b64decode(raw + "=" * (-len(raw) % 4)).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if said.count(" ") >= 2 and all(sign.isprintable() or sign.isspace() for sign in said):
            found.append(said)
    return found
