"""No reply binds TechCorp in law."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.rules import Rule, phrases, rule

_SCHEMES: Final = phrases("""
    fedramp
    hipaa
    pci(?:[ -]dss)?
    hitrust
    cmmc
    itar
    tisax
    ferpa
    coppa
    ccpa
    gdpr
    dora
    nis ?2
    sox
    nist
    cyber essentials
    bsi c5
    iso[ -]?\\d{4,5}
    iso
    soc ?[123]
    dsgvo
    accessibility
    wcag
""")
_NEVER_HELD: Final = (
    r"(?:fedramp|hipaa|pci(?:[ -]dss)?|hitrust|cmmc|itar|tisax|ferpa|coppa|iso ?9001|iso ?27017|iso ?27018|iso ?27701|"
    r"soc ?[13]|bsi c5|cyber essentials|nist)"
)
"""Schemes for which TechCorp has no certificate."""
_NOT: Final = r"\b(?:not|no|never|cannot|can't|isn't|aren't|without|whether|if|nor|neither|unless)\b"

COMMITMENTS: Final[tuple[Rule, ...]] = (
    rule("legal-guarantee", "legal", r"\bguarante(?:e|es|ed|eing)\b", unless=_NOT),
    rule(
        "legal-warrant",
        "legal",
        r"\b(?:we|i|techcorp)(?: \w{2,12}){0,2} (?:warrant|indemnif(?:y|ies)|certify|attest|vouch|"
        r"undertake to)\b|\bwarrant(?:y|ies)\b",
        unless=_NOT,
    ),
    rule(
        "legal-liability",
        "legal",
        r"\b(?:liable|liability|liabilities|damages|negligen(?:t|ce)|indemnity|our fault|"
        r"to blame)\b|\b(?:accept|take|assume|admit)s?(?: full| all| the)? (?:responsibility|blame|"
        r"fault|guilt)\b",
        unless=r"\b(?:question|questions|about)\b",
    ),
    rule(
        "legal-admit",
        "legal",
        r"\b(?:we|i|techcorp)(?: \w{2,12}){0,2} (?:admit|concede|breached|violated|broke the law|"
        r"acted unlawfully|leaked|lost your data|are responsible|is responsible)\b",
        unless=_NOT,
    ),
    rule(
        "legal-binding",
        "legal",
        r"\b(?:legally binding|binding (?:agreement|commitment|offer|contract)|in writing that|"
        r"contractually (?:obliged|bound|agreed)|we have a deal|it's a deal|that's a deal|"
        r"it is a deal|deal!)",
        unless=_NOT,
    ),
    rule(
        "legal-advice",
        "legal",
        r"\b(?:you|we) (?:are|have the|do have the|have a)(?: \w{2,12}){0,2} (?:legal right|"
        r"right to sue|legal claim|breach of contract)\b|\b(?:it is|that is|this is|"
        r"it's) (?:perfectly |completely |fully )?(?:legal|lawful|illegal|unlawful)\b|"
        r"\bin breach of\b",
        unless=_NOT,
    ),
    rule(
        "legal-contract",
        "legal",
        r"\b(?:we|i|techcorp)(?:'ll| will| can|'ve| have|'d|)(?: \w{2,12}){0,2} (?:accept|agree to"
        r"|sign|signed|agreed to|accepted) (?:your|the|these|this|those|"
        r"all)(?: \w{2,14}){0,3} (?:terms|conditions|contract|clauses?|addendum|dpa|baa|agreement|"
        r"nda|changes)\b",
        unless=_NOT,
    ),
    rule(
        "legal-uptime",
        "legal",
        r"\b\d{2,3}(?:[.,]\d{1,4})? ?(?:%|percent) (?:of )?(?:the )?(?:uptime|availability|"
        r"available|sla|reliab|time)|\b(?:uptime|availability)(?: \w{1,12}){0,4} \d{2,3}(?:[.,]\d{"
        r"1,4})? ?(?:%|percent)|\b(?:five|four|three) nines\b",
    ),
    rule(
        "legal-sla",
        "legal",
        r"\b(?:our|the|your|an) (?:sla|service level agreement)s? (?:is|of|guarantees?|promises?|"
        r"says|includes?|covers?|entitles?|gives?|provides?)\b",
        unless=_NOT,
    ),
    rule(
        "legal-compliant",
        "legal",
        rf"\b{_SCHEMES}(?:[ -](?:is|fully|type ?2|type ii|27\d\d\d|9\d\d\d)){{0,2}}[ -](?:compliant"
        r"|certified|authori[sz]ed|approved|conform(?:ant)?|attested|ready|accredited)\b",
        unless=_NOT,
    ),
    rule(
        "legal-complies",
        "legal",
        r"\b(?:complies|comply|compliant|compliance|certified|accredited|conform|conforms|"
        r"authori[sz]ed)(?: fully)? (?:with|to|under|for|by) (?:the |all |every |"
        rf"any )?(?:{_SCHEMES}|law|laws|regulations?|applicable|legal|relevant|requirements)\b",
        unless=_NOT + r"|\b(?:questions?|help you|about|how)\b",
    ),
    rule(
        "legal-have",
        "legal",
        r"\b(?:we|techcorp)(?: \w{2,12})? (?:hold|holds|have|has|maintain|maintains|achieved|"
        r"obtained|passed|possess|possesses)(?: (?!no\b|not\b)\w{1,12}){0,4} (?:fedramp|hipaa|"
        r"pci(?: dss)?|hitrust|cmmc|tisax|iso 9001|iso 27017|iso 27018|iso 27701|soc 1|soc 3|"
        r"bsi c5|itar)\b",
        unless=r"\b(?:not|never|neither)\b",
    ),
    rule(
        "legal-fully",
        "legal",
        r"\b(?:fully|completely|entirely|100 ?%|totally) (?:compliant|secure|safe|lawful|legal|"
        r"risk-free|unhackable)\b|\b(?:can|could|will) never be (?:hacked|breached|leaked|lost)\b",
    ),
    rule(
        "legal-court",
        "legal",
        r"\b(?:sue|sued|suing|lawsuit|litigation|in court|go to court|tribunal|attorneys?|jurisdiction|statutory|"
        r"enforceable|unenforceable|null and void|void|legal (?:advis[eo]r|advice|opinion|counsel)|legally|by law|"
        r"under the "
        r"law|(?:our|your|the) lawyers? (?:agree|say|said|confirm|advise|will|can)\w{0,3})\b",
        unless=r"\b(?:not give|no legal|cannot|can't|whether|questions?|give no)\b",
    ),
    rule(
        "legal-terminate",
        "legal",
        r"\b(?:terminate|end|leave|withdraw from|cancel|quit) (?:the|your|this) (?:contract|agreement) (?:at|with|"
        r"without|"
        r"now|today|immediately|any)|\b(?:contract|agreement|clause|terms?) (?:is|are|was|stands?|becomes?|has been|"
        r"remains?) "
        r"(?:now |hereby |already )?(?:cancelled|terminated|void|valid|binding|signed|accepted|ended|over|agreed)\b|"
        r"\b(?:agreement|contract|offer|deal) stands\b|\bhereby\b|\b(?:counts|serves) as (?:a |our |your )?(?:signed |"
        r"written )?(?:contract|agreement|consent|confirmation|signature)\b",
        unless=_NOT,
    ),
    rule(
        "legal-fault",
        "legal",
        r"\b(?:was|is|it's) (?:a breach|our (?:mistake|fault|error|failure)|entirely our|all our)\b|\bbreach by us\b|"
        r"\banswer for (?:it|this|that)\b|\bwe (?:caused|are at fault|failed to|messed up|made a mistake)\b",
        unless=_NOT,
    ),
    rule(
        "legal-proof",
        "legal",
        rf"\b(?:100 ?% |fully |completely )?{_SCHEMES}[ -](?:proof|safe|conform|secure|level|grade)\b|\b(?:meets?|"
        rf"fulfil\w{{0,4}}"
        r"|satisf(?:y|ies)|covers?) (?:all|every|the)(?: \w{1,14}){0,2} (?:requirements|regulations|obligations|laws?|"
        r"standards)\b|\b(?:no data|nothing|data) (?:will|can) (?:ever|never) (?:be|get)\b",
        unless=r"\b(?:questions?|whether|about|not)\b",
    ),
    rule(
        "legal-position",
        "legal",
        r"\b(?:strong|good|weak|valid|legal|your) (?:case|claim) against\b|\b(?:we are|we're|techcorp is) (?:legally "
        r")?(?:"
        r"obliged|obligated|required|entitled|bound)\b|\b(?:formal|written|official|explicit) (?:consent|confirmation|"
        r"approval|notice|admission)\b|\b(?:under|gdpr) article \d{1,3}\b|\bon behalf of techcorp\b",
        unless=r"\b(?:not|cannot|can't|no|help (?:centre|center) article)\b",
    ),
    rule(
        "legal-commitment",
        "legal",
        r"\b(?:a|our|my|firm|binding) commitment\b|\bwe (?:are |hereby |fully )?commit(?:ted)? (?:to|that|ourselves)\b|"
        r"\bstand behind (?:it|that|this)\b|\b(?:our|my) word (?:on|for|that|of)\b|\b(?:is|as|be|it|this|that|mail|"
        r"message) "
        r"(?:is |as |counts as )?(?:our|a|the|your) (?:written |signed |formal )?(?:agreement|contract)\b|"
        r"\bagree(?:ment)? in "
        r"writing\b",
        unless=_NOT,
    ),
    rule(
        "legal-the-law",
        "legal",
        r"\bagainst the law\b|\b(?:the )?law (?:is on|allows|says|requires|forbids|gives|protects)\b|\b(?:is|was|are|"
        r"were|'s|be)"
        r"(?: not|n't)?(?: \w{1,10})? (?:legal|illegal|unlawful|lawful)\b|\byour (?:lawyer|attorney|solicitor)s? "
        r"(?:is|has|are|"
        r"will|would|must|may)\b|\b(?:has|have|had) (?:no|a|a good|a strong|every) (?:legal )?(?:case|claim)\b",
        unless=r"\b(?:questions?|whether|cannot say|can't say)\b",
    ),
    rule(
        "legal-scheme-met",
        "legal",
        rf"\b(?:meets?|fulfil(?:s|ls|l)?|satisf(?:y|ies)|covers?|covered (?:by|under)|certified (?:under|to|for|by)|"
        rf"under|"
        rf"passed|have|has|hold|offers?|(?:certificates?|certifications?|attestations?)(?: \w{{1,10}}){{0,3}})"
        rf"(?: (?:the|full|all|of))? {_NEVER_HELD}\b|\b{_NEVER_HELD}(?:[ -]\w{{1,10}})? (?:is|are) (?:covered|no "
        rf"problem|met|"
        rf"fulfilled|fine|supported|given|in place|ok|included)\b|\b(?:meets?|fulfil\w{{0,2}}) (?:the )?gdpr\b|"
        rf"\bmakes? "
        rf"(?:you|your \w{{1,12}}) (?:gdpr|hipaa|fully)?[ -]?compliant\b|\b(?:patient|health|medical) (?:data|"
        rf"records)\b(?![^.!?\n]{{0,90}}\bonly\b)",
        unless=r"\b(?:not|never|cannot|can't|whether|if|nor|neither|without|no(?! problem))\b",
    ),
    rule(
        "legal-data-lost",
        "legal",
        r"\byour (?:data|files|accounts?|information|passwords?)(?: \w{1,9}){0,2} (?:was|were|has been|have been|"
        r"got)(?: "
        r"\w{1,9})? (?:exposed|leaked|stolen|compromised|breached|hacked|lost|disclosed|sold)\b|\b(?:there (?:was|has "
        r"been)|we "
        r"(?:had|have had)|after) (?:a|the|an) (?:\w{1,9} )?(?:breach|leak|data loss)\b|\bdata (?:leak|"
        r"breach)(?:es)?\b",
        unless=r"\b(?:if|whether|not|think|suspect|believe|questions?|report)\b",
    ),
    rule(
        "legal-blame",
        "legal",
        r"\b(?:loss|outage|mistake|damage|failure)(?: \w{1,9}){0,2} (?:on us|our doing|ours|because of us|down to "
        r"us)\b|"
        r"\b(?:we|techcorp)(?:'re| are| is| will be)(?: \w{1,9})? (?:held )?responsible\b|\bpays? for (?:the|any|your) "
        r"(?:damages?|loss(?:es)?)\b|\bour doing\b",
        unless=_NOT,
    ),
    rule(
        "legal-never-fails",
        "legal",
        r"\b(?:never|impossible to) (?:ever )?(?:goes? down|los(?:e|es)|fails?|be (?:lost|down|hacked)|crash(?:es)?)\b|"
        r"\b(?:data|files?|nothing)(?: \w{1,9}){0,2} (?:can't|cannot|can never|will never) (?:get |be )(?:lost|hacked|"
        r"stolen)\b"
        r"|\bno downtime\b|\balways (?:up|online)\b|\b(?:nobody|no one) can (?:ever )?(?:break|hack|get) (?:in|into)\b|"
        r"\bnothing can (?:ever )?happen\b|\b(?:absolutely|perfectly|one hundred per ?cent|100 ?%|100 per ?cent) "
        r"(?:safe|"
        r"secure|reliable|certain|guaranteed)\b|\bpromise (?:an? )?(?:\w{1,10} )?(?:availability|uptime)\b",
    ),
    rule(
        "legal-contract-over",
        "legal",
        r"\b(?:contract|agreement|notice period|clause|term)(?: \w{1,9}){0,2} (?:isn't|is not|doesn't|does not|ends?|"
        r"is|are) "
        r"(?:today|now|at once|right away|immediately|valid|binding|bind|waived|apply|off|over|void)\b|\b(?:end|leave|"
        r"quit|"
        r"cancel|get out of) (?:the|your) (?:contract|agreement) (?:right away|whenever|early|any time|at any time)\b|"
        r"\byour "
        r"(?:own )?(?:terms|conditions) (?:apply|are (?:fine|accepted|ok)|count|prevail)\b",
    ),
    rule(
        "legal-assured",
        "legal",
        r"\bassurance\b|\b(?:i|we)(?: can| do)? assure you\b|\byou(?:'ve| have)? (?:breached|violated|agreed to "
        r"(?:that|this|it) in)\b|"
        r"\b(?:bound|obliged|required|entitled) (?:by|under) (?:the|your|our|a) (?:contract|agreement|law)\b|\b(?:by|"
        r"your|our|the) "
        r"contract,? (?:says|states|obliges|you must|entitles|allows|requires)\b|\bcompliant (?:with|in) "
        r"(?:everything|all|every)\b|"
        rf"\b{_NEVER_HELD} ?\? (?:yes|sure|of course|certainly)\b|\byes, {_NEVER_HELD}\b|\b(?:mistake|error|fault|"
        rf"failure) (?:on|of) "
        r"(?:our|ours)\b|\bfault (?:lies|is) (?:with us|ours)\b",
        unless=_NOT,
    ),
    rule(
        "legal-under-law",
        "legal",
        r"\bunder (?:eu|european|german|us|american|english|uk|french|swiss|the applicable|consumer) law\b|\bgdpr "
        r"(?:allows?|gives?|"
        r"entitles?|requires?|obliges?|forbids?|lets?|grants?) (?:you|us|them)\b|\bright to (?:that|this|it) under\b",
        unless=_NOT,
    ),
    rule(
        "legal-scheme-named",
        "legal",
        rf"\b{_NEVER_HELD}\b(?![^.!?\n]{{0,90}}\b(?:only|not|no|agreement|baa)\b)(?![^.!?\n]{{0,60}}: https)(?! and "
        rf"(?:a|other)\b)",
        unless=_NOT + r"|\b(?:questions?|about|ask|only|than|instead)\b",
    ),
    rule(
        "legal-ours-to-bear",
        "legal",
        r"\bour (?:full )?responsibility\b|\bresponsibility is ours\b|\bhold us (?:to|responsible|liable)\b|\bour "
        r"(?:lawyers?|legal team) "
        r"(?:\w{1,9} )?(?:sees?|agrees?|says?|thinks?|confirms?|checked|approved)\b|\bin (?:a |any )?court\b|"
        r"\b(?:won't|will not|can't|cannot) "
        r"(?:ever )?go down\b|\bno (?:data|file|customer)s? (?:has|have) ever\b|\bgot hold of your\b|\bcontract is "
        r"yours\b|\b(?:end|leave|quit) "
        r"(?:it|the contract) (?:at any time|whenever)\b",
        unless=r"\b(?:if|whether|not give)\b",
    ),
    rule(
        "legal-need-not-pay",
        "legal",
        r"\b(?:not|under no|no|in no way|hardly) (?:\w{1,9} )?(?:obliged|obligated|bound|required|forced|obligation|"
        r"duty) to (?:pay|settle|transfer|honou?r|renew|stay|fulfil\w{0,1}|keep (?:to )?(?:the|your) (?:contract|"
        r"agreement))\b|\b(?:don't|do not|needn't|need not|no need to)(?: have to| need to)? (?:pay|"
        r"settle)(?: \w{1,9}){0,2} (?:invoices?|bills?|reminders?|charges?|instalments?)\b",
    ),
    rule(
        "legal-stop-paying",
        "legal",
        r"\byou(?:'re| are)? (?:may|can|could|might|should|free to|allowed to|entitled to|have (?:the|a|"
        r"every) right to)(?: \w{1,9}){0,2} (?:stop|refuse|withhold|suspend|hold back|keep back|retain|cut|reduce|"
        r"delay|put off|freeze)(?: \w{1,9}){0,3} (?:pay(?:ing|ments?)?|invoices?|fees?|instalments?)\b",
        unless=_NOT,
    ),
    rule(
        "legal-in-line",
        "legal",
        r"\b(?:in (?:full |complete )?(?:line|accord|accordance|conformity|keeping|harmony) with|conforms? (?:to|with)|"
        r"respects?|obeys?|observes?|abides? by|consistent with)(?: [\w'-]{1,14}){0,4} (?:laws?|legislation|statutes?|"
        r"regulations?|acts?|directives?|gdpr|dsgvo|ccpa)\b|\b(?:fined|prosecuted|penali[sz]ed)\b|\bno (?:fines?|"
        r"penalt(?:y|ies)) (?:can|will|to)\b",
        unless=r"\b(?:questions?|whether|cannot say|can't say)\b",
    ),
    rule(
        "legal-covered",
        "legal",
        r"\b(?:covered|protected|insured|indemnified|safeguarded)(?: \w{1,9}){0,2} (?:by|under|through|in|"
        r"with) (?:our|the|your|this|that|an?)(?: \w{1,14}){0,2} (?:agreement|contract|terms|insurance|dpa|baa|"
        r"addendum|clause)\b",
        unless=_NOT,
    ),
)
