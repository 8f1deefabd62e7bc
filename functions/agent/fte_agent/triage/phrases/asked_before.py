"""Saying that one has asked before."""

from __future__ import annotations

from typing import Final

REPEAT: Final = (
    "put|brought ~1 it|this|that|the_question to you ~3 in|on|already|before|twice|last",
    "heard|got|received|had nothing .|,|?|back|since|from|so_far|but",
    "went|gone|been|is all? quiet|silent|dead ~1 .|,|:|since|again|after",
    "attempt|try|round|letter no|number|nr two|three|four|five|six|#[2-9]",
    "is|does|anybody|anyone|somebody|someone ~1 reading|reads|read what|everything|anything i|we ~1 send|write|wrote"
    "|sent|post|say",
    "since yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|last_week|weeks|days|a_week i|we ~1 ask"
    "|asked|write|wait|keep_asking|keep_writing|am_asking|am_writing",
    "did|has|have|does|is anyone|anybody|somebody|someone|you ~1 read|seen|received|look_at|looked_at|got|get my|our"
    "|the|these|those ~1 {message}|question|questions",
    "{message} nr|no|number #[2-9]",
    "still nothing on|about|regarding|from|back ~1 my|our|the|you|your|support",
    "pinging|nudging|bothering|nagging|pestering|poking you ~1 again|about|on|once_more",
    "gentle|friendly|kind|polite nudge|reminder|bump about|regarding|on|of|that|,|.",
    "remember ~8 i|we {write}",
    "not the? first time ~2 i|we ~1 {write}|suggest|propose|bring",
    "described|spelled|spelt|repeated|shown|laid ~9 {several}",
    "to|by|from {count} ~1 different|other|separate ~1 names|people|colleagues|agents|persons|employees",
    "to|by|from {count} ~1 of_your|from_your|people_of_yours|colleagues_of_yours ~2",
    "your|the answer|advice|tip|suggestion was|is ~1 to? reinstall|restart|clear|try|use|update|log|sign|wait",
    ". so? i_am|we_are back .|,|again|with",
    "{count} ~1 people|colleagues|agents|employees ~1 of|from|in|at your|support|yours|techcorp ~3 answered|replied"
    "|wrote|told|said|promised|have_answered|asked",
    "{my} two|three|four|both|several|many|#[2-9] previous|earlier|prior|past|other|last ~1 {message}",
    "i|we|me|us|you ~2 promised ~6 .|,|and|but? ~3 never|nothing|nobody|no_one|not_yet|has_not|did_not",
    "get_back|come_back|let_me_know|look_into_it|ask|check|check_with|pass_it_on ~8 . that was ~1 in|on|last|before"
    "|back|over|#\\d{1,2}|two|three|four|weeks|months",
    "you|support|they|colleague ~2 closed ~1 my|our|the|this ~1 case|ticket|request|complaint|report",
    ". {ordinal} time now|already .|,|?|and|but|that|i|we",
    "reopening|reopen|re_opening #\\d{4,7}",
    "keep|keeps|kept|always closing|solving|resolving ~1 my|our|the|this|these|it",
    "once|yet again ,? how|what|where|why|when|can|could|may",
    "is|was anyone|anybody|somebody|someone ~1 on|looking_at|working_on|dealing_with|reading it|this|the_case|my ~1",
    "am|are|.|, sending|posting|submitting ~1 this|it|my_message|my_question|my_email|our_question once? again",
    "shown|sent|given|told|get|got|getting|received|read ~2 same ~1 article|answer|reply|response|template|page|nothing"
    "|sentence|standard_answer",
    "closed|close it|this|the_ticket|my_ticket|the_case , i|we reopened|re_opened|reopen",
    "silence|radio_silence|not_a_word since|ever_since|from_you|from_your",
    "resending|re_sending|re_posting my|our|this|it|the_same",
    "got|received|had only ~1 auto_reply|automatic_reply|autoreply|auto_response",
    "not|without a? single|one reply|answer|response",
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
    "since then|that ~1 silence|nothing|no_reply|no_answer|no_word|no_response|no_news|no_reaction|no_sign",
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
    "nadie ~1 responde|contesta|respondio|contesto|respondido",
    "como|ya|lo_que ~1 dije|comente|explique|escribi|mencione",
    "otra_vez|de_nuevo|nuevamente ,? ~2 lo_mismo|la_misma|el_mismo|yo|escribo|les_escribo",
    # Portuguese, Italian, Dutch, and the rest of French and German
    "ja ~1 falei|escrevi|mandei|enviei|contatei|avisei|reclamei|pedi",
    "sem|nenhuma|nenhum ~1 resposta|retorno|solucao",
    "ninguem|nessuno|niemand|personne ~2 respond*|rispo*|antwoord*|geantwortet|gemeldet|repond*|decroche",
    "gia|ho_gia ~2 scritto|segnalato|chiesto|contattato",
    "mai|nessuna|senza ~1 risposta|ricevuto_risposta|cenno",
    "al|reeds ~2 gemeld|geschreven|gemaild|gebeld|gevraagd",
    "niets|niks|nog_geen|geen ~2 gehoord|gekregen|antwoord|reactie",
    "reste*|demeure* ~2 lettre_morte|sans_reponse|sans_suite",
    "nichts ~2 gehort|passiert|bekommen",
    "erneut|nochmal|nochmals|abermals ~3 schreibe|melde|wende|frage",
)

NOT_REPEAT: Final = (
    "read|watched|restarted|reinstalled|clicked|uploaded|imported|connected|reconnected|refreshed|installed ~4"
    " {several}",
    "tried|did|done it|that|this|everything|all ~1 {several}",
    "first time ~1 writing|contacting|asking|here",
    "call|calls ~1 to ~1 server|api|endpoint",
    "waiting for ~1 file|export|download|import|page|report|code|link|sync|upload",
    "asked|requested|ordered for? a|an|the|my|our? export|code|link|reset|report|download ~2",
    "same|this|each|every|an ~1 email|notification|reminder|message {several}",
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
    ".|,|is|was|for|my|on|our the? first time ~2 i|we",
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
