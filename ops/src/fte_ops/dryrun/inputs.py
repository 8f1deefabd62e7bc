"""What the lines of a dry run say. Further fields, such as labels, are nobody's business here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def _text(value: Any) -> Any:
    # A phone number may have lost its quotes on the way through a spreadsheet.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _joined(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


Text = Annotated[str, BeforeValidator(_text)]
ChannelName = Literal["email", "whatsapp", "webform"]


class _Input(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        # What an export has no value for is often null.
        if not isinstance(value, dict):
            return value
        return {name: item for name, item in value.items() if item is not None}


class Earlier(_Input):
    """A ticket that the customer had before."""

    days_ago: float = Field(ge=0, le=36_500)
    channel: ChannelName
    text: Text


class Ticket(_Input):
    """One line of `fte try`."""

    channel: ChannelName
    subject: Text = ""
    text: Text = ""
    html: Text = ""
    sender: Text = Field("", alias="from")
    sender_name: Text = Field("", alias="from_name")
    attachments: list[str] = []
    history: list[Earlier] = []

    @model_validator(mode="after")
    def _says_something(self) -> Ticket:
        if "text" not in self.model_fields_set and not (self.html and self.channel == "email"):
            raise ValueError("it has no text (and html stands for it in an e-mail only)")
        return self


class EmailContact(_Input):
    """A mail."""

    channel: Literal["email"]
    sender: Text = Field(alias="from")
    subject: Text = ""
    body: Text = ""
    reply_to: Text = ""
    on_behalf: Text = Field("", alias="sender")
    cc: Annotated[str, BeforeValidator(_joined)] = ""


class WhatsAppContact(_Input):
    """A WhatsApp message."""

    channel: Literal["whatsapp"]
    sender: Text = Field("", alias="from")
    profile_name: Text = ""
    body: Text = ""
    external_user_id: Text = ""


class FormContact(_Input):
    """A filled-in form."""

    channel: Literal["webform", "form"]
    name: Text = ""
    email: Text = ""
    phone: Text = ""
    country: Text = ""
    subject: Text = ""
    body: Text = ""


Contact = Annotated[EmailContact | WhatsAppContact | FormContact, Field(discriminator="channel")]


class Scenario(_Input):
    """One line of `fte identify`."""

    contacts: list[Contact]
