"""What the functions measure of themselves, for Prometheus. No label has unbounded values: no ids, no addresses.

Served on `FTE_METRICS_PORT`; `docs/reference/metrics.md` is generated from this module.
"""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5, 10, 30, 60, 300)
_STAGE_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10)

MESSAGES_RECEIVED: Final = Counter(
    "fte_messages_received_total",
    "Messages that came to an intake; result: new, duplicate, conflict, and of the form limited, spam.",
    ["channel", "result"],
)
EVENTS_PUBLISHED: Final = Counter(
    "fte_events_published_total", "Events acknowledged by Kafka; by: writer (right after its commit) or sweep.", ["by"]
)
PROCESSING_SECONDS: Final = Histogram(
    "fte_processing_duration_seconds",
    "From the receipt of a message to its outcome.",
    ["channel", "outcome"],
    buckets=_SECONDS,
)
STAGE_SECONDS: Final = Histogram(
    "fte_stage_duration_seconds",
    "From the start of a run to the end of a stage.",
    ["stage"],
    buckets=_STAGE_SECONDS,
)
TOOL_CALLS: Final = Counter("fte_tool_calls_total", "Calls that the gate let through.", ["tool"])
TOOL_REJECTIONS: Final = Counter(
    "fte_tool_rejections_total",
    "Calls that the gate refused; reason: the order, bad arguments, policy.",
    ["tool", "reason"],
)
POLICY_BLOCKS: Final = Counter("fte_policy_blocks_total", "Replies that broke a rule of the policy.", ["rule"])
ESCALATIONS: Final = Counter("fte_escalations_total", "Cases handed over to people.", ["flag", "channel"])
MODEL_REQUESTS: Final = Counter(
    "fte_model_requests_total", "Calls of a model; result: ok or why not.", ["model", "result"]
)
MODEL_TOKENS: Final = Counter(
    "fte_model_tokens_total", "Tokens of a model; type: input, output, cached (a part of the input).", ["model", "type"]
)
MODEL_COST: Final = Counter(
    "fte_model_cost_total",
    "What a model cost: by its list price in US dollars, or by the configured prices; none without a price.",
    ["model"],
)
DELIVERIES: Final = Counter(
    "fte_deliveries_total", "Attempts to bring a part of a reply to its provider; result: sent or what else.",
    ["channel", "result"],
)  # fmt: skip

MAIL_NOT_TAKEN: Final = Counter(
    "fte_mail_not_taken_total",
    "Mails that became no message; reason: automatic, bounce, list, own, loop, parked and the like.",
    ["reason"],
)
MAIL_LOOPS: Final = Counter(
    "fte_mail_loops_total", "Alarm: somebody's machine goes on answering ours; it gets no answer any more.", ["sign"]
)
BOUNCES: Final = Counter(
    "fte_mail_bounces_total", "Reports about mails of ours; result: bounced or why not.", ["result"]
)
# With a label, so that only a process that sets them shows them.
GMAIL_PARKED: Final = Gauge(
    "fte_gmail_parked_mails",
    "Alarm when not 0: mails that Gmail does not give out, or that we cannot read.",
    ["channel"],
)
GMAIL_FAILURES: Final = Gauge(
    "fte_gmail_failures",
    "Alarm when it stays: tries in a row to read the mailbox that failed, as of the last one.",
    ["channel"],
)
GMAIL_REVOKED: Final = Gauge(
    "fte_gmail_consent_revoked", "Alarm when 1: Google gives no token for the mailbox.", ["channel"]
)
GMAIL_RESYNCS: Final = Counter(
    "fte_gmail_resyncs_total", "Alarm when it grows: Gmail had forgotten our place, and the inbox was listed instead."
)
GMAIL_READ_AT: Final = Gauge(
    "fte_gmail_read_timestamp_seconds",
    "When the mailbox was last read to its end; alarm when it is 15 minutes ago.",
    ["channel"],
)
GMAIL_WATCH_UNTIL: Final = Gauge(
    "fte_gmail_watch_expires_timestamp_seconds",
    "Until when Gmail promises pushes; alarm when less than 48 hours are left.",
    ["channel"],
)

ALL: Final = (
    MESSAGES_RECEIVED,
    EVENTS_PUBLISHED,
    PROCESSING_SECONDS,
    STAGE_SECONDS,
    TOOL_CALLS,
    TOOL_REJECTIONS,
    POLICY_BLOCKS,
    ESCALATIONS,
    MODEL_REQUESTS,
    MODEL_TOKENS,
    MODEL_COST,
    DELIVERIES,
    MAIL_NOT_TAKEN,
    MAIL_LOOPS,
    BOUNCES,
    GMAIL_PARKED,
    GMAIL_FAILURES,
    GMAIL_REVOKED,
    GMAIL_RESYNCS,
    GMAIL_READ_AT,
    GMAIL_WATCH_UNTIL,
)
