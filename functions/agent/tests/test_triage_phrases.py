"""The phrase tables: what fires a trigger, and what merely looks like it."""

from __future__ import annotations

import pytest

from fte_agent.triage.reading import read
from fte_agent.triage.triggers import BY_FLAG, TRIGGERS, wording

MEANT = [
    ("HUMAN_REQUESTED", "is there a person I can speak to"),
    ("HUMAN_REQUESTED", "can someone call me"),
    ("HUMAN_REQUESTED", "Put me through to your supervisor!"),
    ("HUMAN_REQUESTED", "I'd rather not talk to a robot"),
    ("HUMAN_REQUESTED", "need human pls"),
    ("HUMAN_REQUESTED", "Ich möchte mit einem Mitarbeiter sprechen."),
    ("HUMAN_REQUESTED", "Je voudrais parler à une vraie personne"),
    ("HUMAN_REQUESTED", "Quiero hablar con una persona"),
    ("LEGAL_ESCALATION", "our solicitor will be in touch"),
    ("LEGAL_ESCALATION", "next time you hear from my lawer"),
    ("LEGAL_ESCALATION", "Can you sign a BAA?"),
    ("LEGAL_ESCALATION", "Please delete my data under the GDPR"),
    ("LEGAL_ESCALATION", "I'm going to sue you"),
    ("LEGAL_ESCALATION", "Unser Anwalt wird sich melden"),
    ("LEGAL_ESCALATION", "mon avocat vous contactera"),
    ("LEGAL_ESCALATION", "mi abogado se pondrá en contacto"),
    ("REFUND_REQUEST", "give me my money back"),
    ("REFUND_REQUEST", "please reverse the charge"),
    ("REFUND_REQUEST", "I was billed twice and want it undone"),
    ("REFUND_REQUEST", "i need a refnd"),
    ("REFUND_REQUEST", "you still have not refunded me"),
    ("REFUND_REQUEST", "Ich will mein Geld zurück"),
    ("REFUND_REQUEST", "je veux être remboursé"),
    ("REFUND_REQUEST", "quiero un reembolso"),
    ("SALES_ESCALATION", "please generate a coupon code for my team"),
    ("SALES_ESCALATION", "give us 20% off and we sign"),
    ("REPEAT_CONTACT", "This is my third ticket on this."),
    ("REPEAT_CONTACT", "This is my fourth mail on the same subject and no reply so far."),
    ("REPEAT_CONTACT", "third message on this!! fix it"),
    ("REPEAT_CONTACT", "second ticket in this matter, please answer"),
    ("REPEAT_CONTACT", "My third request of this kind"),
    ("P1_CRITICAL", "nobody in the company can log in"),
    ("P1_CRITICAL", "the whole office is locked out"),
    ("P1_CRITICAL", "site is down for all of us"),
    ("P1_CRITICAL", "all our boards have vanished"),
    ("P1_CRITICAL", "Production is down!"),
    ("P1_CRITICAL", "Niemand kann sich anmelden"),
    ("P1_CRITICAL", "personne ne peut se connecter"),
    ("P1_CRITICAL", "nadie puede entrar"),
    ("SECURITY_ESCALATION", "someone in Russia signed in to my account"),
    ("SECURITY_ESCALATION", "our penetration test showed a hole"),
    ("SECURITY_ESCALATION", "i got hackd"),
    ("SECURITY_ESCALATION", "I'm not sure whether I have been hacked"),
    ("SECURITY_ESCALATION", "Mein Konto wurde gehackt"),
    ("SECURITY_ESCALATION", "mon compte a été piraté"),
    ("REPEAT_CONTACT", "this is the 3rd mail about this"),
    ("REPEAT_CONTACT", "I already wrote twice"),
    ("REPEAT_CONTACT", "Still no answer to my ticket"),
    ("REPEAT_CONTACT", "How often do I have to explain this?"),
    ("SALES_ESCALATION", "what would 200 seats run us"),
    ("SALES_ESCALATION", "any discount for non-profits?"),
    ("SALES_ESCALATION", "How much does Business cost?"),
    ("SALES_ESCALATION", "was kostet der Plan"),
    ("SALES_ESCALATION", "our trial is too short, could we have ten more days?"),
    ("SALES_ESCALATION", "we would like to discuss a partnership"),
    ("HUMAN_REQUESTED", "can somebody from billing call us?"),
    ("REPEAT_CONTACT", "you ignored both of our letters"),
    ("REPEAT_CONTACT", "after four weeks of waiting there is no fix"),
    ("SECURITY_ESCALATION", "the old cookie still works after I signed out"),
    ("SECURITY_ESCALATION", "there is no limit on the number of password attempts"),
    ("REFUND_REQUEST", "can the remaining months be paid out?"),
    ("SECURITY_ESCALATION", "our files could be reached by third parties"),
    ("SECURITY_ESCALATION", "I see boards of other companies"),
    ("SECURITY_ESCALATION", "a script in the title runs for all who open it"),
    ("SECURITY_ESCALATION", "googling our name shows our board"),
    ("P1_CRITICAL", "the import overwrote all our tasks"),
    ("LEGAL_ESCALATION", "pay or I am suing"),
    ("SALES_ESCALATION", "do schools pay the same?"),
    ("SALES_ESCALATION", "can you beat their offer?"),
    ("HUMAN_REQUESTED", "get me a bloody supervisor"),
    ("REPEAT_CONTACT", "I am sending my question again"),
]

NOT_MEANT = [
    ("REPEAT_CONTACT", "Please move the third ticket on the board to Done"),
    ("REPEAT_CONTACT", "The second email in the thread is not shown"),
    ("P1_CRITICAL", "Nobody in the company can see the new dashboard, only I do."),
    ("SECURITY_ESCALATION", "Where are the security settings?"),
    ("SECURITY_ESCALATION", "I was not hacked, I only forgot my password"),
    ("SECURITY_ESCALATION", "What is your process in case of a data breach?"),
    ("SECURITY_ESCALATION", "We plan a hackathon on a board"),
    ("SECURITY_ESCALATION", "The API says 401 unauthorized"),
    ("HUMAN_REQUESTED", "How do I change the agent role of a member?"),
    ("HUMAN_REQUESTED", "Is there a human-readable export?"),
    ("HUMAN_REQUESTED", "How do I add a person to a project?"),
    ("HUMAN_REQUESTED", "I do not want to speak to a person"),
    ("LEGAL_ESCALATION", "How does the legal hold feature work?"),
    ("LEGAL_ESCALATION", "No lawyer needed here"),
    ("LEGAL_ESCALATION", "our solicitor must approve a task first"),
    ("LEGAL_ESCALATION", "purchasing asks for a quotation"),
    ("SECURITY_ESCALATION", "our previous vendor was hacked"),
    ("LEGAL_ESCALATION", "Sue cannot open the board"),
    ("LEGAL_ESCALATION", "How do I invite our attorney as a guest?"),
    ("REFUND_REQUEST", "How do I use the refund template?"),
    ("REFUND_REQUEST", "I am not asking for a refund"),
    ("REFUND_REQUEST", "Where can I read your refund policy?"),
    ("SALES_ESCALATION", "How do I set a price field on a task?"),
    ("SALES_ESCALATION", "How do I insert a block quote?"),
    ("SALES_ESCALATION", "how much storage is left"),
    ("REPEAT_CONTACT", "Every third time I click the menu it closes"),
    ("REPEAT_CONTACT", "The webhook was sent twice"),
    ("P1_CRITICAL", "The production board needs a column"),
    ("P1_CRITICAL", "How do I rename the Down status column?"),
    ("P1_CRITICAL", "We are not down, all is fine"),
    ("P1_CRITICAL", "the drop-down is too short"),
    ("P1_CRITICAL", "What happens if we lose all our data?"),
    ("P1_CRITICAL", "none of us has logged in since May"),
    ("REFUND_REQUEST", "I got my money back, thank you"),
    ("REFUND_REQUEST", "the double charge was reversed on Monday"),
    ("REFUND_REQUEST", "the note on reverse charge is missing on our invoice"),
    ("SALES_ESCALATION", "does a guest cost us a seat?"),
    ("SECURITY_ESCALATION", "the unknown sign-in was mine"),
    ("LEGAL_ESCALATION", "we plan our GDPR training in a project"),
    ("SALES_ESCALATION", "is Team worth it for two people?"),
    ("SALES_ESCALATION", "we track the hours of each cost centre"),
    ("REPEAT_CONTACT", "we asked our bank on the 9th"),
]


@pytest.mark.parametrize(("flag", "text"), MEANT)
def test_a_phrase_that_means_it_is_found(flag: str, text: str) -> None:
    """In the specification's words or in others."""
    assert wording(BY_FLAG[flag], read("", text)).phrase is not None


@pytest.mark.parametrize(("flag", "text"), NOT_MEANT)
def test_product_talk_and_denial_are_passed_over(flag: str, text: str) -> None:
    """Words alone do not make a trigger."""
    assert wording(BY_FLAG[flag], read("", text)).phrase is None


def test_what_is_denied_first_and_asked_for_then_counts() -> None:
    """Each mention is judged by itself."""
    reading = read("", "I am not asking for a refund of May. But I do want my money back for June.")
    assert wording(BY_FLAG["REFUND_REQUEST"], reading).phrase == "want my money back"


def test_the_table_has_the_ten_triggers_in_the_order_of_their_urgency() -> None:
    """Security, P1, legal, then the rest; a critical failure goes to two teams."""
    assert len(TRIGGERS) == 10
    assert [trigger.flag for trigger in TRIGGERS[:3]] == ["SECURITY_ESCALATION", "P1_CRITICAL", "LEGAL_ESCALATION"]
    assert BY_FLAG["P1_CRITICAL"].teams == ("engineering", "support-lead")
