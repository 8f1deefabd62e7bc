"""No reply promises work that would come after it, or claims work that was not done.

The agent has done all that it does when its reply goes out. What people do next is said by the fixed notices of a
hand-over, whose words are allowed here.
"""

from __future__ import annotations

from typing import Final

from fte.domain.policy.dates import ANSWER_TIMES
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
        r"talk to|speak to|escalate|forward|have a|take (?:a|care))\b",
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
        "work-fix-comes",
        "work_promise",
        r"\b(?:fix|patch|hotfix|solution|repair|correction|improvement|bugfix)(?:es|s)?(?: \w{1,9}){0,4} (?:is|are)(?: "
        r"\w{1,9}){0,2} (?:being (?:rolled out|deployed|released|tested|prepared|built|installed|shipped|applied|"
        r"written|reviewed|finished)|rolling out|on (?:its|the) way|under ?way|going (?:out|live))\b",
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
    rule(
        "work-any-future",
        "work_promise",
        r"\b(?:i|we|(?:our|the|a|my|one of our) (?:[a-z]{2,14} )?(?:teams?|colleagues?|engineers?|developers?|"
        r"specialists?|"
        r"experts?|technicians?|managers?|agents?|lead)|sales|finance|engineering)(?:'ll| will| shall| am going to|"
        r"'m going "
        r"to| are going to|'re going to| is going to)(?: (?:also|then|now|gladly|happily|personally|certainly|"
        r"definitely|"
        r"just|be)){0,3} (?!(?:not|never|only|need|hand|explain|show|list|walk|describe|assume|help you with the steps|"
        r"see|find|no longer)\b)[a-z]{2,}",
        unless=r"\b(?:not|never|cannot|can't|whether|if|when)\b|" + ANSWER_TIMES,
    ),
    rule(
        "work-i-am-doing",
        "work_promise",
        r"\b(?:i'm|i am|we're|we are)(?: (?:already|currently|now|just|still|actively)){0,2} (?!(?:missing|leaving|"
        r"passing|handing|"
        r"referring|"
        r"assuming|hoping|asking|sharing|afraid|listing|nothing|something|anything|answering|writing|happy|sorry)\b)"
        r"[a-z]{2,14}ing\b",
        unless=r"\b(?:not|if|when|whether|while|that|says?|about)\b",
    ),
    rule(
        "work-i-have-done",
        "work_promise",
        r"(?<!do )(?<!did )(?<!can )(?<!should )\b(?:i|we)(?:'ve| have|)(?: (?:just|already|now|also|gone ahead and|"
        r"went ahead and|personally|"
        r"successfully)){0,3} "
        r"(?:switched|moved|changed|deleted|removed|added (?!somebody)|installed|connected|activated|linked|extended|"
        r"replaced|undone|reverted|rolled back|whitelisted|allowed|forwarded|"
        r"created|opened|filed|logged|raised|submitted|invited|merged|unblocked|blocked|"
        r"restarted|refreshed|corrected|repaired|resent|re-sent|granted|assigned|migrated|imported|exported|booked|"
        r"arranged|signed you|set (?:up|your|it|the)|reset|turned (?:on|off|it)|put|made|sent (?:you|it|the|a)|asked "
        r"(?:our|"
        r"the|my)|told (?:our|the|my)|spoken|talked|called|e-?mailed|updated|improved|solved|completed|approved|"
        r"confirmed|"
        r"cleared|renewed|paused|started|stopped|tested|reproduced|taken|done)\b",
        unless=r"\b(?:not|never|if|unless|that|whether|when|what|before|after|asked|wrote)\b",
    ),
    rule(
        "work-is-done",
        "work_promise",
        r"\byour (?:\w{1,14} ){1,3}(?:has|have) (?:just |now |already )?been (?!handed|noted|passed|added to|read|"
        r"marked|"
        r"answered)[a-z]{3,14}(?:ed|et|nt|en)\b|\bby me\b",
        unless=r"\b(?:not|if|when|whether|once|after|until|unless|that|because|why|see)\b",
    ),
    rule(
        "work-consider",
        "work_promise",
        r"\b(?:consider (?:it|this|that|the \w{1,14}|your \w{1,14}|yourself) (?:done|gone|refunded|fixed|solved|"
        r"settled|"
        r"waived|cancelled|paid|upgraded|sorted)|on the case|on it right|be in touch|in touch with you|"
        r"take a "
        r"look (?:at|into) (?:your|this|it|that)|see what (?:i|we) can|hear (?:back )?from (?:me|us|our|a colleague)|"
        r"expect a "
        r"(?:call|visit|ring)|expect (?:my|our) (?:call|visit)|one moment(?! or)|hang tight|bear with (?:me|us)|give "
        r"me a "
        r"(?:minute"
        r"|moment|second)|hold on a|wait while i|while (?:i|we) (?:check|look|fix|work|investigate)|right "
        r"back|"
        r"took the liberty|already done|all set now|done!)\b",
        unless=r"\b(?:not|cannot|can't|never|no one|nobody|then|to|and)\b",
    ),
)
