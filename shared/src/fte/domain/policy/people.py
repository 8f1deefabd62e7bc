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
        r"\banother user,|\b(?:another|other|one|some|many|several|a few|most)(?: of our)? (?:customers?|clients?|"
        r"compan(?:y|ies)|users?"
        r" of ours|organi[sz]ations?)(?: of ours)?,?(?: \w{1,14}){0,3} (?:had|have|has|is|are|was|were|uses?|used|"
        r"reported|asked|told|pays?|wrote|complained|saw|found)\b",
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
        rf"(?: {_NAME}| (?:in|from|at|of) (?:our|the|my|[A-Z]))",
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
)
