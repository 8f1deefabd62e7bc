"""The service fails for many, or data is gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CLASSES: Final[Mapping[str, str]] = {
    "narrowed": (
        "filter|filters|filtered|filtering|sort|sorted|sorting|group|grouped|grouping|search|searched|hide|hid|hiding"
        "|collapse|collapsed|collapsing|archive|archived|archiving|calendar_view|list_view|board_view|timeline_view"
        "|switched|ticked|unticked|date_range|zoomed|view|views"
    ),
}

P1: Final = (
    "every|all|each ~1 attachment|attachments|file|files|task|tasks|project|projects|board|boards|entry|entries|comment"
    "|comments ~6 zero|empty|blank|#0 ~1 bytes",
    "not exist any_more|anymore|any_longer ~3 in|on|across|for ~1 all|every|any",
    "whole|entire|complete|full|all ~1 workspace|workspaces|board|boards|projects|account|data ~2 overwritten"
    "|replaced|rolled_back|reset ~1 with|by|to",
    "we|us|team|office|company|department|everybody|everyone ~1 all? ~1 get|got|gets|are|is|being ~1 thrown|kicked"
    "|logged|signed|booted out",
    "full|whole|entire|complete team|office|department|company of #\\d+",
    "all|our ~2 #\\d{2,4} ~1 people|users|consultants|colleagues|employees|staff|members ~8 zero|vanished|gone|empty",
    "entire|whole|complete ~1 crew|team|office|company|department|staff|school|firm ~5 not_available|unavailable",
    "workspace|everything|all_data|all_projects|all_boards ~2 set_back|rolled_back|reverted|thrown_back to|by",
    "overwritten|overwrote|overwrites|replaced ~2 all|every|everything|our|the_existing|existing|thousands|hundreds ~2"
    " tasks|projects|data|boards|cards|work",
    "all|every|everything|our|#\\d{3,5} ~2 tasks|projects|data|boards|cards ~2 overwritten",
    "your? servers|server|systems|site on fire",
    "{everybody} is? offline|down|dead|stuck",
    "all|every ~2 teachers|students|staff|people|users|nurses|drivers|employees|colleagues|workers|members"
    "|admins|agents|doctors|clients|machines ~4 {fails}|error|down|timeouts",
    "down|offline|locked_out|dead|gone|broken again? ,? {everybody}",
    "{everybody} ~2 {things} ~3 {gone}",
    "whole|entire|complete|main ~2 project|board|workspace|database|history|account ~9 vanished|disappeared"
    "|gone|deleted|lost|empty|wiped",
    "{things} ~6 no_longer exist|there",
    "{things} ~8 {gone} ~2 for|by {everybody}|all|everyone",
    "nobody|no_one|none ~3 past|through|in|into",
    "complete|entire|whole workspace|system|platform|site|service|app ~3 fails|does_not|will_not|can_not|not",
    "every|all|any call|calls|request|requests|integrations|api_calls|endpoint|endpoints ~6 times_out|timeout"
    "|timeouts|time_out|#50\\d|dead|fail|fails|failing|rejected",
    "api ~4 #50\\d|down|dead|timeouts ~4 every|all|everywhere|worldwide|any|since",
    "factory|shop|shops|orders|depot|work|warehouse|plant|production|everything|company|business|school"
    "|hospital|clinic ~3 standing_still|stands_still|stand_still|stopped|waits|waiting|at_a_standstill|halted"
    "|paralyzed",
    "can_not be? opened|used|reached|accessed|loaded ~2 by anyone|anybody|any",
    "web|website|desktop|phone ~4 not|neither ~5 working|works ~2 for {everybody}|any",
    "{everybody} ~5 {fails}",
    "{fails} ~7 {everybody}",
    "{everybody} ~5 down|offline|idle|standstill|50_people_idle|white_screen|blank|blank_page|error_500|#50\\d"
    "|stopped_working|no_access|lost_access|without_access|losing_access|sitting_idle|waiting_to_work|crippled"
    "|paralyzed",
    "{everybody} ~3 gets|get|getting|sees|see|seeing|has|have|hits|reports|reporting|receives ~4 #50\\d|error"
    "|errors|blank|white|timeout|timeouts|outage|thrown|kicked|nothing|same_error|gateway|spinner|same_problem"
    "|same_issue",
    "#50\\d|error|errors|blank|white_screen|timeout|timeouts|outage|down|unavailable|inaccessible|not_loading"
    "|does_not_load|will_not_load|spinner|crash*|not_working|not_opening|stopped_working|dead|broken|fails"
    "|failing|unusable ~6 for|by|across|affect* ~1 {everybody}|us_all|entire|whole|all|every_one|the_company"
    "|several_teams|many_users|thousands|multiple_users|multiple_teams|all_of",
    "for|across|affect* ~1 {everybody}|us_all ~1 down|offline|unavailable|broken",
    "{nobody} ~8 can|could|is_able|are_able|able|gets|get|manages|has|have|been_able ~3 {reach}|in|through"
    "|access|able_to",
    "{nobody} ~3 log|login|get_in|gets_in|access",
    "{service} ~1 is|are|has|have|went|goes|seems|seem|appears|keeps|still|been|was|completely|totally|entirely"
    "|currently|again ~4 {down}",
    "{service} {down} .|,|?|again|for|since|right_now|now|completely|please|and|on|everywhere|urgent",
    "is ~1 techcorp|your_service|your_site|your_platform|your_app|everything|the_site|the_service ~1 down",
    "complete|total|full|major|massive|widespread|general|severe|critical|system|service|platform|company_wide"
    "|global|current|ongoing outage|outages|failure|blackout|breakdown|meltdown|shutdown|downtime",
    "is_there|there_is|having|have|experiencing|facing|seeing|suffering|another|in|report|reporting an|a|any"
    "|big|another? ~1 outage|service_disruption|service_interruption",
    "production|prod ~2 down|outage|offline|halted|stopped|dead",
    "all|every|entire|whole|hundreds_of|thousands_of|years_of|months_of|most_of|weeks_of|each|both|several|many"
    "|half_of ~4 {things} ~4 {gone}",
    "{gone} ~3 all|every|entire|whole|hundreds_of|thousands_of|years_of|months_of|both|several ~4 {things}",
    "projects|boards|workspaces|data|everything|workspace|database ~3 gone|vanished|disappeared|wiped|wiped_out"
    "|erased|evaporated|went_missing|nowhere_to_be_found|no_longer_there|destroyed|lost_forever",
    "{my} ~1 projects|boards|data|tasks|workspace|account ~1 is|are|were|was|have|has|all|been|got ~2 gone"
    "|vanished|disappeared|lost|wiped|erased|missing|empty|deleted",
    "projects|boards|data|workspace missing|gone|vanished|lost .|,|?|since|after|from|urgent|in|this|today",
    "lost|lose|losing|wiped|erased|destroyed|deleted ~1 all|everything|our_entire|the_entire|my_entire|all_our"
    "|our_whole|years|months|weeks|hundreds|thousands|our|the_whole|my_whole ~5 {things}|progress|everything",
    "lost|wiped|erased|deleted everything",
    "everything|all ~2 gone|vanished|disappeared|wiped|lost|erased|empty",
    "data_loss|loss_of_data|lost_data|lost_our_data|lost_my_data|data_is_gone|data_has_gone|data_corruption"
    "|corrupted_data|datenverlust|perdida_de_datos|perte_de_donnees",
    "workspace|platform|account|everything|whole_system|dashboard ~2 completely|totally|is|has_become|been"
    "|suddenly ~2 empty|inaccessible|unreachable|blank|frozen|unusable",
    "we|our_team|team|our_company|users|our_users|our_people|my_colleagues_and_i|my_team_and_i ~3 can_not"
    "|unable|not|could_not ~2 access|open|load|reach|use|enter|get_into|connect_to|log_into|get_to ~3 workspace"
    "|platform|techcorp|system|site|service|anything|any_of|projects|boards|account|app|it_at_all|tool|data"
    "|dashboard",
    "we|our_team|team|our_users|users|my_team|my_colleagues ~2 can_not|unable_to|not_able_to|could_not ~1 log"
    "|sign in|into|on ~1",
    "can_not|unable_to access|open|load|reach workspace|our_workspace|the_workspace|the_platform|techcorp"
    "|any_project|any_projects|any_board|any_boards|any_of_our|all_our_projects|anything",
    "we|our_team|team|users|all|company ~2 are|is|been|have_been|were|got ~2 locked_out|shut_out|kicked_out"
    "|thrown_out|completely_blocked|logged_out",
    "locked_out of ~1 our|the workspace|account|platform|organization|system|company_account",
    "nothing loads|works|opens|is_loading|is_working|is_opening|is_accessible|responds|load|work ~3 for|in"
    "|across ~1 us|anyone|anybody|everyone|everybody|team|company|office|all|any_of_us",
    "nothing loads|is_loading|opens|is_accessible|load ~1",
    "team|company|office|department|business|operation|operations|work|everyone|everybody|production|firm"
    "|agency|we|support_desk ~3 blocked|standstill|stand_still|halted|paralyzed|dead_in_the_water"
    "|ground_to_a_halt|come_to_a_halt|can_not_work|unable_to_work|idle|sitting_idle|sitting_around"
    "|stopped_completely|crippled|not_able_to_work",
    "#\\d{2,5} people|users|colleagues|employees|staff|members|engineers|seats|agents|developers|of_us|teachers"
    "|customers|clients ~5 {fails}|down|idle|waiting|affected|no_access|without_access|locked|sitting|error"
    "|can_not_work|blank",
    "multiple|several|many|all|different ~1 users|teams|locations|offices|departments|people|customers"
    "|colleagues ~5 affected|{fails}|report*|down|no_access|same_error|same_problem|outage|disconnected",
    "mission|business critical ~1 down|outage|failure|system",
    # German, French, Spanish and neighbours
    "niemand|keiner ~6 anmelden|einloggen|zugreifen|arbeiten|rein|zugriff",
    "system|plattform|dienst|seite|server|anwendung|software|techcorp|app ~4 ausgefallen|down|offline"
    "|nicht_erreichbar|unerreichbar|abgesturzt|lahmgelegt",
    "totalausfall|komplettausfall|systemausfall|serverausfall|ein_ausfall|einen_ausfall|storung_bei_allen",
    "alle|samtliche|unsere|ganzen ~3 daten|projekte|boards|aufgaben|dateien ~3 weg|verschwunden|geloscht"
    "|verloren|futsch",
    "ganze|ganzes|gesamte|gesamtes|komplette ~1 team|firma|buro|unternehmen|abteilung|belegschaft ~6"
    " ausgesperrt|nicht|blockiert|kein|keinen|steht",
    "personne ~6 connecter|acceder|travailler|ouvrir",
    "service|site|plateforme|systeme|application|serveur ~4 en_panne|hors_service|inaccessible|tombe|tombee"
    "|indisponible|down",
    "panne totale|generale|complete|majeure|de_service",
    "tous|toutes|nos|l'ensemble ~3 donnees|projets|tableaux|fichiers|taches ~4 disparu*|perdu*|efface*|supprime*",
    "toute l'equipe|l'entreprise|la_societe ~6 bloque*|plus|pas|ne",
    "nadie ~5 puede|logra|consigue|pudo ~3",
    "sistema|plataforma|servicio|sitio|servidor|pagina|web|aplicacion ~4 caido|caida|caidos|fuera_de_servicio"
    "|no_funciona_para|inaccesible|cayo",
    "caida total|general|del_servicio|completa",
    "todos|todas|nuestros|nuestras ~3 datos|proyectos|tableros|archivos|tareas ~4 desaparec*|perdid*|borrad*"
    "|perdieron|eliminad*",
    "todo|toda el|la equipo|empresa|oficina|compania ~6 bloquead*|sin_acceso|no_puede",
    "ninguem ~4 consegue|nessuno ~4 riesce|niemand_kan ~3",
)

NOT_P1: Final = (
    # What a view of one's own leaves out.
    "everything|all|{things}|columns|list|board|nothing ~6 {gone} ~2 after|since|when|once|because|if|while|as_soon_as"
    " ~4 {narrowed}",
    "filtered|sorted|grouped|hid|collapsed|archived|ticked|unticked|searched|the_filter|a_filter ~6 .|,? ~4 {gone}",
    "share|shared|sharing ~2 with {nobody}",
    "{everybody}|others|anyone|somebody|people else ~2 can|could ~1 open|use|log|sign|access|edit|enter|work",
    "owner|founder|admin|administrator|colleague|boss|manager|employee ~3 is|has|was gone|left|quit",
    "person|colleague|employee|man|woman who|that ~5 is|has|was gone|left|quit",
    "one of my|our|the|your ~4 empty|blank|gone|missing|down|frozen|broken",
    "nothing|not|hardly ~1 critical|dramatic|urgent",
    "everything|all|what|text|comment|description ~1 i|i_had|i_have typed|wrote|written|entered ~2 gone|lost|vanished"
    "|disappeared",
    "should|must|have_to|has_to|needs_to be signed_out|logged_out|locked_out|blocked",
    "none|nobody|no_one ~3 signed|logged in since",
    "status|label|reads|called|named|says|column|titled ~2 {service}|total|complete|production|everything ~1"
    " down|outage|gone|offline|failure",
    "is|goes|went|be|were|was|are ever|once|sometimes|currently_not|not down|offline|unavailable",
    "rehearse|rehearsing|exercise|simulate|drill|practise|practice|emergency_plan ~6 failure|outage|loss|breakdown",
    "i|we deleted ~5 {things}",
    "empty from_the_start|by_design",
    "was|were gone by ~2",
    "drop|scroll|count|break|slow|mark|drill|write|written|wrote|pull|page|narrow|cut|calm|turn|sit|shut|set"
    "|arrow|key|top|upside|hands|note|settle|arrows|step|tear|let|track|boil|point|going down",
    "down status|column|arrow|payment|the|to|at|state|label|from|into|list|tag|below|here|a_level|by|menu|under|side",
    "status|column|field|label|value|list|tag|state|option ~3 down|offline|outage|unavailable",
    "production board|schedule|line|team|project|projects|workspace|plan|planning|calendar|tasks|template"
    "|manager|department|order|orders|data",
    "outage|downtime|incident|data_loss|disaster template|templates|board|boards|report|reports|runbook|history"
    "|column|notification|notifications|tracker|tracking|page|policy|drill|checklist|alerts|prevention|label"
    "|tag|communication|plan|retrospective|post_mortem|review|log|scenario|recovery_plan|drills|status|calendar",
    "if|in_case|when|suppose|imagine|should|what_happens|would|will|do|could|might|can|whenever|once|so_that"
    "|before|unless|in_the_event|without|avoid|prevent|afraid|fear|worried_about|risk|protect|against|risking"
    "|guard|does|until|how_likely ~6 lose|losing|lost|gone|data_loss|deleted|outage|down|wiped|offline"
    "|unavailable|disappear|loss_of_data|erased|disappeared",
    "offline mode|access|editing|use|work|sync|version|support|changes|reading|app|copy|copies|capabilities"
    "|on_the|while|when_i|viewing|working|notes",
    "work|working|works|use|edit|available|read|go|accessible|view ~2 offline",
    "i|accidentally|mistakenly|inadvertently accidentally|mistakenly|inadvertently? deleted|wiped|erased|removed",
    "make|set|mark|hide|keep|want|wish|prefer|restrict|limit|configure|ensure|allow|stop|permission|permissions"
    "|rule|so_that|so|prevent|block ~6 {nobody}|{everybody}",
    "{nobody}|{everybody} but|except|outside|other_than|apart_from|from_outside ~4",
    "{nobody}|{everybody} ~3 see|edit|view|open|delete|change|comment|access ~3 private|hidden|this_board"
    "|a_board|my_private|the_board|it_except|confidential|but|except|salary|archived",
    "{nobody} ~5 can|could see|open|view|edit ~5 , only|except|but i|me|for_me",
    "archived|completed|closed|filtered|hidden|finished|done|resolved|old|duplicate|sample|overdue|empty"
    "|recurring|demo|example ~1 tasks|projects|boards|cards|comments|items|files|lists|task|project|board",
    "missing field|fields|feature|features|option|permission|permissions|column|columns|due|from_the_report"
    "|label|documentation|from_my_view|translations",
    "all|my|our|your|the|these ~1 overdue|completed|done ~1 tasks",
    "my|the|a|his|her comment|attachment|task|card|subtask|note|picture|avatar|photo ~4 {gone}",
    "bulk|how_do|how_to|want|can|could|able|possible|delete|like ~4 delete|deleted|erase|erased|wipe|clear"
    "|remove ~3 all|every|everything|our|entire",
    "was|were|went|had|last|during|after|yesterday|since ~3 down|outage|offline ~3 last|yesterday|on_monday"
    "|on_tuesday|on_wednesday|on_thursday|on_friday|week|month",
    "restore|recover|undelete|retrieve ~4 deleted|lost|gone ~2",
    "can_not|unable_to ~1 access|open|use|load|see ~1 feature|beta|report|reports|timeline|gantt|attachment",
)
