"""The words of a hand-over, by flag: what we understood, who decides and why, and the one thing that helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fte_agent.answering.understood import Incident

UNDERSTOOD: Final = (
    "From your message I take it that {case}.",
    "I read that {case}.",
    "I see that {case}.",
)
IN_CHAT: Final = "I see that {case}"

WHY: Final[Mapping[str, tuple[str, ...]]] = {
    "SECURITY_ESCALATION": (
        "Thank you for telling us at once: this comes before everything else.",
        "It is right that you wrote immediately, and it goes straight to the people in charge of security.",
    ),
    "P1_CRITICAL": (
        "That stops your work, so it is at the top of the queue.",
        "A failure of this kind comes before everything else.",
    ),
    "LEGAL_ESCALATION": (
        "Questions of law and compliance deserve a binding answer, which only a colleague can give you.",
        "On such matters a colleague answers personally, so that you can rely on every word.",
    ),
    "REFUND_REQUEST": (
        "Only our Finance team decides on that, after looking at your account.",
        "Our Finance team looks at each such request itself; I cannot decide on it.",
    ),
    "SALES_ESCALATION": (
        "The answer depends on what your team needs, so our Sales team gives it to you for your case.",
        "Our Sales team answers this for your case, and knows all terms.",
    ),
    "HUMAN_REQUESTED": (
        "Of course you can: a person takes over from here.",
        "That is no problem at all: a person takes over.",
    ),
    "REPEAT_CONTACT": (
        "You have written to us more than once, and I am sorry that it is not over yet.",
        "You have had to ask about this more than once, and I am sorry for that.",
    ),
    "SENTIMENT_ESCALATION": (
        "I am sorry for the trouble this has caused you; you have every reason to expect better.",
        "I am truly sorry about this, and I understand your anger.",
    ),
    "KB_MISS": (
        "I found no reliable answer to it in our documentation, and I do not want to guess.",
        "Our documentation gives me no answer that I could rely on, so I would rather not guess.",
    ),
}
"""Why people take over, in the customer's view."""

NOTHING_KNOWN: Final = "Thank you for your message."
"""In place of what was understood, where we know no more than that people take over."""

ALSO: Final[Mapping[str, str]] = {
    "LEGAL_ESCALATION": "The legal side of your message goes along with it.",
    "REFUND_REQUEST": "What you wrote about the payment goes along with it, for our Finance team.",
    "SALES_ESCALATION": "What you asked about prices goes along with it, for our Sales team.",
    "HUMAN_REQUESTED": "A person reads and answers it, as you asked.",
    "REPEAT_CONTACT": "I have also noted that you have had to write more than once.",
    "P1_CRITICAL": "I have also noted that your whole team is affected.",
}
"""What a second flag adds."""

CAME_BACK: Final = "I am sorry that this matter is still open."
"""In place of "more than once" where we know of fewer messages than the customer speaks of."""

EMPATHY: Final = (
    "I am sorry for the trouble this has caused you.",
    "I am sorry about this, and I understand how frustrating it is.",
    "I understand your frustration, and I am sorry.",
)

DID_NOT_HELP: Final = (
    "I am sorry that what I sent you did not solve it. I have no further step that I could rely on.",
    "What I sent you did not help, and I am sorry for that. I would not like to send you the same again.",
)
NOT_SOLVED: Final = (
    "It helps if you reply with the steps that you tried, what you saw after each of them, and the text of any "
    "message: so nobody suggests the same to you again."
)
"""What helps after an answer that did not."""
UNFAMILIAR: Final = "A colleague reads your message."
"""In place of all that, where we do not say what we took it for."""

TOO_MANY: Final = (
    "You have sent us more messages in a short time than I can answer well one by one, so a colleague reads all of "
    "them together."
)
"""Why people take over from whoever writes very much."""
WHILE_TOO_MANY: Final = (
    "There is no need to send anything twice. If one of your questions is more urgent than the others, reply with it, "
    "and the colleague finds it among the rest."
)

TAKES: Final = (
    "I have handed your ticket to {team}, with everything you have written, so you need not repeat anything. You can "
    "expect an answer {when}, here in this thread.",
    "Your ticket is with {team} now, together with all that you have written, so that nobody has to ask you for it"
    " again. You can expect an answer {when}, as a reply to this message.",
    "{Team} {have} your ticket now and can see everything you have written. You can expect an answer {when}; you do "
    "not have to write again for that.",
)
TAKES_IN_CHAT: Final = "{Team} {have} it now, expect an answer {when}"

HOURS: Final = "Business hours are Monday to Friday from 08:00 to 18:00 UTC."

MEANWHILE: Final[Mapping[str, str]] = {
    "SECURITY_ESCALATION": "If you still have access, change your password now and sign out all other devices under "
    "Profile settings > Sessions; that also ends what somebody else may have open. Please send passwords and codes to "
    "nobody, us included.",
    "P1_CRITICAL": "The state of the service is shown at https://status.techcorp.example, where you can subscribe to "
    "news. If you can, reply with the time at which it began and the text of any message that your team sees.",
    "LEGAL_ESCALATION": "If a document or a deadline belongs to this, reply with it, so that it is part of the case "
    "from the beginning. The name of your company as it stands in the agreement or on the invoice helps, too.",
    "REFUND_REQUEST": "It helps if you reply with the number of the invoice, the date of the charge and the name of "
    "the workspace: then everything is at hand when your request is looked at. Please do not send card numbers.",
    "SALES_ESCALATION": "It helps if you reply with the number of people in your team, what you would like to use "
    "TechCorp for and when you want to begin: then the first answer can already be a complete one.",
    "HUMAN_REQUESTED": "If you have not said yet what it is about, reply with a sentence or two and, if there is one, "
    "the text of the message that you see: then the colleague can begin with the answer and not with a question.",
    "REPEAT_CONTACT": "It helps if you reply with what you have tried since you wrote last and what you saw then: so "
    "nobody suggests the same to you again.",
    "SENTIMENT_ESCALATION": "If there is one thing that should be solved first, reply with it, and it is read first. "
    "Everything else that you wrote stays part of the ticket.",
    "KB_MISS": "It helps if you reply with the name of the project or page, what you expected to happen, and the text "
    "of any message that you see.",
}
"""What the customer can do or add meanwhile."""

MEANWHILE_IN_CHAT: Final[Mapping[str, str]] = {
    "SECURITY_ESCALATION": "meanwhile change your password and sign out other devices if you can",
    "P1_CRITICAL": "news is on https://status.techcorp.example",
    "LEGAL_ESCALATION": "send along any document or deadline that belongs to it",
    "REFUND_REQUEST": "the invoice number helps, but please no card numbers",
    "SALES_ESCALATION": "the number of people in your team helps",
    "HUMAN_REQUESTED": "a line on what it is about helps",
    "REPEAT_CONTACT": "what you tried since then helps",
    "SENTIMENT_ESCALATION": "tell us what should be solved first",
    "KB_MISS": "the text of any message that you see helps",
}

IN_AN_INCIDENT: Final[Mapping[Incident, str]] = {
    "vulnerability": "Please reply with the steps that show it, the address of the page and the time at which you saw "
    "it, and look at no other people's data on the way. Please keep it between us until the team has answered.",
    "device": "Sign the device out now: under Profile settings > Sessions choose Sign out everywhere, then change your "
    "password. For a colleague's device an Owner or Admin does it under Workspace settings > Members: three dots "
    "beside the person, Sign out of all devices. Please send passwords and codes to nobody, us included.",
    "key": "Revoke it now: under Profile settings > API tokens choose Revoke beside the token, then make a new one "
    "where you need it. Please send the key or token itself to nobody, us included.",
    "phishing": "Open nothing in that message. If you entered anything there, change your password now and choose Sign "
    "out everywhere under Profile settings > Sessions; if it was a card, have your bank block it. Please send "
    "passwords "
    "and codes to nobody, us included.",
    "former member": "An Owner or Admin can end that access at once: under Workspace settings > Members choose the "
    "three dots beside the person, then Remove from workspace. Tokens and shared links that the person knows are worth "
    "a look as well. Please send passwords and codes to nobody, us included.",
}
"""What can be done at once, by the kind of security matter."""

IN_AN_INCIDENT_IN_CHAT: Final[Mapping[Incident, str]] = {
    "vulnerability": "please send the steps that show it, and thank you for the report",
    "device": "meanwhile sign out everywhere under Profile settings > Sessions",
    "key": "meanwhile revoke it under Profile settings > API tokens",
    "phishing": "if you entered anything there, change your password, and have your bank block the card",
    "former member": "an Admin can remove the person under Workspace settings > Members",
}

FILL: Final = (
    "Whatever else you remember can be sent as a reply to this message and becomes part of the same ticket.",
    "Please leave passwords, access codes and card numbers out: we never need them to help you.",
    "Useful are the name of your workspace, the time at which it began, and whether you use a browser or one of the "
    "apps.",
    "Our help centre at https://help.techcorp.example is open at any time.",
    "The state of the service is shown at https://status.techcorp.example, where you can subscribe to news.",
    "A new matter gets a ticket of its own when you send it as a new message, so that nothing is mixed up.",
)
"""Sentences that a short letter is brought to its length with, in the last paragraph."""
