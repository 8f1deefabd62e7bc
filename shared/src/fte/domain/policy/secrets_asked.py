"""No reply asks for what must stay secret."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.rules import Rule, rule

_SECRET: Final = (
    r"(?:pass ?words?|pass ?codes?|passphrases?|pin(?: code)?|(?:verification|security|"
    r"one-time|access|sign-in|login|backup|"
    r"recovery|two-factor|2fa|six-digit|authenticat(?:or|ion)|sms|confirmation) codes?|(?:your"
    r"|that) codes?|the codes? (?:you|from|we|that|shown|in|sent)|otp|"
    r"(?:credit |debit |full |whole |complete )?card (?:number|details|data|info(?:rmation)?)|cvv|cvc|iban|"
    r"bank (?:account|details)|account number|(?:api|access|secret|private) (?:key|token)s?|secrets?|credentials|"
    r"social security number|ssn|date of birth|birth ?date|passport|(?:id|identity) card|driv(?:er'?s|ing) licen[cs]e|"
    r"(?:recovery|seed) (?:phrase|words)|(?:six) digits|log-?in(?: details| data)?|credit card|passwor[dt]|pass word|"
    r"kennwort|"
    r"contrasena|mot de passe|wachtwoord|senha)"
)
_NO: Final = (
    r"\b(?:not|never|don't|without|leave out|nobody|no one|neither|nor|instead of|cannot|can't|rather than|else|hide|"
    r"remove|ever asks?|anyone|anybody|should you not)\b"
)

_ABOUT_YOU: Final = (
    r"your (?:date of birth|birth ?dates?|birthday|place of birth|home address|private address|passport number|"
    r"national insurance|salary|age)"
)

SECRETS: Final[tuple[Rule, ...]] = (
    rule(
        "secret-send",
        "asks_secret",
        r"\b(?:send|tell|give|share|provide|(?:e-?)?mail (?:us|me)|forward|text|dictate|submit|paste|"
        r"post|giv(?:e|ing)|sending|telling|sharing|read(?: out)?|send over|reply with|respond with|answer with|"
        r"write(?: back)? with|write)(?: (?:us|me|support"
        r"|back|here|also|please|in|your|the|reply|next|message|"
        rf"both)){{0,5}}(?: [\w'-]{{1,14}}){{0,3}} {_SECRET}\b"
        r"(?![^.!?\n]{0,25}\bto (?:nobody|no one)\b)(?! (?:reset|mail|link|policy|manager"
        r"|change|field|page|form|expir|header))",
        unless=_NO,
    ),
    rule(
        "secret-need",
        "asks_secret",
        r"\b(?:we|i)(?:'ll| will|'d| would| do)? (?:need|require|ask for|want)(?: (?:you|to|know|"
        rf"have|see|from|also|confirm|verify)){{0,4}} (?:your|the|a copy of|"
        rf"a)(?: [\w'-]{{1,14}}){{0,3}} {_SECRET}\b",
        unless=_NO,
    ),
    rule(
        "secret-what",
        "asks_secret",
        r"\b(?:what(?:'s| is| are)|let (?:us|me) (?:know|have)|confirm|verify)(?: us| me)? (?:your"
        rf"|the)(?: current| full| old| new| last)? {_SECRET}\b(?! (?:in|on|under|at|by|reset|page|"
        r"field|with the))",
        unless=_NO,
    ),
    rule(
        "secret-chat",
        "asks_secret",
        rf"\b{_SECRET} (?:in|with|by) (?:your )?(?:reply|answer|response|return|this chat|"
        r"next message)\b",
        unless=_NO,
    ),
    rule(
        "secret-asked",
        "asks_secret",
        r"\b(?:could|can|may|might|would|will) (?:i|we|you)(?: (?:please|kindly|also|just)){0,2} (?:have|get|see|"
        r"give|tell|"
        r"know|send|share|mail|read|confirm|provide|show)(?: (?:me|us|support))?(?: [\w'-]{1,14}){0,3} "
        rf"{_SECRET}\b(?! (?:reset|mail|link|policy|manager|change|field|page|form|expir))",
        unless=_NO,
    ),
    rule(
        "secret-was",
        "asks_secret",
        rf"\b(?:what|which)(?: (?:was|were|is|are|do|did|'s)| you| use| old| current| last| your){{0,4}} {_SECRET}"
        rf"(?: (?:do|did) you use| is it| was it)?\s?\?|(?:^|[.!?:\n] ?)(?:your |and )?(?:the )?{_SECRET},? "
        rf"?(?:please|\?)",
        unless=_NO,
    ),
    rule(
        "secret-just-need",
        "asks_secret",
        rf"\b(?:i|we)(?: (?:just|only|still|also|then|now|will|would|first)){{0,3}} (?:need|require|want|ask for|"
        rf"miss)(?: "
        rf"(?:you|to|have|see|know|from|tell|give|me|us|send|share)){{0,6}}(?: [\w'-]{{1,14}}){{0,3}} {_SECRET}\b",
        unless=_NO,
    ),
    rule(
        "secret-here",
        "asks_secret",
        rf"\b(?:type|enter|write|put|paste|attach|upload|send over|read me|let me know|let us know|include|add|confirm|"
        rf"verify)(?: [\w'-]{{1,14}}){{0,5}} {_SECRET}(?:\b[^.!?\n]{{0,30}}\b(?:here|below|in this chat|in your "
        rf"(?:reply|"
        rf"answer|next)|to us|to me)\b|[.!?]?\s?$)",
        unless=_NO + r"|\b(?:page|app|field|settings|sign in|sign-in)\b",
    ),
    rule(
        "secret-picture",
        "asks_secret",
        rf"\b(?:photo|picture|copy|scan|screenshot|image|number) of (?:your|the|both sides of your)(?: "
        rf"[\w'-]{{1,14}}){{0,2}} "
        rf"(?:{_SECRET}|card|identity|signature)\b|\b(?:with|by|using) your (?:date of birth|passport|id card)\b",
        unless=_NO,
    ),
    rule(
        "secret-read-out",
        "asks_secret",
        r"\b(?:what|which)(?: (?:six-digit|verification|security|login|sign-in|sms|text))? code (?:did|do|have|was|"
        r"is it)\b|"
        r"\bwhat does the code say\b|\bwhat (?:is|was) the (?:\w{1,12} )?code (?:in|from|on|that) (?:the|your|you)\b|"
        r"\bread (?:me|us|out) the code\b|\b(?:what|which)(?: is|'s| was| are)? (?:your|"
        r"the)(?: "
        r"\w{1,10})? (?:tokens?|login|pin|secret|api key|passcode) (?:you|do)\b|\bwhat(?:'s| is) your(?: \w{1,10})? "
        r"(?:token|"
        r"login|pin|secret|api key)\b|\b(?:which|what)(?: \w{1,9} and)? password (?:do|did|have) you\b",
        unless=_NO,
    ),
    rule(
        "secret-hand-in",
        "asks_secret",
        r"\b(?:send|paste|share|give|post|tell|forward|copy|show|put|write|type)(?: (?:us|me|here|support))?(?: "
        r"\w{1,9}){0,1} "
        r"(?:your|the) (?:\w{1,9} ){0,2}(?:token|secret|password|pin|code)\b(?: you \w{1,9})?(?: (?:to (?:us|me|"
        r"support)|here|below|"
        r"in (?:the|your|this|a) (?:reply|answer|chat|form|message|comment|next)|with us|from the (?:mail|text|sms)))"
        r"|\b(?:send|forward|give|show|share|tell)(?: (?:me|us))? (?:the|your) (?:\w{1,10} ){0,2}(?:token|code|"
        r"secret)\b(?! to "
        r"(?:the|your|an?)\b)(?! of\b)(?![^.!?\n]{0,25}\bto (?:nobody|no one)\b)|\blet (?:me|us) (?:know|have) (?:the|"
        r"your) (?:\w{1,12} )?code(?! of)\b|"
        r"\b(?:log|sign) in "
        r"(?:through|in|via|here in) this chat\b",
        unless=_NO + r"|\b(?:header|request|field|page|app|settings|sign-in|error)\b",
    ),
    rule(
        "secret-mail-with-it",
        "asks_secret",
        r"\b(?:send|forward|give|copy|paste|share)(?: (?:me|us|support|on|over))?(?: the| your| that) (?:\w{1,9} "
        r")?(?:reset|"
        r"sign-in|login|magic|confirmation|verification) (?:link|mail|e-?mail|message)s? (?:to (?:us|me|support)|here|"
        r"in)\b|"
        r"\b(?:send|forward|give|share) (?:me|us)(?: \w{1,9}){0,2} (?:reset|sign-in|login|magic|confirmation|"
        r"verification) (?:link"
        r"|mail|e-?mail)\b|\b(?:send|forward|give) (?:me|us) the (?:mail|message|link)(?: \w{1,9}){0,2} (?:with the "
        r"code|from the "
        r"mail|with the link)\b",
        unless=_NO,
    ),
    rule(
        "secret-who-you-are",
        "asks_secret",
        r"\bmother's maiden\b|\b(?:your|the) (?:answer to (?:your|the) )?security question\b|\bwhen were you born\b|"
        r"\b(?:scan|"
        r"photo|picture|copy|image|selfie)(?: of| with)(?: your| an?| the)? (?:id\b|passport|identity|driv)|"
        r"\b(?:upload|send|"
        r"attach|show)(?: (?:us|me))? (?:your|an?) (?:id|passport|identity card)\b",
        unless=_NO,
    ),
    rule(
        "secret-about-you",
        "asks_secret",
        r"\b(?:tell|send|give|share|provide|confirm|state|name|add|include|write|need|require|let (?:us|me) (?:know|"
        r"have)|"
        rf"what|which)\b[^.!?\n]{{0,60}}\b{_ABOUT_YOU}\b",
        unless=_NO,
    ),
    rule(
        "secret-access",
        "asks_secret",
        r"\b(?:add|invite|make|give|grant) (?:me|us|our support|our team|support@techcorp\.example)(?: \w{1,9}){0,4} "
        r"(?:to your "
        r"(?:workspace|project|account)|as an? (?:admin|guest|member|owner)|admin|access|owner)\b|\b(?:team ?viewer|"
        r"any ?desk|"
        r"remote (?:access|control|session)|ultraviewer)\b|\bshare your screen\b|\b(?:disable|turn off|switch off) "
        r"(?:your "
        r"|the )?(?:two-factor|2fa)[^.!?\n]{0,30}\bso (?:that )?(?:we|i)\b",
        unless=_NO,
    ),
)
