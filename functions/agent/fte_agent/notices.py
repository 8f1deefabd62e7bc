"""What a customer is told besides an answer: that people take over, that we need to know more, that all is well."""

from __future__ import annotations

from typing import Final

from fte.domain.channels import Channel
from fte_agent.rendering import Draft
from fte_agent.teams import expected_answer
from fte_agent.triage import Trigger

_BECAUSE: Final = {
    "SECURITY_ESCALATION": "You reported something that may concern the security of your account.",
    "P1_CRITICAL": "You reported a failure that stops your work.",
    "LEGAL_ESCALATION": "Your question touches a legal or compliance matter, which a colleague has to answer.",
    "REFUND_REQUEST": "You asked about a refund, and our agents may not decide on refunds: our Finance team does.",
    "SALES_ESCALATION": "You asked about pricing, and our Sales team answers that for your case.",
    "HUMAN_REQUESTED": "You asked to speak with a person.",
    "WHATSAPP_ESCALATION": "You asked to speak with a person.",
    "REPEAT_CONTACT": "You have had to ask about this more than once, and I am sorry for that.",
    "SENTIMENT_ESCALATION": "I am sorry for the trouble this has caused you.",
    "KB_MISS": "I could not find a reliable answer to your question in our documentation.",
}

_MEANWHILE: Final = {
    "SECURITY_ESCALATION": "If you still have access, change your password and sign out all other sessions under "
    "Profile settings > Sessions. Please do not send passwords or codes to anybody, us included.",
    "P1_CRITICAL": "The current state of the service is shown at https://status.techcorp.example.",
    "REFUND_REQUEST": "It helps if you reply with the number of the invoice and the workspace it belongs to. Please do "
    "not send card numbers.",
    "SALES_ESCALATION": "It helps if you reply with the size of your team and what you would like to use TechCorp for.",
}


_NEXT: Final = (
    "What happens next: a colleague reads your messages and what I have found so far, and then answers you here. You "
    "do not have to write again for that.",
    "If there is something to add, reply to this message: it joins the same ticket and the colleague in charge sees "
    "it. Useful are the name of your workspace, when it began, and what you have tried already.",
    "Please leave out passwords, access codes and card numbers: we never need them to help you.",
    "Meanwhile our help centre at https://help.techcorp.example is open at any time, and the state of the service is "
    "shown at https://status.techcorp.example.",
)


def hand_over_notice(channel: Channel, trigger: Trigger) -> Draft:
    """Tell the customer who takes over, what happens next and when to expect an answer."""
    team = expected_answer(trigger.team)
    because = _BECAUSE[trigger.flag]
    meanwhile = _MEANWHILE.get(trigger.flag, "")
    if channel is Channel.WHATSAPP:
        core = f"{because} I have handed your case to {team.name}; you can expect their answer {team.when}."
        return Draft(f"{core} {meanwhile}".strip())
    core = (
        f"Thank you for writing to us. {because}\n\n"
        f"I have handed your case over to {team.name}, together with everything you have written, so you do not have "
        f"to repeat anything. You can expect their answer {team.when}."
    )
    return Draft(f"{core}\n\n{meanwhile}".strip(), closing=_NEXT)


def apology(channel: Channel, trigger: Trigger) -> Draft:
    """Tell the customer that we could not answer ourselves, and who does."""
    team = expected_answer(trigger.team)
    core = (
        "I am sorry, I could not finish an answer to your message myself. "
        f"{team.name[0].upper()}{team.name[1:]} has your case now; you can expect their answer {team.when}."
    )
    return Draft(core if channel is Channel.WHATSAPP else f"Thank you for writing to us. {core}", closing=_NEXT)


def question_back(channel: Channel) -> Draft:
    """Ask what it is about."""
    core = (
        "I would like to help, and I need to know a little more. What are you trying to do in TechCorp, and what "
        "happens instead?"
    )
    if channel is Channel.WHATSAPP:
        return Draft(core)
    return Draft(
        f"Thank you for writing to us. {core}\n\nThe name of the page or menu, the text of any message you see and the "
        "kind of device you use are a good start."
    )


def you_are_welcome(channel: Channel) -> Draft:
    """Close a matter that the customer says is settled."""
    core = "That is good to hear, thank you for telling us! I have marked your request as solved."
    if channel is Channel.WHATSAPP:
        return Draft(f"{core} Just write again whenever you need us.")
    return Draft(f"{core}\n\nIf the matter comes back, reply to this message and the same ticket is opened again.")
