"""Turns as the database would hold them: a good letter and a good chat, to be spoilt one thing at a time."""

from __future__ import annotations

from uuid import UUID

import pytest

from fte_eval.always import FIRST_TOOLS, Channels, Limits
from fte_eval.observing import Observed

TICKET = UUID(int=1)
REFERENCE = "TC-0123456789"


@pytest.fixture
def channels() -> Channels:
    """Two channels with small limits."""
    return {
        "email": Limits(12, 40, None, 1, "Hello {name},", "Kind regards,\nTechCorp", shows_reference=True),
        "whatsapp": Limits(0, None, 60, 2, "Hi {name}!", "", shows_reference=False),
    }


@pytest.fixture
def letter() -> Observed:
    """A good reply to a mail."""
    text = (
        "Hello Ann,\n\nOpen the project and choose Export as CSV.\n\n"
        f"Your ticket reference is {REFERENCE}.\n\nKind regards,\nTechCorp"
    )
    return Observed(
        outcome="answered",
        channel="email",
        sender="ann@acme.example",
        reply_to="ann@acme.example",
        ticket_id=TICKET,
        reference=REFERENCE,
        category="how_to",
        priority="medium",
        sentiment="neutral",
        reply=text,
        parts=(text,),
        reply_ticket=TICKET,
        reply_channel="email",
        recipient="ann@acme.example",
        tools=(*FIRST_TOOLS, "send_response"),
        runs=1,
        replies=1,
        cited=("export",),
        found=(
            {"slug": "import", "topics": ["csv-import"], "score": 0.8},
            {"slug": "export", "topics": ["data-export"], "score": 0.7},
        ),
        stages={"ready": 40.0},
    )


@pytest.fixture
def chat() -> Observed:
    """A good reply to a chat line."""
    parts = ("Hi Tom! Open the project.", "Then choose Export as CSV.")
    return Observed(
        outcome="answered",
        channel="whatsapp",
        sender="whatsapp:+15550000001",
        reply_to="whatsapp:+15550000001",
        ticket_id=TICKET,
        reference=REFERENCE,
        reply="\n\n".join(parts),
        parts=parts,
        reply_ticket=TICKET,
        reply_channel="whatsapp",
        recipient="whatsapp:+15550000001",
        tools=(*FIRST_TOOLS, "send_response"),
        runs=1,
        replies=1,
    )
