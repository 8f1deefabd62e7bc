"""Money that is to come back, and what something would cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CLASSES: Final[Mapping[str, str]] = {
    "charged": "charged|billed|debited|invoiced|deducted|withdrawn|taken|charge|charges|paid|took",
    "back": "back|returned|refunded|reversed|undone|credited|reimbursed|cancelled|canceled|voided",
    "cost": "cost|costs|run_us|run_me|set_us_back|set_me_back|pay|charge|be_for|come_to|run|price|amount_to",
    "many": r"#\d{3,6}\+?|#[2-9]\d\+?|several_hundred|hundreds_of|a_hundred|two_hundred|thousands_of|fifty"
    r"|a_few_hundred",
    "heads": "seat|seats|license|licenses|user|users|people|employees|staff|developers|engineers|colleagues"
    "|members|accounts|team_members",
}  # fmt: skip

REFUND: Final = (
    "make|made ~1 that|this|it good",
    "charged|billed|debited|took ~6 even_though|although|though|despite|while ~4 paused|frozen|on_hold|suspended",
    "return|refund|send_back|pay_back|repay the? #[$€£]?\\d+|#\\d+[€$£]",
    "#\\d{2,5}|#[$€£]\\d+|#\\d+[$€£]|money|payment|amount|sum ~1 go|goes|come|comes|be|put ~1 back on|onto|to|into ~1"
    " card|visa|mastercard|amex|account|paypal",
    "{money}|sum|prepayment|deposit|part ~3 back|returned in|on|into|to my|our account|card|bank_account",
    "one|half|part|some of ~4 go|be ~1 back|returned to us|me",
    "held|holding|hold|keep|kept|sitting on_to|on|back? my|our prepayment|deposit|{money}",
    "unused|remaining|rest|left_over ~3 part|months|time|period|year|weeks|seats ~3 paid_out|paid_back|pay_out|pay_back"
    "|returned|compensated|credited|given_back",
    "withdrew|withdraw|withdrawal|cancelled|revoked ~5 within|inside ~3 fourteen|#\\d+ ~1 days|period",
    "claim|demand|want|expect ~1 the|my full|whole|entire|complete amount|sum|#\\d+|fee|payment",
    "money|cash|sum|amount|#\\d{2,5} ~4 come|find|go|put|send ~2 back|home|to_my_card|on_my_card|on_the_card",
    "put|send|transfer|move ~3 back on|to|in|into ~1 card|account",
    "get|have|want|like ~3 {money}|it|one|vat|tax|fee returned|again ~1",
    "charged|billed|debited|charge|renewed ~3 against my|our will|instruction|wish|wishes",
    "not yet|been|even? refunded|reimbursed|repaid|paid_back|credited",
    "refund*|reimburs*|chargeback|charge_back|charge_backs",
    "money|cash|fee|fees|payment|payments|euros|dollars|pounds|amount ~2 back",
    "{want}|get|give|send|pay|return|receive ~4 {money}|what_i_paid|what_we_paid|difference|balance|penny|cent"
    "|cents|rest_of_it|part|amounts|price|euro|half ~5 {back}",
    "paid_back|pay_back|payed_back|repaid|repay|give_back_what|pay_it_back|paying_back|returned_to_my"
    "|returned_to_our|back_on_my_account|back_on_our_account|back_to_my_card|back_to_our_card"
    "|back_to_my_account|repayment|overpayment|overpaid",
    "return|returning|credit|restore ~2 that|the|this|these|both|said amount|amounts|sum|sums|money|fee|fees"
    "|payment|difference",
    "credit for|outstanding|still|promised ~4 seats|months|not|outstanding|unused|downtime",
    "give|pay|send|return|transfer ~1 me|us|it ~2 back ~3",
    "give|return|pay ~1 back my|our|the|what ~1 {money}|paid",
    "return|repay ~2 my|our|the ~2 money|payment|fee|fees|amount|sum|cash|$*",
    "revers*|undo|void|take_back|revoke|annul|cancel_out|withdraw ~4 charge|charges|payment|payments"
    "|transaction|transactions|billing|debit|fee|invoice|purchase|renewal",
    "charge|charges|payment|payments|transaction|transactions|debit|renewal|fee ~4 reversed|undone|voided"
    "|cancelled|canceled|credited|returned|taken_back|removed",
    "{charged} ~4 twice|double|two_times|three_times|2_times|3_times|multiple_times|thrice|#\\dx"
    "|again_by_mistake|a_second_time",
    "double|duplicate|duplicated|erroneous|wrong|wrongful|incorrect|fraudulent|mistaken|extra|unauthorized"
    "|unexpected|surprise charge|charges|charged|billing|billed|payment|payments|debit|transaction|transactions"
    "|bill|deduction",
    "two|three|2|3|multiple|several identical|duplicate|separate|equal|same? charges|payments|debits|deductions"
    " ~3 for|on|of|from|appear*",
    "should|was|were|am|are not ~1 been|be|supposed_to_be? charged|billed|debited",
    "should never|not ~1 have_been|be|have charged|billed|debited|taken",
    "{charged} ~5 after|although|even_though|despite|though ~5 cancel*|downgrad*|trial|closed|deleted|left",
    "cancel*|downgrad* ~6 still|but|yet|and ~5 charged|billed|debited|charging|charge|billing",
    "still|keep|keeps|kept|continue|continues charging|billing|charged|billed|charge|taking_money|to_charge"
    "|to_bill|being_charged|getting_charged",
    "{charged} me|us? ~3 without|by_mistake|in_error|wrongly|erroneously|incorrectly|accidentally|unfairly"
    "|mistakenly|too_much|more_than|against ~3",
    "overcharg*|over_charged|overbilled|wrongly_charged|incorrectly_charged|mischarged|wrongly_billed"
    "|incorrectly_billed|overpaid|paid_twice",
    "{charged} ~6 but|while|when|instead ~2 we|i ~2 only ~3",
    "{charged} ~4 instead_of|rather_than ~3",
    "did_not|never|not ~1 authoriz*|authoris*|agree*|approve*|consent*|order*|sign_up|signed_up|make ~5 charge"
    "|charges|payment|renewal|purchase|transaction|upgrade|subscription",
    "disput* ~4 charge|charges|payment|transaction|invoice|bill|credit_card|it_with_my|with_my_bank"
    "|with_our_bank|renewal",
    "bank|credit_card|card_company|paypal ~4 revers*|dispute|claw|reclaim|get ~4",
    "credit ~3 back|to_my_card|to_our_card|to_my_account|to_our_account|for_the_unused|unused|remaining ~2",
    "prorated|pro_rated|partial|full refund|credit|reimbursement|repayment",
    "compensate|compensated|repay|repaid ~1 me|us|for ~4",
    "accidental* ~3 upgrad*|purchas*|bought|renewed|subscribed|paid ~5 back|cancel|undo|reverse|money|need",
    "{want} the difference|remainder|rest|surplus on|onto|into|in|to ~1 account|card|bank_account",
    "repayment|clawback|money_returned|reclaim|return_of_my|return_of_our|get_reimbursed",
    "#\\$\\d[\\d.]*|#\\d+[€$£]|#€\\d[\\d.]*|#£\\d[\\d.]* ~1 back",
    # German
    "geld|betrag|zahlung|beitrag|#\\d+€ ~3 zuruck*|wieder_haben|erstatte*",
    "ruckerstatt*|erstatt*|zuruckerstatt*|ruckzahl*|zuruckzahl*|ruckbuch*|zuruckbuch*|storniert_die_abbuchung"
    "|geld_zuruck|geld_wieder",
    "doppelt|zweimal ~2 abgebucht|berechnet|belastet|bezahlt|abgerechnet",
    "abgebucht|berechnet|belastet ~2 doppelt|zweimal|obwohl",
    # French, Spanish and neighbours
    "rembours*|#rembourser|rendez_moi_mon_argent|recuperer_mon_argent|recuperer_l'argent",
    "facture|facturee|debite|debitee|preleve|prelevee|paye ~3 deux_fois|en_double|deux_reprises",
    "reembols*|devolucion|reintegro|reintegren|rimbors*|terugbetal*|terugbetaling|geld_terug|dinheiro_de_volta|estorno",
    "devuelv*|devolver|devolvieran|devuelva* ~3 dinero|pago|importe|plata|cobro",
    "cobra*|cobro|cargado|facturado ~3 dos_veces|doble|duplicado|veces",
)

NOT_REFUND: Final = (
    "card|visa|mastercard|payment|payment_form ~4 declined|refused|rejected|refuses|rejects|declines",
    "new ~1 card|visa|mastercard|bank_account",
    "read|heard ~6 reimburse|refund|refunds",
    "customers|clients|buyers|guests|people|they ~6 want|ask_for|get|claim|demand|expect their|the "
    "money|refund|refunds",
    "reimburse|refund ~9 not_needed|not_necessary|no_need",
    "refund|refunds|reimbursement ~1 arrived|came|received|has_arrived|granted|denied|in_stripe|in_shopify"
    "|of_a_different|usually|in_general|went_through|was_quick|landed|settled",
    "thought|thinking|considered ~1 of|about|asking ~4 refund",
    "article|question|mail|info|information|docs|documentation|page|policy ~1 on|about refund|refunds",
    "or|and|minus|plus|expense|income|deposit|deposits|fines refund|refunds|reimbursement",
    "there_is a refund in",
    "got|received|had my|our|the money_back",
    "reverse charge|charges",
    "charge|charges|payment ~2 is|was|has_been|already reversed|returned|given_back",
    "refund|refunds ~6 came_in|has_come|is_here|was_credited",
    "refund|refunds|refunded|credited ~4 as_a_rule|in_general|generally|usually|by_default",
    "got|received|thanks_for|thank_you_for|happy_with ~2 the|my|our|your refund",
    "refund|refunds|reimbursement|return policy|policies|rule|rules|terms|condition|conditions|template"
    "|templates|tracker|tracking|board|boards|project|projects"
    "|list|lists|column|columns|label|labels|tag|tags|task|tasks|workflow|workflows|form|forms|automation"
    "|automations|status|field"
    "|fields|queue|queues|pipeline|category|view|views|report|reports|guarantee|process|request_form"
    "|request_board|request_template"
    "|requests_board|approval|approvals|checklist|card|cards|desk|handling|dashboard|type|types|stage|window"
    "|period|requests_from|cases_board|folder|page|procedure",
    "label*|tag*|board|project|template|column|field|list|card|cards|task|tasks|status|stage|called|named"
    "|category|form|view|filter|workflow|automation|dashboard ~2"
    " for|of|with|about|named|called|is|to|against|titled? ~1 refund|refunds|refunded|refunding|reimbursement"
    "|reimbursements",
    "track|tracking|manage|managing|handle|handling|log|logging|process|processing|organize|organizing|automate"
    "|count|counting|approve|approving|record|recording"
    " ~3 refund|refunds|reimbursement|reimbursements|charge_backs",
    "{my}|the|a ~1 customer|customers|client|clients|shop|buyers|patients|guests|students|store ~5 refund*"
    "|money_back|reimburs*",
    "refund*|reimburs* ~2 {my}|to? customer|customers|client|clients|buyers|shoppers|employees|expenses",
    "expense|expenses|travel|employee reimburs*|refunds",
    "how|when|what|do|does|in_which_cases|under_which|under_what ~3 refunds work|handled|calculated|possible"
    "|granted|issued|given|processed",
    "do|does you|techcorp ~2 offer|give|grant|provide|have|do|issue refunds|a_refund_policy|any_refunds|money_back",
    "money_back guarantee|policy|period|promise",
    "charge|charged twice_a|two_times_a ~1 year|month|week",
    "switch|set|change|put|move|bring|get|give ~4 back to|in|on|into|the",
    "come|go ~4 back to|in|into|the",
    "double charge column|field",
)

SALES: Final = (
    "rate|rates|price|figure|figures ~1 per|a|for_each head|user|seat|person ~6 different|lower|better|look|change",
    "best|your_best|final figures|figure|rate|rates|price|terms|offer",
    "proforma|pro_forma ~4",
    "anything|something|some|percent|money|bit|a_little off if|when|for ~3 pay|paying|paid|prepay|take|commit|sign",
    "can|could|may|might|would ~3 trial|test_phase|test_period|test|evaluation ~1 run|continue|last|go_on|keep_running"
    "|be_longer ~2 until|till|longer|another|on|to|for",
    "see|watch ~2 enterprise|business|product|it ~3 call|live|zoom|video|screen_share",
    "two|three|ten|a_few|some|one|another|#\\d{1,2} more days|weeks|week|month ?|please|to_test|to_try|to_evaluate"
    "|for_testing|of_trial|on_trial",
    "two|three|four|five|ten|a_few|some|#\\d{1,2} days|weeks|months more|longer|extra",
    "student|students|pupil|pupils|school|schools|teachers|volunteers|guests_of_ours ~2 pay|pays ~1 same|less|more",
    "meet|match|beat|undercut that|this|it|their|them|the_offer|the_price .|?|offer|price|quote|rate",
    "partnership|partnerships|partner_program|reseller|referral_program ~4",
    "become|becoming|explore|discuss|propose|offer ~2 partner|partners|partnership|reseller|cooperation",
    "trial|test|try_out|evaluation|free_version ~9 short|short_for|longer|more|extra|another ~3 days|weeks|time|week"
    "|day",
    "trial|test_period|evaluation|trial_period ~3 too|bit|little short|tight",
    "show|shown|walk|demonstrate us|me|our ~3 enterprise|business|product|portfolio ~4 zoom|teams|call|live|video"
    "|screen",
    "price|prices|pricing|priced|pricey|price_list|price_tag|pricelist|quotation|quotations|price_quote"
    "|price_point|price_range",
    "#\\d{1,2}%?|percent|per_cent off|discount|cheaper|rebate|reduction",
    "{want}|give|send|generate|create|make|offer|grant ~3 coupon|voucher|promo|promotion|discount ~1 code|codes|link",
    "discount|discounts|discounted|rebate|voucher|coupon|promo|promo_code|promotional_code|price_break"
    "|price_reduction|cost_estimate",
    "how_much does|do|would|will|is|are|did|should|could ~7 cost|costs|charge|pay|run_us|run_me|set_us_back"
    "|set_me_back|be_for|come_to|for_#\\d+|owe|cost_us",
    "how_much for|per|extra|more_for|more_would|to_add|to_upgrade ~2",
    "how_much is|are|would ~3 {plan}|it|this|that|add_on|each_additional|an_extra|an_additional|one_more|techcorp",
    "what does|do|would|will|is|are ~7 cost|costs|run_us|run_me|set_us_back|set_me_back|charge|pay|rate|rates"
    "|fee|fees|come_to|damage",
    "what {many}|a|an|the|another ~3 {plan} ~1 would|will|cost|run|costs|set",
    "would|will|might|does ~5 run|cost|set us|me ~2",
    "what is|are the|your ~2 cost|costs|fee|fees|charge|charges|your_rate|cost_difference|monthly_rate|annual_rate",
    "cost|costs|fee|fees ~1 per|for_each ~2 {plan}|month|year|head|person|additional|extra",
    "cost difference|breakdown|estimate|per_user|per_seat|per_month|of_the_plan|of_upgrading|of_enterprise"
    "|of_business|of_pro|of_the_business|of_the_enterprise|of_the_pro|of_an_upgrade|of_adding|of_each"
    "|of_an_extra|of_extra|of_techcorp|of_your",
    "per_seat|per_user|per_head|annual|yearly|monthly|enterprise|volume|bulk ~1 cost|costs|rate|rates|deal|offer",
    "send|get|give|provide|need|want|request|prepare|have|receive|require|obtain|draw_up|make|for ~4 a|an|your"
    "|the|formal|written|official|custom|updated|price|rough|binding quote|quotes|offer|proposal|estimate",
    "quote for|us|please|of|on {many}|#\\d+|the|our|a|an|your|please|enterprise|business|annual ~2",
    "{want}|get|send|give|request|provide a|us|me ~1 quote",
    "quote|offer|quotation please|asap|needed|for_us|by|.",
    "reseller|resellers|resell|reselling|reseller_margin|margin|margins|commission|referral|affiliate"
    "|white_label|distribution_partner|partner_agreement|partner_programme|partner_program",
    "extend|extended|extending|extension|prolong|longer|more_days|more_time ~5 trial|test_period|evaluation",
    "trial ~5 extend|extended|extending|extension|prolong|prolonged|longer|more_days|more_time",
    "demo|demonstration|product_tour ~1 for|of|possible|please|with|call|session|next|on|before|to|?|this",
    "get|have|book|schedule|want|see|request|arrange|give_us|like ~2 demo|demonstration|product_tour",
    "too expensive|costly|pricey",
    "cheapest|cheaper|lower|reduced|old|common|special|ngo|preferential|better ~1 rate|option|plan|deal|offer"
    "|conditions|tariff",
    "#\\d+%_off|percent_off|match_that|better_offer|black_friday|price_match",
    "rate|rates|conditions|terms|offer|reduction|reductions|programme|program for ~2 ngo|ngos|schools|charities"
    "|charity|students|teachers|non_profit|startups|universities|public|volume|#\\d+|shelter|education",
    "offer|offering|charge|do us|me ~1 for {many}|#\\d+",
    "sales person|people|staff|colleague|contact|office|rep",
    "send|prepare|make|get|want ~1 offer|proposal",
    "request|call|invitation for|to proposal|proposals|tender|tenders|bid|bids|quotation",
    "costs|expense|figure|figures ~4 expect|budget|dedicated|enterprise|per_year|once",
    "free|reduced|special or|and? reduced|free|special? plan|licenses|tariff|access ~2 for schools|charities"
    "|students|education|ngos|non_profits",
    "{many} seats|licenses ~2 at|in|for|,|yearly|monthly|business|enterprise|send|please",
    "student|students|education*|academic|non_profit|non_profits|charity|charities|startup|startups|ngo|school"
    "|university|volume|bulk|nonprofit|government"
    " ~1 pricing|price|prices|rate|rates|deal|deals|program|programme|programs|plan|offer|offers|licensing"
    "|conditions|terms",
    "special|better|best|custom|introductory|reduced|preferential|good ~1 deal|deals|rate|rates|conditions|offer|terms",
    "any|a deals|deal|special_offers|special_offer|promotions|promotion|offers for|on|available|if|when|going|at|.|,|?",
    "negotiate|negotiable|negotiating|negotiate_with|haggle|price_match|cheaper|reduced_rate",
    "custom|enterprise|volume|framework|bespoke|individual|multi_year contract|contracts|agreement|agreements"
    "|deal|licensing|pricing|quote|license|licenses|purchase|sales|terms|offer|subscription",
    "speak|talk|connect|contact|reach|touch|from|put|chat|call|meet|meeting|hear ~3 sales ~1",
    "your|the sales team|rep|reps|representative|department|people|person|manager|contact|colleagues|colleague",
    "sales team|rep|representative|person contact|call|reach|get|email",
    "buy|buying|purchase|purchasing|order|ordering|procure|procuring|license|licensing ~5 {many} ~2 {heads}",
    "{want}|interested_in|looking_for|considering|planning|evaluating|looking_at ~4 {many} ~2 seats|licenses"
    "|seat|license",
    "{many} ~1 {heads} ~8 enterprise|pricing|price|cost|quote|offer|discount",
    "interested_in|considering|looking_at|evaluating|thinking_about|thinking_of|think_about|want|need|going_for"
    " ~3 enterprise plan|tier|license|edition|package|version|subscription|offering|for|for_#\\d+",
    "enterprise|business plan|tier|license|licenses|edition|package|for ~3 {many} ~1 {heads}",
    "roll|rolling it|this|techcorp|you? out ~3 to|for|across ~4 {many}|whole_company|entire_company ~4",
    "do|does|will|would|is|are ~4 charge|charged|charging extra|more|per|for ~2",
    "how|what ~2 you charge",
    "what|how_much ~1 will|would|do|should we|i ~1 pay|be_paying|end_up_paying",
    "budget ~4 for|approval|techcorp|seats|licenses|tool ~6 price|cost|quote|offer|figure|number|numbers",
    "figure|ballpark|number|numbers for ~2 {many} ~1 {heads}",
    "ballpark|per_seat_price|total_cost|tco|unit_price_per_seat",
    # German
    "was|wieviel|wie_viel ~3 kostet|kosten|zahlen|bezahlen",
    "preis|preise|preisliste|rabatt|rabatte|kostenvoranschlag|preisnachlass|mengenrabatt|sonderkonditionen"
    "|studentenrabatt|listenpreis",
    "ein|unverbindliches|individuelles|ihr angebot ~2 fur|zukommen|schicken|senden|machen|erstellen|.",
    # French, Spanish, Portuguese, Italian, Dutch
    "combien ~4 coute*|coutent|cela|prix|payer",
    "tarif|tarifs|devis|prix|remise|ristourne|tarification|rabais|cout",
    "cuanto|cuanta|quanto|quanta ~3 cuesta*|vale|cobra*|cuestan|custa|custam|costa|costano",
    "precio|precios|cotizacion|presupuesto|descuento|descuentos|preco|precos|desconto|orcamento|prezzo|prezzi"
    "|sconto|preventivo|tarifas",
    "wat kost|kosten ~3",
    "korting|prijs|prijzen|offerte",
)

NOT_SALES: Final = (
    "price|prices|cost|costs ~7 on the|an|our? invoice|invoices|receipt",
    "{my} reseller|resellers|affiliate|affiliates",
    "reseller|resellers|partner|affiliate of_ours|of_mine",
    "give|giving|gave|have|hold|holding|prepare|preparing ~2 demo|presentation of|to|for ~1 our|my|a|the",
    "demo|demonstration|presentation ~1 for|to|with|at ~2 client|clients|customer|customers|investor|investors|prospect"
    "|prospects",
    "demo|demonstration|presentation ~2 .|, ~1 i|we ~3 show|present|presenting|showing|demo|demonstrate ~5 client"
    "|clients|customer|customers|investors|boss|audience|prospect|prospects",
    "client|customer|customers|clients|investor|sprint|conference demo|demonstration",
    "team|business|pro|enterprise|free tarif",
    "asking|reserve|purchase|list|order|sale price",
    "price of a|an|the|each ~1 shopify|order|item|product|article|flat|house",
    "when|if|remembered|history_of|changes_of|read|write|sort|filter|show ~2 price|prices",
    "quotation|quote|sales|price tool|system|software|number|numbers|history|tag|tags|text|of_the_day",
    "price|cost|fee increase|rise|went_up|hike",
    "demo project|workspace|data|board|template|tonight|today|now|in|tomorrow|account|environment|mode",
    "new|old|right|wrong price start|apply|valid",
    "price|prices|pricing|cost|costs|discount|quote|rate|fee|budget|coupon field|fields|column|columns|property"
    "|properties|formula|custom|list_view|tag_label"
    "|attribute|total|totals|cell|value|values|label|labels|tags|code_field|tracker|tracking|board|boards"
    "|project|projects|template|templates|calculation"
    "|calculator_project|sheet|sheets|task|tasks|card|cards|page_design|campaign|campaigns|strategy"
    "|section_of_our|list_for_our|rollup|center|centers|report|reports|update_project|update_task|custom_field"
    "|list_board|entry|column_in|per_unit|per_item",
    "field|column|property|formula|number_field|custom_field|spreadsheet|csv|label|tag|card|task|board|project"
    "|sprint|list|template|cell ~2"
    " called|named|for|with|of|the|a|is|to|titled|about? ~1 price|prices|pricing|cost|costs|discount|discounts"
    "|quote|quotes|unit_price",
    "unit|item|product|sale|sales|purchase|market|material|share|stock|retail price|prices|pricing|cost|costs",
    "{my} ~1 price|prices|pricing|discount|discounts|quotes|quote|sales_team|product_prices|sales|quotation"
    "|quotations|price_list",
    "price|prices|quote|quotes|discounts ~1 of|for|to {my}|the|each ~1 product|products|items|material"
    "|materials|goods|customers|clients|services|supplier|suppliers|jobs",
    "quote block|blocks|style|formatting|format|button|in|from|text|icon|a|an_earlier|someone|my|the|reply"
    "|replies|marks|previous",
    "insert|add|format|make|style|block|reply_with|markdown|remove|using ~2 quote|quotes",
    "sales board|pipeline|crm|project|projects|template|templates|dashboard|funnel|department_board|report"
    "|reports|data|process|workflow|stage|tracker|tasks|calls|deals|leads|team_board",
    "a|for_the|another|of_the|by_the sales team|department|people|manager",
    "sales team|department|people|manager uses|use|works|work|needs|need|has|have|board|workspace|wants|members"
    "|is|are|project",
    "worth|for the|its price|cost|money",
    "project|labour|labor|material|staff|planned|actual|task|estimated|budgeted|fixed|shipping|travel|hourly"
    " cost|costs|fee|fees|rate|rates",
    "hourly|billable|rate_limit|conversion|burn|completion|exchange|refresh|frame|sampling|error|request"
    "|success rate|rates",
    "how_much is|are|would|storage|time|data|space|history ~1 left|storage|space|used|time|data|remaining|stored",
    "how_much storage|space|time|data|history|work|effort",
    "plan|planned price|cost ~1 overrun",
    "no_charge|free_of_charge|in_charge",
    "run us through|me_through|through",
    "we|i charge our|my|clients|customers ~2",
    "special|custom|better conditions|terms ~1 in|for ~1 automation|automations|rule|rules|filter|filters|glossary",
    "price of ~1 admission",
    "worth it|while",
    "cost|profit centre|centres|center|centers",
    "which|what plan do|would|should we|i need|take|choose|want|have",
    "cost|costs|use|uses|take|takes us|me? a|an|one|another? seat|seats|licence|license|licences|licenses",
    "nice|good|fair|great|right price",
    "price on|per|for ~1 card|cards|task|tasks|row|rows",
)
