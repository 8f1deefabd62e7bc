"""No reply tells of other customers, of people of the staff, or what identifies a person."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.rules import Rule, rule

_NAME: Final = r"[A-Z][a-z]{2,15}"
_NO_NAME: Final = (
    r"(?!Sales|Finance|Support|Security|Engineering|TechCorp|Contact|Delete|Invite|Workspace|Owner|Admin|Member|"
    r"Guest|Billing|Settings|Help|Business|Enterprise|Team|Free|Customer|The|Your|Our|Product|Choose|Open|If|When|"
    r"Nobody|Anybody|Somebody|Google|Microsoft|Slack|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)

_NOBODY: Final = (
    r"(?!Somebody|Someone|Everybody|Everyone|Anyone|People|Colleagues|Members|Guests|Admins|Owners|They|This|That|"
    r"These|It|"
    r"Nothing|All|None|One|You|We|Zapier|Github|Jira|Figma|Outlook|Chrome|Safari|Firefox|Edge|Windows|Android|Apple)"
)

OTHER_CUSTOMERS: Final[tuple[Rule, ...]] = (
    rule(
        "other-customer-named",
        "personal_data",
        r"\b(?:[Aa]nother|[Oo]ne|[Aa]) (?:customer|client)(?:,| called| named) [A-Z]\w{1,30}",
        cased=True,
    ),
    rule(
        "other-customer",
        "personal_data",
        r"\banother (?:user|customer|client|company|firm),|\b(?:another|other|one|some|many|several|a few|"
        r"most)(?: of our)? (?:customers?|clients?|compan(?:y|ies)|users?"
        r" of ours|organi[sz]ations?)(?: of ours)?,?(?!\n)(?: \w{1,14}){0,3} (?:had|have|has|is|are|was|were|uses?|"
        r"used|reported|asked|told|pays?|wrote|complained|saw|found)\b",
        unless=r"\b(?:if|when|whether|data of|not)\b",
    ),
    rule(
        "other-company",
        "personal_data",
        r"\b[A-Z]\w{2,20},? (?:Inc|Ltd|LLC|GmbH|Corp|AG|PLC|B\.?V|S\.?A)\b\.?,? (?:uses?|used|is|has|had|pays?|also|"
        r"wrote|reported|asked|signed)\b",
        cased=True,
    ),
    rule(
        "other-person",
        "personal_data",
        r"\b(?:his|her|their) (?:phone|mobile|address|e-?mail|card|password|birthday|salary|home|telephone)(?: number|"
        r" address)? (?:is|ends|:)|\b(?:he|she) (?:lives|works|was born)\b|\bborn (?:on|in) \w{1,9} ",
    ),
    rule(
        "other-wrote",
        "personal_data",
        rf"\b{_NO_NAME}{_NAME} {_NO_NAME}{_NAME},? (?:wrote to us|contacted us|told us|reported|has asked us|asked us)",
        cased=True,
    ),
    rule(
        "identity-number",
        "personal_data",
        r"(?<![\w-])(?:\d{4}[ -]?){3}\d{1,7}(?![\w-])|(?<![\w-])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?"
        r"(?![\w-])|\bcard (?:number )?(?:ends|ending|ended) (?:in|with|on) \d{2,4}\b|\bssn\b",
    ),
    rule(
        "identity-street",
        "personal_data",
        r"\b\d{1,4}[a-z]? [A-Z][a-z]{2,20} (?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard)\b|"
        r"\b[A-Z][a-z]{2,20}(?:straße|strasse|str\.) \d",
        cased=True,
    ),
    rule(
        "other-named-did",
        "personal_data",
        rf"\b{_NO_NAME}{_NAME} {_NO_NAME}{_NAME}(?: (?:of|from|at) [A-Z]\w{{1,20}})?,? (?:wrote|reported|complained|"
        rf"told|said|"
        rf"deleted|removed|changed|signed in|lives|works (?:at|for|in)|owns|paid|had (?:the|this|that|it|a)|(?:has|"
        rf"had|uses|"
        rf"sees|saw) (?:the same|this|that|it)|asked (?:the|about|for|us))\b",
        cased=True,
    ),
    rule(
        "other-firm-named",
        "personal_data",
        rf"\b(?:at|to|with) {_NO_NAME}[A-Z]\w{{2,20}} (?:too|as well|last|yesterday|also had)\b|\b(?:happened|"
        rf"happens) (?:at|to|"
        rf"with) {_NO_NAME}[A-Z]\w{{2,20}}|\b[Oo]ur (?:customer|client)s?,? {_NO_NAME}[A-Z]\w{{2,20}}|\b[Oo]ne of our "
        rf"(?:"
        rf"customers|clients),? {_NO_NAME}[A-Z]\w{{2,20}}|\b(?:[Cc]ompanies|[Cc]ustomers|[Cc]lients|[Ff]irms|"
        rf"[Oo]rgani[sz]ations)"
        rf" (?:like|such as|including) {_NO_NAME}[A-Z]\w{{2,20}}|\b{_NO_NAME}[A-Z]\w{{2,20}}(?: and "
        rf"{_NO_NAME}[A-Z]\w{{2,20}})? "
        rf"(?:uses?|is using|are using|runs? on|pays? for|bought|switched to|works? with) (?:TechCorp|Business|Team|"
        rf"Enterprise|"
        rf"us|it)\b|\b{_NO_NAME}[A-Z]\w{{2,20}}(?: Inc\.?| Ltd\.?| GmbH)? (?:had|reported|saw|met) (?:this|that|it|"
        rf"the same|a "
        rf"similar)\b",
        cased=True,
    ),
    rule(
        "other-users-too",
        "personal_data",
        r"\b(?:other|another|some|several|many|a few|more|two|three|most) (?:users?|people|persons?|teams?|workspaces?|"
        r"firms?|admins?|accounts?)(?: \w{1,9}){0,2} (?:reported|complained|wrote (?:to us|in)|written|told us|"
        r"asked us|contacted us|(?:had|have|has|saw|see) (?:the same|a similar|this|that) (?:trouble|problem|issue|"
        r"error|question))\b|\byour (?:boss|manager|colleague|employer|partner|teammate|owner|admin|"
        r"assistant)s? (?:has |have |just |already |also ){0,2}(?:opened|sent|filed|raised|submitted|created|started|"
        r"(?:has|have)(?= an?\b| two\b)) (?:us )?(?:an?|the|this|another|two) (?:\w{1,9} )?(?:tickets?|cases?|"
        r"requests?|complaints?|enquir(?:y|ies)|inquir(?:y|ies))\b|\b(?:their|his|her) (?:workspace|account|company|"
        r"team|project|firm|organi[sz]ation) (?:is|was) (?:called|named)\b(?! (?:by|from|when|after|in|on|at|as)\b)",
        unless=r"\b(?:if|when|whether|not|ask)\b",
    ),
    rule(
        "other-customer-called",
        "personal_data",
        rf"\b[Tt]he (?:customer|client|company|firm) {_NO_NAME}[A-Z]\w{{2,20}} (?:uses?|has|had|is|was|pays?|runs?|"
        rf"works?|wrote|reported|asked|told|did|does|set)\b",
        cased=True,
    ),
    rule(
        "other-numbered",
        "personal_data",
        r"\b(?:customer|client|account|user|workspace) (?:number |no\.? ?|# ?)?\d{3,}\b(?! (?:requests|tasks|projects|"
        r"members))",
    ),
    rule(
        "other-asked-too",
        "personal_data",
        r"\b(?:someone|somebody|another person|other people|others(?= have| had| also))(?: else)?(?: (?:from|in|at|"
        r"of) \w{1,9} \w{1,12})?"
        r"(?: (?:also|just|already|has|have|had))? (?:wrote|asked|reported|told|contacted|complained|written|had "
        r"(?:the "
        r"same|this|that))\b|"
        r"\bfrom your "
        r"(?:company|team|organi[sz]ation|workspace|office|side)(?: \w{1,9})? (?:has |also |already |just )?(?:wrote|"
        r"asked|told|"
        r"contacted|reported|called|written)\b|\blast (?:person|customer|one) who (?:wrote|asked)\b|\bin (?:the "
        r")?ticket [a-z0-9-]"
        r"{4,14} (?:somebody|someone|they|he|she|another)\b",
        unless=r"\b(?:if|when|whether)\b",
    ),
    rule(
        "other-owner-named",
        "personal_data",
        rf"\b(?:belongs to|(?:[Oo]wner|[Aa]dmin)(?: of (?:your|the|this) \w{{1,14}})? is(?: called| named)?|[Ii]t "
        rf"was) {_NO_NAME}"
        rf"{_NAME}\b|\b(?:Mr|Mrs|Ms|Dr)\.? {_NAME}(?: from \w{{2,20}})?(?:'s|,? (?:asked|wrote|had|has|is|said|told|"
        rf"reported))\b|"
        rf"\b{_NO_NAME}{_NAME} is (?:ill|sick|away|on (?:holiday|leave|vacation))\b|\b{_NO_NAME}{_NAME}"
        rf"(?: {_NAME})? (?:signed in|logged in) (?:from|on|at|yesterday)\b",
        cased=True,
    ),
    rule(
        "other-persons-life",
        "personal_data",
        r"\b(?:last|latest|most recent) (?:sign-in|login|log-in|session)(?: \w{1,9})? (?:was|is|came) (?:from|on|at|"
        r"in)\b|"
        r"\b(?:different|second) customer\b|\bwe had a (?:customer|client|case)\b|\bdigits (?:are|is|were) \d|\bone "
        r"(?:user|customer) (?:in|"
        r"from|of) \w{2,20} (?:had|fixed|solved|did|has|reported|told)\b|\b(?:signed|logged) in (?:from|at|on|with) "
        r"(?:an? |the )?(?:\w{1,9} ){0,3}\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:she|he) is "
        r"(?:on (?:sick |parental |annual |maternity )?leave|ill|sick|on holiday|pregnant)\b|\bthey (?:have|pay for|"
        r"own) \d{1,5} "
        r"(?:seats?|members?|users?|people|licen[cs]es?)\b|\b(?:visa|mastercard|amex|maestro|"
        r"card)\b[^.!?\n]{0,30}\bend(?:s|ing|ed)? "
        r"(?:in |with |on )?\d{2,4}\b",
        unless=r"\b(?:if|not)\b",
    ),
    rule("secret-told", "personal_data", r"\byour (?:current |old |new )?(?:password|pin|code) (?:is|was):? (?!not|"
    r"never|"
        r"wrong|correct|too|at|only|the|a|in|sent|changed|set|asked|needed|valid|used|safe|stored|expired|entered|"
        r"shown)"
        r"\S{3,}"),
)  # fmt: skip

STAFF: Final[tuple[Rule, ...]] = (
    rule(
        "internals-staff-ask-for",
        "internals",
        rf"\b(?:[Aa]sk for|[Ss]peak (?:to|with)|[Tt]alk to|[Rr]each out to|[Ww]rite to|[Mm]eet) {_NO_NAME}{_NAME}"
        rf"(?: {_NAME}| (?:in|from|at|of) (?:our|the|my|[A-Z]|sales|support|finance|engineering|security|legal))|"
        rf"\b[Oo]ur (?:engineers?|colleagues?|developers?|specialists?) {_NO_NAME}{_NAME}\b|\b{_NO_NAME}{_NAME}(?: "
        rf"{_NAME})?, who "
        r"(?:leads|runs|works|knows|handles|heads)\b",
        cased=True,
    ),
    rule(
        "internals-staff-duty",
        "internals",
        rf"\b{_NO_NAME}{_NAME} (?:{_NO_NAME}{_NAME} )?(?:looks after (?:your|you)|is (?:in charge|responsible|your "
        r"(?:contact|manager|account))|handles your|manages your|takes care of)\b",
        cased=True,
    ),
    rule(
        "internals-staff-called",
        "internals",
        rf"\b(?:engineer|developer|agent|colleague|manager|person|lead)(?: on (?:duty|call|your case)| in charge| "
        rf"responsible)? (?:is|was|called|named) {_NO_NAME}{_NAME}\b",
        cased=True,
    ),
    rule(
        "other-somebody",
        "personal_data",
        r"\b(?:a|another|one|some) (?:customer|client|company|user)s? (?:from|in|of ours|like you)\b[^.!?\n]{0,40}\b(?:"
        r"reported|had|has|have|asked|told|wrote|uses?|pays?)\b|\byour (?:boss|manager|colleague|employer|wife|husband|"
        r"partner|teammate|owner|admin) (?:has |have |just |already )?(?:asked|told|wrote|contacted|requested|called|"
        r"complained|reported)\b",
        unless=r"\b(?:if|when|whether)\b",
    ),
    rule(
        "internals-staff-from",
        "internals",
        rf"(?:^|[.!?,:\n]\s?){_NO_NAME}{_NAME} (?:from|in|of|at) (?:[Ss]ales|[Ff]inance|[Ss]upport|[Ss]ecurity|"
        rf"[Ee]ngineering|"
        r"[Ll]egal|[Mm]arketing|HR|[Pp]roduct|[Bb]illing)(?: team)? (?:will|can|has|is|told|said|looks|works|knows|"
        r"asked|"
        r"takes|handles|writes)\b",
        cased=True,
    ),
    rule(
        "internals-staff-will",
        "internals",
        rf"(?:^|[.!?\n]\s?){_NO_NAME}{_NOBODY}{_NAME}(?: {_NAME})? (?:will (?:look (?:at|into|after)|call you|take "
        rf"care|get back|"
        rf"contact you|help you|ring you|fix|be in touch)|from (?:[Ss]ales|[Ff]inance|[Ss]upport|[Ss]ecurity|"
        rf"[Ee]ngineering|[Ll]egal|HR|[Pp]roduct|[Bb]illing)(?: team)? \w)",
        cased=True,
    ),
    rule(
        "internals-staff-signs",
        "internals",
        rf"\b(?:[Bb]est(?: regards| wishes)?|[Rr]egards|[Cc]heers|[Ss]incerely|[Tt]ake care|[Yy]ours(?: "
        rf"truly)?),\s{{1,2}}(?!Customer)"
        rf"{_NO_NAME}{_NAME}(?: {_NAME})?(?=[.,!\n]|$| (?:from|of|at|\|)\b| Choose)|-\s?{_NO_NAME}{_NAME}, TechCorp\b|"
        rf"\b(?:I am|I'm|"
        rf"[Mm]y name is) {_NO_NAME}{_NAME}(?: {_NAME})?(?=[.,!])|\b{_NO_NAME}{_NAME} here(?:,| from| at| of)",
        cased=True,
    ),
    rule(
        "internals-staff-named",
        "internals",
        rf"\b(?:[Aa]sk for|[Rr]each|[Cc]ontact|[Cc]all) {_NO_NAME}{_NOBODY}{_NAME}(?=[.!?,]| (?:at|under|on|"
        rf"directly)\b)|"
        rf"\b{_NO_NAME}{_NAME}(?: {_NAME})?, (?:our|my) (?:[a-z]{{2,12}} )?(?:CEO|CTO|CFO|manager|engineer|developer|"
        rf"lead|head|"
        rf"director|founder|colleague|boss|specialist|expert)\b|\b(?:head|director|lead) of \w{{3,12}}, "
        rf"{_NO_NAME}{_NAME}",
        cased=True,
    ),
    rule(
        "other-did-it",
        "personal_data",
        rf"\bby {_NO_NAME}{_NOBODY}{_NAME} {_NO_NAME}{_NAME}(?=[.,!]| on\b| last\b| yesterday\b)|"
        rf"\b{_NO_NAME}{_NOBODY}{_NAME} {_NO_NAME}{_NAME} "
        rf"from (?:your|their|the) \w{{1,12}}\b|\b(?:person|one|somebody|colleague)(?: who \w{{1,9}} \w{{1,9}})? "
        rf"(?:is|was) {_NO_NAME}{_NAME} "
        rf"{_NO_NAME}{_NAME}\b|\b[Oo]ne of our (?:\w{{1,9}} )?(?:customers|clients)\b|"
        rf"\b{_NO_NAME}{_NOBODY}[A-Z]\w{{2,20}} (?:has|have) the same "
        rf"(?:trouble|problem|issue|error|question)\b|\b(?:Visa|Mastercard|MasterCard|Amex|"
        rf"Maestro)\b[^.!?\n]{{0,20}}\d{{4}}\b|\b[Aa]sk "
        rf"{_NO_NAME}{_NOBODY}{_NAME}(?=[.,!])",
        cased=True,
    ),
)
