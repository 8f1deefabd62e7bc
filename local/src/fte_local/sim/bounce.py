"""The report that comes back for a mail to an address that does not exist, as Google writes it (RFC 3464). Pure."""

from __future__ import annotations

from datetime import datetime
from email.message import Message
from email.utils import format_datetime, make_msgid

_REPORT = """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: {owner}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
In-Reply-To: {message_id}
References: {message_id}
X-Failed-Recipients: {address}
Message-ID: {own_id}
Date: {date}
MIME-Version: 1.0
Return-Path: <>
Content-Type: multipart/report; boundary="report"; report-type=delivery-status

--report
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to {address} because the address couldn't be found, or is unable to receive mail.

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: {date}

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.

--report
Content-Type: message/rfc822

{original}
--report--
"""


def bounce(message: Message, address: str, owner: str, now: datetime) -> bytes:
    """The report about `message`, which `owner` sent to `address`."""
    report = _REPORT.format(
        owner=owner,
        address=address,
        message_id=str(message.get("Message-ID", "")).strip(),
        own_id=make_msgid(domain="mx.google.com"),
        date=format_datetime(now),
        original=message.as_string(),
    )
    return report.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "surrogateescape")
