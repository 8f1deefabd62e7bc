"""The environment that every process of a local platform gets: all settings, with local addresses and secrets."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from fte_local.errors import StateError
from fte_local.platform import REPOSITORY, Platform, read_json, write_json

MARK = "FTE_LOCAL_STATE"
"""The variable by which a process of a platform is known again: it holds the state folder."""

DATABASE_USER = DATABASE_NAME = "fte"

# A developer's own values that are meant to reach the functions. Everything else that is a setting is replaced: a real
# Twilio token or mailbox must never meet the simulators, nor the other way round.
_OURS_TO_REPLACE = ("FTE_", "TWILIO_", "PG", "FUNCTION_", "KAFKA_")
_PASSED_ON = (
    "FTE_MODEL", "FTE_MODEL_API", "FTE_MODEL_PRICE_INPUT", "FTE_MODEL_PRICE_OUTPUT", "FTE_LOG_LEVEL",
    "FTE_OWN_ADDRESSES", "FTE_FORM_ORIGINS", "FTE_FORM_PER_EMAIL", "FTE_FORM_PER_ADDRESS",
)  # fmt: skip


def credentials(platform: Platform, internal_token: str = "") -> dict[str, str]:
    """The random secrets of this state, made on first use and readable by the owner alone.

    `internal_token` is the developer's own choice for the backoffice; the state remembers it.
    """
    path = platform.state / "secrets.json"
    stored = {str(name): str(value) for name, value in read_json(path).items()}
    if stored:
        if internal_token and stored["internal_token"] != internal_token:
            stored["internal_token"] = internal_token
            write_json(path, stored, mode=0o600)
        return stored
    if (platform.state / "postgres" / "data").exists():
        raise StateError(
            f"{path} is missing, and without it the database in the state folder cannot be opened.",
            f"Start anew: rm -r {platform.state}",
        )
    made = {
        "database_password": secrets.token_hex(24),
        "internal_token": internal_token or secrets.token_urlsafe(32),
        "twilio_account_sid": f"AC{secrets.token_hex(16)}",
        "twilio_auth_token": secrets.token_hex(16),
        "gmail_client_secret": secrets.token_urlsafe(24),
        "gmail_refresh_token": secrets.token_urlsafe(32),
    }
    write_json(path, made, mode=0o600)
    return made


def build(platform: Platform, outer: Mapping[str, str]) -> dict[str, str]:
    """The whole environment for processes of `platform`, on top of the developer's own (`outer`).

    `DATABASE_URL`, `KAFKA_BOOTSTRAP_SERVERS` and `FTE_INTERNAL_TOKEN` of the developer win, as do the model's
    settings. Without an OpenAI key the model's address is the simulator's, and no key is made up, so that the offline
    model answers.
    """
    secret = credentials(platform, outer.get("FTE_INTERNAL_TOKEN", ""))
    inherited = {name: value for name, value in outer.items() if not name.startswith(_OURS_TO_REPLACE)}
    passed_on = {name: outer[name] for name in _PASSED_ON if outer.get(name)}
    public = f"http://localhost:{platform.port('gateway')}"
    simulators = platform.url("simulators")
    settings = {
        MARK: str(platform.state),
        "PYTHONUNBUFFERED": "1",
        "DATABASE_URL": outer.get("DATABASE_URL") or local_database_url(platform, secret["database_password"]),
        "KAFKA_BOOTSTRAP_SERVERS": outer.get("KAFKA_BOOTSTRAP_SERVERS") or local_kafka(platform),
        "FTE_PUBLIC_URL": public,
        "FTE_INTERNAL_TOKEN": secret["internal_token"],
        "FTE_OWN_ADDRESSES": "support@techcorp.example,@techcorp.example",
        "FTE_SUPPORT_ADDRESS": "support@techcorp.example",
        # The page of the form by its other name, and the playground's: a page of another origin, to try it there.
        "FTE_FORM_ORIGINS": ",".join(
            f"http://{host}:{platform.port(name)}"
            for name in ("gateway", "simulators")
            for host in ("127.0.0.1", "localhost")
        ),
        "FTE_FORM_PER_EMAIL": "30",
        # All customers of a local platform come from one address.
        "FTE_FORM_PER_ADDRESS": "1200/minute",
        "FTE_TRUSTED_PROXIES": "127.0.0.0/8",
        "FTE_LOG_LEVEL": "INFO",
        "FTE_MIGRATIONS_DIR": str(REPOSITORY / "db" / "migrations"),
        "FTE_KNOWLEDGE_DIR": str(REPOSITORY / "knowledge"),
        "TWILIO_ACCOUNT_SID": secret["twilio_account_sid"],
        "TWILIO_AUTH_TOKEN": secret["twilio_auth_token"],
        "FTE_TWILIO_NUMBER": "whatsapp:+14155550100",
        "FTE_TWILIO_TEMPLATE": "HX" + "0" * 32,
        "FTE_TWILIO_API_URL": f"{simulators}/twilio",
        "FTE_GMAIL_API_URL": f"{simulators}/gmail-api",
        "FTE_GOOGLE_TOKEN_URL": f"{simulators}/google/token",
        "FTE_GOOGLE_JWKS_URL": f"{simulators}/google/certs",
        "FTE_GMAIL_CLIENT_ID": "local-platform.apps.techcorp.example",
        "FTE_GMAIL_CLIENT_SECRET": secret["gmail_client_secret"],
        "FTE_GMAIL_REFRESH_TOKEN": secret["gmail_refresh_token"],
        "FTE_GMAIL_WATCH_TOPIC": "projects/techcorp/topics/gmail",
        "FTE_PUBSUB_AUDIENCE": f"{public}/webhooks/gmail",
        "FTE_PUBSUB_SERVICE_ACCOUNT": "gmail-push@techcorp.iam.gserviceaccount.example",
        "FTE_EVENTING_PORT": str(platform.port("eventing")),
        "FTE_LOCAL_PORT_BASE": str(platform.port_base),
        "FTE_SIM_WEBHOOK_BASE": platform.url("gateway"),
    }
    model = {} if outer.get("OPENAI_API_KEY") else {"OPENAI_BASE_URL": f"{simulators}/openai/v1"}
    return {**inherited, **settings, **model, **passed_on}


def foreign(platform: Platform, outer: Mapping[str, str]) -> dict[str, str]:
    """The developer's environment without the servers of this very platform.

    In a shell that took them from `./dev env` they would look like servers of the developer's own, and the next
    `./dev up` would start none.
    """
    password = read_json(platform.state / "secrets.json").get("database_password", "")
    bases = {platform.port_base, read_json(platform.memory).get("port_base", platform.port_base)}
    same = [Platform(platform.state, base) for base in bases]
    own = {
        "DATABASE_URL": {local_database_url(each, password) for each in same},
        "KAFKA_BOOTSTRAP_SERVERS": {local_kafka(each) for each in same},
    }
    return {name: value for name, value in outer.items() if value not in own.get(name, ())}


def local_kafka(platform: Platform) -> str:
    """The address of the platform's own Kafka."""
    return f"127.0.0.1:{platform.port('kafka')}"


def local_database_url(platform: Platform, password: str) -> str:
    """The address of the platform's own PostgreSQL."""
    return f"postgresql://{DATABASE_USER}:{password}@127.0.0.1:{platform.port('postgres')}/{DATABASE_NAME}"
