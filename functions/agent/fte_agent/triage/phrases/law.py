"""The law: lawyers, claims, contracts, certificates and the rights that people have to their data."""

from __future__ import annotations

from typing import Final

LEGAL: Final = (
    "lawyer|lawyers|attorney|attorneys|solicitor|solicitors|barrister|legal_counsel|general_counsel"
    "|in_house_counsel|outside_counsel|our_counsel|my_counsel|counsel_has|advocate_will|legal_representative"
    "|legal_representatives",
    "represent|representing ~3 client|clients|party|plaintiff|claimant|parties",
    "law_firm|law_office|legal_team|legal_department|legal_people|legal_colleagues|legal|compliance_team"
    "|compliance_department|compliance_officer|procurement|compliance ~3 will|requires|require|asks|demands"
    "|insists|requested|has_asked|is_asking|hear|contact_you|be_in_touch|contacting|advised|has_advised"
    "|sign_off|documentation|statement|confirmation|clarification|is_involved|nearly_through",
    "hear|hearing|letter|contacted from ~2 lawyer|lawyers|legal|attorney|solicitor|solicitors",
    "sue you|techcorp|your|for|over|them|the_company|.|,|?|if|this",
    "will|to|going_to|shall|may|might|could|would|i_am|we_are|consider|considering|about_to|should sue|suing"
    "|sueing|litigate",
    "suing|sued|sueing|lawsuit|lawsuits|litigation|class_action|arbitration|subpoena|injunction|tribunal"
    "|ombudsman|court_order|small_claims|affidavit|plaintiff",
    "legal action|actions|proceeding|proceedings|step|steps|remedy|remedies|recourse|consequences|notice|claim"
    "|claims|option|options|letter|dispute|advice|obligation|obligations|requirement|requirements|basis|terms"
    "|clarification|confirmation|route|means|way|channels|counsel|matter|question|inquiry|request|review"
    "|document|documents|agreement|liability|aspects|entity|rights",
    "legally|illegal|illegally|unlawful|against_the_law|false_advertising|misleading_advertising|fraudulently",
    "take|bring|see|meet|drag ~2 you|this|techcorp|matter|it ~2 to|in|before court|a_court|a_judge|law",
    "in|to|before court|a_judge|the_courts",
    "file|filing|lodge|lodging|submit|make|report ~3 complaint|claim|you|this ~2 with|against|to ~3 authority"
    "|regulator|regulators|ico|bbb|better_business_bureau|consumer|ombudsman|commission|cnil|aepd|garante|bfdi|noyb|trading_standards"
    "|ftc|police|attorney_general|agency",
    "regulator|regulators|regulatory|trading_standards|consumer_protection|consumer_rights"
    "|data_protection_authority|data_protection_law|data_protection_act|data_protection_commission"
    "|data_protection_officer|data_protection_regulation|better_business_bureau|supply_chain_act|sanctions_list"
    "|equality_body|trade_mark_law|trademark_law|consumer_law|data_subject|accessibility_act"
    "|competition_authority|supervisory_authority|information_commissioner",
    "gdpr|ccpa|lgpd|dsgvo|rgpd|avg_wet|dsar|subject_access_request|data_subject_request|right_to_be_forgotten"
    "|right_to_erasure|right_of_access|article_15|article_17|art_15|art_17|art_28|article_28|privacy_law"
    "|privacy_laws|privacy_act|schrems|personal_data_you",
    "delete|erase|erasure|remove|removal|deletion|copy ~4 my|all|our|personal|his|her ~2 data|information"
    "|personal_data ~6 under|law|gdpr|legal|request|article|right|comply|entitled|regulation",
    "delete|erase|wipe|forget ~2 all|everything ~3 about me|us|him|her",
    "hipaa|soc_2|soc_1|soc_ii|soc2|soc_3|iso_27001|iso_27017|iso_27018|iso_9001|iso_certificat*|fedramp|pci_dss"
    "|pci|tisax|hitrust|c5|cyber_essentials|ferpa|sox|nis2|dora_regulation|ens_alto|csa_star|vpat"
    "|wcag_statement|section_508|phi",
    "baa|baas|business_associate|dpa|dpas|data_processing|scc|sccs|standard_contractual|sub_processor"
    "|sub_processors|subprocessor|subprocessors|subprocessor_list|avv|auftragsverarbeitung*|transfer_impact|tia"
    "|dpia|dpo|data_protection_officer",
    "complian* ~1 with|certificate|certificates|certification|certifications|documentation|document|documents"
    "|statement|report|reports|team|evidence|requirements|standards|standard|questionnaire|officer|audit"
    "|information|attestation|attestations",
    "are|is|be ~3 compliant|certified|accredited|audited",
    "certified|certification|certifications|certificate|certificates|attestation ~3 security|compliance|iso|soc"
    "|for|audit|do|you|hold|have|regulat*",
    "audit report|reports|rights",
    "nda|ndas|non_disclosure|msa|master_service|master_services|master_subscription|indemni*|liable|liability"
    "|warranty|warranties|damages|intellectual_property|governing_law|jurisdiction|force_majeure|data_ownership"
    "|legal_hold_request",
    "terms of_service|and_conditions|of_use|of_your_contract|of_our_contract|of_the_contract|of_the_agreement"
    "|say|state",
    "your|our|the|sla|termination|notice|renewal|contract ~1 terms|clause|clauses|contract|agreement|addendum"
    "|amendment ~2 say|says|state|states|allow|allows|of|and|clause|terms|change|changes|with_you|with_techcorp"
    "|question|review|redline|redlines|sign|signed|countersign*|wording|about|regarding|before|for_liability"
    "|section",
    "contract term|terms|clause|clauses|amendment|review|redlines|negotiation|negotiations|wording|law|changes"
    "|language|breach|violation|copy|signed|countersigned",
    "sign|signed|countersign|execute|review|amend|redline|copy_of|conclude|concluded|terminate ~3 contract"
    "|agreement|nda|addendum|msa",
    "breach|breached|breaching|violat* ~3 contract|agreement|terms|sla|law|gdpr|privacy|license|consumer",
    "hold|held|holding ~2 liable|accountable|responsible ~3",
    "your|the|techcorp privacy_policy|privacy_notice|data_retention_policy|retention_policy",
    "contract|contracts|agreement ~6 concluded|signature|annex|annexes|addendum|amendment|void|terminated",
    "prepare|need|sign|send ~2 amendment|addendum|annex",
    "master|framework agreement|contract ~8 section|clause|change|sign|counsel|request|declaration|legal",
    "section|clause|annex|paragraph #\\d{1,2} ~2 of|in|agreed|should|,|.|says",
    "your|your_legal counsel|lawyers|lawyer|attorneys|legal_team|legal_department|general_counsel|jurist",
    "self_declaration|redlines|trade_mark|discriminat*|investigating_officer|public_prosecutor|prosecutor"
    "|law_enforcement|police_enquiry|court_appointed|warrant",
    "police|prosecutor|court ~3 request*|enquiry|inquiry|order*|case|appointed|ask|decision_against",
    "vendor|supplier compliance|assessment|due_diligence",
    "iso|soc certificate|certificates|report|attestation",
    "assigned|assign|enforce|waive ~3 claims",
    "claims ~3 from|under ~2 contract|agreement",
    "copyright|trademark|dmca|patent|cease_and_desist|infring*",
    # German, French, Spanish and neighbours
    "anwalt*|rechtsanwalt*|anwaltlich*|anwaelt*|klage|klagen|verklag*|gericht|gerichtlich*|rechtlich*|rechtsweg"
    "|rechtsabteilung|datenschutzbehorde|abmahnung|verbraucherzentrale|strafanzeige",
    "avocat|avocate|avocats|poursuites|poursuivre_en_justice|tribunal|mise_en_demeure|action_en_justice"
    "|porter_plainte|justice|juridique|juridiques",
    "abogado|abogada|abogados|acciones_legales|demandar*|demandare|demandaremos|tribunales|denuncia|denunciar*"
    "|advogado|advogada|avvocato|avvocati|advocaat|juzgado|via_legal|rechtbank|processar",
)

NOT_LEGAL: Final = (
    "gdpr|privacy|data_protection ~1 . where|how|which ~6 settings|setting|button|menu|option|page|member|members|user"
    "|users|guest|guests",
    "end|ends|ending|cancel|cancelling|stop|quit|renew|renews|extend our|the|my|this contract|agreement with? you?",
    "contract|agreement ~1 renew|renews|end|ends|expire|expires|run_out|runs_out ?|.",
    "where|how|which|who ~6 gdpr ~1 settings|setting|button|menu|option|page|export|tool",
    "name is|was ~1 sue",
    "i_am|this_is|it_is|called|hi|hello|dear|colleague|from sue .|,|?|from|here|for",
    "lawyer|attorney|solicitor|counsel ~1 recommended|recommends|must_approve|has_to_approve|approves|should_approve"
    "|get_access|get_guest|has_access|loves|likes|uses",
    "procurement|purchasing ~3 quote|quotation|offer|price|prices|price_list",
    "will|would i|we hear ~1 you today|tomorrow|soon|back|this_week|again",
    "follow|track|tracking|manage|managing ~2 lawsuit|lawsuits|litigation|court_cases",
    "have|keep|find|still my|our|the data|details|information ~3 signed_up|registered|type|typed",
    "lawyers|attorneys|solicitors ~5 love|loves|enjoy|enjoys|like|likes|keep|keeps|work|works|adore|plan|plans",
    "lawyers|attorneys|solicitors document_system|files|boards|tasks|cases|calendars|hours",
    "our_own|our|my_own|own terms|privacy_notice|privacy_policy",
    "lawyers|lawyer|attorneys|counsel|in_house_counsel ~4 read|see|look|view|use|smile|drag|just"
    "|can_not_comment|assigned|cards|added|comment",
    "gdpr|privacy|compliance|hipaa training|trainings|course|courses|refresher",
    "to court #\\d+",
    "by|tennis|after|following court|a_court ~1",
    "legal requests|texts|text|terms_page|matters",
    "label*|lock|tag|task|tasks ~3 litigation|lawsuit|gdpr|court",
    "our gdpr paperwork|project|work",
    "projects|project|play|song|book|film are|is|called ~8",
    "lawsuit that|is over|done",
    "legal hold|holds",
    "legal|compliance|contract|contracts|gdpr|hipaa|litigation|lawsuit|court|nda|lawyer|attorney|audit|dpa"
    "|privacy ~1 board|boards|project|projects|template|templates|tracker|tracking|tag|tags|label|labels|column"
    "|columns|field|fields|task|tasks|list|lists|view|views|card|cards|calendar|folder|folders|workflow"
    "|workflows|workspace|space|checklist|checklists|pipeline|deadlines|dates|date|matters|matter_board"
    "|category|management|renewals|approvals|approval_flow|status|documents_folder|section",
    "board|project|projects|template|column|field|list|label|tag|card|task|tasks|folder|checklist|calendar"
    "|space|workspace ~2 for|called|named|of|about|with|is|titled ~2 legal|compliance|contract|contracts|gdpr"
    "|litigation|lawsuit|court|law|lawyers|attorneys|nda|ndas|audit|audits|hipaa|hearings|soc_2|lawyer",
    "our|my|the|a|for legal team|department uses|use|would_like_to_use|wants_to_use|works|work_in|has_a|manages"
    "|tracks|members|workspace|can_not|can|plans|is_using|board|lives|loves|sits",
    "legal team|department|colleagues to_see|to_view|as_guests|as_a_group|as_guest|access|to_the_board"
    "|to_a_board|only|seats|members",
    "invite|inviting|add|adding|give|share|guest|assign|assigned|mention|external|grant|let|sharing|assignee ~5"
    " lawyer|lawyers|attorney|attorneys|solicitor|solicitors|legal_team|counsel|legal_department",
    "#\\d+ attorney|attorneys|lawyer|lawyers|solicitors",
    "we|i|am|are|as|run|for|at ~1 a|an|the|small|mid_size|team_of? ~1 lawyer|lawyers|attorney|solicitor"
    "|solicitors|law_firm|law_office|firm_of_solicitors",
    "our|their|the|your|for|each|firm lawyers|attorneys|solicitors ~1 use|uses|need|track|work|love|want_a"
    "|want_to_see|see|log|like|can_log|to_track|to_log|who_use",
    "court|tennis|basketball|food|squash booking|bookings|reservation|reservations|schedule|court|courts",
    "pci|phi slot|column",
    "litigation|court|hearing|trial dates|date|calendar|cases|deadlines|matters|schedule",
    "certificate|certificates ssl|tls|saml|expired|signing|idp|of_completion",
    "ssl|tls|saml|signing|sso|idp|x|root|okta|idp_signing|course|training certificate|certificates|certification",
    "copyright footer|line|year",
    "in|to the? ball_is|court_of",
    "illegal character|characters|argument|value|operation|state|move|input|transition|name",
    "warranty claims|cases|board|tracker|requests|tickets",
)
