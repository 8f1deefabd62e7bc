"""Replies to a message that asks for no article: thanks, praise, a complaint without a matter, a wish."""

from __future__ import annotations

from typing import Final

from fte.domain.channels import Channel
from fte_agent.answering.phrasing import pick

_THANKS: Final = (
    "Thank you for your message, that is very kind of you.",
    "You are very welcome, and thank you for writing.",
    "Thank you, it is good to read that.",
)
_PRAISE: Final = (
    "Thank you for these kind words, they made our day!",
    "What a nice message, thank you for taking the time to write it!",
    "Thank you so much for the praise, we are very happy to read it!",
)
_PASSED_ON: Final = (
    "I have noted it as feedback for our product team.",
    "Your words are recorded as feedback for our product team.",
)
_WISH: Final = (
    "Thank you for the suggestion. I have noted it as feedback for our product team; I cannot say whether or when it "
    "becomes part of TechCorp.",
    "Thank you for this idea. It is recorded as feedback for our product team, who read such wishes when they decide "
    "what comes next. I cannot promise that it is built.",
    "Thank you for telling us what you miss. I have noted your wish as feedback for our product team, without being "
    "able to say whether it comes.",
)
_WISH_IN_CHAT: Final = (
    "Thanks for the idea! I've noted it as feedback for our product team, but can't say if or when it comes.",
    "Good suggestion, thank you! It's noted as feedback for our product team; I can't promise that it comes.",
)
TODAY: Final = (
    "This is how it stands today:",
    "Here is what our documentation says on it at present:",
    "As of now it works like this:",
)
_THERE_ALREADY: Final = (
    "Thank you for your message. TechCorp has something for this already, so you need not wait for it.",
    "Thank you for writing. There is something for this in TechCorp already.",
)
_THERE_ALREADY_IN_CHAT: Final = (
    "Good news, TechCorp has this already.",
    "There is something for this in TechCorp already.",
)
_ELSE_IN_MIND: Final = "If you had something else in mind, tell me, and I note it as feedback for our product team."
_COMPLAINT: Final = (
    "I am sorry that you are not happy with TechCorp, and I appreciate that you say so openly.",
    "Thank you for being frank with us. I am sorry that your experience has not been a good one.",
    "I am sorry to read this, and I understand your disappointment.",
)
COMPLAINT_QUESTION: Final = "What is the one thing that bothers you most, and where in TechCorp does it happen?"

_OFF_TOPIC: Final = (
    "That is outside of what I can do: I answer questions about TechCorp, the project management tool.",
    "I am here for questions about TechCorp, our project management tool, and have to leave that one to others.",
)
OFF_TOPIC_QUESTION: Final = "What would you like to do in TechCorp?"

_INVITE: Final = (
    "If there is anything we can do for you, a reply to this message is all it takes.",
    "Whenever a question comes up, simply reply to this message.",
)
USEFUL: Final = (
    "If something in TechCorp takes you too long, tell us what you do often and where it holds you up: such details "
    "help our product team most.",
    "In the help centre at https://help.techcorp.example you find guides with the exact menu path for each task. Many "
    "teams like to look at keyboard shortcuts, saved views and templates next.",
    "News about outages and maintenance is shown at https://status.techcorp.example, where you can subscribe to them.",
    "A new question gets a ticket of its own, so it can be followed on its own; you need not wait for this one to be "
    "closed. You can write to us by e-mail, by WhatsApp or through the form on our website.",
    "You need not answer this message; if you do, your words reach the same ticket, and nothing is lost.",
)


def thank(channel: Channel, seed: str, *, praise: bool) -> str:
    """A warm answer to thanks or praise."""
    core = pick(_PRAISE if praise else _THANKS, seed, "thanks")
    if praise:
        core += f" {pick(_PASSED_ON, seed, 'passed on')}"
    if channel is Channel.WHATSAPP:
        return core
    return f"{core}\n\n{pick(_INVITE, seed, 'invite')}"


def wish(channel: Channel, seed: str, *, pleased: bool) -> str:
    """The acknowledgement of a wish, which promises nothing."""
    options = _WISH_IN_CHAT if channel is Channel.WHATSAPP else _WISH
    praise = f"{pick(_PRAISE, seed, 'thanks')} " if pleased else ""
    return praise + pick(options, seed, "wish")


def there_already(channel: Channel, seed: str) -> tuple[str, str]:
    """What is said before and after the section that tells of what is wished for, where it is there."""
    options = _THERE_ALREADY_IN_CHAT if channel is Channel.WHATSAPP else _THERE_ALREADY
    return pick(options, seed, "there already"), _ELSE_IN_MIND


def complaint(seed: str) -> str:
    """Empathy first, then one question, so that something can be done about it."""
    return f"{pick(_COMPLAINT, seed, 'complaint')} {COMPLAINT_QUESTION}"


def off_topic(seed: str) -> str:
    """What the agent is for, and a question about that."""
    return f"{pick(_OFF_TOPIC, seed, 'off topic')} {OFF_TOPIC_QUESTION}"
