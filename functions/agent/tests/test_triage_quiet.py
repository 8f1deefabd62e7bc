"""Needless hand-overs: what looks like a trigger and is a question that articles answer, and its neighbours."""

from __future__ import annotations

import pytest

from fte.domain.channels import Channel
from fte_agent.triage import triage
from fte_agent.triage.reading import read
from fte_agent.triage.triggers import BY_FLAG, beside_answered, is_hinted

QUIET = [
    # Mails with links and codes that did not arrive.
    ("", "Somebody I invited on Monday never got the mail"),
    ("", "We asked three suppliers to join, none of them received the invitation"),
    ("", "no sms with the code on my new number"),
    # A directory and the list of members.
    ("", "A member deleted in Entra still appears in TechCorp"),
    ("", "those we took out of OneLogin are still in the member list"),
    ("", "I removed a member but his picture still shows on cards"),
    ("", "the tablet logs me out every evening"),
    # Trials and plans.
    ("", "must I enter a card for the trial?"),
    ("", "how many days is your trial"),
    ("", "Is there a trial of the Business plan?"),
    ("", "Could we test Enterprise for a while before we choose?"),
    ("", "what do we gain with Business"),
    ("", "is Team enough for 25 people?"),
    ("", "we pay monthly and want to pay yearly"),
    # A customer's own departments, clients and demos.
    ("", "our sales team would like a template for leads"),
    ("", "sales needs a form for new leads"),
    ("Demo on Tuesday", "I show our plan to a client and look for the full screen. Where is it?"),
    ("", "demo for our customers, how do I share read-only?"),
    ("", "may a reseller of ours join as a guest?"),
    ("GDPR", "Where is the button with which an admin exports a member's data?"),
    # What a view leaves out.
    ("", "all my tasks vanished when I sorted by label"),
    ("", "Everything on my board disappeared after I set the filter"),
    ("", "I archived a list and now all cards are gone"),
    # One's own people.
    ("", "give a task to somebody"),
    ("", "make my colleague an administrator"),
    ("", "calendar for the whole department"),
    ("", "see the login history of our members"),
    ("", "sign out of all my devices"),
    ("", "can we go from Team to Business later?"),
    ("", "I requested a password reset at noon and no mail came"),
    ("", "everyone else can open the board, only I cannot"),
    ("", "I read the article twice and still do not see the button"),
    ("", "How is the price of an extra seat shown on the invoice?"),
    ("", "I'm the idiot here, where is the trash?"),
    (
        "Two questions",
        "Hello,\n\nhow do I connect our GitHub repository, and which token does it want?\n\nAnd where do I see who"
        " signed in to the workspace last week?",
    ),
    (
        "Files",
        "Hi,\n\nhow large may a file be on the Team plan, and does a version count?\n\nAnd can a project be emptied"
        " without deleting it?",
    ),
    ("", "why do I get discount codes I did not ask for?"),
    ("", "I can not organize our party board by rooms"),
    ("", "may we go back on the monthly plan in 2 months"),
    ("Idiot question", "Where did the print button go?"),
]

FIRES = [
    ("", "Somebody removed in Okta can still log in", "SECURITY_ESCALATION"),
    ("", "Suspended users still have access to our boards", "SECURITY_ESCALATION"),
    ("", "I never asked for this reset code and get one each night, somebody is in my account", "SECURITY_ESCALATION"),
    ("", "How long is the trial? And what would 70 seats cost?", "SALES_ESCALATION"),
    ("", "Is there a trial of Business? We would need it for a month longer than usual.", "SALES_ESCALATION"),
    ("", "the trial ends tonight, may we have another week?", "SALES_ESCALATION"),
    ("", "I would like to speak with your sales team about 90 licences", "SALES_ESCALATION"),
    ("", "Please give our directors a demo on Tuesday", "SALES_ESCALATION"),
    ("", "It's all gone since the migration", "P1_CRITICAL"),
    ("", "All boards of the whole company vanished after your maintenance", "P1_CRITICAL"),
    ("GDPR", "I request a copy of all personal data you hold on me.", "LEGAL_ESCALATION"),
    ("", "Are you a bot? Let me talk to a person.", "HUMAN_REQUESTED"),
    ("", "I want the difference back on our card", "REFUND_REQUEST"),
    ("", "A sign-in from Peru is listed, and it was not me", "SECURITY_ESCALATION"),
    ("", "invitations went out that were not sent by us", "SECURITY_ESCALATION"),
    ("", "the app opens for nobody in the office", "P1_CRITICAL"),
    ("", "everybody else sees the error too, none of us can work", "P1_CRITICAL"),
    ("", "The whole archive of our firm has vanished", "P1_CRITICAL"),
    ("", "Could our directors see Enterprise in a live call before we buy?", "SALES_ESCALATION"),
    ("", "we need ten days longer for our evaluation", "SALES_ESCALATION"),
    ("", "wipe everything you store about me", "LEGAL_ESCALATION"),
    ("", "Have you read my three tickets of May?", "REPEAT_CONTACT"),
    ("", "when will you ring me?", "HUMAN_REQUESTED"),
    ("", "still nothing on the login loop that I reported", "REPEAT_CONTACT"),
    ("", "why does my phone show me log-in codes we did not request", "SECURITY_ESCALATION"),
    ("", "there are devices in my list from a town where I've never been in my life", "SECURITY_ESCALATION"),
    ("", "the plan was taken by mistake, could the 96 come back onto our card?", "REFUND_REQUEST"),
    ("", "please return the $ 120 for the second workspace", "REFUND_REQUEST"),
    ("", "is there something off when we commit for two years?", "SALES_ESCALATION"),
    ("", "We have had no time to try it. Could the trial run on until the first of May?", "SALES_ESCALATION"),
    ("", "I'd like a word with whoever decides on the menus", "HUMAN_REQUESTED"),
    ("", "hello, does anyone read what we write? still waiting for an answer on the calendar", "REPEAT_CONTACT"),
    ("", "We filed a complaint with the ICO about your tracking, you liars", "LEGAL_ESCALATION"),
    ("", "We have no countersigned AVV of yours", "LEGAL_ESCALATION"),
    ("", "our own contract instead of your terms, and a price for 300 people, please", "LEGAL_ESCALATION"),
    ("", "you could not run a bath, let alone a calendar", "SENTIMENT_ESCALATION"),
    (
        "Calendar",
        "Hello,\n\nhow do I show weekends in the calendar?\n\nBesides, our trainee put a file with your API token"
        " into a public repository last night.",
        "SECURITY_ESCALATION",
    ),
    (
        "Two things",
        "Good morning,\n\nis there a shortcut for a new task? I could not find it in the list.\n\nAnd since the update"
        " of last night all files in all projects have 0 bytes, plans and contracts included.",
        "P1_CRITICAL",
    ),
    (
        "Printing",
        "Hi,\n\nthe printed list is fine now, thanks for the tip.\n\nAnother matter: we grow to 250 seats in May. I"
        " take it the rate per head will look different then?",
        "SALES_ESCALATION",
    ),
    ("", "You billed us in May although our plan was paused, make that good please", "REFUND_REQUEST"),
    (
        "",
        "Two colleagues promised to look at it and then it went quiet. The invite still does not arrive.",
        "REPEAT_CONTACT",
    ),
    ("", "Three people at your support have answered, each with something else", "REPEAT_CONTACT"),
]


@pytest.mark.parametrize(("subject", "text"), QUIET)
def test_what_only_looks_like_a_trigger_fires_none(subject: str, text: str) -> None:
    """The agent answers it."""
    assert triage(subject, text, Channel.EMAIL).flags == ()


@pytest.mark.parametrize(("subject", "text", "flag"), FIRES)
def test_its_neighbour_that_means_it_fires(subject: str, text: str, flag: str) -> None:
    """The same words, and the matter behind them."""
    assert flag in triage(subject, text, Channel.EMAIL).flags


def test_two_lines_of_a_matter_that_goes_on_fire_no_more_than_one() -> None:
    """A chat's messages are joined by lines."""
    said = ("I tried the steps and still the same problem again here", "it shows the same error again as it did before")
    for between in (" ", "\n"):
        assert triage("", between.join(said), Channel.WHATSAPP, begins=False).flags == ()


@pytest.mark.parametrize("text", ["and all our projects??", "and the whole team??"])
def test_a_fragment_that_hints_at_nothing_fires_nothing_where_it_goes_on(text: str) -> None:
    """What it goes on with tells what is meant."""
    assert triage("", text, Channel.WHATSAPP, begins=False).flags == ()


def test_a_clause_that_articles_answer_is_left_out_and_no_other() -> None:
    """What stands beside it is judged alone."""
    rest = beside_answered(BY_FLAG["SALES_ESCALATION"], read("", "Hello, how long is the trial? Our board is curious."))
    assert rest is not None
    assert rest.line == " . hello ? our board is curious ."


def test_a_clause_goes_as_far_as_the_answered_words_do() -> None:
    """A border inside of them is none."""
    text = "what is the difference of Team and Business and who may sell it ."
    rest = beside_answered(BY_FLAG["SALES_ESCALATION"], read("", text))
    assert rest is not None
    assert rest.line == " and who may sell it ."


@pytest.mark.parametrize("text", ["", "Where is the menu?", ", , .", "and and and"])
def test_where_nothing_is_answered_nothing_is_left_out(text: str) -> None:
    """The whole message is judged."""
    assert beside_answered(BY_FLAG["SALES_ESCALATION"], read("", text)) is None


@pytest.mark.parametrize(
    ("flag", "text", "hinted"),
    [
        ("P1_CRITICAL", "every screen on the ward is dark", True),
        ("P1_CRITICAL", "plan of the whole ward", False),
        ("SALES_ESCALATION", "what would forty of us pay", True),
        ("SALES_ESCALATION", "how much work is on each", False),
        ("HUMAN_REQUESTED", "human", False),
        ("HUMAN_REQUESTED", "ich brauche bitte einen von euch", True),
        ("REPEAT_CONTACT", "anything", True),
    ],
)
def test_a_short_message_hints_at_what_it_is_about(flag: str, text: str, hinted: bool) -> None:
    """A word alone does not, and what is not English or has no table might."""
    assert is_hinted(BY_FLAG[flag], read("", text)) is hinted


@pytest.mark.parametrize(
    "text",
    ["can I upload a picture on the phone", "could someone change the board on the phone?",
     "how do we invite him by phone", "does a contractor cost a seat", "do deactivated people need a place?"],
)  # fmt: skip
def test_what_is_done_on_a_phone_or_takes_a_seat_is_for_articles(text: str) -> None:
    assert triage("", text, Channel.WHATSAPP).flags == ()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("can I explain it to you on the phone", "HUMAN_REQUESTED"),
        ("what would one more seat cost", "SALES_ESCALATION"),
    ],
)
def test_who_wants_to_talk_or_a_price_is_heard_all_the_same(text: str, flag: str) -> None:
    assert flag in triage("", text, Channel.WHATSAPP).flags
