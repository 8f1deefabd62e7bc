"""The function: three kinds of reports come in, the team's questions are answered."""

from __future__ import annotations

from typing import Final

from fte.events import EventType
from fte.runtime import Function, Route
from fte_backoffice import activity, channelmetrics, conversations, customers, deadletters, reports
from fte_backoffice.access import internal
from fte_backoffice.wiring import Resources, open_resources

FUNCTION: Final[Function[Resources]] = Function(
    "backoffice",
    open_resources,
    routes=[
        Route("POST", "/dead-letters", deadletters.keep),
        Route("GET", "/customers/lookup", internal(customers.lookup)),
        Route("GET", "/conversations/{id}", internal(conversations.show)),
        Route("GET", "/metrics/channels", internal(channelmetrics.channels)),
        Route("GET", "/escalations", internal(activity.escalations)),
        Route("GET", "/activity", internal(activity.activity)),
    ],
    events={
        EventType.ESCALATION_RAISED: reports.on_escalation_raised,
        EventType.METRIC_RECORDED: reports.on_metric_recorded,
    },
)
