"""One Gmail mailbox in memory: mails, threads, labels and a history whose ids grow with gaps. No I/O."""

from __future__ import annotations

import random
import secrets
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import Message
from typing import Literal

from fte_local.sim import mail

Change = Literal["messagesAdded", "messagesDeleted", "labelsAdded", "labelsRemoved"]
SYSTEM_LABELS = ("INBOX", "SENT", "UNREAD", "STARRED", "IMPORTANT", "SPAM", "TRASH", "DRAFT")


@dataclass(frozen=True, slots=True)
class Stored:
    """A mail as the mailbox holds it; `internal_date` in milliseconds."""

    id: str
    thread_id: str
    raw: bytes
    labels: tuple[str, ...]
    history_id: int
    internal_date: int
    message_id: str
    subject_key: str

    @property
    def mail(self) -> Message:
        """The parsed mail."""
        return mail.parse(self.raw)


@dataclass(frozen=True, slots=True)
class HistoryRecord:
    """One change; `labels` are those that were added or removed."""

    id: int
    change: Change
    stored: Stored
    labels: tuple[str, ...] = ()


class HistoryGone(Exception):
    """The history that was asked for is older than what is kept."""


class NoSuchMail(KeyError):
    """No mail or thread has this id."""


@dataclass(slots=True)
class Mailbox:
    """The mails of one address.

    History ids start at the clock, so that a cursor from before a restart is never ahead of the mailbox.
    """

    address: str
    history_id: int
    oldest_history: int = 0
    _mails: dict[str, Stored] = field(default_factory=dict)
    _by_message_id: dict[str, list[str]] = field(default_factory=dict)
    _history: list[HistoryRecord] = field(default_factory=list)
    _gaps: random.Random = field(default_factory=random.Random)
    page_size: int = 500
    """How many changes a page of the history holds at most: a caller must not count on getting as many as it asks."""
    late: int = 0
    """So many times Gmail says of a mail that has just come in that there is none."""
    _unseen: dict[str, int] = field(default_factory=dict)

    @classmethod
    def opened(cls, address: str, now: datetime) -> Mailbox:
        """An empty mailbox."""
        return cls(address, int(now.timestamp() * 1000))

    def deliver(self, raw: bytes, labels: Collection[str], now: datetime) -> Stored:
        """Take in a mail from outside; it joins a thread by In-Reply-To or References and the same subject."""
        stored = self._store(raw, labels, now, self._joined(mail.parse(raw)))
        if self.late:
            self._unseen[stored.id] = self.late
        return stored

    def send(self, raw: bytes, thread_id: str | None, now: datetime) -> Stored:
        """Keep a mail that the owner sends. It joins `thread_id` only if its headers name a mail of that thread and the
        subject is the same; else it starts a thread. Raises `NoSuchMail` for an unknown thread.
        """
        message = mail.parse(raw)
        if thread_id is not None:
            self.thread(thread_id)
            if self._joined(message, thread_id) is None:
                thread_id = None
        labels = ("SENT", "INBOX") if self.address in map(str.lower, mail.recipients(message)) else ("SENT",)
        return self._store(raw, labels, now, thread_id)

    def get(self, mail_id: str) -> Stored:
        """Raises `NoSuchMail`."""
        try:
            return self._mails[mail_id]
        except KeyError:
            raise NoSuchMail(mail_id) from None

    def shown(self, mail_id: str) -> Stored:
        """The mail, as soon as Gmail shows it; raises `NoSuchMail`."""
        stored = self.get(mail_id)
        if self._unseen.get(mail_id, 0) > 0:
            self._unseen[mail_id] -= 1
            raise NoSuchMail(mail_id)
        return stored

    def thread(self, thread_id: str) -> list[Stored]:
        """The mails of a thread, oldest first; raises `NoSuchMail`."""
        found = [stored for stored in self._mails.values() if stored.thread_id == thread_id]
        if not found:
            raise NoSuchMail(thread_id)
        return found

    def newest_first(self) -> Iterator[Stored]:
        """All mails."""
        return reversed(self._mails.values())

    def relabel(self, mail_id: str, add: Collection[str], remove: Collection[str]) -> Stored:
        """Add and remove labels; only what changes anything makes history."""
        stored = self.get(mail_id)
        added = tuple(label for label in dict.fromkeys(add) if label not in stored.labels)
        removed = tuple(label for label in dict.fromkeys(remove) if label in stored.labels)
        labels = tuple(label for label in stored.labels if label not in removed) + added
        changes: tuple[tuple[Change, tuple[str, ...]], ...] = (("labelsAdded", added), ("labelsRemoved", removed))
        for change, names in changes:
            if names:
                stored = replace(stored, labels=labels, history_id=self._next_id())
                self._history.append(HistoryRecord(stored.history_id, change, stored, names))
        self._mails[mail_id] = stored
        return stored

    def delete(self, mail_id: str) -> None:
        """Remove a mail for good; raises `NoSuchMail`."""
        stored = self.get(mail_id)
        del self._mails[mail_id]
        self._history.append(HistoryRecord(self._next_id(), "messagesDeleted", stored))

    def since(self, start: int) -> list[HistoryRecord]:
        """All changes after `start`; raises `HistoryGone` if they are not all kept any more."""
        if start < self.oldest_history:
            raise HistoryGone
        return self._history[bisect_right(self._history, start, key=lambda record: record.id) :]

    def forget_history(self) -> None:
        """Drop the history up to now, as Gmail does after a while; older cursors meet `HistoryGone`."""
        self._history.clear()
        self.oldest_history = self._next_id()

    def empty(self) -> None:
        """Remove all mails and their history without a trace; ids go on growing."""
        self._mails.clear()
        self._by_message_id.clear()
        self._history.clear()
        self._unseen.clear()
        self.oldest_history = self.late = 0
        self.page_size = 500
        self._next_id()

    def _joined(self, message: Message, thread_id: str | None = None) -> str | None:
        """The thread that the headers and the subject of `message` continue, if it is `thread_id` or that is None."""
        subject = mail.subject_key(message)
        for named in mail.related(message):
            for mail_id in self._by_message_id.get(named, ()):
                stored = self._mails.get(mail_id)
                if stored and subject == stored.subject_key and thread_id in (None, stored.thread_id):
                    return stored.thread_id
        return None

    def _store(self, raw: bytes, labels: Collection[str], now: datetime, thread_id: str | None) -> Stored:
        message, mail_id = mail.parse(raw), secrets.token_hex(8)
        stored = Stored(
            id=mail_id,
            thread_id=thread_id or mail_id,
            raw=raw,
            labels=tuple(labels),
            history_id=self._next_id(),
            internal_date=int(now.timestamp() * 1000),
            message_id=mail.header(message, "Message-ID").strip(),
            subject_key=mail.subject_key(message),
        )
        self._by_message_id.setdefault(stored.message_id, []).append(mail_id)
        self._mails[mail_id] = stored
        self._history.append(HistoryRecord(stored.history_id, "messagesAdded", stored))
        return stored

    def _next_id(self) -> int:
        self.history_id += self._gaps.randint(1, 40)
        return self.history_id
