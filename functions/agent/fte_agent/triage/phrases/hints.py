"""Words of which a short English message has one where it means a trigger without a phrase of it.

The encoder guesses wildly at fragments: "calendar of the whole team" is a failure for a team to it. It is believed
where the message at least speaks of what fails, of money, of a right, or is upset.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "SECURITY_ESCALATION": (
        "hack*|password*|passcode*|code|codes|token|tokens|key|keys|secret*|credential*|cookie*|2fa|prompt*|approve*",
        "stranger*|unknown|strange*|weird*|odd|suspicious|fake*|fraud*|scam*|phish*|spoof*|spam|genuine|legit*"
        "|malware|virus",
        "nobody|no_one|none_of_us|never|not ~2 mine|me|us|ours|recognize*|know*|sent|invite*|shared|added|made|make"
        "|did|do",
        "never|did_not|have_not|has_not|do_not|does_not",
        "stole*|stolen|theft|robbed|lost|taken|burgl*|threat*|blackmail*|ransom*|intru*|attack*|spying|spies",
        "leak*|expos*|public|publicly|press|online|forwarded|dark_web|search_engine|indexed|breach*|broke|broken_into",
        "vulnerab*|hole|holes|flaw*|exploit*|inject*|bypass*|unprotected|unlocked|surviv*|still",
        "admin|admins|admin2|owner|administrator|session|sessions|device|devices ~3",
        "ex|ex_boyfriend|ex_girlfriend|former|fired|dismissed ~6 reads|knows|access|sees|opens|logs|in|changed",
        "result number|one|two|three",
        "of|from a|an|some? different|another|other|foreign|unrelated",
        "downloaded|exported|copied|copying|copies|pin|missing|salaries|payslips|medical|confidential|private|abroad",
        "reads|seen|sees|read|reading|opened|posted|published|appeared|turned_up ~3 our|my|us|by|all|every|of|on",
        "looks_like|look_like|pretend*|claim*|posing|normal|at_night|night|#\\dam|#\\d ~1 am",
        "someone|somebody|anyone|stranger ~4 my|our|me|us|as|in|into|from ~2 account|workspace|name|profile|password"
        "|data|files|another|other|country",
        "is|was|are that|this|it|these ~1 you|yours|from_you",
        "click*|install*|link ~4",
        "account|sign_in|log_in|login|workspace ~5 moves|moving|changed|changes|deleted|by_itself|right_now|not",
    ),
    "P1_CRITICAL": (
        "down|dead|offline|error|errors|oops|#50\\d|gateway|timeout*|outage|crash*|blank|white|grey|gray|black|spinner",
        "empty|gone|lost|vanish*|disappear*|wiped|erased|deleted|missing|nothing|none|nobody|no_one|zero|#0"
        "|overwritten",
        "kicked|thrown|locked|stuck|blocked|frozen|freeze|freezes|hang*|broken|break*|fail*|idle|stopped|shuts|halt*"
        "|dies",
        "stand|stands|standing|standstill|unreachable|unavailable|unusable|inaccessible|no_access|logged_out"
        "|signed_out",
        "can_not|could_not|unable|not_able|not_load*|not_open*|not_work*|not_start*|not_respond*|not_save*",
        "does|do|will|is|are not ~1 load*|open*|work*|start*|respond*|save*|come*|let*|show*|there",
        "screen|screens|queue|pen|paper|emergency|every_page|no_page|no_screens|help",
        "page|screen again",
        "spin*|logo|evaporat*|smoke|dark|dead_slow|loop|loops|waiting|sitting|unknown|invisible|destroyed|corrupt*|reset",
        "of_us|for_us_all|for_everyone|for_everybody|for_all_of_us|for_anyone|anywhere|no_longer|any_more",
        "no|not_one|not_a_single|neither|none ~4 opens|open|loads|load|works|work|responds|comes|answers|starts|saves",
        "fehler*|kaputt|weg|leer*|steht|niemand|rien|niente|nessuno|nadie|nada|personne|niets|ninguem",
    ),
    "LEGAL_ESCALATION": (
        "legal*|law|laws|lawful*|lawyer*|lawsuit|contract|contracts|court|judge|judges|police*|policemen|authority"
        "|authorities",
        "gdpr|data|personal|privacy|erase*|erasure|delete*|forget|forgotten|store|stored|stores|hold|records",
        "auditor*|audit|audits|certif*|iso|soc|hipaa|papers|complian*|signed|countersigned|agreement|clause*|terms|dpa",
        "claim*|damages|pays_us|compensat*|liab*|sue|suing|hearing_from|hear_from|official|registration|subpoena"
        "|rights",
        "questionnaire*|assessment*|safety|controls|residency|servers",
        "consent|revoke|withdraw|object|details|photo|picture|name|logo|trademark*|copyright*|regulat*|responsible|council"
        "|chambers|serve|allowed|permitted|patient*|statement|confirmation|in_writing|written|obliged|entitled|must|insurance",
    ),
    "REFUND_REQUEST": (
        "charg*|bill|billed|pay|pays|paid|paying|payment*|money|euro|euros|dollar*|bucks|pound*|usd|eur|card|bank"
        "|amount|amounts|invoice*|fee|fees|subscription|renew*|plan|seat|seats|bought|purchas*|order*|yearly|annual"
        "|annually|monthly|business|refund*|took|stole|debit*|credit",
        "#[$€£]\\d+|#\\d+[€$£]|#\\d{2,4}|#\\dx|twice",
        "cash|balance|sum|booking|revers*|undo|what_i_gave|price|purchase|trial|return|returned|give_back|send_back|put_back|home",
        "cobr*|prelev*|abgebucht|abbuchung|geld|argent|dinero|dinheiro|rimbors*|reembols*|rembours*",
    ),
    "SALES_ESCALATION": (
        "cost|costs|price*|pricing|pricey|pay|pays|paid|paying|expensive|cheap*|afford*|rate|rates|quote*|offer|offers"
        "|offered|discount*|fee|fees|budget*|buy|buying|purchas*|brochure|proposal|contract|deal",
        "trial|test|testing|demo|demonstrat*|show|present|presentation|live",
        "license|licenses|seat|seats|enterprise|business|plan|plans|package|upgrade|tier",
        "figures|damage|bill|wholesale|bulk|fortnight|ngo*|charit*|church*|school*|student*|teachers|non_profit*|group",
        "competitor*|rival*|reseller*|resell*|partner*|commission|recommend|sell|margin|referral",
        "euro|euros|dollar*|bucks|a_month|per_month|per_user|a_head|a_year|yearly|annually|upfront|lower|less|pack",
        "how_much is|are|a|for|would|per|.|?|,",
        "what ~2 i|we get|then",
        "#\\d+k|thousands|hundreds|#\\d{3,6} ~1 users|people|seats|employees ~3",
    ),
    "HUMAN_REQUESTED": (
        "call|calls|ring|phone|telephone|dial|number|line|video|voice|appointment|meeting|screen_share|talk|speak|chat"
        "|conversation|contact|connect*|reach|escalate|hand",
        "human|humans|person|people|someone|somebody|anybody|anyone|staff|employee|colleague|agent|rep|representative"
        "|manager|supervisor|boss|chief|expert|specialist|engineer|technician|mechanic|girl|guy|man|woman|whoever"
        "|who_of_you|actual|real|alive|awake|there|adult|grown_up|lead|leader|above_you|in_charge|blood|duty"
        "|yourselves|you_guys|one_of_you",
        "bot|bots|robot|robots|machine|machines|automatic|automated|articles|links|not_you",
        "iemand|bellen|lijn|appel*|rappel*|llam*|habl*|alguien|jemand|anruf*|mensch*|mitarbeiter|persona|qualcuno"
        "|alguem",
    ),
}
