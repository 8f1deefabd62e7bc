"""The plainest words for each trigger, the specification's own among them: a score hardly speaks against these, and
against the certain ones not at all, for a threat at the end of another matter weighs little in a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PLAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "SECURITY_ESCALATION": (
        "hacked|been_compromised|was_compromised|is_compromised|data_breach|security_breach|security_incident|gehackt",
        "unauthorized access|log_in|sign_in",
        "security vulnerability|hole|flaw",
        "someone|somebody ~1 logged|signed|log|got ~2 into|in|to my|our account",
        "phishing email|attempt|mail",
        "deactivated|dismissed|fired|suspended|offboarded|deprovisioned ~3 still ~1 have_access|has_access|log|sign"
        "|get",
    ),
    "P1_CRITICAL": (
        "production|system|platform|site|service|everything is? down .|,|?|for|since|again|please|completely|now",
        "complete|total|major|full outage",
        "data loss|is_gone|has_gone",
        "everything|all ~1 gone|vanished|disappeared|lost since|after ~2 update|upgrade|release|migration|maintenance"
        "|last_night|this_morning|yesterday|today",
        "nobody|no_one|none_of_us ~5 can ~1 log|access|open|sign|get",
        "lost all ~2 data|projects|boards|tasks|work",
        "all ~2 projects|boards|data|tasks ~3 gone|vanished|disappeared|missing|lost|deleted",
        "whole|entire ~1 team|company|office|department ~4 locked_out|can_not|down|blocked|shut_out",
    ),
    "LEGAL_ESCALATION": (
        "my|our|a|your ~1 lawyer|lawyers|attorney|attorneys|solicitor|solicitors",
        "lawsuit|legal_action|sue_you|suing_you|am_suing|are_suing|be_suing|take_you_to_court|see_you_in_court"
        "|litigation|subpoena|breach_of_contract",
        "hipaa|soc_2|iso_27001|fedramp|baa|dpa|data_processing_agreement|gdpr_request|right_to_be_forgotten",
        "under|of|by|with the? gdpr|ccpa",
        "anwalt|rechtsanwalt|avocat|abogado|abogada|avvocato|advogado|advogada|advocaat",
    ),
    "REFUND_REQUEST": (
        "{want}|get|request|demand|issue|have|me|give|process ~3 refund",
        "refund me|us|my|our|the|this|please|pls|now|immediately|it",
        "money back",
        "unused|remaining ~2 paid_out|refunded|returned|paid_back|reimbursed",
        "charge back|backs",
        "charged|billed twice|double|two_times",
        "reimburse|reimbursement|ruckerstattung|remboursement|reembolso",
        "reverse|undo ~2 charge|payment|transaction",
    ),
    "SALES_ESCALATION": (
        "pricing|price_list|quotation|discount|discounts|volume_licensing|custom_contract|enterprise_pricing",
        "how_much does|do|would|is|are|for ~6 cost|plan|seat|seats|users|user|licenses|month|year",
        "what does|do|would|is ~5 cost|price",
        "price|prices of|for|per",
        "send|get|give|need|want ~2 a quote",
        "negotiate",
        "discuss|explore|propose|interested_in ~2 partnership|reselling|reseller",
        "give|send|generate|create|make ~3 coupon|voucher|promo|discount code|codes",
    ),
    "HUMAN_REQUESTED": (
        "speak|talk|chat to|with a|an|your|some|the? real|live|actual? human|person|human_being|representative"
        "|manager|supervisor|someone|somebody|agent",
        "human|real|live agent|person|representative .|,|?|please|now",
        "{want} a|an|to_speak_to_a|to_talk_to_a human|manager|supervisor|representative|real_person|human_agent"
        "|live_agent",
        "put|transfer|connect|pass me ~1 to|through|with|on",
        "someone|somebody|a_person|a_manager|you ~1 call me|us",
        "call me|us back",
    ),
    "REPEAT_CONTACT": (
        "nobody|no_one ever answers|replies|responds|reacts",
        "got|received|had only ~1 auto_reply|automatic_reply|autoreply|auto_response",
        "not|without a? single|one reply|answer|response",
        "third|fourth|fifth|sixth|3rd|4th|5th|6th time ~2 i|we|writing|contacting|asking|reporting|emailing",
        "third|fourth|fifth|second|3rd|4th|5th|2nd email|message|ticket|complaint about|on|regarding|and|now",
        "already|have ~1 wrote|written|contacted|emailed|reported|asked ~4 twice|three_times|several_times"
        "|many_times|3_times|4_times|times",
        "still unresolved|no_reply|no_answer|no_response",
        "still not fixed|resolved|solved after|despite|even",
        "how_many|how_often times? do|must i|we have? ~2",
    ),
    "SENTIMENT_ESCALATION": (
        "unacceptable|furious|disgusting|outrageous|disgraceful|pathetic|livid",
        "worst ~2 ever|company|service|product|software|support|tool|app|experience",
        "f|eff|piss|bugger off",
        "your|this|you|is ~2 garbage|trash|joke|scam|useless|idiots|incompetent|rubbish|disgrace",
    ),
}

CERTAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "P1_CRITICAL": (
        "data_loss|lost_data since|after ~2 update|upgrade|migration|release|maintenance",
        "you|techcorp|update|migration|crash|system ~1 lost|wiped|deleted|erased|destroyed ~1 all|months|years|weeks"
        " ~4 data|projects|boards|work|tasks",
        "we can_not access|open|reach|get_into|log_in_to|sign_in_to ~1 workspace|platform|system|techcorp"
        " .|,|?|since|at_all|any_more|anymore|and|please|for",
    ),
    "LEGAL_ESCALATION": (
        "lodged|filed|lodging|filing|lodge|file ~2 complaint ~1 with|at ~1 cnil|ico|aepd|garante|ftc|bbb|ombudsman"
        "|regulator|authority|data_protection_authority|consumer_protection|trading_standards|commission",
        "no? countersigned ~2 auftragsverarbeitung*|avv|data_processing_agreement|dpa",
        "our|my own msa|master_service|master_services|contract|terms ~2 instead_of|rather_than|not_your",
        "i_am|we_are|be|consider|considering ~1 suing you|your|techcorp|for|over|.|,|?",
        "i|we|will|shall|going_to|have_to|forced_to|choice_but_to|may|might|could sue you|your|techcorp|for",
        "i_am|am|we_are|i|we|will|shall|or|be|to|may|might take|taking|consider|considering|pursue|pursuing|seek"
        "|seeking|start|starting legal action|steps|proceedings",
        "are|is you|techcorp|your|it ~2 fedramp|hipaa|soc_2|iso_27001|gdpr|ccpa compliant|certified|authorized"
        "|authorised|ready|attested",
    ),
    "SECURITY_ESCALATION": (
        "log_in|sign_in|security|access|verification|sms codes|code ~1 that|which? i|we ~2 never|not|did_not|have_not"
        " ~1 asked|ask|requested|request",
    ),
    "REFUND_REQUEST": (
        "file|filing|start|starting|open|opening|initiate|initiating ~1 chargeback|charge_back|chargebacks",
    ),
    "HUMAN_REQUESTED": ("no more? bot|bots|robot|robots|chatbot|chatbots please|.|?|,",),
}
