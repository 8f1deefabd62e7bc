"""No reply says that something was done, looked at or passed on to people, nor offers to do it.

The agent reads the documentation and answers: it sees no account, no log and no queue, and changes nothing.
"""

from __future__ import annotations

from typing import Final

from fte.domain.policy.rules import Rule, rule

_NOT_YET: Final = r"\b(?:not|never|if|when|once|whether|until|unless|after|before|because|while|that|how|why)\b"
_MAKERS: Final = (
    r"(?:engineers?|developers?|devs|engineering|development|specialists?|experts?|technicians?|tier ?\d|second[- "
    r"]level|"
    r"technical team|it team|responsible team|right team|relevant team|team in charge)"
)
_PASSED: Final = r"(?:passed|forwarded|reported|escalated|sent|handed|assigned|raised|given|routed|flagged|moved)"
_CHANGED: Final = (
    r"(?:raised|turned (?:on|off)|switched (?:on|off|over)|set up|enabled|disabled|activated|unlocked|increased|"
    r"changed|"
    r"lifted|cleared|reset|fixed|restored|upgraded|downgraded|added|sorted(?: out)?|solved|extended|cancell?ed|moved|"
    r"removed|deleted|updated|adjusted|corrected|confirmed|booked|scheduled|arranged)"
)
_MENDED: Final = (
    r"(?:fixed|repaired|solved|sorted(?: out)?|corrected|resolved|dealt with|looked (?:at|into)|taken care of|put "
    r"right|"
    r"mended|remedied|checked|investigated|reviewed|seen to|handled|examined)"
)
_YOURS: Final = (
    r"(?:account|plan|subscription|workspace|demo|call|appointment|cancellation|upgrade|downgrade|seats?|password|"
    r"limit|"
    r"trial|order|booking|request for \w{1,12}|projects?|data)"
)
_DO: Final = (
    r"(?:call|do|change|reset|fix|book|set|turn|cancel|arrange|check|look|delete|upgrade|ring|remove|restore|switch|"
    r"move|"
    r"unlock|extend|activate|enable|take care|sign)"
)

WORK_DONE: Final[tuple[Rule, ...]] = (
    rule(
        "done-passed-on",
        "work_promise",
        rf"\b(?:has|have|was|were|is|are|been|being|'s|got)(?: been)?(?: already| now| also| just)? {_PASSED}(?: on| "
        rf"over|"
        rf" up)? to (?:(?:our|the|an?|your|one of our) )?(?:\w{{1,12}} )?{_MAKERS}\b",
        unless=r"\b(?:not|never|if|whether|tasks?)\b",
    ),
    rule(
        "done-assigned",
        "work_promise",
        r"\b(?:an?|the|our|one of our) (?:\w{1,12} )?(?:engineer|developer|specialist|technician|expert|colleague|"
        r"agent)(?: "
        r"has been| is| was)(?: already| now)? (?:assigned|working|looking|on it|informed|notified|alerted|checking)\b",
        unless=r"\b(?:not|if|when|whether)\b",
    ),
    rule(
        "done-filed",
        "work_promise",
        r"\b(?:bug|issue|problem|error|incident|defect|fault)(?: report)?(?: has been| was| is)(?: already| now)? "
        r"(?:filed|"
        r"reported|logged|raised|registered|recorded|opened|escalated|submitted)\b",
        unless=_NOT_YET,
    ),
    rule(
        "done-told",
        "work_promise",
        r"\blet (?:the|our) (?:\w{1,12} )?(?:developers?|engineers?|team|colleagues|technicians?) know\b|\b(?:(?:the|"
        r"our) "
        r"(?:\w{1,12} )?(?:developers?|engineers?|technicians?|team)|we)(?:'re| are| is)(?: well| already| fully)? "
        r"aware\b|"
        r"\b(?:the|our) (?:developers?|engineers?|technicians?) (?:already )?know\b|\b(?:i|we)(?:'ve| have) asked "
        r"(?:an?|"
        r"one of|our|the|my) \w{3,}",
        unless=r"\b(?:not|if|whether|please)\b",
    ),
    rule(
        "done-being",
        "work_promise",
        r"(?:'s|\bis|\bare|'re)(?: already| currently| now| just)? being (?:looked at|taken care of|dealt with|sorted|"
        r"seen "
        r"to|checked|examined|reviewed|restored|prepared|fixed|investigated|handled|repaired|solved|resolved)\b|"
        r"\btaken care of\b",
        unless=_NOT_YET,
    ),
    rule(
        "done-will-be",
        "work_promise",
        r"\b(?:it|this|that|they|error|bug|problem|issue|everything|all|case|mistake)(?:'ll| will| shall| is going to|"
        r" are "
        rf"going to)(?: soon| then| also| all| definitely| certainly| surely| now)? (?:be|get) {_MENDED}\b|\bwill be "
        r"\w{3,14} by (?:us|our|the team|an? (?:engineer|colleague|specialist)|one of our|support|techcorp|"
        r"engineering)\b|"
        r"\b(?:we|i)'?(?:ll| will) see to\b",
        unless=r"\b(?:not|never|if|when|whether|once|cannot)\b",
    ),
    rule(
        "done-for-you",
        "work_promise",
        rf"\b(?:has|have|is|was|are|been)(?: been)?(?: now| already| just)? {_CHANGED}(?: up)? for you\b|\b(?:it|that|"
        rf"this)"
        rf"(?:'s| is| has been) (?:all )?(?:now )?{_CHANGED}(?: up)? now\b|(?:^|[.!?\n] ?)(?:it|that|this)(?:'s| is) "
        rf"(?:all )?"
        r"(?:now )?(?:done|fixed|sorted|solved)(?: now)? ?[.!]|\ball (?:done|sorted|set|fixed) ?[.!]|\ball set (?:up "
        r")?for you",
        unless=r"\b(?:not|never|if|when|once|whether|until|unless|after|before|because|while|how)\b",
    ),
    rule(
        "done-you-have-been",
        "work_promise",
        r"\b(?:you|he|she|they)(?:'ve| have|'s| has)(?: now| just| already)? been (?:upgraded|downgraded|added|moved|"
        r"switched"
        r"|unlocked|removed|registered|signed up|enrolled|invited|granted|given|moved)\b(?![^.!?\n]{0,40}\b(?:if|"
        r"when)\b)|"
        r"\byou(?:'re| are) (?:now (?:on|in)|(?:on|in) (?:team|business|enterprise|free) now)\b",
        unless=_NOT_YET,
    ),
    rule(
        "done-yours-is",
        "work_promise",
        rf"\byour(?: \w{{1,12}}){{0,2}} {_YOURS}(?: \w{{1,12}}){{0,2}} (?:is|was|are|were)(?: now| hereby| already)? "
        rf"{_CHANGED}\b(?! (?:when|if|at|by|once|after|with|in|under|until|as|for|from|to|on)\b)",
        unless=_NOT_YET,
    ),
    rule(
        "done-looked",
        "work_promise",
        r"\b(?:i|we)(?:'ve| have)? (?:went (?:into|through|over)|had a (?:\w{1,8} )?look|looked (?:at|into|up|"
        r"through) (?:your|"
        r"the|our)|signed into|logged in|dug|peeked|examined|inspected|double-checked|checked (?:the|your|with|our)|"
        r"verified)\b|\b(?:i|we)(?: can)? see (?:in|from|on) (?:the|our|your) (?:\w{1,9} )?(?:logs?|system|account|"
        r"records?|"
        r"database|side|end|dashboard|profile|file)\b|\bour (?:logs?|system|records?|database|data) (?:shows?|says?|"
        r"tells?|"
        r"reads?)\b|(?<!audit )\b(?:the|your) (?:logs?|records?|account data) (?:shows?|says?|tells?)(?: me| us)? "
        r"(?:that )?"
        r"(?:you|your|it)\b",
        unless=r"\b(?:not|cannot|can't|if|documentation|help cent)\b",
    ),
    rule(
        "done-news-of-it",
        "work_promise",
        r"\byou(?:'ll| will) (?:be (?:told|notified|informed|updated|contacted)|get an? \w{1,9} from us|receive an? "
        r"\w{1,9} "
        r"from us)(?: \w{1,9}){0,3} (?:when|once|as soon as) (?:it|this|that|the (?:fix|problem|issue|bug|error|"
        r"feature|"
        r"repair))(?:'s| is| has| works| was| comes)\b|\b(?:someone|somebody|a colleague|an agent|an engineer|a "
        r"specialist)"
        r"(?:'ll| will| is going to) be (?:with|in touch|there|right)\b",
        unless=r"\b(?:not|if)\b",
    ),
    rule(
        "done-attached",
        "work_promise",
        r"\b(?:i|we)(?:'ve| have| am|'m|) (?:now )?attach(?:ed|ing)?\b|(?:^|[.!?\n] ?)attached(?: to this \w{1,9})?,? "
        r"(?:you|"
        r"is|are|please)\b|\b(?:please )?(?:find|see)(?: \w{1,9}){0,2} attached\b|\bin the attachment (?:you|to "
        r"this)\b",
        unless=r"\b(?:not|if|cannot|have you)\b",
    ),
    rule(
        "done-offer",
        "work_promise",
        rf"\b(?:shall|should|can|could|may) (?:i|we) (?:\w{{1,9}} )?{_DO}\b|\b(?:would|do) you (?:like|want) (?:me|"
        rf"us) to "
        rf"(?!hand|pass|explain|show|tell)|\b(?:i|we)(?:'d| can| could| would| might)(?: also| gladly| just)? (?:be "
        rf"(?:happy|"
        rf"glad|pleased) to )?{_DO}(?: \w{{1,12}}){{1,4}}? (?:for you|from here|on (?:my|our) (?:side|end)|right away|"
        rf"if you)"
        rf"\b|\b(?:i'd|we'd|i would|we would) be (?:happy|glad|pleased) to {_DO}\b|(?:^|[.!?,\n] ?|\bi'm |\bi am |"
        rf"\bwe're |\bwe are )"
        rf"(?:happy|glad) to {_DO}\b|"
        rf"\b(?:i|we) (?:can|could) (?:do|change|fix|reset|cancel|delete|restore|unlock) (?:it|this|that|your)\b",
        unless=r"\b(?:not|cannot|can't|if i|neither|nor|how)\b",
    ),
    rule(
        "done-if-you-say-so",
        "work_promise",
        r"\bif you (?:confirm|agree|say|want|like|wish)(?: \w{1,6})?,? (?:i|we)(?:'ll|'d| will)? (?!can\b|cannot\b|"
        r"am\b|are\b|"
        r"have\b|hand|pass)\w{3,}|\b(?:say (?:yes|so|the word)|confirm|agree) and (?:i|we)\b|\blet(?:'s| us) "
        r"(?:\w{1,10} )"
        r"{1,3}(?:a|an) (?:\w{1,10} )?(?:call|demo|meeting|chat|appointment)\b",
        unless=r"\b(?:not|cannot)\b",
    ),
    rule(
        "done-with-people",
        "work_promise",
        rf"\b(?:is|are|it's|that's|this's|now) (?:now )?with (?:our|the) (?!engineering team)(?:\w{{1,12}} "
        rf")?{_MAKERS}\b|\b(?:our|the) "
        rf"{_MAKERS} (?:have "
        r"it|have this|(?:have been|were|are|was|has been) (?:already |now )?(?:informed|told|notified|alerted|"
        r"briefed))\b|"
        r"\bi've got (?:this|it)(?=[.,!])|\bi(?:'m| am) on (?:this|it|that)\b|\b(?:colleague|specialist|engineer|"
        r"agent|someone|"
        r"somebody|technician) (?:gets|is getting|comes|calls|rings|is calling)(?: back)?(?: in touch| to you| you)\b|"
        r"\breceive a "
        r"(?:call|visit|phone call)\b|\b(?:our|the) (?:\w{1,10} )?(?:team|colleagues|engineers|support) (?:can|could) "
        r"(?:restore|"
        r"recover|unlock|fix|reset|undo|change|bring)\b",
        unless=r"\b(?:not|if|whether)\b",
    ),
    rule(
        "done-seen",
        "work_promise",
        r"\bi(?: can)? see (?:that )?(?:your (?:account|workspace|payment)|you (?:have|own) "
        r"\d|you (?:paid|"
        r"are on|signed))\b|\b(?:looks?|is) (?:fine|good|ok|okay|normal) (?:from here|from our side|on our (?:side|"
        r"end))\b|\bi "
        r"(?:sorted|solved|mended|repaired) (?:it|this|that)\b|(?:^|[.!?\n] ?)(?:sorted|fixed|solved|resolved)!|"
        r"\bchanges? (?:is|are|"
        r"has been|have been) (?:made|in place|live)\b",
        unless=r"\b(?:not|if|when|once|whether|until)\b",
    ),
    rule(
        "done-perfect",
        "work_promise",
        r"\b(?:i|we)(?:'ve| have)(?: (?:just|already|now|also|gladly|personally|since|both|therefore))? (?!noted|"
        r"handed|passed on your|read|"
        r"listed|marked|understood|answered|explained|described|written|left|tried|seen|understand|no\b|not\b|an?\b|"
        r"the\b|to\b|our\b|had\b|"
        r"nothing\b|something\b|found|kept|included|shown|added (?:the|a|some) (?:steps|link)|put (?:the|together)|so "
        r"far|heard|received|got |"
        r"here\b|given you|told you|missed|taken|one\b|two\b|four\b|three\b|never|more\b|and\b|only\b|asked "
        r"you)[a-z]{3,}(?:ed|en|t|e|d|ght|"
        r"ne|wn|id|ack)\b",
        unless=r"\b(?:not|never|if|when|once|what|which|than|where|before|because)\b",
    ),
    rule(
        "done-is-back",
        "work_promise",
        r"\b(?:workspace|project|task|file|data|account|board|it|access)s? (?:has been|have been|are|is|was|were) "
        r"(?:now |all )?(?:restored|"
        r"recovered|brought back|back)(?=[.!]|$| (?:now|again))|\b(?:i|we) (?:brought|got|gave|put|took|let|made|sent|"
        r"changed|moved|switched|"
        r"set) (?:it|that|this|him|her|them|the \w{1,12}|your \w{1,12}) (?:back|on|off|up|for you|over|in)\b|\bon "
        r"(?:our|my) (?:side|end)\b|"
        r"\bhave (?:someone|somebody|a colleague|an? \w{1,12}) (?:call|contact|ring|write|look|check|get)\b|"
        r"\byou(?:'re| are) (?:an? |the )?"
        r"\w{1,12} now\b|\byour \w{1,12} is \w{1,12} now\b",
        unless=r"\b(?:not|if|when|once|until|whether|by default)\b",
    ),
)
