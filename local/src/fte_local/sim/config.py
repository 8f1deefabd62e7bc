"""What the simulators must know: the secrets both sides share, and where the suite listens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fte.errors import SettingsError
from fte.settings import Settings

REQUIRED = (
    "public_url",
    "internal_token",
    "twilio_account_sid",
    "twilio_auth_token",
    "twilio_number",
    "gmail_client_id",
    "gmail_client_secret",
    "gmail_refresh_token",
    "pubsub_service_account",
)


@dataclass(frozen=True, slots=True)
class SimConfig:
    """The settings of one run. Secrets stay out of the `repr`."""

    public_url: str
    webhook_base: str
    backoffice_url: str
    support_address: str
    pubsub_audience: str
    pubsub_account: str
    watch_topic: str
    twilio_sid: str
    twilio_number: str
    gmail_client_id: str
    twilio_token: str = field(repr=False)
    internal_token: str = field(repr=False)
    gmail_client_secret: str = field(repr=False)
    gmail_refresh_token: str = field(repr=False)
    openai_latency_ms: int = 0

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> SimConfig:
        """Read the suite's own settings and three of the simulators' own; raises `SettingsError` naming all problems.

        `FTE_SIM_WEBHOOK_BASE` is where webhooks are posted (default: the public URL), `FTE_SIM_BACKOFFICE_URL` is where
        the playground reads what the agent did (default: beside `FTE_LOCAL_PORT_BASE` on this machine), and
        `FTE_SIM_OPENAI_LATENCY_MS` is how long the model thinks.
        """
        settings = Settings.from_env(env, require=REQUIRED)
        public_url = settings.text("public_url").rstrip("/")
        latency = _number(env, "FTE_SIM_OPENAI_LATENCY_MS", 0)
        backoffice = f"http://127.0.0.1:{_number(env, 'FTE_LOCAL_PORT_BASE', 8080) + 1}"
        return cls(
            public_url=public_url,
            webhook_base=(env.get("FTE_SIM_WEBHOOK_BASE", "").strip() or public_url).rstrip("/"),
            backoffice_url=(env.get("FTE_SIM_BACKOFFICE_URL", "").strip() or backoffice).rstrip("/"),
            support_address=settings.support_address,
            pubsub_audience=settings.pubsub_audience or f"{public_url}/webhooks/gmail",
            pubsub_account=settings.text("pubsub_service_account"),
            watch_topic=settings.gmail_watch_topic or "projects/techcorp/topics/gmail",
            twilio_sid=settings.text("twilio_account_sid"),
            twilio_number=settings.text("twilio_number"),
            gmail_client_id=settings.text("gmail_client_id"),
            twilio_token=settings.secret("twilio_auth_token"),
            internal_token=settings.secret("internal_token"),
            gmail_client_secret=settings.secret("gmail_client_secret"),
            gmail_refresh_token=settings.secret("gmail_refresh_token"),
            openai_latency_ms=latency,
        )


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "").strip() or str(default)
    if not value.isdecimal():
        raise SettingsError([f"{name} is not a whole number"])
    return int(value)
