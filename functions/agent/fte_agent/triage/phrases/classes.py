"""Words that mean the same to more than one trigger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CLASSES: Final[Mapping[str, str]] = {
    "we": "i|we|my_team|our_team|my_company|our_company",
    "my": "my|our|his|her|their",
    "want": (
        "want|wants|wanted|need|needs|would_like|like|wish|demand|demanding|require|request|requesting"
        "|insist_on|prefer"
        "|expect|seek|seeking|asking_for|ask_for|waiting_for"
    ),
    "ordinal": "second|third|fourth|fifth|sixth|seventh|eighth|tenth|nth|umpteenth|hundredth|2nd|3rd|4th|5th"
    "|#\\d{1,2}th",
    "several": (
        "twice|thrice|two_times|three_times|four_times|five_times|#\\d{1,2}_times|several_times|many_times"
        "|multiple_times|countless_times|a_few_times|a_couple_of_times|repeatedly|#\\d{1,2}x|numerous_times"
    ),
    "count": "two|three|four|five|six|seven|several|multiple|many|numerous|countless|a_few|a_couple_of|#\\d{1,2}",
    "write": (
        "write|wrote|written|writing|contact|contacted|contacting|email|emailed|emailing|message|messaged|messaging"
        "|report|reported|reporting|complain|complained|complaining|reach_out|reached_out|reaching_out|chase|chased"
        "|chasing|raise|raised|raising|submit|submitted|submitting|ask|asked|asking|tell|told|telling|explain"
        "|explained"
        "|explaining|flag|flagged|flagging|get_in_touch|got_in_touch|been_in_touch|call|called|calling|call_you|phone"
        "|phoned|file|filed|filing|open_a|opened_a|opening_a|send|sent|sending|request|requested|requesting"
        "|text|texted"
        "|bring_this_up|brought_this_up|bringing_this_up|mention|mentioned|follow_up|followed_up|following_up"
    ),
    "message": "email|emails|message|messages|ticket|tickets|request|requests|report|reports|complaint|complaints"
    "|reminder|reminders|inquiry|inquiries|enquiry|enquiries|letter|letters|follow_up|follow_ups|case|cases"
    "|support_request|support_requests|support_ticket|support_tickets|call|calls|chat|chats|attempt|attempts",
    "everybody": (
        "everyone|everybody|all_of_us|all_of_our|all_our_users|all_our_people|all_our_staff|all_our_teams|all_users"
        "|all_our_employees|all_employees|all_staff|all_my_colleagues|all_our_colleagues|all_teams|all_departments"
        "|all_offices|all_members|every_user|every_single_user|every_team|every_department|every_member|each_of_us"
        "|the_whole_team|our_whole_team|my_whole_team|whole_team|entire_team|the_entire_team|our_entire_team"
        "|my_entire_team|whole_company|entire_company|whole_office|entire_office|whole_department|entire_department"
        "|whole_organization|entire_organization|whole_business|entire_business|whole_firm|entire_firm|whole_agency"
        "|entire_agency|whole_school|entire_school|whole_workspace|entire_workspace|whole_staff|entire_staff"
        "|whole_support_team|entire_workforce|whole_studio|entire_studio|whole_group|entire_group|all_#\\d{1,5}|whole_crew"
        "|company_wide|team_wide|organization_wide|both_teams|all_our_clients|all_customers|all_our_customers"
        "|any_of_us|any_of_our|us_all|all_members|every_one_of_us|all_sites|all_schools|all_locations"
    ),
    "nobody": (
        "nobody|no_one|no_member|no_members|no_employee|no_employees|no_teacher|no_person|no_colleague|no_staff"
        "|none|neither|no_client|no_driver|not_one_person|no_user|no_users|none_of_us|none_of_our|none_of_my"
        "|none_of_the|not_a_single|not_one_of|neither_of"
    ),
    "fails": (
        "can_not|could_not|unable_to|not_able_to|locked_out|shut_out|kicked_out|thrown_out|logged_out|signed_out"
        "|blocked|cut_off|stuck|shut_out_of|fails_to_load|fail_to_load"
    ),
    "reach": "log|sign|get|access|open|reach|use|load|see|connect|enter|work|login|do",
    "service": (
        "platform|system|service|site|website|app|application|techcorp|workspace|tool|software|portal|server|servers"
        "|everything|whole_thing|product|production|login_page"
    ),
    "down": "down|offline|unavailable|unreachable|inaccessible|dead|not_reachable|not_responding|not_accessible",
    "things": (
        "project|projects|board|boards|data|task|tasks|file|files|work|workspace|workspaces|attachments|documents"
        "|history|comments|time_entries|entries|timesheets|custom_fields|account|cards|lists|records"
        "|information|stuff|content"
    ),
    "gone": (
        "gone|vanished|disappeared|missing|lost|deleted|wiped|wiped_out|erased|empty|destroyed|not_there|blank"
        "|went_missing|nowhere_to_be_found|no_longer_there|evaporated|been_removed"
    ),
    "plan": "plan|plans|seat|seats|license|licenses|user|users|enterprise|business|pro|subscription|member|members"
    "|person|people|employee|employees|head|account|accounts|starter|tier|upgrade|workspace",
    "money": "money|cash|payment|payments|fee|fees|amount|sum|charge|charges|transaction|transactions|bill|debit",
    "device": "laptop|laptops|phone|macbook|notebook|computer|tablet|ipad|iphone|device|usb_stick|hard_drive",
}
