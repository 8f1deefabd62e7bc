"""Questions and troubles that articles answer, and that look like a trigger where no word of it is said.

The encoder takes "is there a trial of Business?" for a request to Sales and "taken out of Okta, still in the list" for
a break-in. What a message says beside such a clause is judged without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CLASSES: Final[Mapping[str, str]] = {
    "offer": "team|business|enterprise|free|plan|plans|tier|higher_plan|bigger_plan|upgrade|upgrading",
    "removed": (
        "removed|deleted|deactivated|deprovisioned|de_provisioned|disabled|suspended|unassigned|taken_out|took_out"
        "|offboarded|removing|deactivating|delete|remove|deactivate|left"
    ),
    "directory": (
        "okta|entra|azure|ad|active_directory|google_workspace|google|onelogin|jumpcloud|ldap|scim|directory|idp"
        "|identity_provider|sso|ping|keycloak"
    ),
    "listed": (
        "listed|list|member|members|active|shown|show|shows|showing|appear|appears|visible|seat|seats|count|counts"
        "|counted|assignee|found|there|here|in_techcorp|suggested|billed|users"
    ),
    "invited": (
        "invite|invites|invitation|invitations|email|emails|link|code|codes|sms|welcome_email|reset_email"
        "|activation_email|confirmation_email|notification|notifications"
    ),
}  # fmt: skip

SECURITY: Final = (
    # An invitation, a link or a code that did not arrive.
    "never|not|none_of_them|none_of_us|nobody|no_one|neither ~2 got|get|gets|getting|received|receive|receives"
    "|receiving|seen|see|found|had|have ~4 {invited}",
    "{invited} ~6 never|not|did_not|does_not|still_not ~2 come|came|comes|arrive|arrives|arrived|arriving|reach|reaches"
    "|reached|delivered|there|got_through|through",
    "no|without_an|without_a {invited} ~4 come|came|comes|arrive|arrives|arrived|arriving|yet|so_far|received|for_me",
    "received|got|had nothing|no_email|no_emails|no_invitation|no_link|no_code ~3",
    "i|we ~1 asked|requested|ordered ~2 password|reset|code|link",
    "resend|send_again|send_anew ~4 {invited}",
    # People that a directory took out and that are listed yet.
    "{removed} ~5 {directory} ~6 still|remain|remains|yet|nevertheless|not_gone|stay|stays ~5 {listed}",
    "{directory} ~4 {removed} ~6 still|remain|remains|yet|stay|stays ~4 {listed}",
    "{directory} ~4 not|never|fails_to|without ~2 {removed}|remove|removes|deactivate|deactivates|delete|deletes|update"
    "|updates|sync|syncs",
    "{removed} ~3 users|members|people|colleagues|accounts|member|user ~4 still|remain|remains ~4 {listed}",
    "users|members|people|member|user|colleagues|accounts|somebody|someone ~3 {removed} ~5 still|remain|remains|stay"
    "|stays ~3 {listed}",
    "her|his|their name|names|picture|avatar|tasks ~1 still|remain|remains|stay|stays",
    # Being asked to sign in again and again.
    "log|logs|logging|logged|sign|signs|signing|signed|throws|kicks|kicked ~1 me|us? out all_the_time|every|each|again"
    "|constantly|always|after|when*|on",
    "keep|keeps|constantly|always|sometimes logging|signing|logs|signs|logged|signed|getting_logged|getting_signed"
    "|being ~2 out|in",
    # A lost phone that had the second factor.
    "lost|broke|broken|new|changed|dropped ~3 phone|telephone|mobile ~3 can_not ~3 sign|log|confirm|get|enter",
    # Somebody who left the firm, and whose access or work is still there; what a colleague spoiled.
    "left|quit|leaves|leaving ~2 ,|and? ~1 shut|remove|take|close|block|cancel|deactivate ~2 access|out|account",
    "colleague|employee|member|someone|somebody ~1 left|quit|leaves ~4 ,|and ~6 name|tasks|things",
    "someone|somebody|colleague|guest|member ~1 deleted|rewrote|overwrote|changed|binned|removed|moved|emptied|spoiled"
    " ~1 text|task|card|description|file|thing|job|comment|field|project|client",
    # A new place of one's own that was reported.
    "that|it|this was|is definitely|really|only|just|surely? me|mine|my_own|us|ours ~2",
)

P1: Final = (
    # One person who left.
    "owner|founder|admin|administrator|colleague|boss|manager|employee ~3 is|has|was gone|left|quit",
    "person|colleague|employee|man|woman who|that|with ~5 is|has|was|left gone|left|quit|us|the",
    # What one user alone cannot do.
    "everyone|everybody|others|all|people else ~1 can|could ~1 open|use|log|sign|access|edit|enter|work|see",
    "only|just i|me can_not|could_not|.|?",
)

SALES: Final = (
    # Whether somebody needs a seat, or something is part of the plan: not what a seat costs.
    "does|do|will|would ~4 cost|costs|need|take ~1 a|another|an_extra|one|any seat|seats|place|licence|license|storage",
    "does|do|will|would ~3 cost extra storage|seat|seats",
    "does|do|will|would ~3 cost anything|something|extra ~2 have|add|invite ~2 guest|guests|client|clients|partner",
    # Whether a trial takes a card, how long it is, what comes after it.
    "card|credit_card|payment|payment_details|payment_data|bank_details ~5 trial|test|try|sign_up|testing",
    "trial|try|test ~5 card|credit_card|payment|payment_details|payment_data|bank_details",
    "how long|many ~4 trial|test_period|test_phase",
    "when|what_day does|do|is|will ~3 trial|test_period|test_phase",
    "do|does|will|is|are ~2 trial|test_period|test_phase ~4 last|end|expire|run_out|include|contain|over|charge|bill"
    "|become|have|need|take",
    "after ~1 trial|test_period|test_phase ,? ~1 do|does|will|is|are",
    "happen|happens|goes|go|becomes|become|after|in|during|with|at_the_end_of ~3 trial|test_period|test_phase ~4 ?",
    "start|begin|activate|sign_up_for|find|set_up ~1 trial of|for|on|by? ~1 {offer}|my_own|myself|ourselves|it|our_own?"
    " plan? ?|.",
    "is_there|are_there|have_you_got|do_you_have|do_you_offer|there_is ~2 trial|trials|test_version|free_version of"
    "|for|on|with|in? the? {offer}|it|this|that? plan? ?|.",
    "can|could|may|might|how_can|how_do|possible_for|want_to|like_to|able_to we|i|one|to? ~1 try|test|try_out|test_out"
    " ~1 {offer}|it|you|techcorp ~3 first|before|for_a_while|for_free|for_a_week|for_a_bit|beforehand|?",
    ".|,|: try|test ~1 {offer} ~4 ?",
    # What a plan has, which one fits, what changes from one to the other.
    "what|which|anything|something|features|things extra|more|else|features|things? ~1 do|does|would|will|is|are? we|i"
    "|you|it|one|there? ~2 get|gain|have|has|lose|miss|include|includes|offer|offers|bring|brings|add|adds|in|come"
    "|comes ~5 {offer}",
    "difference|differences|differ|differs|compare|compares|compared|comparison|versus|vs|better|or ~4 {offer}"
    " and|or|to|with? {offer}?",
    "{offer} plan? or|versus|vs {offer}",
    "is|are|would|will|be ~2 {offer} ~2 enough|sufficient|right|ok|okay|suitable|suited|good|too_small|too_big|better",
    "which {offer} ~1 do|does|should|would|is|are|has|have|fits|suits|includes|comes",
    "does|do|is|are|can|part ~6 in|on|with|of|included_in|have|has|allow|allows|include|includes|need|needs ~1 {offer}"
    " plan? ~1 ?",
    "do|does|will|should we|i ~1 need ~1 {offer} ~5 ?",
    "from {offer} to {offer}",
    "can|could|may|do|how we|i|one|to? ~1 go|switch|move|change|upgrade|downgrade ~3 {offer}",
    "what|which is? better|best for",
    # How one pays, how many places there are, what takes one, how much fits in.
    "pay|paying|pays|billed|bill|charge ~2 monthly|annually|yearly|twelve_months|whole_year|in_one_go|per_month|by_card"
    "|by_transfer|by_invoice",
    "guest|guests|outsider|outsiders|viewer|viewers|commenter|commenters|client|clients ~2 cost|costs|need|needs|take"
    "|takes|count|counts",
    "how_many|how_much ~3 do|are|may|can|could|does ~1 we|i|one|each ~2 have|pay|paying|use|using|store|upload|save|add"
    "|create|put",
    "how_much ~3 done|finished|work|works|time|effort",
    "do|must|should i|we ~1 need_to? buy|pay ~1 something|more|anything|another_seat|a_seat",
)

LEGAL: Final = (
    # The end of a subscription, by another name.
    "end|cancel|stop|quit|renew our|my|the|this contract|agreement ~2 .|?",
    # What an audit log shows, and papers for the books.
    "who ~3 did|gave|took|removed|changed|deleted|added|moved ~3 what|rights|role|roles|this|it|task|permissions|when",
    "papers|receipts|invoices ~4 month|quarter|year|october|november|december|january",
)

REFUND: Final = (
    # A payment that fails, another way to pay, another period, no further charges.
    "bank|card|visa|mastercard|paypal|payment ~3 refused|refuse|rejected|rejects|blocked|blocks|declined|declines|fails"
    "|failed|bounced",
    "retry|repeat|try ~2 payment|charge|card",
    "pay|paying|payment ~2 another|other|different|new ~1 way|card|account|method",
    "old|expired|previous card ~5 new|other|another",
    "back to monthly|yearly|annual|annually|free",
    "not|never|nothing|no ~3 charged|billed|charge|charges ~3 again|anymore|any_more|next|further|after|from",
)

HUMAN: Final = (
    # What one does with one's own people.
    "make|give|assign|hand|tell|ask|call|mention|let|notify|add|show ~2 colleague|deputy|team_mate|teammate|someone"
    "|somebody|person|member ~2 admin|admins|administrator|owner|rights|job|task|tasks|attention|know|something",
    "give|assign|hand|pass|move ~2 job|task|tasks|work|card|cards ~1 to",
    "chat|talk|speak|write with|to ~1 team_mate|teammate|teammates|my_colleague|my_colleagues|our_colleagues|members",
    "anyone|anybody|someone|employees|staff ~4 look_into|read|see|access|look_at our|my|the files|data|documents"
    "|content",
    # Whether a person or a program writes, out of curiosity; where and when an answer comes.
    "are|is|was|am|eres|bist|sind|etes ~4 bot|robot|machine|ai|program|human|person ~1 or|o|oder|ou ~2 human|person|bot"
    "|persona|mensch|humain|robot|machine|ai|program|people",
    "when|how_soon|how_long can|may|will|should|do|must i|we ~1 expect|wait ~1 an|for_an? answer|reply|response"
    "|someone|somebody|mine|it",
    "right|wrong|correct chat|place|address|channel|door|form|inbox",
    "out_of_office|out_of_the_office|on_leave|on_vacation|on_holiday until|till|and|.|,",
    # People of whom somebody tells.
    "without a|any human|person|colleague|teacher|helper beside|next_to|behind|around|near",
    "move|moving|switch|switching|go|going|change|changing|over to somebody|someone|people|others|anyone who|that|else",
)
