"""Asking for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CLASSES: Final[Mapping[str, str]] = {
    "speak": "speak|speaking|talk|talking|chat|chatting|discuss_this|discuss_it|discuss|spoken|speek",
    "person": (
        "human|humans|human_being|person|people|representative|rep|supervisor|operator|agent|advisor|adviser|manager"
        "|managers|boss|team_lead|team_leader|team_member|staff|employee|individual|consultant|superior|director|ceo"
        "|human_agent|live_agent|support_agent|support_person|service_person|specialist|expert|technician|engineer"
    ),
    "someone": "someone|somebody|anyone|anybody|some_one|one_of_you|one_of_your|a_colleague_of_yours",
    "chief": (
        "human|humans|human_being|representative|supervisor|operator|manager|real_person|live_person|actual_person"
        "|live_agent|human_agent|support_agent|support_rep|support_representative|customer_service_rep|higher_up"
        "|person_of_flesh|agent"
    ),
    "bot": (
        "bot|bots|robot|robots|machine|machines|chatbot|chatbots|computer|ai|automated|automatic|software|algorithm"
        "|virtual_assistant|script|auto_reply|auto_replies|canned|automation|program"
    ),
}

HUMAN: Final = (
    "number|line|extension for|to_reach|to_call|to_ring you|support|your ~1",
    "talk|talking|go ~1 this|it through ~2 than|instead|with",
    "kind|friendly|real|human|living voice on|over|at|through ~1 telephone|phone|line",
    "anybody|anyone|somebody|someone|person ~6 i|we can|could|may talk|speak to|with",
    "a_word|two_words|a_few_words|a_quick_word with him|her|them|whoever|someone|somebody|one_of|the_person|your"
    "|a_person|a_human|the_head|the_manager",
    "phone_line|telephone_line|hot_line|phone_number|telephone_number ~6 call|ring|reach|phone",
    "when|at_what_time|at_what_hour do|will|would|can|may ~1 you|someone|somebody|they ~1 call|phone|ring .|?|me|us"
    "|back",
    "let|have a|some|somebody|someone person|human|real ~1 look|read|check|review",
    "please|someone|somebody|person|you|kindly|would ~2 ring|phone|telephone|call my|our ~1 father|mother"
    "|assistant|treasurer|colleague|manager|husband|wife|office|boss|secretary",
    "telephone|phone|ring me|us",
    "am telefon|telefonisch|telefonieren",
    "hear a|your|some? real|human|living? voice",
    "name|names and extension|direct_line|phone_number|number",
    "{speak} to|with|directly_to|directly_with ~2 {person}",
    "{speak} to|with {someone}",
    "{speak} to|with your team|support|support_team|staff|people|customer_service|customer_support|helpdesk|help_desk",
    "put|transfer|connect|pass|hand|forward|redirect|route|refer|switch|get me|us|this|it|my_case|my_ticket|my_issue"
    " straight? to|through_to|through|over_to|on_to|over|with|in_touch_with ~3 {person}|{someone}|your_team|support",
    "put|hand|transfer me|us through|over",
    "{chief} please|now|asap|immediately|instead",
    "please a? {chief} .|,|?",
    "{want} a|an|the|your|some|another|any? real|actual|live|living|human|proper? {chief}",
    "{want} to? see|reach|contact|get|meet|have? a|an|your|the {chief}",
    "{want} a? real|actual|live|proper? person .|,|?|please|now|instead|not|on|who|to_help|to_look|to_talk"
    "|to_call|to_handle",
    "get|give|send|find|let_me_have me|us a|an|your|some real|actual|live|damn|goddamn|bloody|fucking|freaking?"
    " {chief}|person|human|someone",
    "anybody|anyone|somebody|someone ~1 real|with_a_pulse|made_of_flesh|of_flesh ~2 there|read*|here|answer*|.|?",
    "is_there|are_there|do_you_have|have_you_got|got ~2 {person}|{someone} ~2 {speak}|who_can|who_could|i_can|we_can",
    "is|are there|you {someone}|{person} real|human|there|alive|at_all|out_there",
    "is_there a|any|even? real|actual|live? human|person|people there|here|behind|around|on",
    "who can|could|do i|we {speak}|call|phone|ring",
    "can|could|would|will|may|might|should|please|to|have|want|wish|like {someone}|a_person|a_human|you"
    "|your_team|a_colleague"
    " please|kindly|perhaps|maybe? ~4 call|phone|ring|telephone me|us|her|him",
    "{someone}|person|engineer|specialist|employee|colleague|developer|manager|expert ~5 call|phone|ring"
    "|contact me|us|her|him",
    "please|kindly|asap|rather|could_you call|phone|ring ~2 me|us|her|him|back|between|at|on|today|tomorrow",
    "contacted|called|rung|phoned|advised|helped|served|answered by ~3 {someone}|employee|one_of|person|staff"
    "|colleague|human|people|expert|specialist|member",
    "help|answer|reply|reaction|advice by|from|of a? real|living? person|human|human_being|colleague|specialist",
    "on_the_phone|by_phone|by_telephone|over_the_phone|via_phone|on_the_line|by_video|pick_up_the_phone|direct_line",
    "appointment|session|meeting|conversation|chat|word|talk|consultation|call|speak with|to ~1 one_of_your|a"
    "|an|the|your|somebody|someone|anyone|me ~1 engineer|engineers|specialist|specialists|head|expert|experts"
    "|consultant|colleague|person|developer|member|employee|employees|staff|manager|technician|dev|management"
    "|board",
    "one|member|members|someone|somebody|anyone|an_employee|a_colleague|a_specialist|an_engineer of|from|on"
    " your ~1 staff|engineers|specialists|employees|people|colleagues|team|developers|experts|technicians"
    "|consultants",
    "want|wish|like|need|prefer|love|rather|please|let_me|let_us|and|refuse to? {speak} to|with them|him|her"
    "|you|one_of",
    "want|wish|like|need|prefer ~2 colleague|human|person|employee of yours",
    "flesh_and_blood|human_being|human_beings|named_engineer|human_colleague|human_reply|human_answer"
    "|human_help|human_contact|human_intervention|human_support|human_assistance|human_eye|human_eyes",
    "could|can|may|would|will a|one_of_your|any ~1 support|sales|billing|technical|service employee|person|colleague"
    "|specialist|engineer|agent|representative|adviser|advisor|expert",
    "someone|somebody|anyone|a_person|a_colleague|a_human from ~1 sales|support|billing|accounting|finance|partnerships"
    "|business_development|legal|engineering|onboarding|security|your_team|techcorp ~3 get_in_touch|contact|reach_out"
    "|write|call|ring|phone|talk|speak|explain|join|walk|go_through|help|look",
    "{someone} who can|is|has|really|actually ~2 think|read|listen|decide|understand*|breathe*|alive|pulse|brain"
    "|authority",
    "competent|responsible|caring|qualified|knowledgeable|empowered|living|breathing|thinking|named|dedicated"
    "|human person|human|colleague|employee|contact|being|someone|engineer",
    "put|get|give|find|send ~1 a|an|any|some|me|us ~1 human|person|someone|somebody|engineer|dev|developer who"
    "|on|with|in|from|here|now",
    "can|could|may|might|let|have|want|wish|need ~1 a|an|one human|person|specialist|colleague|someone|somebody"
    "|engineer ~2 look|check|handle|read|see|review|help|explain|take|sort",
    "{someone} ~2 real|human ~1 there",
    "the|your head of ~1 support|department|customer|service|sales",
    "call|ring|phone me|us back? .|,|?|please|today|tomorrow|now|on|at|asap|this|when|immediately|about|to_discuss",
    "give|gave me|us a call|ring|phone_call|bell|call_back",
    "{want} a|to_get_a call_back|phone_call|call .|,|?|from|please|today|tomorrow|now|with|asap|instead",
    "request|arrange|schedule|get|have|organize|expect a call_back|phone_call",
    "number i|we can|could call|ring|phone|dial",
    "phone number ~3 call|ring|dial|reach",
    "not|rather_not|never|stop|tired_of|sick_of|enough_of|fed_up_with|hate|no_more|instead_of|rather_than|without"
    " {want}? to? ~1 {speak}|writing|dealing|deal|arguing|corresponding|communicating to|with ~2 {bot}",
    "no|not_a|not_an|not_another|enough_with_the|any|without_a|anything_but_a more? {bot} please|.|,|anymore"
    "|again|answers|replies",
    "bot|robot|chatbot|ai|assistant is|are not|useless|no ~1 help|helping|helpful|useful|use|understanding|understand",
    "real|actual|live|living|breathing human|humans|person|people|being|agent|representative|individual",
    "escalate this|it|me|my_case|my_ticket|my_issue|our_case|our_ticket|the_case|the_ticket|the_issue|immediately|now",
    "escalate ~3 to ~3 {person}|level|tier|management",
    "higher|senior|upper|top management|manager|level_support|person|colleague|authority",
    "{someone}|somebody|person|people in_charge|with_authority|senior|more_senior|responsible_for_my|higher_up"
    "|competent",
    "human|personal|manual intervention|touch|contact please|needed|required",
    "{want} {someone}|a_person|a_human to|who ~2 call|phone|ring|speak|talk|contact|take_over|step_in|handle",
    "have|let {someone}|a_human|a_person|a_manager ~2 call|phone|ring|contact|take_over|handle",
    "speak|talk|escalate ~2 {chief}",
    "your supervisor|superior|boss|manager|team_leader|line_manager",
    "customer_service|support|service agent|rep|representative please|now",
    "{chief} ~2 take_over|look_at_this|look_into_this|handle_this|call_me|call_us|contact_me|contact_us|get_back_to_me",
    # German
    "mit einem|einer|einen|jemandem|jemand|ihrem|nem echten|richtigen|realen|lebenden|menschlichen?"
    " menschen|mensch|mitarbeiter*|person|berater*|vorgesetzten|manager|ansprechpartner|kollegen sprechen|reden"
    "|telefonieren?",
    "mit|an jemandem|jemand|jemanden sprechen|reden|telefonieren|weiterleiten|verbinden",
    "echten|echter|richtigen menschen|mensch|mitarbeiter|person",
    "rufen|ruft sie|ihr? mich|uns ~2 an|zuruck",
    "ruckruf|zuruckrufen|weiterverbinden|durchstellen",
    "keinem|keinen|einem bot|roboter|chatbot ~1 sprechen|schreiben|reden|reden|.",
    # French
    "parler|discuter|echanger a|avec|au ~2 humain|quelqu'un|personne|conseiller|conseillere|responsable|agent"
    "|operateur",
    "un|une|vrai|vraie|veritable humain|etre_humain|vraie_personne|vrai_conseiller|interlocuteur_humain",
    "rappelez|appelez moi|nous",
    "etre rappele|rappelee|rappeles|contacte_par_telephone",
    # Spanish
    "hablar|comunicarme|contactar|comunicar con ~2 persona|humano|alguien|agente|encargado|supervisor"
    "|responsable|gerente|operador",
    "persona|agente real|humana|humano|de_verdad|de_carne_y_hueso",
    "me|nos llamen|llame|llaman|devuelvan_la_llamada",
    "llamenme|llameme|llamenos|pasame_con|paseme_con|pasenme_con",
    # Portuguese, Italian, Dutch
    "falar com ~2 pessoa|humano|atendente|alguem|responsavel|gerente",
    "parlare con ~2 persona|umano|operatore|qualcuno|responsabile",
    "met ~2 echt|mens|medewerker|iemand|persoon ~1 spreken|praten",
)

NOT_HUMAN: Final = (
    "hire|employ|get_yourselves|find_yourselves ~1 {someone}|people|a_person|somebody|staff ~2 with|who|that",
    "had_wanted|was_going|were_going|wanted|meant ~2 ask|asking|call|talk|speak ~8 did_not|no_need|not_necessary",
    # What is done on a phone, not by talking.
    "do|use|invite|edit|open|create|change|view|see|set|show|work|works|run|runs|upload|import|export|delete|assign|move"
    "|track|make|add ~4 on_the_phone",
    "invite|add|create|edit|upload|change|assign ~4 by_phone|via_phone",
    "make|making somebody|someone|another|him|her ~4 in_charge|responsible",
    "could|can|do|does|may ~2 one_of_your|your|anyone|anybody|someone ~4 read|see|access|open our|my|the files"
    "|documents|data|messages|content",
    "am i speaking|talking|chatting|writing to|with a computer|robot|bot|machine|chatbot|program",
    "bot|robot|computer|machine or|o|oder|ou ~1 human|person|persona|mensch|humain|people",
    "let ~4 person|people|human|manager|managers|agent|representative|operator|someone|somebody|supervisor "
    "see|edit|open"
    "|access|view|comment|join|know|change|create|add",
    "what|how do|does|should|shall you|i|we|they call",
    "without|no|not ~3 phone|call|calls",
    "human|person|people|manager|operator|representative|agent|rep|supervisor|specialist|staff|admin"
    " role|roles|field|fields|column|columns|view|permission|permissions|access|account|accounts|dashboard"
    "|approval|level"
    "|licenses|license|seat|seats|property|properties|filter|report|reports|icon|avatar|picker|type|page|list"
    "|tag|label"
    "|group|groups|name|names|resources|readable|friendly|error|errors|card|cards|mode|id|days|hours|rights"
    "|template|board",
    "human resources|readable|factors|error|errors|hours|understandable|centered|capital",
    "project|product|program|account|portfolio|office|marketing|resource|task|line|delivery|release|password"
    "|file|device"
    "|community|customer_success|campaign|event manager|managers|management",
    "user|http|mail|browser|monitoring|real_estate|travel|insurance|ai agent|agents",
    "my|our|his|her|each|every|another|a_new|new|which|same|right|wrong|one|two|three|other|per|assigned|responsible"
    " person|people|manager|agent|agents|operator|representative|supervisor|managers|representatives|staff|boss"
    "|director|ceo",
    "assign|assigned|add|adding|invite|inviting|remove|removing|mention|make|making|promote|assignee|change"
    "|notify|move"
    "|give|grant|allow|share ~4 person|people|human|manager|managers|agent|representative|operator|someone"
    "|somebody|supervisor",
    "someone|somebody|anyone|anybody on|in|from|outside|within|at|inside|of my|our|the|another|other team"
    "|company|workspace"
    "|organization|project|department|board|firm",
    "{speak}|chat with|to other|my|our|colleagues|team_members|guests|clients|each|the_team|the_board|the_api"
    "|teammates|members|customers ~2",
    "are_you|are_u|is_this|is_it|was_this|was_it ~2 human|person|bot|robot|machine|ai|real",
    "am_i|are_we talking|speaking|chatting to|with ~3 human|person|bot|robot|machine|ai",
    "call_back|call url|urls|function|functions|uri|address|endpoint|parameter|method|handler|to_the_api|the_api|api",
    "api|webhook|oauth|redirect call_back|call_backs|call|calls",
    "let|allow|enable|how_can|how_do|can|could|so_that|when|where|if guests|clients|users|members|customers"
    "|people|colleagues"
    " ~3 {speak}|call ~4",
    "conference|video|zoom|teams|meeting|kickoff|sales|client call|calls",
    "{someone} ~1 call|calls it|the|this|a",
    "to_the person in_charge ,|.",
    "one|someone|somebody|a_colleague|colleague of|from your ~2 told|promised|said|helped|wrote|explained"
    "|answered|sent|suggested|advised|fixed",
    "as_though|as_if|like|sound a? human_being|person|human",
    "phone|mobile app|apps|version|number_field",
    "person who|that|which created|assigned|made|owns|left|invited|set_up|is_responsible",
)
