"""The words of a hand-over, by flag: why, what helps meanwhile, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BECAUSE: Final[Mapping[str, tuple[str, ...]]] = {
    "SECURITY_ESCALATION": (
        "What you report may concern the security of your account, so it goes straight to the people who look after "
        "that.",
        "Thank you for reporting this at once: it may concern the security of your account, and comes before "
        "everything else.",
    ),
    "P1_CRITICAL": (
        "A failure that stops your whole team is urgent, and I treat it as such.",
        "I understand that your team cannot work at the moment, so this goes to the top of the queue.",
    ),
    "LEGAL_ESCALATION": (
        "Your message touches a legal or compliance matter, and a colleague answers those personally.",
        "Questions of law and compliance deserve a binding answer, which only a colleague can give you.",
    ),
    "REFUND_REQUEST": (
        "You asked about money that you would like to have back. Only our Finance team decides on that, after looking "
        "at your account.",
        "Your request is about a payment. Our Finance team examines such requests one by one.",
    ),
    "SALES_ESCALATION": (
        "You asked about prices or terms, and our Sales team answers that for your case.",
        "What it costs depends on what your team needs, so our Sales team answers this for you.",
    ),
    "HUMAN_REQUESTED": (
        "You would like to speak with a person, and of course you can.",
        "Of course: a person takes over from here.",
    ),
    "REPEAT_CONTACT": (
        "You have had to ask about this more than once, and I am sorry for that.",
        "I am sorry that you had to come back to us about the same matter.",
    ),
    "SENTIMENT_ESCALATION": (
        "I am sorry for the trouble this has caused you; you have every reason to expect better.",
        "I am truly sorry about this experience, and I understand your anger.",
    ),
    "KB_MISS": (
        "I could not find a reliable answer to your question in our documentation, and I do not want to guess.",
        "Our documentation gives me no answer that I could rely on here, so I would rather not guess.",
    ),
}
"""Why the case goes to a team, in the customer's view."""

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
    "I am sorry that what I sent you did not solve it. I have no further step that I could rely on, so a colleague "
    "takes over from here.",
    "What I sent you did not help, and I am sorry for that. Rather than sending the same again, I am passing this on.",
)
UNFAMILIAR: Final = "Your message needs to be read by a colleague."

MEANWHILE: Final[Mapping[str, str]] = {
    "SECURITY_ESCALATION": "Meanwhile, if you still have access, change your password and sign out all other devices "
    "under Profile settings > Sessions. Please send passwords and codes to nobody, us included.",
    "P1_CRITICAL": "Meanwhile the state of the service is shown at https://status.techcorp.example, where you can also "
    "subscribe to news.",
    "LEGAL_ESCALATION": "If there is a document or a deadline that belongs to this, reply with it and it joins the "
    "case.",
    "REFUND_REQUEST": "It helps if you reply with the number of the invoice and the name of the workspace. Please do "
    "not send card numbers.",
    "SALES_ESCALATION": "It helps if you reply with the number of people in your team and what you would like to use "
    "TechCorp for.",
    "HUMAN_REQUESTED": "It helps if you reply with a sentence on what it is about, if you have not done so yet.",
    "REPEAT_CONTACT": "It helps if you reply with what you have tried since you wrote last.",
    "SENTIMENT_ESCALATION": "If there is one thing that should be solved first, reply with it, and it is read first.",
    "KB_MISS": "It helps if you reply with the name of the project or page, and the text of any message that you see.",
}

NEXT: Final = (
    "What happens next: a colleague reads your messages and what I have gathered, and then answers you here. You do "
    "not have to write again for that.",
    "From here a colleague reads everything that you have written and answers in this same thread; nothing else is "
    "needed from you.",
    "The next message you get here comes from a colleague, who sees the whole history and does not have to ask you "
    "for it again.",
)
ADDITIONS: Final = (
    "If there is something to add, reply to this message: it joins the same ticket. Useful are the name of your "
    "workspace, when it began, and what you have tried already.",
    "Please leave out passwords, access codes and card numbers: we never need them to help you.",
    "Our teams work Monday to Friday from 08:00 to 18:00 UTC; business hours are counted within that time.",
    "Meanwhile our help centre at https://help.techcorp.example is open at any time, and the state of the service is "
    "shown at https://status.techcorp.example.",
)
