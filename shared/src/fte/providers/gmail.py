"""The support mailbox, by Gmail's API and Google's own client library."""

from __future__ import annotations

import asyncio
import base64
import http.client
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import google_auth_httplib2
import httplib2
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from fte.providers.errors import BrokenAnswer, GmailError, GmailRejected, HistoryTooOld, OutcomeUnknown
from fte.providers.gmail_outline import outline
from fte.providers.google_http import NotConnected, OneAttemptHttp, TooLarge
from fte.settings import Settings

SCOPES: Final = ("https://www.googleapis.com/auth/gmail.modify",)
_TOO_FAST: Final = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"})
_PAGE: Final = 500
MAX_RAW: Final = 12_000_000
"""Bytes of the answer with a whole mail in it. Of a larger mail only the texts are fetched, and the names and sizes of
its files: several mails of 40 MB at once would cost the process its life, again and again."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The mailbox and where its history stands now."""

    address: str
    history_id: int


@dataclass(frozen=True, slots=True)
class Watch:
    """A promise of pushes until `expires_at`, for all that comes after `history_id`."""

    history_id: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class HistoryRecord:
    """One step of the mailbox's history and the messages that it added."""

    id: int
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What was added since a history id, oldest first, and how far the history is sure to be in here."""

    records: tuple[HistoryRecord, ...]
    history_id: int


@dataclass(frozen=True, slots=True)
class GmailMessage:
    """A message as it lies in the mailbox; `raw` is the mail itself."""

    id: str
    thread_id: str
    label_ids: frozenset[str]
    internal_date: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that Gmail has sent."""

    id: str
    thread_id: str


class GmailClient:
    """One mailbox. Each call is one attempt in a thread with a connection of its own: httplib2 is not thread-safe.

    All methods raise `GmailError` when the same call may be made again and `GmailRejected` when it can never succeed.
    """

    def __init__(self, api_url: str, credentials: Credentials) -> None:
        self._api_url = api_url
        self._credentials = credentials
        self._lock = threading.Lock()
        self._service: Any = None

    @classmethod
    def from_settings(cls, settings: Settings) -> GmailClient:
        """The mailbox that the settings name. Raises `SettingsError`."""
        credentials = Credentials(  # type: ignore[no-untyped-call]
            None,
            refresh_token=settings.secret("gmail_refresh_token"),
            token_uri=settings.google_token_url,
            client_id=settings.text("gmail_client_id"),
            client_secret=settings.secret("gmail_client_secret"),
            scopes=SCOPES,
        )
        return cls(settings.gmail_api_url, credentials)

    async def profile(self) -> Profile:
        """Whose mailbox this is, and its newest history id."""
        answer = await self._call(lambda users: users.getProfile(userId="me"))
        return Profile(answer["emailAddress"], int(answer["historyId"]))

    async def watch(self, topic: str) -> Watch:
        """Ask for pushes of the inbox's changes to a Pub/Sub topic; they last for a week at most."""
        body = {"topicName": topic, "labelIds": ["INBOX"], "labelFilterBehavior": "INCLUDE"}
        answer = await self._call(lambda users: users.watch(userId="me", body=body))
        return Watch(int(answer["historyId"]), _moment(answer["expiration"]))

    async def history(self, start: int) -> History:
        """Every message that came into the inbox after history id `start`. Raises `HistoryTooOld`."""
        pages = [page async for page in self.history_pages(start)]
        records = [record for page in pages for record in page.records]
        return History(tuple(sorted(records, key=lambda record: record.id)), pages[0].history_id)

    async def history_pages(self, start: int) -> AsyncIterator[History]:
        """The same, page by page: at least one. Raises `HistoryTooOld`."""
        newest, page = start, None
        while True:
            answer = await self._history_page(start, page)
            try:
                records = sorted((_record(item) for item in answer.get("history", ())), key=lambda record: record.id)
                # What comes in while the pages are read may be missing from the later ones, though their id covers it.
                if page is None:
                    newest = max(start, int(answer.get("historyId", start)))
                page = answer.get("nextPageToken")
            except (ValueError, TypeError, LookupError, AttributeError) as error:
                raise BrokenAnswer("the history makes no sense") from error
            yield History(tuple(records), newest)
            if not page:
                return

    async def get_raw(self, message_id: str) -> GmailMessage | None:
        """The message, or None when it is not there any more. Of a very large one, `raw` is an outline with its texts.

        Raises `BrokenAnswer` too.
        """
        try:
            answer = await self._message(message_id, "raw", MAX_RAW)
        except TooLarge:
            answer = await self._message(message_id, "full", None)
        except GmailRejected as error:
            if error.code == "notFound":
                return None
            raise
        try:
            raw = base64.urlsafe_b64decode(answer["raw"] + "==") if "raw" in answer else outline(answer["payload"])
            return GmailMessage(
                answer["id"],
                answer["threadId"],
                frozenset(answer.get("labelIds", ())),
                _moment(answer["internalDate"]),
                raw,
            )
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError, OSError) as error:
            raise BrokenAnswer("the message makes no sense") from error

    async def list_ids(self, query: str, maximum: int) -> list[str]:
        """The ids of the messages that `query` finds, newest first, `maximum` of them at most."""
        ids: list[str] = []
        page: str | None = None
        while len(ids) < maximum:
            answer = await self._list_page(query, min(maximum - len(ids), _PAGE), page)
            ids += [item["id"] for item in answer.get("messages", ())]
            page = answer.get("nextPageToken")
            if not page:
                break
        return ids[:maximum]

    async def send(self, raw: bytes, thread_id: str | None) -> SentMail:
        """Send a mail, in a thread if one is given. Raises `OutcomeUnknown` when it may have been sent."""
        body = {"raw": base64.urlsafe_b64encode(raw).decode()} | ({"threadId": thread_id} if thread_id else {})
        answer = await self._call(lambda users: users.messages().send(userId="me", body=body), writes=True)
        return SentMail(answer["id"], answer["threadId"])

    async def find_by_rfc_id(self, message_id: str) -> SentMail | None:
        """The sent mail with this Message-ID, or None. Angle brackets may be there or not."""
        query = f"rfc822msgid:{message_id.strip().strip('<>')} in:sent"
        answer = await self._list_page(query, 1, None)
        found = answer.get("messages") or ()
        return SentMail(found[0]["id"], found[0]["threadId"]) if found else None

    async def _message(self, message_id: str, shape: str, most: int | None) -> Any:
        def request(users: Any) -> Any:
            asked = users.messages().get(userId="me", id=message_id, format=shape)
            # A compressed answer says nothing of its size.
            asked.headers["accept-encoding"] = "identity"
            return asked

        return await self._call(request, most=most)

    async def _history_page(self, start: int, page: str | None) -> Any:
        try:
            return await self._call(
                lambda users: users.history().list(
                    userId="me",
                    startHistoryId=str(start),
                    historyTypes=["messageAdded"],
                    labelId="INBOX",
                    maxResults=_PAGE,
                    pageToken=page,
                )
            )
        except GmailRejected as error:
            if error.code == "notFound":
                raise HistoryTooOld from error
            raise

    async def _list_page(self, query: str, size: int, page: str | None) -> Any:
        return await self._call(
            lambda users: users.messages().list(userId="me", q=query, maxResults=size, pageToken=page)
        )

    async def _call(self, request: Callable[[Any], Any], *, writes: bool = False, most: int | None = None) -> Any:
        return await asyncio.to_thread(self._call_in_thread, request, writes, most)

    def _call_in_thread(self, request: Callable[[Any], Any], writes: bool, most: int | None) -> Any:
        connection = OneAttemptHttp(most)
        try:
            self._prepare(connection)
            authorized = google_auth_httplib2.AuthorizedHttp(self._credentials, http=connection)
            return request(self._service.users()).execute(http=authorized, num_retries=0)
        except HttpError as error:
            raise _refusal(error, writes) from error
        except RefreshError as error:
            status = None if error.retryable else 401
            raise GmailError("Google gives no token", provider_status=status, retry_after=60.0) from error
        except TooLarge:
            raise
        except (GoogleAuthError, NotConnected) as error:
            raise GmailError("Google cannot be reached") from error
        except (httplib2.HttpLib2Error, http.client.HTTPException, OSError) as error:
            if writes:
                raise OutcomeUnknown from error
            raise GmailError("no answer from Gmail") from error
        finally:
            connection.close()

    def _prepare(self, connection: OneAttemptHttp) -> None:
        # A token is fetched here and not on the way of a send, so that a time-out of it leaves no doubt about the send.
        with self._lock:
            if not self._credentials.valid:
                try:
                    self._credentials.refresh(google_auth_httplib2.Request(connection))  # type: ignore[no-untyped-call]
                except OSError as error:
                    raise GmailError("no answer from Google's token endpoint") from error
            if self._service is None:
                options = {"api_endpoint": self._api_url}
                self._service = build("gmail", "v1", http=connection, client_options=options, static_discovery=True)


def _refusal(error: HttpError, writes: bool) -> GmailError | GmailRejected | OutcomeUnknown:
    status = int(error.resp.status)
    reason = _reason(error)
    if status >= 500 and writes:
        return OutcomeUnknown(f"Gmail answered {status}")
    if status in (401, 408, 429) or status >= 500 or reason in _TOO_FAST:
        wait = error.resp.get("retry-after", "")
        return GmailError(
            f"Gmail answered {status}",
            provider_status=status,
            retry_after=float(wait) if wait.isdecimal() else None,
        )
    return GmailRejected("notFound" if status == 404 else reason or str(status), f"Gmail answered {status}")


def _reason(error: HttpError) -> str:
    details = error.error_details
    first = details[0] if isinstance(details, list) and details else None
    reason = first.get("reason") if isinstance(first, dict) else None
    return reason if isinstance(reason, str) else ""


def _record(item: Any) -> HistoryRecord:
    return HistoryRecord(int(item["id"]), tuple(added["message"]["id"] for added in item.get("messagesAdded", ())))


def _moment(milliseconds: str) -> datetime:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
