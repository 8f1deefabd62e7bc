"""All settings of the suite, typed, read once from environment variables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from fte.errors import SettingsError

REPOSITORY = Path(__file__).resolve().parents[3]


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
    migrations_dir: Path = Field(REPOSITORY / "db" / "migrations", alias="FTE_MIGRATIONS_DIR")
    knowledge_dir: Path = Field(REPOSITORY / "knowledge", alias="FTE_KNOWLEDGE_DIR")

    twilio_account_sid: str | None = Field(None, alias="TWILIO_ACCOUNT_SID")
    twilio_auth_token: SecretStr | None = Field(None, alias="TWILIO_AUTH_TOKEN")
    twilio_number: str | None = Field(None, alias="FTE_TWILIO_NUMBER", pattern=r"^whatsapp:\+\d{7,15}$")
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
    # Per million tokens. With both, each reply's cost is stored with it.
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
    def own(self) -> tuple[str, ...]:
        """Our own addresses, lower case; an entry that starts with @ means a whole domain."""
        return tuple(part.strip().lower() for part in self.own_addresses.split(",") if part.strip())
