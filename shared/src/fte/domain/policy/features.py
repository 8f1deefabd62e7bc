"""No reply promises a feature that is not there."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.dates import ANSWER_TIMES, MONTH, SEASON, WHEN
from fte.domain.policy.rules import Rule, rule
from fte.domain.policy.speech import NOW, SURELY, TAKEN_BACK, US, WILL

_IT: Final = r"(?:it|this|that|they|feature|integration|support|mode|option|app|version)"
_BUILT: Final = (
    r"(?:added|built|developed|designed|prepared|finished|tested|implemented|considered|planned|worked on|introduced|"
    r"released|made|included)"
)
_TO_MAKE: Final = (
    r"(?:add|build|have|support|bring|make|release|offer|introduce|implement|develop|provide|ship|"
    r"launch|include|get|do)"
)
_MAKERS: Final = (
    r"(?:we|they|i|(?:the|our) (?:\w{2,12} )?(?:team|developers?|engineers?|designers?)|product|development)"
)

FEATURES: Final[tuple[Rule, ...]] = (
    rule(
        "feature-will",
        "feature_promise",
        r"(?:\bwill|'ll|\bgoing to|\babout to|\bshall|\bexpected to|\bscheduled to|\bplanned to|"
        r"\bset to|\bdue to)(?: (?:soon|also|then|shortly|finally|probably|likely|"
        r"definitely)){0,3} "
        r"(?:be (?:available|released|added|launched|shipped|supported|rolled out|introduced|"
        r"implemented|included in (?:the|a|our))|launch|ship|roll out|go live|come out)\b",
        unless=r"\b(?:not|never|whether|when|if|cannot|can't|nobody)\b",
    ),
    rule(
        "feature-soon",
        "feature_promise",
        r"\b(?:coming|available|released?|launch(?:ing|es)?|arriv(?:es|ing)|out|here|live|shipping"
        r"|ready|added|support(?:ed)?) (?:very |quite |pretty )?(?:soon|shortly|"
        r"in the (?:near )?future)\b|\b(?:soon|shortly) (?:be )?(?:available|released|added|"
        r"supported|launched|live|ready)\b",
    ),
    rule(
        "feature-roadmap",
        "feature_promise",
        r"\b(?:on|in|part of) (?:our|the)(?: \w{1,12}){0,2} (?:roadmap|backlog|pipeline)\b|"
        r"\bin the (?:works|making|pipeline)\b|\broadmap (?:has|includes|shows)\b",
    ),
    rule(
        "feature-release",
        "feature_promise",
        r"\bin (?:the|an?|our|one of the) (?:next|upcoming|coming|future|"
        r"later) (?:few )?(?:releases?|versions?|updates?|sprints?)\b",
    ),
    rule(
        "feature-build",
        "feature_promise",
        rf"\b{US}{WILL}{SURELY} (?:add|build|implement|release|launch|ship|introduce|support|"
        r"develop|include|roll out|deliver|bring|make (?:it|this|that) possible)(?:ing)?\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "feature-building",
        "feature_promise",
        rf"\b{US}{NOW} (?:adding|building|implementing|releasing|launching|shipping|introducing|"
        r"developing|designing|beta[- ]testing|testing (?:it|this|a)|planning|working on|bringing|"
        r"rolling out)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "feature-planned",
        "feature_promise",
        r"\b(?:feature|support|option|integration|version|update|improvement|mode|it|this|"
        r"that)(?: for [\w ]{1,30})? (?:is|are) (?:already |currently |being )?(?:planned|"
        r"scheduled|being (?:built|developed|worked on|tested|added|rolled out)|under development|"
        r"in development|in beta|underway)\b",
        unless=r"\b(?:not|whether|if|when|nor)\b",
    ),
    rule(
        "feature-expect",
        "feature_promise",
        r"\b(?:expect|planned for|scheduled for|slated for|targeted for|aiming for|due in|eta|"
        r"launch(?:es|ing)?|releas(?:es|ed|ing)|ships?|arriving|coming|(?:feature|support|"
        r"integration|version|mode|app|update) (?:comes|arrives)|rolls? out)(?: (?:is|it|this|that"
        rf"|to|be|out|available)){{0,4}} {WHEN}",
        unless=r"\b(?:not|whether|if|when|cannot|can't|invoice|payment|mail|report|export|answer|reply|"
        r"notification)\b|" + ANSWER_TIMES,
    ),
    rule(
        "feature-lands",
        "feature_promise",
        r"\b(?:lands?|arrives?|comes?|drops?|launches|ships?|debuts?|brings?|delivers?|released?|out)(?: it| this| "
        r"them)? "
        rf"(?:in|with|by|on|from|as of|before) (?:the )?(?:early |late |mid[- ]?|end of )?(?:spring|summer|autumn|fall|"
        rf"winter|version|release|update|next|{MONTH}\b|q[1-4]|h[12]\b|20\d\d)",
        unless=r"\b(?:not|if|when|whether|how)\b",
    ),
    rule(
        "feature-eta",
        "feature_promise",
        r"\beta\b|\b(?:estimated|expected|planned|tentative|target) (?:release|launch|delivery|date|availability)\b|"
        r"\brelease date\b|\bq[1-4](?: of)? 20\d\d\b|\b(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter\b",
        unless=r"\b(?:no|not|nobody|cannot|whether)\b",
    ),
    rule(
        "feature-almost",
        "feature_promise",
        r"\b(?:almost|nearly|practically|as good as|half) (?:done|finished|ready|there|complete|built|working)\b|"
        r"\b(?:around|round) the corner\b|\bin (?:closed |open |public |private )?(?:beta|alpha|preview|testing)\b|"
        r"\b(?:about|bound|likely|sure) to (?:drop|land|come|arrive|launch|appear|change|be added)\b|"
        r"\b(?:high|next|top|already|right up) on (?:our|the|their) (?:list|agenda|plan)\b|\bon our (?:list|agenda)\b|"
        r"\bwork on (?:it|this|that) (?:has|is|will)\b|\bstarted (?:building|working|developing|to build)\b",
        unless=r"\b(?:not|nor|never|whether|if)\b",
    ),
    rule(
        "feature-soon-at-all",
        "feature_promise",
        r"\b(?:soon|shortly|before long|in the near future|sooner or later|any day|stay tuned|watch this space|"
        r"look out for it|look forward to)\b(?! (?:as|after|before))",
        unless=r"\b(?:as|how|too)\s(?:soon)?$|\bhow soon|\bas soon|\btoo soon|\bnot\b",
    ),
    rule(
        "feature-plan",
        "feature_promise",
        r"\b(?:we|i|they|product|developers?|engineers?|techcorp)(?: (?:all|really|also|do|already)){0,2} (?:plan|"
        r"want|"
        r"intend|hope|aim|expect|mean|would like)(?:s|ed)?(?: \w{1,10}){0,3} (?:for|to (?:have|add|build|release|ship|"
        r"launch|bring|offer|support|deliver|do|get))\b|\bsomething (?:that )?we (?:plan|want|are)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "feature-product-team",
        "feature_promise",
        r"\bproduct (?:team|managers?|people|department) (?:has|have|is|are|will|plans?|wants?|confirmed|approved|"
        r"likes?|"
        r"loves|knows?|agrees?|works?)\b|\b(?:confirmed|approved|accepted|planned|scheduled) by (?:our|the) "
        r"(?:product|development|engineering)\b",
        unless=r"\b(?:not|cannot|whether)\b",
    ),
    rule(
        "feature-version",
        "feature_promise",
        r"\b(?:version|release|update|v) ?\d[\d.]{0,6} (?:brings?|will|adds|introduces|comes?|includes|ships|is "
        r"(?:coming|due"
        r"|planned|expected))\b|\b(?:a|the|some) (?:future|coming|upcoming|later|next) (?:update|version|release)\b",
        unless=r"\b(?:not|whether)\b",
    ),
    rule(
        "feature-our-next",
        "feature_promise",
        rf"\b(?:our|the|with the|in the) (?:next|coming|(?:spring|summer|autumn|fall|winter|{MONTH}))"
        r"(?: \w{1,10})? (?:release|update|version)\b|\b(?:watch|look|wait|check back)(?: out)? (?:for it|for that|"
        r"for this|"
        rf"in|next) (?:in )?(?:{MONTH}|{SEASON}|next)|\b(?:promised|announced|confirmed|told me|tell "
        rf"me)\b[^.!?\n]{{0,40}}"
        rf"\b(?:{MONTH}|{SEASON}|coming|next|q[1-4])\b",
        unless=r"\b(?:not|whether|if|when)\b",
    ),
    rule(
        "feature-next-version",
        "feature_promise",
        r"\b(?:next|coming|upcoming|future|newer) (?:app |major |minor |big |few |\w{1,9} )?(?:versions?|releases?|"
        r"updates?|sprints?)\b|\blater (?:versions?|releases?)\b",
        unless=r"\b(?:not|whether|never|move|start|plan(?:ned)?|into|task|close|unfinished|goes?)\b",
    ),
    rule(
        "feature-being-made",
        "feature_promise",
        rf"\b{_IT}(?:'s| is|'re| are)(?: \w{{1,9}})? being {_BUILT}\b|\b{_IT}(?:'s| is)(?: already| now| currently| "
        rf"well)? "
        r"(?:in (?:preparation|development|progress|the making)|under (?:construction|development|way)|underway|on "
        r"the way|"
        r"on its way|happening|nearly here|almost here)\b|\b(?:development|work|implementation)(?: on \w{1,9})? "
        r"(?:has |is "
        r"|already )?(?:begun|began|started|under way|underway)\b|\bgood news\b[^.\n]{0,20}\b(?:happening|way|"
        r"coming)\b",
        unless=r"\b(?:not|if|when|while|whether|import|export|tasks?|cards?|status|sync|mail|invitation)\b",
    ),
    rule(
        "feature-plans",
        "feature_promise",
        rf"\bplans? (?:to|is to) {_TO_MAKE}\b|\b(?:are|have|got|has)(?: \w{{1,9}})? plans for (?:it|that|this|the)\b|"
        rf"\b{_MAKERS}(?:'re| are| is|'m| am|'s)(?: \w{{1,9}}){{0,2}} (?:hoping|aiming|expecting|planning|considering|"
        r"finishing|polishing|finali[sz]ing|putting the (?:finishing|final|last))\b",
        unless=TAKEN_BACK + r"|\b(?:no|if|your)\b",
    ),
    rule(
        "feature-future",
        "feature_promise",
        r"\bin (?:the )?(?:near |not too distant |foreseeable )?future\b|\bdown the (?:road|line)\b|\b(?:will|'ll)(?: "
        r"\w{1,9}){0,2} (?:be|become) possible\b|\b(?:won't|will not) (?:be long|have to wait|take long)\b|"
        r"\bsooner than you think\b|\bone day (?:it|this|that|you|we)\b|\byou can look forward to\b",
        unless=r"\b(?:not|whether|if|never)\b",
    ),
    rule(
        "feature-from-then-on",
        "feature_promise",
        rf"\b(?:from|starting(?: in| from| with| on)?|as of|beginning (?:in|with)) (?:next (?:week|month|year|quarter)|"
        rf"{MONTH}|version \d[\d.]{{0,5}}|the (?:next|spring|summer|autumn|winter|new)\b[ \w]{{0,12}})\b(?: "
        rf"on(?:wards?)?\b)?"
        r",? (?:\w{1,9} ){0,4}(?:can|will|is|are|be|able|possible|included|works?|available|there|on)\b|"
        rf"\b(?:possible|able to \w{{1,12}}(?: \w{{1,9}}){{0,3}}|available|there|included|works?) (?:from|starting|as "
        rf"of) "
        rf"(?:next|{MONTH}|version)\b",
        unless=r"\b(?:not|whether|if|report|filter|choose|range|due|task|period|trial|invoice)\b",
    ),
    rule(
        "feature-you-will-see",
        "feature_promise",
        r"\byou(?:'ll| will| should)(?: \w{1,9})? (?:able to|see|get|have|find|use|do)\b[^.!?\n]{0,40} (?:(?:from|by|"
        r"in|"
        rf"before|until) (?:{MONTH}\b|{SEASON}\b)|next (?:week|month|year|quarter))",
        unless=r"\b(?:not|whether|if|invoice|report|reminder|task|mail)\b",
    ),
    rule(
        "feature-expected-in",
        "feature_promise",
        rf"\b(?:is|are|was|'s) (?:expected|slated|scheduled|planned|due|coming|announced)(?: \w{{1,6}})? (?:in|for|by|"
        rf"at) "
        rf"(?:{MONTH}\b|{SEASON}\b|q[1-4]|20\d\d|later|this|next|the (?:spring|summer|autumn|fall|winter|second|"
        rf"first))",
        unless=r"\b(?:not|whether|if|tasks?|invoice|payment|report)\b",
    ),
    rule(
        "feature-on-their-list",
        "feature_promise",
        r"\bon (?:their|our)(?: \w{1,9}){0,2} (?:list|agenda|plan|radar|backlog|schedule|wish list)\b|"
        r"\b(?:high|top|highest|number one|main) priority (?:with|for|to|of) (?:our|the|us|them)\b|\b(?:a|our|their|"
        r"the) "
        r"(?:top |high |main )?priority (?:for us|this (?:year|quarter|month)|right now|for the team|for our)\b|"
        r"\b(?:one of )?(?:our|their) (?:top |main |highest )?priorities\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "feature-decided",
        "feature_promise",
        rf"(?<!your )\b{_MAKERS}(?:'ve| have| has|)(?: already| just| now)? (?:decided|begun|agreed|chosen|committed|"
        rf"started)"
        rf"(?: on| to)\b(?! whether| nothing| not)|\b(?:green light|go-ahead)\b|\b(?:approved|accepted|confirmed|"
        rf"signed off) "
        r"by (?:our |the )?(?:product|development|engineering|management)\b",
        unless=r"\b(?:not|never|whether|if|your)\b",
    ),
    rule(
        "feature-beta",
        "feature_promise",
        r"\bbeta (?:program(?:me)?|test(?:ers?|ing)?|version|group|phase|list|access|is|will)\b|\b(?:the|a|our)(?: "
        r"private| "
        r"public| closed| open)? beta\b|\bearly access\b|\bpilot (?:group|customers?|phase)\b|\btested (?:with|by) "
        r"(?:some|"
        r"selected|a few|other)\b",
        unless=r"\b(?:no|not)\b",
    ),
    rule(
        "feature-wish",
        "feature_promise",
        r"\byour (?:wish|idea|suggestion|feature request|request|proposal|feedback)(?: \w{1,9}){0,2} (?:will|is going "
        r"to|"
        r"shall|is)(?: soon| surely)?(?: be| being| going to be)? (?:fulfilled|granted|built|implemented|part of|"
        r"reali[sz]ed"
        r"|added|included|taken up|come true|accepted|scheduled|planned)\b|\b(?:release notes|"
        r"changelog)\b[^.\n]{0,20}\bit "
        r"will\b|\bkeep an eye on (?:our|the) (?:release|blog|news|change|announce)",
        unless=r"\b(?:not|if|when|whether)\b",
    ),
    rule(
        "feature-is-coming",
        "feature_promise",
        r"\b(?:it|that|this)(?:'s| is) (?:already )?(?:coming|scheduled|next in line|in our plans|up next|coming "
        r"up)(?=[.,!;]|$| "
        r"(?:this|next|later|soon|for))|\b(?:it|that|this) comes(?=[.!;]|$)|\b(?:it|that|this|which|they)(?:'ll| "
        r"will)(?: surely| certainly| definitely| "
        r"probably| "
        r"also)? come(?=[.,!;]|$| (?:soon|later|this|next|one day))|\b(?:'ll|will)(?: \w{1,9}){0,4} eventually\b|"
        r"\bsome ?time "
        r"(?:next|this|later|in the) (?:year|month|week|quarter|spring|summer|autumn|winter)\b|\bin our plans\b|"
        r"\bnext thing we\b|"
        r"\byou can expect (?:this|that|the) (?:\w{1,12} )?(?:feature|option|integration|function)\b|\bwe've heard "
        r"you\b|"
        rf"\b{_MAKERS}(?:'re| are| is) (?:\w{{1,9}} )?(?:busy|at work|hard at)\b|\bare building (?:it|this|that)\b",
        unless=r"\b(?:not|can't|cannot|whether|if|when|never)\b",
    ),
    rule(
        "feature-in-weeks",
        "feature_promise",
        r"\b(?:in|within) (?:a few|a couple of|the (?:next|coming)(?: few)?|some|two|three|\d{1,2}) (?:weeks|"
        r"months),? (?:\w{1,9} )"
        r"{0,3}(?:can|will|be|have|able|possible|there)\b",
        unless=r"\b(?:not|if|whether|trash|deleted|kept|removed)\b",
    ),
    rule(
        "feature-they-do",
        "feature_promise",
        r"(?<!your )\b(?:the|our) (?:\w{2,12} )?(?:team|developers?|engineers?|designers?) (?:wants?|hopes?|aims?|"
        r"plans? to|intends?|loves?|"
        r"likes?|tries|try|are \w{3,12}ing|is \w{3,12}ing)\b|\b(?:comes?|arrives?|is|there) with (?:version "
        r")?\d\.\d\b|\bfrom "
        rf"(?:{SEASON}|next \w{{4,7}}) on\b|\bthis (?:year|summer|autumn|spring|winter)(?=[.!,;]|$)|\bwhat we "
        rf"(?:release|ship|launch|bring|"
        r"build)\b",
        unless=r"\b(?:not|whether|if|report|filter|dates?)\b",
    ),
)
