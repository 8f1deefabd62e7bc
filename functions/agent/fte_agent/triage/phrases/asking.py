"""Asking for a person, and saying that one has asked before."""

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

REPEAT: Final = (
    "am|are|.|, sending|posting|submitting ~1 this|it|my_message|my_question|my_email|our_question once? again",
    "shown|sent|given|told|get|got|getting|received|read ~2 same ~1 article|answer|reply|response|template|page|nothing"
    "|sentence|standard_answer",
    "closed|close it|this|the_ticket|my_ticket|the_case , i|we reopened|re_opened|reopen",
    "silence|radio_silence|not_a_word since|ever_since|from_you|from_your",
    "resending|re_sending|re_posting my|our|this|it|the_same",
    "got|received|had only ~1 auto_reply|automatic_reply|autoreply|auto_response",
    "not|without a single|one reply|answer|response",
    "nobody|no_one ever answers|replies|responds|reacts|answered|replied",
    "not|never heard|hear anything|back|from_you ~1",
    "following_up|follow_up|just_following_up|chasing_up on|regarding|about my|our ~2 question|inquiry|enquiry"
    "|email|message|ticket|request|report|complaint|case",
    "resending|resend|sending_again|send_again|forward_again my|our|this|the|it ~1",
    "we|you_and_i had this talk|conversation|discussion already|before",
    "{ordinal} time ~3 i|we am|are|have|had|has|need|must|keep|now|try ~3 {write}|having_to|to",
    "{ordinal} time i|we {write}",
    "{ordinal} time ~2 {write} ~1 you|support|this|about|your|to_you|it|in",
    "{write} ~6 for_the|a|the {ordinal} time",
    "{ordinal} email|emails|message|ticket|request|report|complaint|reminder|inquiry|enquiry|letter|follow_up"
    "|case|support_request|support_ticket|chat|answer_to|attempt_to_reach|attempt_to_contact|attempt_to_get",
    "{several}|once ~2 i|we ~1 have? {write}",
    "{write} ~8 and_again|again_on|and_then_again",
    "i|we|.|,|and|already ~1 asked|wrote|reported|told|contacted|emailed|raised|described|written|sent"
    "|requested ~6 last|on|since|in|yesterday monday|tuesday|wednesday|thursday|friday|saturday|sunday|week"
    "|month|year|january|february|march|april|may|june|july|august|september|october|november|december"
    "|#\\d{1,2}th|#\\d{1,2}|the_#\\d{1,2}th",
    "as|like reported|described|written|mentioned|explained|requested|agreed ~1 on|in|last|already|before"
    "|earlier|by_phone",
    "refer|referring|reference|regarding|reopening|reopen|reopened ~4 {message}|#T\\d{3,6}",
    "i|we ~1 reminded|remind you",
    "reminder no|number|three|four|#\\d",
    "sent|send|wrote ~1 a|another|several|two reminder|reminders",
    "{message} ~3 closed|resolved|solved ~2 without|with|again|once_more|but|although|even",
    "was|were|got closed ~3 without|again|once_more|with_the_remark|by_you",
    "you have|did ~1 not|never ~1 answered|replied|responded|reacted|answer|reply|respond|got_back|come_back|reacted",
    "since then|that ~1 silence|nothing|no",
    "nobody|no_one responds|answers|reacts|replies|cares_to_answer|gets_back|reads",
    "going|go|round|running|moving ~1 in|round circles|in_circles",
    "lost_count|how_often_i_have|how_many_times_i_have",
    "i|we was|were|am|are|have_been|had_been ~1 told|promised|assured|given_the ~8 solved|fixed|resolved"
    "|settled|paid|days|weeks|week|would|will|but|yet|and_still",
    "been writing|asking|reporting|chasing|emailing|contacting|begging|explaining|complaining ~6",
    "{count} answers|replies|colleagues_of_yours|different_colleagues|different_people|explanations",
    "{count} {message} ~2 no|without|zero|unanswered|and_no|not",
    "{count} {message} ,|. {count}|no|not|zero|still|nothing|six",
    "question|request|ticket|case|complaint|issue of last|on|from ~2 ~3 still open|unanswered|unsolved",
    "same fault|problem|issue|matter|error|bug|question ,? {ordinal}|#\\d|six|for_the ~2",
    "for_the {ordinal} time",
    "{ordinal} time .|,|? ~1 please|where|why|when|what|can|could|i|fix|my|how|now",
    "{ordinal} time ~3 without ~3 reply|answer|response|solution|result|success|fix",
    "{ordinal} time ~2 with|about this|the_same|same",
    "{write} ~5 {several}",
    "{several} {write} .|,|?|you|this|it|about|to|and|but|already|your",
    "{several} already|before|and_still|and_nothing|but_nothing|without_success|without_result|without_a_reply"
    "|without_an_answer",
    "i|we have|had|did ~1 already|previously|repeatedly|often ~1 {write} ~1 you|your|this|it|about|support"
    "|to_you|for|the_issue|the_problem|the_bug|that|.|,|in|a_ticket|ticket|twice",
    "already|previously|earlier|before {write} ~1 you|your|this|about_this|to_you|support|it_to|to_support|to_your",
    "i|we {write} ~5 last_week|last_month|days_ago|weeks_ago|months_ago|a_week_ago|two_weeks_ago|last_year"
    "|a_month_ago"
    "|a_while_ago|yesterday_but|yesterday_and|before_but|before_and|some_time_ago|ages_ago",
    "i|we {write} ~4 {count} {message}",
    "{count} {message} ~1 already|later|so_far|now|about_this|about_it|unanswered|without|ignored|and_still"
    "|and_nothing|and_no|and_not|in_total|on_this|to_you|deep|open_for_this",
    "after {count} {message}",
    "after|over|despite|in ~1 {count} tries|attempts_to_contact|emails|tickets|messages|reminders|calls",
    "still broken|unresolved|unsolved|unfixed|not_fixed|failing after|despite|even_after|following ~4 {message}"
    "|tries|times|weeks|contact|attempts",
    "still not been? fixed|resolved|solved|sorted|answered|addressed|handled|dealt_with|responded|replied|heard"
    "|received_a_reply"
    "|received_an_answer|received_a_response|received_any|got_a_reply|got_an_answer|had_a_reply|had_an_answer"
    "|had_a_response|got_any",
    "still unresolved|unsolved|unanswered|unfixed|no_fix|no_solution|no_resolution|no_reply|no_response"
    "|no_answer|no_progress"
    "|no_word|nothing_from_you|nobody_has|no_one_has|ignored",
    "still|been|keep waiting for|on ~1 a|an|your|any|some|support ~2 reply|response|answer|update|fix|solution"
    "|feedback|reaction|call_back",
    "has|have|was|is still? not been? fixed|resolved|solved|sorted|addressed despite|after|even_though|since"
    "|though|although ~6",
    "never|not|nor ~1 got|get|gotten|received|receive|heard|hear|had|have ~2 a|an|any|back|one? reply|response"
    "|answer|feedback|back"
    " from_you|from_your|from_support|from_anyone|to_my|to_our|to_any|yet|so_far|.|,|since|on_this|about_this|after",
    "no|without|zero|any reply|response|answer|reaction|feedback|word from|to you|your|support|anyone|my|our"
    "|techcorp|any|that|the_team|either|them|the_first|it",
    "nobody|no_one|none_of_you has|have|ever|even|bothered_to|is|got|came|gets? ~1 replied|responded|answered"
    "|answering|responding|got_back"
    "|gotten_back|come_back|back|reply|answer|respond|contacted|reacted|replying|fixed|helped|looked",
    "you|support|your_team|they keep|have|are|just|always ~2 ignor* ~1 me|us|my|our|this|it",
    "being|been|was|were|gone|went|get|got ignored|unanswered|brushed_off|fobbed_off ~2 by|for|again|twice|.|,",
    "{my} previous|earlier|prior|past|other|original|old|first|last ~1 {message}",
    "previous|earlier|prior|original|existing email|ticket|tickets|emails|support_request|support_ticket"
    "|conversation_with|case|contact_with|complaint",
    "follow|following up again|on|to|regarding|with|about my|our|the|ticket|case|a ~2 ticket|tickets|email"
    "|emails|message|messages|case|request|complaint|report|previous|unanswered",
    "follow|following up again|once_more|yet_again",
    "writing|contacting|reaching_out|asking|messaging|emailing|reporting|complaining ~2 you|this|about|to_you"
    "|here|it? again|once_more|yet_again|once_again",
    "write|contact|ask|remind|chase|email|message to? you again|once_more|yet_again|once_again|about_this_again",
    "it_is|its|here_is|hello|hi|,|.|this_is me|us again",
    "here i|we am|are|go again",
    "again_and_again|over_and_over|time_and_again|time_after_time ~3 {write}|contact|asked|told|explained|wrote",
    "{write} ~4 again_and_again|over_and_over|time_and_again|time_after_time",
    "how_many|how_many_more|how_often times? do|must|will|should i|we have|need|must ~2 {write}|repeat|explain|contact",
    "keep|kept|keeps on? {write} ~4 nothing|nobody|no_one|no|but|same|without|you|about_this|your",
    "keep|kept|always|only|just getting|get|receiving|receive|sending|got|giving|sent|got ~2 same ~2 answer"
    "|reply|response|template|email|excuse|excuses|message|link",
    "last|previous|other time i|we {write}|spoke|talked|chatted|had_contact",
    "last time you|your_colleague|your_team|support|they told|said|promised|sent|gave|suggested|answered"
    "|replied|advised",
    "you|your_colleague|your_team|support|your_agent|they ~1 told|said|promised|assured ~6 last_week|last_month"
    "|weeks_ago|days_ago|earlier|back_then",
    "as i|we ~1 said|wrote|mentioned|explained|told|reported|described|stated ~1 before|already|last_week"
    "|earlier|in_my|previously|you|twice",
    "going|been|gone back_and_forth",
    "your|the|previous|last|first answer|reply|solution|suggestion|fix|workaround|advice ~3 did_not|has_not"
    "|does_not|not ~1 help|work|solve|fix|change",
    "same|this issue|problem|question|bug|complaint|matter|error i|we ~1 {write}",
    "have|had ~1 contacted|emailed|written_to|messaged you|support ~4 before|already|several|twice|times|again",
    "no_longer|another|yet_another reminder",
    "keep getting|being told|promised|bounced|passed|sent ~5",
    "third|fourth|fifth|second|repeated|another|multiple escalation|reminder|complaint|attempt_to_contact"
    "|attempt_to_reach|contact|follow_up",
    "days|weeks|months of asking|begging|writing|waiting|chasing|silence|reminding|calling|ringing|nothing|promises",
    "ignored|ignoring|overlooked ~1 my|our|the|both|all|every ~2 letter|letters|mail|mails|call|calls|{message}",
    "brought|raised|mentioned|reported|pointed|flagged|described ~8 several|many|multiple|three|four|five times",
    "told you|support|your_colleague|your_team ~1 yesterday|last_week|last_month|on_monday|on_friday|this_morning"
    "|days_ago|weeks_ago|already|before ~6",
    "asked|requested|begged|wrote ~8 and|but|yet still|nothing|nobody|no_one|no_answer",
    "only|just|nothing_but a|an|the|your? auto_reply|automatic_reply|autoreply|automatic_answer|automatic_mail"
    "|survey|receipt|ticket_number",
    "rung|rang|called|phoned you|twice|three_times|several_times|again ~3 cut_off|nobody|no_one|in_vain|no|without",
    # German, French, Spanish
    "zum zweiten|dritten|vierten|funften|x-ten mal",
    "schon|bereits ~3 zweimal|dreimal|mehrfach|mehrmals|geschrieben|gemeldet|kontaktiert|gefragt|angeschrieben",
    "keine|ohne|noch_keine|immer_noch_keine antwort|ruckmeldung|reaktion ~1 erhalten|bekommen|von|auf|.",
    "deuxieme|troisieme|quatrieme|2e|3e|4e|2eme|3eme fois que|message|email|demande|relance",
    "deja ~3 ecrit|contacte|signale|demande|envoye ~3",
    "toujours|encore pas|aucune|sans ~1 reponse|nouvelle",
    "segunda|tercera|cuarta|quinta vez que ~2",
    "ya ~2 escribi|escribido|escrito|contacte|contactado|reporte|reportado|pregunte|pedi",
    "sigo|seguimos|todavia|aun ~1 sin|no ~1 respuesta|solucion|recibo|recibido",
)

NOT_REPEAT: Final = (
    "resend|send|forward|repeat me|us? what|your_answer|your_reply|the_answer|the_reply",
    "{several} before he|she|they|it|anyone|somebody",
    "you|your_answer|your_colleague told|explained|showed|described|wrote ~1 me|us how|where|what|when",
    "resend|send me|us ~2 what|the_answer|your_answer|your_reply|our_conversation",
    "addendum|addition|supplement|correction|ps to my|our|the form|message|email|ticket|request|mail",
    "previous|last|first|earlier email|message|mail went|was_meant|was_sent|by_mistake|can_be|is_not_for",
    "asked|told|wrote|written|informed|contacted|called|reminded to? my|our|the|your ~1 partner|partners|reseller|bank"
    "|lawyer|boss|provider|administrator|client|clients|supplier|landlord|accountant|bookkeeper",
    "{several} before i|writing|asking|sending|contacting|bothering|calling",
    "{ordinal}|second attempt|attempts|try works|worked|succeeds|goes|is|was|fails|and|shows",
    "each|every|our|the customer|customers|client|clients|lead|leads ~5 {several}",
    "{ordinal} time lucky|this_week|today|in_a_row|the|my|our|it|that_the",
    "first time ~2 i|we",
    "new question|topic|matter|subject",
    "for_the {ordinal} time ~1 failed|crashed|in|the|it|that|my|since|shows|today",
    "every|each {ordinal} time|attempt|email|message|request|call|reminder|report|ticket",
    "{ordinal}|another|previous|last|earlier|first|second|my_first reminder|reminders|attempt ~2 setting|column"
    "|field|email_setting|before_the_due|is_sent|fires|arrives|of_the_task|to_log|to_sign|at_log",
    "{ordinal} message|ticket|request|report|call|case|email column|field|per|from_the_top|address|account",
    "{ordinal} message|ticket|request|report|call|case|email in|on|of a|an|our|each|every|the_list"
    "|the_thread|the_board|the_page|the_inbox|the_queue|the_chain|the_sequence|the_series|the_day|the_week|the_month",
    "previous|last|earlier|original|first|old email address|account|provider|notification|template|digest|thread",
    "retry|retries|retried|retrying|sends|trigger*|fires|fired|runs|ran|posts|delivers|delivered ~4 {several}",
    "nobody|no_one|none ~3 answered|replied|replies|responded|answer|reply ~2 comment|comments|poll|survey"
    "|mention|mentions|question_in|task|thread|form",
    "api|server|endpoint|webhook|page|browser|app|request|requests|integration|bot|site ~4 no|without|any"
    "|not_get|never_gets|got_no response|answer|reply",
    "no|any|without|empty response|answer|reply from|to the|your|our|my api|server|endpoint|webhook|browser"
    "|form|survey|poll|comment|task|app",
    "notification|notifications|reminder|reminders|webhook|webhooks|automation|rule|invitation|invite|digest"
    "|report|mail_digest|email|emails is|are|was|were|gets|get|arrives|arrive|comes|come|fires|sent|delivered"
    " ~2 {several}",
    "last|previous|earlier sprint|project|board|report|version|invoice|release|task|week_report",
)
