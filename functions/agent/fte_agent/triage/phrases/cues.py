"""Signs of what a message is about and how it sounds. None decides: the classifiers weigh them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CUES: Final[Mapping[str, tuple[str, ...]]] = {
    "asks how": (
        "how do|can|could|would|should|to|does|must i|we|one|you|a|the? ~1",
        "where do|can|is|are|could|would|did|exactly ~1",
        "can|could|may|does|do|will|is|are i|we|it|you|one|there|a|the|members|guests|admins",
        "what is|are|does|do|happens|must|counts|exactly",
        "how many|often|long|large|big|far|deep|soon",
        "is it possible|which plan|what_is_the_limit|is_there_a_way|way_to|steps|explain|guide_me|show_me_how"
        "|walk_me|wondering_how",
    ),
    "asks the limit": (
        "limit|limits|maximum|max|how_many|how_large|how_big|included|include|allowed|quota|per_plan|free_plan"
        "|which_plan|unlimited",
    ),
    "enters": (
        "password|passwords|passcode|passphrase|reset_link|log_in|logged_out|log_on|log_me|log_back|sign_in"
        "|signing_in|signed_out|sign_me|two_factor|2fa|mfa|authenticator|sso|saml|okta|entra|azure_ad|scim"
        "|passkey|backup_codes|backup_code"
        "|recovery_code|recovery_codes|verification_code|security_code|one_time|magic_link|code_never"
        "|locked_out|locked_me|deactivated|reactivate|suspended|captcha|session|sessions|expired_link"
        "|invitation_link|credentials|single_sign|identity_provider|idp|username|get_in|get_into"
        "|enter_my_account|let_me_in|shut_out|qr_code|six_digit",
    ),
    "invited": (
        "invitation|invitations|invite|invites|invited ~6 not|never|arrive*|expired|expire*|received|receive"
        "|spam|accept|bounced|link",
        "not|never ~4 invitation|invite|invitations",
    ),
    "changes the address": (
        "change|changing|changed|new|update|different|old|wrong ~4 email|address|email_address ~5 sign|log"
        "|account|use|changed|address",
    ),
    "pays": (
        "invoice|invoices|invoiced|receipt|receipts|billing|billed|bill|bills|payment|payments|pay|paid|paying"
        "|card|credit_card|debit|debited|charge|charged|charges|subscription|renew|renewal|renews|renewed|vat"
        "|tax|taxes|iban|sepa|bank_transfer|purchase_order|po_number|dunning|overdue_invoice"
        "|proration|prorated|credit_note|accounting|bookkeeping|finance|billing_address|billing_contact"
        "|statement|declined|charge_back|autorenew|auto_renew",
    ),
    "changes the plan": (
        "cancel|cancelled|canceled|cancelling|cancellation|downgrade|downgrading|downgraded|upgrade|upgrading"
        "|upgraded|terminate|end|stop|switch|change|reduce|remove|pause|add|fewer|more ~3 subscription|plan"
        "|seat|seats|monthly|yearly|annual|account|contract|tier|renewal|free",
        "seat|seats|unused_seats|annual_billing|monthly_billing|billing_cycle|yearly_billing",
    ),
    "other products": (
        "slack|github|gitlab|bitbucket|jira|zapier|google_drive|google_calendar|outlook|teams|microsoft_teams"
        "|sharepoint|onedrive|dropbox|box|figma|notion|zoom|salesforce|hubspot|zendesk|intercom|trello|asana"
        "|monday|confluence|power_bi|tableau|excel|airtable|make|n8n|ifttt|toggl|harvest|quickbooks|xero"
        "|teamcity|jenkins|sentry|google_workspace|miro|google_sheets|ical|calendar_feed|google",
    ),
    "programs": (
        "api|apis|webhook|webhooks|integration|integrations|integrate|integrating|token|tokens|api_key|endpoint"
        "|endpoints|oauth|rest|graphql|sdk|curl|json|payload|rate_limit|429|401|403|python|script|scope|scopes"
        "|postman|connector|signature|developer|pagination|header|sync|synced|syncing|two_way|bot|plugin"
        "|extension|add_on|connect|connected|connecting|connection|reconnect",
    ),
    "wishes": (
        "would|it_would|that_would be ~2 great|nice|lovely|helpful|awesome|fantastic|wonderful|useful|handy"
        "|cool|amazing|good|perfect",
        "would|i_would|we_would love|like|appreciate ~2 see|have|to_see|to_have|if|it_if|a|an|the_option"
        "|the_ability|support",
        "please|pls|could_you|can_you|kindly|consider|why_not|will_you|would_you ~2 add|adding|build|implement"
        "|introduce|offer|support|bring",
        "feature_request|feature_idea|suggestion|suggestions|suggest|roadmap|wish|wishes|wishlist|wish_list"
        "|upvote|vote_for|idea|proposal_for|enhancement|feature_suggestion|improvement|in_the_pipeline",
        "any|are_there|do_you_have|is_there ~1 plans|plan|chance ~2 to|for|of|that",
        "will|is|are|when|do ~4 planned|planning|be_able|coming|come|ever|be_supported|there_be|get|add"
        "|be_available|support|happen|have",
        "i_miss|we_miss|missing_is|lacks|lack|what_is_missing|only_thing_missing|if_only|should_be_able|hope"
        "|hoping|dream|sorely|let_us|let_me|allow_us",
    ),
    "fails": (
        "error|errors|bug|bugs|buggy|crash*|broken|broke|breaks|fail*|glitch*|freez*|frozen|slow|slowly|lag*"
        "|stuck|hangs|hanging|spinner|spinning|blank|empty|missing|wrong|incorrect|duplicated|duplicates"
        "|disappear*|vanish*|timeout|timed|not_load*|unresponsive|sluggish|forever|flicker*|twice|reload*"
        "|corrupt*|garbled|500|502|503|504|404",
        "does|do|did|is|are|can|will|has|have|was|could not ~3 work|working|load|open|show|save|saved|appear"
        "|send|update|sync|start|fire|run|respond|finish|play|render|upload|arrive|come|trigger|move|any_more"
        "|anymore|stick|react|display|download|complete",
        "no_longer|stopped|not_anymore|since_the_update|since_yesterday|since_this_morning|since_today"
        "|since_last|after_the_update|all_of_a_sudden|suddenly|nothing_happens|nothing_works|out_of_nowhere"
        "|keeps|instead_of|used_to|something_went_wrong",
    ),
    "own setup": (
        "chrome|firefox|safari|edge|android|iphone|ios|windows|macos|browser|incognito|cache|version"
        "|reinstalled|console|screenshot",
    ),
    "praises": (
        "thank*|love|loves|loved|loving|great|excellent|amazing|awesome|fantastic|wonderful|brilliant|perfect"
        "|impressed|delighted|thrilled|happy|pleased|superb|outstanding|lovely|enjoy*|kudos|well_done|good_job"
        "|great_job|best|grateful|appreciate*|fan|fans|joy|helpful|bravo|hats_off|pleasure|smooth|smoothly"
        "|beautiful|gorgeous|delight|game_changer|saved_us|saves_us|life_saver|lifesaver|hero|heroes"
        "|compliment*|congrat*|shout_out|yay|hooray|wow|adore*|cool|thankful|fab|fabulous|spot_on|magic"
        "|superstar|excited|proud",
    ),
    "complains": (
        "disappoint*|frustrat*|annoy*|unhappy|upset|dissatisf*|poor|poorly|bad|worse|worst|terrible|awful"
        "|horrible|useless|ridiculous|unacceptable|shame|ashamed|disgrace*|pathetic|joke|nightmare|waste|wasted"
        "|fed_up|sick_of|tired_of|angry|furious|hate|regret|let_down|rude|unprofessional|incompetent|unreliable"
        "|lousy|mess|clumsy|confusing|surprised|sadly|unfortunately|a_pity|concerned|worried|worries|worrying"
        "|not_happy|not_amused|not_impressed|not_good_enough|cumbersome|tedious|painful|inconvenient"
        "|hard_to_understand|sigh|ugh|seriously|how_hard|losing_patience|patience|expected_better|expected_more"
        "|irritat*|exasperat*|baffl*|bewilder*|nonsense|wish_i_had|leaving|complaint",
    ),
    "presses": (
        "urgent|urgently|urgency|asap|immediately|right_now|right_away|at_once|as_soon_as|deadline|deadlines"
        "|emergency|critical|blocked|blocking|blocks|cannot_work|can_not_work|waiting|desperate*|quickly|fast"
        "|today|tonight|tomorrow|in_an_hour|within_the_hour|in_#\\d+_min|in_#\\d+_minutes|panic|panicking"
        "|losing_money|lost_hours|hours|presentation|launch|go_live|client_meeting|help",
    ),
    "reports": (
        "feedback|opinion|experience|review|rating|impression|just_wanted_to_say|just_to_say|wanted_to_share"
        "|no_reply_needed|no_answer_needed|no_need_to_reply|no_action|letting_you_know|a_word_of"
        "|for_your_information|say_thanks|thank_you_note|to_your_team|pass_on|shout",
    ),
    "compares before buying": (
        "demo|demos|trial|evaluat*|comparing|compare|considering|prospect*|vendor|vendors|buy|buying|purchase"
        "|procurement|tender|rfp|request_for_proposal|reseller|resell|partner|partnership|affiliate"
        "|proof_of_concept|poc|business_case|shortlist*|decision|roll_out|rollout|pilot|tier_for|bigger_team"
        "|growing|scale_up|enterprise",
    ),
    "protects data": (
        "encrypt*|encryption|at_rest|in_transit|data_center|data_centre|data_centers|data_residency|residency"
        "|hosted|hosting|stored|where_is_our_data|where_are_our_data|eu_region|region|backups|penetration_test"
        "|penetration_tests|pen_test|pen_tests|bug_bounty|key_management|byok|isolation|isolated|secure"
        "|security|safe|protected|protect|access_logs|tls|aes|customer_managed|security_practices"
        "|security_measures|who_at_techcorp|your_staff_read|your_employees",
    ),
    "work with the product": (
        "task|tasks|board|boards|project|projects|column|columns|subtask|subtasks|timeline|gantt|calendar"
        "|dashboard|report|reports|automation|automations|template|templates|filter|view|views|label|labels|tag"
        "|tags|custom_field|custom_fields|due_date|due_dates|reminder|comment|comments|attachment|attachments"
        "|export|import|csv|pdf|sprint|sprints|workload|dependencies|milestone|milestones|goal|goals|guest"
        "|guests|role|roles|permission|permissions|archive|trash|search|notification|notifications|shortcut"
        "|shortcuts|dark_mode|mobile_app|offline|time_tracking|timesheet|recurring|form|forms|status|workspace"
        "|workspaces|ownership|profile|avatar|language|time_zone",
    ),
}
