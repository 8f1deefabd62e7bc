"""The function: three kinds of reports come in, the team asks and acts, and the sweep runs."""

from __future__ import annotations

from typing import Final

from fte.deadline import LONG_SECONDS
from fte.events import EventType
from fte.runtime import Function, Route
from fte_backoffice import (
    activity,
    channelmetrics,
    conversations,
    customers,
    deadletters,
    escalations,
    handback,
    letters,
    persons,
    replies,
    reports,
)
from fte_backoffice.access import internal
from fte_backoffice.sweep import ping, start
from fte_backoffice.wiring import Resources, open_resources


async def _open() -> Resources:
    resources = await open_resources()
    start(resources)
    return resources


FUNCTION: Final[Function[Resources]] = Function(
    "backoffice",
    _open,
    routes=[
        Route("POST", "/dead-letters", deadletters.keep, seconds=LONG_SECONDS),
        Route("POST", "/ping", ping),
        Route("GET", "/customers/lookup", internal(customers.lookup)),
        Route("POST", "/customers/{id}/merge", internal(persons.merge)),
        Route("POST", "/customers/{id}/split", internal(persons.split)),
        Route("GET", "/conversations/{id}", internal(conversations.show)),
        Route("GET", "/metrics/channels", internal(channelmetrics.channels), seconds=LONG_SECONDS),
        Route("GET", "/escalations", internal(escalations.escalations)),
        Route("POST", "/tickets/{reference}/reply", internal(replies.reply)),
        Route("POST", "/tickets/{reference}/resolve", internal(handback.resolve)),
        Route("POST", "/tickets/{reference}/hand-back", internal(handback.hand_back)),
        Route("GET", "/dead-letters", internal(letters.dead_letters)),
        Route("GET", "/dead-letters/{id}", internal(letters.dead_letter)),
        Route("GET", "/activity", internal(activity.activity)),
    ],
    events={
        EventType.ESCALATION_RAISED: reports.on_escalation_raised,
        EventType.METRIC_RECORDED: reports.on_metric_recorded,
    },
)
