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
    r"social security number|ssn|date of birth|birth ?date|passport|(?:id|identity) card|driv(?:er'?s|ing) licen[cs]e|"
    r"(?:recovery|seed) (?:phrase|words)|(?:six) digits|log-?in(?: details| data)?|credit card|passwor[dt]|pass word|"
    r"kennwort|"
    r"contrasena|mot de passe|wachtwoord|senha)"
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
        r"know|send|share|read|confirm|provide|show)(?: (?:me|us|support))?(?: [\w'-]{1,14}){0,3} "
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
        r"\b(?:system ?-?prompt|system message|text i was given|developer message|my (?:system )?(?:prompt|"
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
    rule(
        "internals-own-rules",
        "internals",
        r"\bmy (?:own |hard |strict |internal )?(?:rules|policy|policies|orders|directives|constraints|restrictions|"
        r"guardrails|code|model|developers?|creators?|system)\b|\bas an? (?:ai|llm|chat ?bot|language)\b|\b(?:an?|"
        r"the) ai "
        r"(?:model|language)\b|\b(?:not )?allowed by my\b|\bprevious instructions\b|\bdan:|\bprompt\b(?! (?:asks|"
        r"appears|"
        r"opens|window|shows|to|on|in))|\b(?:before|above) your message\b|\bthreshold\b",
        unless=r"\b(?:set|your|alert|budget)\b",
    ),
    rule(
        "internals-words-of-tools",
        "internals",
        r"\b(?:escalate to human|send response|search knowledge base|get customer history|create ticket)\b|"
        r"\bknowledge base (?:returned|gave|found|has|search|score|articles? id)\b|\b(?:returned|found) (?:\w{1,8} "
        r")?(?:hits|"
        r"passages|chunks)\b|\b(?:similarity|relevance|confidence|score) of \d|\b0?\.\d{2,3} (?:score|similarity)\b",
    ),
    rule(
        "internals-judged",
        "internals",
        r"\b(?:your|this) (?:message|ticket|mail|case|request|mood|sentiment|tone|question|account) (?:was|is|has been|"
        r"carries|has|got) (?:automatically |also )?(?:rated|scored|classified|flagged|labell?ed|tagged|"
        r"categori[sz]ed|the "
        r"(?:flag|label|score)|a (?:score|rating|flag|sentiment)|marked as (?:negative|angry|difficult|spam|risky))\b|"
        r"\b(?:sentiment|mood|tone|risk)(?: (?:is|was|of|:|score)){1,2} ?(?:negative|positive|neutral|\d)",
    ),
    rule(
        "internals-notes-at-all",
        "internals",
        r"\binternal (?:note|comment|memo|remark|ticket|document|wiki|chat|system|tool|process|guide)s?\b(?! (?:in a|"
        r"to a|"
        r"field))|\bnotes? to (?:self|staff|the team)\b|\bnotes? (?:on|about|in) your (?:ticket|account|file|case|"
        r"profile)\b|"
        r"\bour staff (?:call|say|think|note|know|see|has|have|is)\w{0,2}\b|\b(?:difficult|annoying|problem) "
        r"customer\b",
        unless=r"\b(?:keep|your own|with your|custom)\b",
    ),
    rule(
        "internals-machines",
        "internals",
        r"\b[a-z]{2,12}-(?:prod|staging|stage|dev|int|node|pod|db)(?:-?\d{1,4})?\b|\b(?:db|srv|k8s|redis|pg|node"
        r"|pod|worker|kafka)-(?:prod|staging|dev|\d{1,4})(?:-\d{1,4})?\b|\bour (?:servers?|database|cluster|code "
        r"?base|source "
        r"code|deployment|git|repository|infrastructure) (?:is|are|was|were|has|had|crashed|runs?|uses?|failed)\b",
        unless=r"\b(?:status|whether)\b",
    ),
    rule(
        "internals-number",
        "internals",
        r"\b(?:your|the|his|her) (?:internal )?(?:customer|account|user|tenant|case|record) (?:number|no|"
        r"key)\b[^.\n]{0,20}"
        r"\d{3,}",
    ),
    rule(
        "internals-told",
        "internals",
        r"\bi (?:was|am|have been|'ve been) (?:told|asked|ordered|trained|made|built|designed|set up|configured|"
        r"supposed) (?:to|not|by|for|never)\b|\bi have (?:clear |strict |my )?(?:instructions|orders|rules|"
        r"guidelines)\b|"
        r"\binstructions (?:not )?to (?:talk|say|speak|tell|mention|answer|reply)\b",
    ),
)
