"""No reply tells how we work inside, or who works here."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.rules import Rule, rule

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
        r"\b(?:your|this) (?:message|ticket|mail|case|request|mood|sentiment|tone|question|account|conversation|chat) "
        r"(?:was|is|has been|"
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
    rule(
        "internals-built-on",
        "internals",
        r"\b(?:built|based|runs?|running|powered|trained) (?:on|by|with) (?:an? |the |a very )?(?:\w{1,10} )?(?:large "
        r"|language "
        r"|ai |foundation )?models?\b|\b(?:knowledge|training) (?:cut-?off|data)\b|\bcontext window\b|\bneural "
        r"network\b",
        unless=r"\bai features\b",
    ),
    rule(
        "internals-search-tool",
        "internals",
        r"\b(?:search|lookup|look-up|retrieval|escalation|hand-?over) tool\b|\b(?:call(?:ing|ed)?|us(?:e|ed|ing)|"
        r"invok\w{1,3}) "
        r"(?:the|a|my|one of my) (?:\w{1,10} )?tools?\b|\bmy (?:search|tools?|index|context|sources) (?:\w{1,9} "
        r")?(?:call|"
        r"returned|found|gave|says?|shows?|has|did|does|only)\b",
        unless=r"\b(?:you|your)\b",
    ),
    rule(
        "internals-given-passages",
        "internals",
        r"\b(?:retrieved|provided|supplied|given) (?:passages?|context|documents?|articles?|text|snippets?)\b|"
        r"\b(?:passages?|"
        r"context|documents?|articles?|snippets?|information)(?: that)? (?:i (?:was|have been|'ve been|am|have|got)|"
        r"i've|"
        r"provided|given to me)\b|\b(?:in|from|by|our|the|my) knowledge base\b|"
        r"\bpassages?\b|\bi(?: was| am|'m) (?:only )?(?:trained|given|shown|fed)\b|\bi can only (?:see|read|use) "
        r"(?:the|three|two|what)\b|"
        r"\b(?:bug|mistake|error|fault) in (?:our|the) (?:\w{1,9} )?(?:module|code|system|software|release|"
        r"back-?end)\b|\bour (?:last |"
        r"latest |\w{1,9} )?(?:deployment|deploy|cron ?job|module|code|pipeline|build)s?\b",
        unless=r"\b(?:you|your)\b",
    ),
    rule(
        "internals-flagged",
        "internals",
        r"\b(?:my|the) confidence(?: in \w{1,9}| level| score)? (?:is|was)\b|\byou(?:'ve| were| are| have|'re)(?: "
        r"\w{1,9}){0,2} "
        r"(?:flagged|classified|scored|marked as|tagged|labell?ed)\b|\b(?:system|classifier|model|software|filter|"
        r"algorithm)(?: \w{1,9})? "
        r"(?:flagged|"
        r"marked|rated|classified|scored|labell?ed|tagged|judged) (?:you|your|this|it)\b",
        unless=r"\b(?:if|spam)\b",
    ),
    rule(
        "internals-our-machines",
        "internals",
        r"\bour (?:own )?(?:logs?|back-?end|queues?|stack|data ?cent(?:re|er) provider|monitoring)\b|\b(?:our|the) "
        r"(?:database|"
        r"backend|message queue|queue|cluster|cache|load balancer) (?:timed|is|was|has|runs?|crashed|failed|shows|"
        r"returned)\b|"
        r"\bfrom our (?:database|backend)\b|\b(?:we|techcorp) (?:host|run)s? (?:\w{1,9} )?on (?:aws|azure|gcp|google "
        r"cloud|"
        r"amazon|linux|docker)\b|\bwritten in (?:python|java|go|rust|php|ruby|typescript)\b|\bin the (?:\w{1,9} "
        r")?queue (?:of|"
        r"for) (?:tier|level|our|the)\b|\btier ?[123]\b|\b(?:first|second|third)[- ](?:level|line) support\b",
        unless=r"\b(?:your own|offline)\b",
    ),
    rule(
        "internals-notes-say",
        "internals",
        r"\b(?:the|our|my|colleague's) (?:notes?|file|crm) (?:on you |about you )?(?:says?|shows?|mentions?|tells?) "
        r"(?:that )?"
        r"(?:you|your|we|i)\b|\bnotes? from (?:my|a|our|the) (?:colleague|team|agent|predecessor)\b",
    ),
    rule(
        "internals-customer-number",
        "internals",
        r"\b(?:you are|you're|as) (?:our )?(?:customer|client|user|account) (?:number|no\.?|#)? ?\d|\b(?:record|"
        r"account|profile|"
        r"customer|user|case)(?: \w{1,9}){0,2} (?:has|with|under) (?:the )?(?:internal )?(?:id|number) \S{0,6}\d{2}|"
        r"\bextension \d{1,5}\b",
    ),
    rule(
        "internals-of-ours",
        "internals",
        r"\b(?:priority|severity) p[1-4]\b|\bkb[ -](?:miss|hit|entry|article)\b|\binternally\b|\b(?:redis|rabbitmq|"
        r"elasticsearch|nginx|"
        r"terraform|mongodb|mysql|celery)\b|\bthe (?:pods?|containers?|nodes?|workers?) (?:restarted|crashed|died|is|"
        r"are|was)\b|"
        r"\b\w{2,20}\.py\b|\bstack trace\b",
        unless=r"\byour\b",
    ),
)
