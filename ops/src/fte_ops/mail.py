"""`fte mail`: what we read in a mail, without a database."""

from __future__ import annotations

import argparse
import json
from typing import Any

from fte.providers.mail import Mail, classify, owes_reply, read_mail
from fte.settings import Settings
from fte_ops.files import read_input


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `fte mail show`."""
    commands = subparsers.add_parser("mail", help="mails").add_subparsers(required=True, metavar="command")
    text = "show what we read in a mail: who wrote it, what is new in it, whether an answer is owed"
    parser = commands.add_parser("show", help=text, description=text)
    parser.add_argument("file", metavar="FILE.eml", help="the mail as it came; - for standard input")
    parser.add_argument("--json", action="store_true", help="as one JSON object")
    parser.set_defaults(func=run)


async def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the mail. Raises `Unprocessable`."""
    found = describe(read_mail(read_input(args.file)), settings)
    print(json.dumps(found, indent=2) if args.json else _for_people(found))
    return 0


def describe(mail: Mail, settings: Settings) -> dict[str, Any]:
    """What there is to know of a mail."""
    return {
        "classification": classify(mail, settings.own),
        "reply": owes_reply(mail, settings.own),
        "text": mail.text,
        "quoted": mail.quoted,
        "subject": mail.subject,
        "from": mail.from_header,
        "reply_to": mail.reply_to,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to or None,
        "attachments": [
            {"name": attachment.name, "size": attachment.size, "type": attachment.type}
            for attachment in mail.attachments
        ],
    }


def _for_people(found: dict[str, Any]) -> str:
    attached = ", ".join(
        f"{item['name'] or 'without a name'} ({item['type']}, {item['size']} bytes)" for item in found["attachments"]
    )
    head = {
        "From": found["from"],
        "Reply to": found["reply_to"],
        "Subject": found["subject"],
        "Message-ID": found["message_id"],
        "In reply to": found["in_reply_to"],
        "Attached": attached,
        "Kind": f"{found['classification']}, {'an answer is owed' if found['reply'] else 'no answer is owed'}",
    }
    lines = [f"{name + ':':<13}{value}" for name, value in head.items() if value]
    if found["quoted"]:
        return "\n".join([*lines, "", found["text"], "", "Quoted:", "", found["quoted"]])
    return "\n".join([*lines, "", found["text"]])
