"""No reply tells how we work inside, who works here, or asks for what must stay secret."""

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
    r"social security number|ssn)"
)
_NO: Final = (
    r"\b(?:not|never|don't|without|leave out|nobody|no one|neither|nor|instead of|cannot|can't|rather than|else|hide|"
    r"remove|ever asks?|anyone|anybody|should you not)\b"
)

SECRETS: Final[tuple[Rule, ...]] = (
    rule(
        "secret-send",
        "asks_secret",
        r"\b(?:send|tell|give|share|provide|e-?mail (?:us|me)|forward|text|dictate|submit|paste|"
        r"post|reply with|respond with|answer with|write(?: back)? with|write)(?: (?:us|me|support"
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
)

INTERNALS: Final[tuple[Rule, ...]] = (
    rule(
        "internals-tools",
        "internals",
        r"\b(?:create|get|search|send|escalate)_(?:ticket|customer_history|knowledge_base|response"
        r"|to_human)\b|\b(?:knowledge_base|tool[_ ]call|function[_ ]call|tool[_ ]output|"
        r"max_results|agent_runs?|agent_silent)\b",
    ),
    rule(
        "internals-prompt",
        "internals",
        r"\b(?:system prompt|system message|developer message|my (?:system )?(?:prompt|"
        r"instructions|guidelines|programming|training data|configuration)|(?:hard|internal|secret"
        r"|hidden) (?:rules|instructions|prompt|policy|policies|guidelines)|customer_message|"
        r"prompt injection|jail ?break|guard ?rails?|policy gate|reasoning:|(?:developer|debug|dan"
        r"|god|admin|unrestricted) mode (?:is |has been )?(?:on|enabled|active|activated|"
        r"engaged))\b",
    ),
    rule(
        "internals-instructed",
        "internals",
        r"\bi (?:was|am|have been|'ve been|'m) (?:instructed|programmed|prompted|told by (?:my|"
        r"the) (?:system|developers?|company)|forbidden by)\b|\bhere (?:are|is) (?:my|"
        r"the) (?:instructions|rules|prompt|system)\b",
    ),
    rule(
        "internals-model",
        "internals",
        r"\b(?:(?:large )?language models?|llms?|open ?ai|gpt(?:-?\d\w*)?|chat ?gpt|anthropic|"
        r"claude|gemini|mistral|llama|embeddings|vector (?:search|database)|temperature setting|"
        r"token limit|fine-tuned|hallucinat\w{1,5})\b",
    ),
    rule(
        "internals-flags",
        "internals",
        r"\b(?:security|p1|legal|sales|sentiment|whatsapp|refund|human|repeat|kb)_(?:escalation|"
        r"critical|request|requested|contact|miss)\b",
    ),
    rule(
        "internals-score",
        "internals",
        r"\b(?:sentiment|confidence|similarity|relevance|risk|retrieval) score\b|\b(?:triage|"
        r"classifier|classified (?:you|your|this) as|knowledge base (?:hit|article id|passage))\b",
    ),
    rule(
        "internals-stack",
        "internals",
        r"\btraceback\b|\bfile \"[^\"\n]{1,200}\", line \d|"
        r"\bat [\w.<>]{1,80}\([\w.]{1,60}:\d{1,6}\)|\bexception in thread\b|\b(?:psycopg|pydantic|"
        r"sqlalchemy|asyncio|kafka|postgres(?:ql)?|pgvector|knative|kubernetes)\b|\b(?:select|"
        r"insert|update|delete)\b [^.\n]{1,60}\b(?:from|into) (?:customers|messages|tickets|"
        r"customer_identifiers|conversations)\b",
    ),
    rule("internals-error", "internals", r"\b[A-Z][A-Za-z]{2,40}(?:Error|Exception)\b", cased=True),
    rule(
        "internals-env",
        "internals",
        r"\b(?:FTE|OPENAI|TWILIO|DATABASE|KAFKA|AWS|GMAIL)_[A-Z_]{3,40}\b|\bsk-[A-Za-z0-9_-]{12,}|"
        r"\b(?:postgres|postgresql|kafka)://|-----BEGIN ",
        cased=True,
    ),
    rule(
        "internals-id",
        "internals",
        r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b|\b(?:customer|"
        r"conversation|message|ticket|user|internal)[ _]ids?\b ?(?:is|:|=|#)",
    ),
    rule(
        "internals-notes",
        "internals",
        r"\b(?:our|my|an|the team's) internal\b|\binternal(?:ly)? (?:notes?|comments?|memos?|"
        r"tickets?) (?:says?|shows?|mentions?|on (?:your|this)|about (?:you|your)|for this)\b|"
        r"\b(?:our notes say|in our notes|noted internally|internal use only)\b",
    ),
    rule(
        "internals-encoded",
        "internals",
        r"(?<![\w/.-])(?=[A-Za-z0-9+/]{0,200}[0-9+/=])(?=[A-Za-z0-9+/]{0,200}[A-Z])[A-Za-z0-9+/]{2"
        r"8,}={0,2}(?![\w.-])|(?<!\w)(?:[0-9a-fA-F]{2} ?){24,}(?!\w)",
        cased=True,
    ),
    rule(
        "internals-staff",
        "internals",
        r"\b(?:[Mm]y|[Oo]ur|[Yy]our|[Tt]he|[Aa])(?: [a-z]{2,12})? (?:colleague|manager|boss|"
        r"supervisor|CEO|CTO|CFO|founder|engineer|developer|director|accountant|lawyer|"
        r"account manager|teammate|lead|head of \w{2,12}),? (?:is |named |"
        r"called )?[A-Z][a-z]{2,15}(?![\w-])(?! (?:and|plans?|or|page|only)\b)",
        cased=True,
    ),
    rule(
        "internals-staff-of",
        "internals",
        r"\b(?!TechCorp|Someone|People|Colleagues|Anyone|Somebody|Everyone|Answers?|Questions?|"
        r"Messages?|Mails?|Help|Ask|Contact)[A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15})? (?:from|in|of|"
        r"at) (?:our|the|my) (?:Sales|Finance|Support|Security|Engineering|Legal|Marketing|HR|"
        r"sales|finance|support|security|engineering|legal)(?: team| department)?(?= (?:will|can|"
        r"has|is|told|said|promised|confirmed|would|asked|looks|works)|[,.!])",
        cased=True,
    ),
    rule(
        "internals-staff-said",
        "internals",
        r"\b[A-Z][a-z]{2,15} [A-Z][a-z]{2,15}, (?:our|the|my) (?:[a-z]{2,12} )?(?:CEO|CTO|CFO|"
        r"manager|engineer|developer|lead|head|director|founder|colleague)\b",
        cased=True,
    ),
    rule(
        "internals-as-staff",
        "internals",
        r"\b(?:I am|I'm|my name is|My name is|This is|this is) (?!TechCorp|Your|A|An|The|Not|Your|"
        r"Sorry|Happy|Glad)[A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15})?,? (?:from|of|at|with|your|the|"
        r"a)\b",
        cased=True,
    ),
)
