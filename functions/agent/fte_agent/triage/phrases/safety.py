"""Incidents and holes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CLASSES: Final[Mapping[str, str]] = {
    "stranger": (
        "someone|somebody|some_one|a_stranger|stranger|strangers|an_unknown_person|unknown_person"
        "|an_unknown_user|unknown_user|unknown_users|an_outsider|outsider"
        "|ex_employee|former_employee|a_former_colleague|former_colleague|former_contractor|ex_contractor"
        "|hacker|hackers|attacker|attackers|a_third_party|third_parties|some_guy"
        "|person_we_do_not_know|people_we_do_not_know|intruder|person_i_do_not_know|scammer|criminals"
        "|somebody_else|someone_else|fired_employee|ex_colleague|unknown_party"
    ),
    "intrude": (
        "logged|logging|logs|signed|signing|log_in|got|gained|gain|broke|broken|accessed|accessing|access|using"
        "|used|uses|entered|in_my|in_our|stole|stolen|took_over|taken_over"
        "|hijacked|changed|changing|reading|read|downloaded|downloading|exported|deleted|has_access"
        "|still_has_access|still_access|got_into|getting_into|get_into|been_in|is_in|copied|took|posing"
        "|tried_to_log|trying_to_log|trying_to_get_into|tried_to_get_into"
    ),
    "ours": (
        "account|accounts|workspace|profile|password|email_address|system|data|login|credentials|inbox|projects"
        "|boards|files|customer_list|tenant|organization|email|admin_account|log_in|api_key|name|session"
    ),
    "signin": "log_in|log_ins|logged_in|sign_in|sign_ins|signed_in|session|sessions|access|device|devices"
    "|activity|ip|location|login|attempt|attempts",
}  # fmt: skip

SECURITY: Final = (
    "github|gitlab|bitbucket|repo|repository|pastebin|youtube|video|recording|slide|slides|screenshot|forum ~14 token"
    "|tokens|api_key|secret|secret_key|password|passwords|credentials ~4",
    "key|secret|token|tokens|password|passwords|credentials ~3 readable|legible|visible|shown|on_screen|in_the_video",
    "laptop|phone|tablet|computer|device|macbook|ipad ~3 taken|nicked|snatched|pinched|grabbed|gone ~12 open|signed_in"
    "|logged_in|unlocked|not_locked|session",
    "none_of_us|nobody|no_one|neither_of_us ~1 created|made|added|invited|ordered|set_up ~1 it|her|him|them|that|this",
    "offers|offering|sells|selling|sale|sold ~5 table|database|dump|records|rows|customer_list|customer_data",
    "onerror|document ~1 cookie|cookies|session_cookie",
    "title|titles|name|names|comment|comments ~2 run|runs|execute|executes|executed ~1 code|script|scripts|javascript",
    "phone|number|address|email ~9 i|we never ~1 changed|set|entered|added ~2 that|it|this",
    "codes|code|prompts|prompt|links ~1 that|which? i|we ~2 never|not|did_not|have_not ~1 asked|ask|requested|request"
    "|wanted|triggered|started",
    "whoever|who ~1 that|it|this|they ~2 is|was|were|are ~1 , ~1 ~3 inside|in|reading|had_access|has_access|got_in",
    "session|sessions|log_in|log_ins|login|logins|sign_in|sign_ins|device|devices|entry|entries ~8 never|not ~2 been_to"
    "|been_there|there|in_my_life",
    "deactivated|dismissed|fired|removed|deleted|disabled|deprovisioned|suspended|offboarded ~5 still ~2 sign|log"
    "|access|open|opens|read|reads|download|downloads|downloading",
    "files|data|boards|invoices|tasks|projects|names|documents|attachments|workspaces ~1 of|from|belonging_to"
    " other|another|different|foreign ~1 customers|customer|companies|company|workspaces|workspace|tenants|tenant",
    "script|javascript|code|payload ~4 runs|run|executes|is_executed|gets_executed|fires for|when|in|as|on",
    "html|input|text|description|title|comment|comments|name ~2 not|never ~1 escaped|sanitized|sanitised|filtered",
    "change|changing|changed|raise|raising|increment* ~2 id|number|numbers|digit|digits ~5 url|link|address",
    "google|googled|googling|bing|search_engine|search_engines ~8 our|my ~3 board|project|roadmap|data|workspace|tasks",
    "no|without|lacks|missing limit|lockout|rate_limit|throttling|cap on|for ~2 attempts|tries|codes|guesses|code",
    "as_many ~3 codes|guesses|attempts|passwords as_you_like|as_i_like|as_one_likes|you_want",
    "signing|logging|sign|log|logged|signed out ~1 does_not|did_not|fails_to ~1 end|kill|invalidate|revoke|destroy",
    "old|stolen|copied cookie|token|session ~8 still works|valid|accepted|in",
    "approve|confirm|accept|allow ~3 sign_in|login|log_in|prompt|request ~6 not|never|did_not|have_not",
    "prompts|codes|requests ~6 not|never ~2 started|requested|asked|triggered|initiated|made",
    "sign_out|signing_out|log_out|logging_out|logout ~6 does_not|not|never ~1 end|ends|expire*|kill*|invalidate*"
    "|close*",
    "old|same|stolen cookie|cookies|session|sessions|token|link|links ~6 still|again ~2 open*|work*|valid|let|lets|in",
    "no limit|lock_out|lockout|captcha|throttl* ~2 on|of|for|after|to ~3 attempts|tries|codes|guesses|log_in|password*"
    "|requests",
    "try|tried|guess|guessing|brute* ~3 many|unlimited|all|thousands|endless|#\\d+ ~3 codes|passwords|combinations",
    "reached|accessed|seen|read|opened|downloaded|viewed|visible|available by|to|for ~1 third_parties|third_party"
    "|strangers|outsiders|unauthorized|unauthorised",
    "ssrf|csrf|xss|idor|request_forgery|scripting_flaw|sql_injection|metadata ~1",
    "none_of_us|nobody|no_one|neither|not|never ~3 recognizes|recognize|knows|know her|him|them|this|it|who"
    "|where|about|.|,",
    "which|whom|that|who none_of_us|nobody|no_one|i_do_not|we_do_not ~2 recognizes|recognize|knows|know|invited",
    "not|never|neither ~2 done|made|created|written|sent|invited|added|approved|authorized by us|me|any_of|anyone",
    "clicked|clicking|opened|typed|entered|followed|gave ~4 link|attachment|password|password_into|passwords"
    "|code ~3 .|,|and|now|on|in|into|before|to",
    "asks|asking|asked|wants|tells|told|urging ~4 confirm|verify|enter|give|type|for|reset ~3 password"
    "|passwords|credentials|account|identity|card|code ~3 link|within|via|mail|email|sms|sender|.",
    "verify|confirm your|my account|identity|password ~3 link|within|sms",
    "is it|this|that|the_mail|the_email ~1 genuine|legit|legitimate|authentic|phishing|spam|scam|from_you"
    "|really_you|really_from_you",
    "do not|you_do_not send ~1 sms|texts|such|mails_like",
    "broken_into|broke_into|break_in|breakin|burglar|intruder|intruders|ransom|bitcoin|extort*|blackmail*"
    "|eavesdrop*|spying|spied|infiltrat*",
    "account|accounts|workspace|profile|admin ~2 taken_over|stolen|broken_into|misused|abused|used_from"
    "|hijacked|invaded",
    "{stranger} ~6 in_my_name|as_me|as_him|as_her|in_our_name|under_my_name|from_my_account|with_my_account",
    "other|another|different|strange ~1 company|companies|peoples|people|firm|customers ~1 projects|boards"
    "|tasks|data|files|dashboard|workspace|names|budget|budgets",
    "totally|completely different|unrelated company|firm|customer|organization",
    "not|never ours|mine|our_own|of_our_company|our_workspace ~1 :|,|.|name",
    "workspaces|projects|boards|files|data|tasks ~2 which|that are_not mine|ours",
    "clear|plain text ~4 password|passwords|log|logs|token",
    "password|passwords|token|secret|credentials ~6 clear_text|plain_text|plaintext|cleartext",
    "token|tokens|key|keys|secret|codes|credentials|password|passwords|api_key ~10 public|published|posted"
    "|plain_to_see|online|screenshot|slide|leaked|video|pastebin|forum|bundle|repository|on_github|internet"
    "|exposed",
    "laptop|phone|tablet|computer|device|macbook ~9 stolen|lost|sold|robbed|disappeared|left ~4",
    "sold|lost|stolen|left|gave_away ~2 laptop|computer|phone|tablet|device ~8 signed_in|logged_in|session|open"
    "|unlocked|access",
    "former|ex|dismissed|fired|deactivated|removed|laid_off ~1 employee|colleague|contractor|member|husband"
    "|wife|partner|guest|admin|user|intern ~8 still|access|reads|read|opened|exported|downloaded|logs|gets"
    "|logged",
    "deactivated|dismissed|fired|removed ~5 still|but|yet|nevertheless|afterwards|later ~6 exported|opened"
    "|downloaded|access|see|sees|reads|log|get",
    "possible|suspected|apparent|massive|our leak|leakage|breach|intrusion|compromise",
    "know|knew|knows details|things that|which ~4 only|nowhere",
    "where|whom|who|how ~2 can|may|do|should|to i? report ~2 such|this|it|vulnerab*|bug|finding|findings"
    "|security|hole|issue",
    "publish ~2 after #\\d+ days",
    "never|not ~2 added|member|invited|shared ~10 sees|see|read|reads|can_see|open|opens|opened",
    "can_see|sees|read|reads|opens ~6 never|not ~2 added|member|invited|shared|allowed|supposed",
    "without|although_not ~1 being|been ~1 signed_in|logged_in|authenticated|member",
    "anyone|anybody|everyone|whoever ~3 sees|knows|has|with|who ~3 link|address|url ~4 join|open|read|see"
    "|access|download",
    "public|publicly|anyone on_the_internet|accessible_to_the_world|readable_by_anyone",
    "copy|clone|imitation|replica of ~1 your|the|our ~1 sign|login|log|website|page",
    "second_admin|new_admin|unknown_admin|strange_admin|second_owner|unknown_integration|unknown_address"
    "|unknown_number|unknown_automation|unknown_ip",
    "used|signed|logged|sign|entered|accessed ~3 from lagos|seoul|minsk|moscow|beijing|bucharest|kiev|hanoi"
    "|tehran|caracas|jakarta|an_ip|two_countries|three_continents|several_countries",
    "changing|change|counting|manipulating|altering ~3 id|number|parameter|url|address ~4 shows|see|fetch|gives"
    "|get|access|opens|invoice",
    "hacked|hacker|hackers|hijacked|hijacking|gehackt|hackeado|hackearon|hackeada|jackeado|pirate|piratee"
    "|piratage|hackerato|hackear|hackeo|hack_my_account",
    "been|got|was|were|is|getting hacked|hijacked|breached|compromised|pwned|infiltrated",
    "compromised|compromise_of",
    "data|security|privacy breach|breached|breaches|leak|leakage|incident",
    "breach of ~1 my|our|your|customer|security|data|personal",
    "breach|intrusion|break_in ~4 my|our|your|the account|workspace|system|data",
    "unauthorized|unknown|unrecognized|suspicious|strange|weird|foreign|unfamiliar|unexplained|malicious"
    "|illegitimate ~1 access|log_in|log_ins|log|sign|sign_in|sign_ins|login|user|users|person|persons|changes"
    "|activity|activities|entry|session|sessions|device|devices|download|downloads|ip|ips|export|member|admin"
    "|api_calls|attachment|logins|attempt|attempts|location|people",
    "{stranger} ~3 {intrude} ~6 {my}|as|in|into|the|with|from ~2 {ours}|me|us|name",
    "{stranger} ~5 {signin} ~5 {my}|as|the ~2 {ours}|me|us",
    "{stranger} ~2 in|inside|into {my} ~1 {ours}",
    "{stranger} ~2 is|are|be|was|were ~1 in|inside|into|using|reading|controlling|accessing {my} ~1 {ours}",
    "{signin}|logged ~8 not|never|nobody|no_one|unknown|do_not ~2 recognize|know|known|mine|me|us|been|ours"
    "|anyone|familiar|there|did|made|live|lives|works",
    "{signin}|login|email|user|member|device|ip|country|person|account|admin ~6 we|i|nobody|none_of_us ~1"
    " do_not|does_not|did_not|can_not|not|never ~1 recognize|recognizes|know|invited|invite|added|add|created",
    "not|never|nobody|no_one ~2 recognize|recognizes|recognized ~4 {signin}|user|member|account|country|person"
    "|address|admin|name",
    "not|never ~2 request*|ask*|order*|trigger*|initiat* ~5 reset|code|password|verification|password_reset"
    "|sign_in|log_in|link",
    "reset|code|password_reset|verification|log_in|2fa ~5 not|never|nobody ~2 request*|ask*|trigger*|initiat*|did|made",
    "was|is|definitely|certainly|surely not me|us|mine|one_of_us|anyone_from ~1",
    "log|logged|sign|signed|login|sign_in|log_in|access|accessed ~5 from ~3 russia|china|nigeria|vietnam"
    "|north_korea|brazil|india|ukraine|romania|iran|turkey|another_country|a_different_country|abroad"
    "|a_foreign_country|a_country|a_city|a_place|a_strange|an_unknown",
    "phish*|fishing_email|spoof*|malware|ransomware|trojan|spyware|keylogger|identity_theft|account_takeover"
    "|doxxed|hameconnage",
    "fake|fraudulent|scam|bogus|forged|dubious ~1 email|emails|invoice|page|site|website|message|messages"
    "|log_in_page|login|link|support|call",
    "pretend*|posing|impersonat*|claim*|masquerad* ~3 to_be|as|being you|techcorp|your|one_of|support|me|us|our"
    "|from_techcorp|the_ceo",
    "impersonat* ~1 me|us|you|your|our|techcorp",
    "vulnerability|vulnerabilities|exploit|exploits|exploitable|exploited|xss|csrf|idor|ssrf|rce|cve"
    "|sql_injection|remote_code|cross_site|privilege_escalation|path_traversal|open_redirect|zero_day"
    "|sicherheitslucke|vulnerabilidad|vulnerabilite|faille_de_securite|brecha_de_seguridad",
    "security hole|flaw|bug|gap|weakness|problem|concern|incident|leak|issue|alert_that|threat|emergency"
    "|violation|lapse|failure",
    "responsible|coordinated|vulnerability disclosure",
    "penetration_test|pen_test|pentest|pentesters|pentester|penetration_testers|penetration_tests|security_scan"
    "|security_audit|security_researcher|security_researchers|red_team ~5 showed|shows|found|revealed"
    "|discovered|uncovered|flagged|reported|identified|turned_up|came_back|detected|exposed|points|i|finding"
    "|findings|surfaced",
    "leaked|leaking|data_leak|exposed_data|exposed_publicly|datenleck|filtracion_de_datos|fuite_de_donnees"
    "|dark_web|exfiltrat*|breached",
    "api_key|api_keys|token|tokens|secret|secrets|password|passwords|credentials|key|keys|customer_data"
    "|client_data|personal_data ~5 leaked|exposed|stolen|public_repository|publicly|committed|github|published"
    "|posted_in|pushed|public|out_in_the_open|ended_up|in_the_wild|repo|pastebin",
    "leaked|exposed|stolen|committed|pushed|published|pasted|leak ~4 api_key|api_keys|token|secret|password"
    "|passwords|credentials|key|keys",
    "see|view|access|open|read|sees|shows|showing|showed|seeing|opened|found|display*|show|into|got|received|of"
    " ~4 another|different|someone_else|somebody_else|strange|foreign|unknown|other|unrelated ~1 company"
    "|companies|customer|customers|organization|organizations|tenant|tenants|firm|business|companies' ~2 data"
    "|project|projects|board|boards|tasks|files|invoice|invoices|names|documents|information|workspace|account"
    "|records|name|task|file|document|email|details|dashboard|export",
    "{device} ~3 stolen|was_stolen|got_stolen|nicked|snatched|robbed",
    "stolen|robbed|stole|lost|misplaced|left ~2 {my}|work|company|a? ~1 laptop|macbook|notebook|computer|tablet"
    "|ipad|work_phone|usb_stick|hard_drive|company_phone",
    "stolen|stole|theft_of ~3 {device}|account|password|credentials|identity|data|token|session|access",
    "{things}|members|users|changes|things|user|member|admin|invites|invitations|settings|password"
    "|email_address ~4 i|we|nobody|none_of_us|no_one|that_nobody ~1 did_not|never|do_not|has|have_not|here ~1"
    " creat*|make|made|invit*|add|added|writ*|wrote|sent|send|recognize|know|change|changed|create|upload"
    "|uploaded|request|requested|author*",
    "password|email_address|two_factor|recovery_email|email ~3 was|been|got|has_been changed ~6 not|without"
    "|never|nobody",
    "strange|weird|unknown|suspicious things|stuff ~3 happening|going_on|appearing ~5 account|workspace",
    "suspicious|malicious|dubious|strange|weird|odd email|emails|link|links|message|attachment|request|file ~5"
    " from|in_your_name|techcorp|your|claiming|asking|pretending",
    "is ~4 email|message|call|link|invoice ~4 really|genuine|legit|legitimate|authentic|real ~2 from|you|?",
    # German, French, Spanish
    "jemand|fremde*|unbekannte* ~4 angemeldet|eingeloggt|zugriff|zugegriffen|meinem|unserem|mein|unser ~3 konto"
    "|account|passwort|daten|zugriff|angemeldet|eingeloggt|zugegriffen|eingebrochen",
    "konto|account|zugang|passwort ~3 kompromittiert|gehackt|gestohlen|ubernommen|missbraucht",
    "quelqu'un|un_inconnu ~4 connecte|accede|acces|entre|pirate|vole|utilise ~3 mon|notre|compte|mes|nos",
    "compte|mot_de_passe ~3 pirate|hacke|compromis|vole|usurpe",
    "alguien|un_desconocido ~4 entro|accedio|inicio|entrado|accedido|robo|usa|usando|ha_entrado|hackeo ~4 mi"
    "|nuestra|nuestro|cuenta|sesion|datos",
    "cuenta|contrasena ~3 hackead*|comprometid*|robad*|vulnerad*",
)

NOT_SECURITY: Final = (
    "someone|somebody|person|people|user ~2 invited|added ~2 never|not ~2 got|get|received|receive|seen|see|had",
    "removed|deleted|deactivated ~4 but|and|, her|his|their name|names|picture|tasks|avatar ~1 still|remain|remains",
    "app|phone|mobile|screen asks|asking|asked ~2 for ~1 code",
    "that|it|this was|is me|mine|us|ours .|,|on|in|from|with|at|and",
    "former|previous|last|old|competing|other ~1 supplier|provider|vendor|tool|software|system ~3 hacked|breached"
    "|compromised|hack|breach",
    "values|types|categories|reasons ~2 ,? hacked|stolen account|accounts|phone|laptop|card",
    "hacked|stolen account|phone|laptop|card to_the|of_the|as_a|as_the top|list|menu|drop_down|value|option|field",
    "fake|simulated|mock|test|training|own ~1 phishing",
    "phishing email|emails|mail|mails ~1 each|every|per quarter|month|year|week",
    "phishing simulation|simulations|test|tests|exercise|exercises|drill|drills|campaign|awareness|training",
    "values|value|type|field|option|category|label|tag|column ~5 hacked|stolen|breach|phishing",
    "unknown|suspicious|strange|new ~2 sign_in|login|log_in|device|session was|is ~1 my|mine|me|ours|our",
    "false alarm|alert ~9",
    "it is|was me ,? no|myself",
    "blocked|block ~4 when_i|me_when|although_it_is_me",
    "breach of ~1 our|the|your|my contract|agreement|terms|sla|service_level",
    "lost|left ~2 {my} ~1 phone|authenticator",
    "life|growth|productivity|calendar|css hack|hacks|hacking",
    "hackathon|hackathons|hack_week|hack_day|hacker_news|hackernews|hack_days",
    "security setting|settings|page|tab|section|role|roles|key|keys|policy|policies|team|teams|whitepaper"
    "|officer|feature|features|option|options|training|checklist|board|boards|project|template|templates"
    "|questionnaire|questionnaires|review|reviews|code|codes|overview|documentation|bug_template|issue_template"
    "|issue_label|incident_template|incident_board|incident_workflow|incident_checklist|label|labels|standards"
    "|measures|practices",
    "in_case_of|in_the_event_of|event_of|if|policy|process|procedure|how_do_you|how_would_you|notify|plan|plans"
    "|protocol|what_happens|should|inform|informed|response|handle|respond_to|were_to|prepare|ever|any ~7"
    " breach|breaches|incident|incidents|compromised|leaked|leak|vulnerability|vulnerabilities|hacked|stolen"
    "|unauthorized_access",
    "breach|incident|vulnerability notification|response|policy|process|procedure|plan|management|scan|scans"
    "|scanning|scanner|program|tracker|board|template|label|column|reports_board|clause|backlog|tasks"
    "|ticket_type|tags|field|register|list",
    "prevent|protect|avoid|against|stop|block|guard|safe|secure|detect|restrict|disallow|control|alert|alerts"
    "|notified|warn|report_on|setting|feature|safeguard|mitigate ~4 unauthorized|phishing|hacked|hackers|breach"
    "|breaches|suspicious|unknown|malware|leaks|ransomware|compromise|intruders|strangers|strange|data_leak"
    "|spoofing|compromised",
    "401|403|error|status|says|returns|response|http|gives|get unauthorized",
    "unauthorized error|response|status|401|message|charge|charges|payment|transaction|from|when_calling"
    "|on_every|renewal|billing",
    "memory|water|gas leak|leaks|leaked|leaking|leakage",
    "suspicious log_in|sign_in|activity|login alert|alerts|notification|notifications|email_alerts|feature"
    "|warning_setting|emails_feature|detection",
    "impersonat*|spoof* a|another|other|users|members|user|feature|mode|option|as_admin",
    "phishing ~4 awareness|simulation|drill|exercise",
    "our own staff|people|colleagues ~3 fake|phishing",
    "phishing simulation|training|awareness|campaign|test|protection|board|project|template",
    "session was_not|is_not|not|does_not|do_not|never ~2 saved|kept|stay|last|remember*|expire*|persist*|extended",
    "access i|we|to_the|does|is ~1 not|never|do_not ~2 have|need|get|granted|show|work*|want",
    "compromised quality|deadline|on",
    "do|does|have|how_often ~3 penetration|pen ~6",
    "not log|sign ~2 in|into",
)
