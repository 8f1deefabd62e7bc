"""All settings of the suite, typed, read once from environment variables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, IPvAnyNetwork, SecretStr, ValidationError

from fte.errors import SettingsError

REPOSITORY = Path(__file__).resolve().parents[3]

_ORIGIN = r"https?://[A-Za-z0-9.-]+(:\d{1,5})?"
_RATE = r"[1-9]\d{0,8}/(second|minute|hour|day)"


def _parts(listed: object) -> object:
    """What stands between the commas of a list."""
    return [part.strip() for part in listed.split(",")] if isinstance(listed, str) else listed


class Settings(BaseModel):
    """What the environment says. A field's alias is the name of its variable; secrets print as stars."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    database_url: SecretStr | None = Field(None, alias="DATABASE_URL")
    kafka_bootstrap_servers: str | None = Field(None, alias="KAFKA_BOOTSTRAP_SERVERS")
    public_url: str | None = Field(None, alias="FTE_PUBLIC_URL")
    internal_token: SecretStr | None = Field(None, alias="FTE_INTERNAL_TOKEN")
    own_addresses: str = Field("support@techcorp.example,@techcorp.example", alias="FTE_OWN_ADDRESSES")
    support_address: str = Field("support@techcorp.example", alias="FTE_SUPPORT_ADDRESS")
    metrics_port: int | None = Field(None, alias="FTE_METRICS_PORT", ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", alias="FTE_LOG_LEVEL")
    # Pages of other origins that may hold the form, and how much one address may send.
    form_origins: str = Field("", alias="FTE_FORM_ORIGINS", pattern=rf"^\s*{_ORIGIN}(\s*,\s*{_ORIGIN})*\s*$|^$")
    form_per_email: int = Field(30, alias="FTE_FORM_PER_EMAIL", ge=1)
    form_per_address: str = Field("30/minute;300/hour", alias="FTE_FORM_PER_ADDRESS", pattern=rf"^{_RATE}(;{_RATE})*$")
    trusted_proxies: Annotated[tuple[IPvAnyNetwork, ...], BeforeValidator(_parts)] = Field(
        (), alias="FTE_TRUSTED_PROXIES"
    )
    migrations_dir: Path = Field(REPOSITORY / "db" / "migrations", alias="FTE_MIGRATIONS_DIR")
    knowledge_dir: Path = Field(REPOSITORY / "knowledge", alias="FTE_KNOWLEDGE_DIR")

    twilio_account_sid: str | None = Field(None, alias="TWILIO_ACCOUNT_SID")
    twilio_auth_token: SecretStr | None = Field(None, alias="TWILIO_AUTH_TOKEN")
    # The other of an account's two tokens: with both given, either may be replaced without a pause.
    twilio_secondary_auth_token: SecretStr | None = Field(None, alias="FTE_TWILIO_SECONDARY_AUTH_TOKEN")
    twilio_number: str | None = Field(None, alias="FTE_TWILIO_NUMBER", pattern=r"^whatsapp:\+\d{7,15}$")
    # A content template with one variable, the answer: how a customer is reached who has not written for a day.
    twilio_template: str | None = Field(None, alias="FTE_TWILIO_TEMPLATE", pattern=r"^HX[0-9a-fA-F]{32}$")
    twilio_api_url: str = Field("https://api.twilio.com", alias="FTE_TWILIO_API_URL")

    gmail_api_url: str = Field("https://gmail.googleapis.com", alias="FTE_GMAIL_API_URL")
    google_token_url: str = Field("https://oauth2.googleapis.com/token", alias="FTE_GOOGLE_TOKEN_URL")
    google_jwks_url: str = Field("https://www.googleapis.com/oauth2/v3/certs", alias="FTE_GOOGLE_JWKS_URL")
    gmail_client_id: str | None = Field(None, alias="FTE_GMAIL_CLIENT_ID")
    gmail_client_secret: SecretStr | None = Field(None, alias="FTE_GMAIL_CLIENT_SECRET")
    gmail_refresh_token: SecretStr | None = Field(None, alias="FTE_GMAIL_REFRESH_TOKEN")
    gmail_watch_topic: str | None = Field(None, alias="FTE_GMAIL_WATCH_TOPIC")
    pubsub_audience: str | None = Field(None, alias="FTE_PUBSUB_AUDIENCE")
    pubsub_service_account: str | None = Field(None, alias="FTE_PUBSUB_SERVICE_ACCOUNT")

    openai_api_key: SecretStr | None = Field(None, alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(None, alias="OPENAI_BASE_URL")
    model: str = Field("gpt-4o", alias="FTE_MODEL")
    model_api: Literal["responses", "chat_completions"] = Field("responses", alias="FTE_MODEL_API")
    # Per million tokens; where unset, the list price of a model that the agent knows (`fte_agent.prices`).
    model_price_input: float | None = Field(None, alias="FTE_MODEL_PRICE_INPUT", ge=0)
    model_price_output: float | None = Field(None, alias="FTE_MODEL_PRICE_OUTPUT", ge=0)

    @classmethod
    def from_env(cls, env: Mapping[str, str], require: Collection[str] = ()) -> Settings:
        """Read the settings from `env`. An empty variable counts as unset.

        `require` names the fields that this process cannot do without. Raises `SettingsError` with every problem
        at once; a value is never quoted, because it may be a secret.
        """
        fields = cls.model_fields
        by_alias = {field.alias: name for name, field in fields.items()}
        values = {alias: env[alias] for alias in by_alias if alias and env.get(alias, "").strip()}
        problems = [f"{fields[name].alias} is not set" for name in require if fields[name].alias not in values]
        try:
            settings = cls.model_validate(values)
        except ValidationError as error:
            problems += [f"{item['loc'][0]} is invalid ({item['msg']})" for item in error.errors(include_input=False)]
            raise SettingsError(problems) from None
        if problems:
            raise SettingsError(problems)
        return settings

    def secret(self, name: str) -> str:
        """The text of a secret field that this process requires."""
        value = getattr(self, name)
        if value is None:
            raise SettingsError([f"{type(self).model_fields[name].alias} is not set"])
        return str(value.get_secret_value())

    def text(self, name: str) -> str:
        """The text of a plain field that this process requires."""
        value = getattr(self, name)
        if value is None:
            raise SettingsError([f"{type(self).model_fields[name].alias} is not set"])
        return str(value)

    @property
    def twilio_tokens(self) -> tuple[str, ...]:
        """Twilio's tokens that are valid now: the one, and during a change the other one too."""
        second = self.twilio_secondary_auth_token
        return (self.secret("twilio_auth_token"), *([second.get_secret_value()] if second else []))

    @property
    def own(self) -> tuple[str, ...]:
        """Our own addresses, lower case; an entry that starts with @ means a whole domain."""
        return tuple(part.strip().lower() for part in self.own_addresses.split(",") if part.strip())
