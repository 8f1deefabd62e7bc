"""Hostility, and praise that is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CLASSES: Final[Mapping[str, str]] = {
    "you": "you|you_people|you_guys|your_company|your_team|your_support|your_staff|your_developers|your_product"
    "|your_app|your_tool|your_service|your_software|your_platform|techcorp|this_company|this_app|this_product"
    "|this_tool|this_software|this_platform|this_service|this_thing|it|support|this|whoever|system",
    "rubbish": "garbage|trash|rubbish|crap|junk|joke|disgrace|scam|pathetic|worthless|useless|shit|bullshit"
    "|horrible|terrible|awful|disaster|shambles|farce|insult|ridiculous|shameful|disgusting|abysmal|appalling"
    "|atrocious|a_mess|a_nightmare|the_worst|dreadful|laughable|embarrassing|embarrassment|hopeless|a_fraud"
    "|nonsense|amateurish|amateurs|incompetent|idiots|morons|clowns|liars|thieves|crooks|scammers|fraudsters"
    "|fools|lazy|criminals|robbers|imbeciles|stupid|dumb|shitty|failure",
}  # fmt: skip

HOSTILE: Final = (
    "written|made|built|designed|coded|checked|tested|drawn ~2 by ~1 a|some|your ~1 drunk|drunken|blind|deaf|chimpanzee"
    "|monkey|monkeys|parrot|toddler|toddlers|sadist|sadists",
    "you|they|lot|techcorp could|can not organize|organise|run ~2 party|brewery|lemonade_stand|tap|bath|piss_up"
    "|#p.{1,3}ss",
    "{you} ~2 is|are|was|were|being|must_be|has_been|have_been|been|remain ~3 {rubbish}",
    "{you} {rubbish}",
    "pile|piece|load|heap|bunch|pack|gang of ~1 {rubbish}|shit|cowards|scrap|dung",
    "absolute|absolutely|complete|completely|utter|utterly|total|totally|pure|sheer ~1 {rubbish}|unacceptable"
    "|incompetence|waste|outrageous|greed|contempt|disrespect|insanity|madness",
    "unacceptable|furious|livid|outraged|outrageous|enraged|disgusted|disgusting|disgraceful|appalling|appalled"
    "|atrocious|abysmal|infuriating|infuriated|fuming|seething|despicable|contemptible|incompetence|incompetent"
    "|shameful|scandalous|pathetic|inexcusable|unforgivable|intolerable|laughable|preposterous|amateurs|clowns"
    "|morons|idiots|crooks|thieves|liars|scammers|fraudsters|con_artists|boiling_with|beyond_angry|seeing_red",
    "worst ~5 ever|company|service|product|software|support|tool|app|experience|platform|customer_service|money"
    "|decision|purchase|i_have",
    "shame on you|techcorp|all",
    "be|should be? ashamed",
    "rip|ripping|ripped ~1 off|us_off|me_off|people_off",
    "sick_and_tired|sick_to_death|sick_of_you|sick_of_your|had_enough|had_it_with|enough_is_enough|fed_up"
    "|at_the_end_of_my_rope|lost_all_patience|patience_is_over|out_of_patience|last_straw|over_it|done_with_you"
    "|done_with_this|done_with_your",
    "go_to_hell|screw_you|get_lost|damn_you|to_hell_with|shut_up|drop_dead|burn_in|shove_it|stick_it"
    "|good_riddance|kiss_my|piss_off|f_off|eff_off|f_you",
    "hate|despise|loathe|detest you|your|this|techcorp|it|dealing",
    "waste of ~1 time|money|space|my_time|our_time|everyone",
    "you ~2 ruined|destroyed|wasted|wrecked|stole|robbed|lied|cheated|scammed|screwed|insulted|killed|cost_me"
    "|cost_us ~3",
    "how dare|can_you_be_so|stupid|incompetent|do_you_sleep ~2",
    "what is|the wrong|hell with|is|are|do|did ~1 you|wrong|this|going|your",
    "are_you|do_you|does_anyone|can_you_people|do_you_people kidding|serious|joking|stupid|even|insane|blind"
    "|deaf|dumb|actually|out_of_your ~3",
    "never|nobody ~2 again|use|buy|recommend|trust|touch|pay ~2 you|your|techcorp|this_company|this_product"
    "|single_cent",
    "taking|take ~2 business elsewhere",
    "tell|warn|warning|telling ~2 everyone|everybody|the_world|all_my|others|every ~6",
    "one|1|zero star|stars|review|reviews",
    "leaving|cancel*|moving|switching|switch|going|leave ~3 competitor|competition|for_good|everything"
    "|today_because|because_of_this|and_never|immediately_because|with_you_for_good",
    "monkey|monkeys|child|toddler|kid|grandmother|grandma|granny|dog|hamster ~5 better software|app|code|tool|job"
    "|product|system|one|website|than|.",
    "congratulations ,? you|you_have ~1 lost ~2 customer|client|account|user",
    "thanks|thank_you for nothing",
    "thieving|scum|vermin|leeches|parasites|bloodsuckers|bunch_of_losers|bunch_of_amateurs",
    "laughing_stock|a_child_could|banana_republic|kindergarten|trained_monkey|monkeys|amateur_hour|circus|cowboys",
    "fix your|this|it ~2 damn|bloody|fucking|stupid|lousy|crappy|shitty ~2",
    "damn|bloody|stupid|lousy|crappy|shitty|dumb|idiotic|moronic|fucking|freaking system|app|thing|tool|product"
    "|software|service|company|bot|website|support|update|platform|button|program",
    "fix this|it|your_app|your_shit now",
    "lies|lied|lying|cheated|cheating|insulted|insulting|spit_on|slap_in_the_face|contempt|dishonest|deceitful"
    "|robbery|theft|thievery|daylight_robbery|extortion|blackmail|greed|greedy",
    "frechheit|unverschamt*|unverschaemt*|inakzeptabel|katastrophe|saftladen|unfahig*|betruger|lachhaft|honte"
    "|honteux|inadmissible|scandaleux|inacceptable|incompetents|escrocs|arnaque|vergonzoso|verguenza"
    "|inaceptable|estafa|estafadores|inutiles|incompetentes|basura|porqueria|vergonha|inaceitavel|vergogna"
    "|inaccettabile",
)

NOT_HOSTILE: Final = (
    "comments|comment|messages|reviews|words|texts|posts ~1 such_as|like|saying|as ~6 {rubbish}|idiots|morons|fools",
    "client|clients|customer|customers|boss|manager|director|wife|husband|they|he|she|parents ~2 furious|livid|outraged"
    "|angry|fuming|enraged",
    "trash|garbage bin|can|folder|icon|view|tab|collection|page|section|day|days|of_the_project|empties|is_emptied",
    "in|from|to|the|into|empty the? trash",
    "moved|move|put|restored|restore ~3 trash",
    "not|never ~2 {rubbish}|useless|terrible|unacceptable|furious|angry|horrible",
    "worst case|scenario|performing|estimate",
    "bloody|damn|fucking|freaking ~1 genius|brilliant|good|great|amazing|awesome|marvellous|lovely|love|impressive"
    "|excellent|fantastic|handy|useful|clever",
    "love|adore|enjoy ~3 bloody|damn|fucking|freaking",
    "how|why|where|stupid ~1 stupid|dumb question|questions",
    "error_message|message|screen is|was useless|nonsense",
    "one|1 star|stars|review rating_field|field|column|label|priority",
    "dumb|stupid|silly|maybe question|idea|mistake_of_mine|of_me|me",
    "stupid of|i_was|am_i ~2",
    "my stupid|bad|fault ~1",
)

NO_THANKS: Final = (
    "thanks|thank_you ~3 for nothing|losing|ruining|wasting|ignoring|destroying|crashing|breaking_my|breaking_our"
    "|breaking_everything|breaking_it_again|the_sleepless|another_sleepless|another_wasted|another_lost|the_headache",
    "thanks a bunch for",
)
"""Thanks for harm, which thank for nothing."""

SARCASM: Final = (
    "another ~3 , another ~4 without|lost|gone|wasted|broken|missing",
    "what a delight|joy|pleasure|treat|thrill to ~8 twice|again|by_hand|manually|wait|lose",
    "just|exactly what|the_thing i|we needed|wanted|always_wanted|ordered",
    "great|wonderful|fantastic|brilliant|perfect|lovely|nice|super|awesome|excellent|marvellous|splendid"
    "|terrific|amazing|bravo|wow|congratulations|congrats|well_done|good_job|great_job|oh_joy|hooray ~2 another"
    "|again|yet_another|broken|down|outage|crash|crashed|bug|once_more|lost|now_it|now_the|gone|breaking|broke"
    "|ruining|ruined|losing|deleting|nothing_works|error",
    "bravo|congratulations|congrats|kudos|well_done|hats_off|applause|medal|award|chapeau ~8 broke|broken"
    "|breaks|lost|lose|crash*|fail*|ruin*|nothing|worse|delete*|down|slow*|disappear*|useless|bug|bugs|error*"
    "|destroy*|wrong|impossible|unusable|mess|manage*",
    "so_much_for|what_a_surprise|surprise_surprise|slow_clap|how_convenient|how_nice_of_you|how_kind|how_lovely"
    "|how_wonderful|lucky_me|lucky_us|oh_great|oh_wonderful|oh_joy|oh_perfect|oh_how|big_surprise|no_surprise"
    "|as_usual|as_always|as_expected_from|good_to_know_that_nobody|nice_try|very_funny|hilarious|what_fun"
    "|what_a_joy|truly_impressive|really_impressive|must_be_a_new_record|new_record|works_like_a_charm_except"
    "|i_am_sure_it|world_class|state_of_the_art|enterprise_grade|truly_a_masterpiece|pure_genius|genius_move"
    "|genius_idea",
    "love|adore|enjoy|appreciate how|that|when|it|waiting|losing|explaining|spending ~8 break*|broke|crash*"
    "|lose*|lost|never|nobody|ignor*|slow|delete*|disappear*|vanish*|nothing|again|fail*|wrong|useless|instead"
    "|wait*|hours|logs_me|freez*|twice",
    "glad|happy|nice|good|pleased|delighted|thrilled|impressed|wonderful ~6 pay|paying|paid ~6 not|nothing"
    "|broken|crash*|down|useless|nobody|ignored|slow|wait*",
    "because ~2 who needs",
    "who needs ~4 anyway|when|right",
    "i|we only|merely|just ~1 lost|waited|wasted|spent|pay|paid ~6",
    "must|would be ~1 so|too much to_ask|asking_too_much|hard",
    "how hard|difficult can|is it|that ~2",
    "apparently|evidently|obviously|clearly ~2 too|nobody|no_one|not|nothing|we|my|customers ~4",
)
