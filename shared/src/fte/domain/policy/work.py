"""No reply promises work that would come after it, or claims work that was not done.

The agent has done all that it does when its reply goes out. What people do next is said by the fixed notices of a
hand-over, whose words are allowed here.
"""

from __future__ import annotations

from typing import Final

from fte.domain.policy.features import ANSWER_TIMES
from fte.domain.policy.rules import Rule, phrases, rule
from fte.domain.policy.speech import HAVE, NOW, SURELY, US, WILL

_WORK: Final = phrases("""
    fix(?:ing)?
    look(?:ing)? (?:into|at|after)
    investigat(?:e|ing)
    check(?:ing)?(?! your)
    monitor(?:ing)?
    keep(?:ing)? (?:you|an eye|track|a close)
    follow(?:ing)? up
    get(?:ting)? (?:back|in touch|hold|this|that|it|someone|your)
    come back (?:to|with)
    call(?:ing)? (?:you|back)
    phon(?:e|ing) you
    contact(?:ing)? (?:you|our|the)
    reach(?:ing)? out
    let you know
    updat(?:e|ing) (?:you|your|the|this)
    inform you
    notify you
    send(?:ing)? you
    repair(?:ing)?
    restor(?:e|ing)
    recover(?:ing)?
    resolv(?:e|ing)
    solv(?:e|ing)
    correct(?:ing)?
    sort(?:ing)? (?:it|this|that|out)
    tak(?:e|ing) care
    work(?:ing)? on
    deal(?:ing)? with
    handl(?:e|ing)
    mak(?:e|ing) sure
    ensur(?:e|ing)
    see to it
    chang(?:e|ing) (?:your|the|this|it)
    reset(?:ting)? your
    unlock(?:ing)?
    (?:de)?activat(?:e|ing) your
    extend(?:ing)? (?:your|the)
    upgrad(?:e|ing) (?:you|your)
    cancel(?:ling|ing)? (?:your|the|it)
    delet(?:e|ing) (?:your|the|it)
    escalat(?:e|ing)
    forward(?:ing)?
    pass (?:this|it|that|your)
    report(?:ing)? (?:this|it|that|the)
    rais(?:e|ing) (?:this|it|that|a|your)
    ask(?:ing)? (?:our|the|my|a) (?:\\w{1,14} )?(?:team|engineers?|developers?|colleagues?)
    test(?:ing)? (?:this|it|that)
    reproduc(?:e|ing)
    debug(?:ging)?
    prioriti[sz](?:e|ing)
    arrang(?:e|ing)
    schedul(?:e|ing)
    set(?:ting)? (?:up|it up|this up) (?:a|your|the)
    personally
    try (?:my|our|to) (?:best|fix|find|help|solve)
    do (?:my|our|everything|all|what|whatever|it for you|that for you)
    find (?:out|a solution|the cause)
    remind (?:you|them)
""")
_DONE: Final = phrases("""
    reset your
    changed (?:your|the|it)
    upgraded
    downgraded
    cancelled
    canceled
    deleted (?:your|the|it)
    fixed
    extended
    unlocked
    updated your
    activated
    deactivated
    enabled
    disabled
    restored
    recovered
    removed (?:your|the|it|him|her|them)
    added (?:you|your|it|the)
    sent you (?:a|an|the|your)
    called you
    contacted (?:our|the)
    reported (?:this|it|that|the)
    forwarded
    notified (?:our|the)
    informed (?:our|the)
    alerted
    scheduled
    transferred your
    verified your
    checked (?:your|with|our|the)
    reviewed your
    looked into
    investigated
""")

WORK: Final[tuple[Rule, ...]] = (
    rule(
        "work-will",
        "work_promise",
        rf"\b{US}{WILL}{SURELY} {_WORK}\b",
        unless=r"\b(?:not|never|cannot|can't|won't|nobody)\b|" + ANSWER_TIMES,
    ),
    rule(
        "work-now",
        "work_promise",
        rf"\b{US}{NOW} (?:{_WORK}\b|on it\b)",
        unless=r"\b(?:not|if|when|whether|while|who|that|which)\b",
    ),
    rule(
        "work-let-me",
        "work_promise",
        r"\blet me (?:check|look into|investigate|find out|ask|see what|fix|get back|verify|"
        r"talk to|speak to|escalate|forward)\b",
    ),
    rule(
        "work-done",
        "work_promise",
        rf"\b(?:i|we|our (?:team|engineers|developers))(?:{HAVE}|) {_DONE}\b",
        unless=r"\b(?:not|never|if|unless)\b",
    ),
    rule(
        "work-being",
        "work_promise",
        r"\b(?:is|are) (?:already |currently |now )?being (?:fixed|investigated|looked into|"
        r"worked on|repaired|resolved|solved|handled|processed)\b",
        unless=r"\b(?:not|if|when|while|whether)\b",
    ),
    rule(
        "work-back",
        "work_promise",
        r"\b(?:get|getting|be) back (?:to|with) you\b|\bkeep you (?:posted|updated|informed)\b|"
        r"\b(?:give|giving) you a (?:call|ring)\b|\b(?:call|phone|ring) you (?:back)?\b|"
        r"\bstay tuned\b|\bleave it (?:with|to) (?:me|us)\b|\bi'm on it\b",
        unless=r"\b(?:not|cannot|can't|never|no one|nobody)\b",
    ),
    rule(
        "work-rest-assured",
        "work_promise",
        r"\b(?:rest assured|you have my word|i promise|we promise|i swear|my promise|"
        r"you can count on)\b",
        unless=r"\b(?:not|cannot|can't)\b",
    ),
)
