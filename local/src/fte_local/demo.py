"""`./dev demo`: one real case per channel through everything, and one hand-over, each checked at its end.

A case is written by a customer (through a simulator or the public form), and is looked at where customers and the team
see it: in the outbox of the simulators and in the backoffice's internal API.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from fte_local.doors import Doors, Writing, decision, milliseconds, opened, quoted
from fte_local.platform import Platform

WAIT_SECONDS: Final = 30.0
ORDER: Final = ["create_ticket", "get_customer_history", "search_knowledge_base"]


@dataclass(frozen=True, slots=True)
class Case:
    """What a customer writes, and what must come of it."""

    name: str
    channel: str
    subject: str
    text: str
    article: str | None = None
    flag: str | None = None
    team: str | None = None


CASES: Final = (
    Case(
        "a mail about a lost password",
        "email",
        "Cannot sign in",
        "Hi, I forgot my password and the reset link says it has expired. How do I reset my password?",
        article="password-reset",
    ),
    Case(
        "a WhatsApp question about exports",
        "whatsapp",
        "",
        "how do i export all my tasks to csv?",
        article="data-export",
    ),
    Case(
        "a form about inviting a colleague",
        "webform",
        "Inviting a colleague",
        "How can I invite a new team member to our workspace, and which role should I give?",
        article="invite-members",
    ),
    Case(
        "a request for a refund",
        "email",
        "Refund",
        "I was charged for a month that I did not use. I would like a refund, please.",
        flag="REFUND_REQUEST",
        team="finance",
    ),
)


@dataclass(slots=True)
class Result:
    """What became of a case."""

    case: Case
    customer: str
    accepted: int | None = None
    reference: str = ""
    outcome: str = ""
    articles: list[str] = field(default_factory=list)
    tools: list[str] = field(default_factory=list)
    escalation: dict[str, Any] | None = None
    received: list[dict[str, Any]] = field(default_factory=list)
    checks: dict[str, bool] = field(default_factory=dict)
    ms: dict[str, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return bool(self.checks) and all(self.checks.values())

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.case.name,
            "channel": self.case.channel,
            "question": self.case.text,
            "customer": self.customer,
            "accepted": self.accepted,
            "reference": self.reference,
            "outcome": self.outcome,
            "articles": self.articles,
            "tools": self.tools,
            "escalation": self.escalation,
            "reply": [{"subject": item["subject"], "text": item["text"]} for item in self.received],
            "ms": self.ms,
            "checks": self.checks,
            "ok": self.ok,
        }


class Demo:
    """Sends cases through a platform's doors, and looks at what became of them."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def run(self, case: Case) -> Result:
        """Send the case and follow it to its end, or until the time is over."""
        mark = uuid4().hex[:8]
        phone = f"+1415555{int(mark, 16) % 10_000:04d}"
        customer = phone if case.channel == "whatsapp" else f"demo-{mark}@customer.example"
        writing = Writing(case.channel, customer, case.text, case.subject, "Dana Demo")
        result = Result(case, customer)
        started = time.time()
        taken = self._doors.send(writing)
        result.accepted, result.reference = taken.status, taken.reference
        result.ms["accepted"] = milliseconds(started)
        end = started + WAIT_SECONDS
        while time.time() < end:
            self._look(writing, started, result)
            if result.ok:
                break
            time.sleep(0.1)
        return result

    def _look(self, writing: Writing, started: float, result: Result) -> None:
        case = result.case
        outbox = result.received = self._doors.received(writing.customer)
        conversation = self._doors.conversation(writing)
        if conversation is None or not outbox:
            return
        ticket = conversation["tickets"][0]
        answers = [item for item in conversation["messages"] if item["direction"] == "outbound"]
        result.reference = ticket["reference"]
        result.outcome = ticket["status"]
        result.articles = ticket["articles"]
        result.tools = ticket["tools"]
        result.escalation = ticket["escalation"]
        result.ms["answered"] = milliseconds(started, answers[0]["at"])
        result.ms["received"] = milliseconds(started, outbox[-1]["at"])
        result.checks = {
            "accepted by the webhook": result.accepted in (200, 202, 204),
            "one ticket": len(conversation["tickets"]) == 1,
            "tools in order": ticket["tools"][:3] == ORDER and len(ticket["tools"]) == 4,
            **(
                _handed_over(case, ticket)
                if case.flag
                else {"the right article": result.articles[:1] == [case.article]}
            ),
            **_received(case, ticket, answers, outbox),
        }


def _handed_over(case: Case, ticket: dict[str, Any]) -> dict[str, bool]:
    escalation = ticket["escalation"] or {}
    return {
        "handed over": ticket["status"] == "escalated",
        f"to {case.team}": escalation.get("team") == case.team,
        f"with {case.flag}": case.flag in escalation.get("flags", []),
    }


def _received(
    case: Case, ticket: dict[str, Any], answers: list[dict[str, Any]], outbox: list[dict[str, Any]]
) -> dict[str, bool]:
    if case.channel == "whatsapp":
        return {
            "received on WhatsApp": len(answers) == 1,
            "under 300 characters each": all(0 < len(item["text"]) < 300 for item in outbox),
        }
    headers = {name.lower(): value for name, value in outbox[0]["headers"].items()}
    checks = {
        "received by e-mail, once": len(outbox) == 1 and len(answers) == 1,
        "with the reference": ticket["reference"] in outbox[0]["text"],
    }
    if case.channel == "email":
        checks["in the same thread"] = bool(outbox[0]["thread_id"]) and bool(headers.get("in-reply-to"))
    return checks


def main(argv: Sequence[str], platform: Platform) -> int:
    """Run all cases; 0 when each went right."""
    parser = argparse.ArgumentParser(prog="./dev demo", description="Send one real case per channel through it all.")
    parser.add_argument("--json", action="store_true", help="print JSON for tools")
    options = parser.parse_args(argv)
    with opened(platform) as doors:
        demo = Demo(doors)
        results = [_shown(demo.run(case), quiet=options.json) for case in CASES]
    well = all(result.ok for result in results)
    if options.json:
        print(json.dumps({"ok": well, "cases": [result.as_dict() for result in results]}, indent=2))
    else:
        print(f"\n{sum(result.ok for result in results)} of {len(results)} cases went right.")
    return 0 if well else 1


def _shown(result: Result, *, quiet: bool) -> Result:
    if quiet:
        return result
    handed_over = result.escalation or {"team": None, "flags": []}
    decided = decision(result.outcome, result.articles, handed_over["team"], handed_over["flags"])
    print(f"\n=== {result.case.name} ({result.case.channel}) ===\n> {result.case.text}")
    print(f"{result.reference or 'no ticket'}: {decided}")
    for item in result.received:
        print(f"\n{quoted(item['text'])}")
    print("\nmilliseconds since sending: " + ", ".join(f"{stage} {value:.0f}" for stage, value in result.ms.items()))
    if not result.ok:
        missing = [name for name, held in result.checks.items() if not held] or ["nothing arrived in time"]
        print(f"WRONG: {', '.join(missing)}")
    return result
