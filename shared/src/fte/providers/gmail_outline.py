"""A mail written again from Gmail's description of it, without the bytes of its files."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Final

_OURS: Final = frozenset({"content-type", "content-transfer-encoding", "content-disposition", "mime-version"})
_MAX_DEPTH: Final = 30


def outline(payload: Mapping[str, Any]) -> bytes:
    """The mail that `payload` (a `MessagePart`) describes: its headers and texts; its files with name and size only.

    Raises `KeyError`, `TypeError` or `ValueError` when it describes none.
    """
    head = "".join(
        f"{item['name']}: {_flat(item['value'])}\r\n"
        for item in payload["headers"]
        if item["name"].lower() not in _OURS
    )
    return head.encode("utf-8", "replace") + _part(payload, "0", 0)


def _part(part: Mapping[str, Any], place: str, depth: int) -> bytes:
    kind = _flat(part.get("mimeType", "text/plain"))
    children = part.get("parts") or ()
    if children and depth < _MAX_DEPTH:
        boundary = f"outline-{place}"
        inner = [_part(child, f"{place}.{number}", depth + 1) for number, child in enumerate(children)]
        mark = f"\r\n--{boundary}".encode()
        parts = b"".join(mark + b"\r\n" + child for child in inner)
        return f'Content-Type: {kind}; boundary="{boundary}"\r\n\r\n'.encode() + parts + mark + b"--\r\n"
    body, name = part.get("body") or {}, _flat(part.get("filename") or "").replace('"', "")
    stated = next((item["value"] for item in part.get("headers", ()) if item["name"].lower() == "content-type"), kind)
    lines = [f"Content-Type: {_flat(stated)}", "Content-Transfer-Encoding: base64"]
    if name or "attachmentId" in body:
        lines.append(f'Content-Disposition: attachment; filename="{name}"; size={int(body.get("size", 0))}')
    data = base64.urlsafe_b64decode(body.get("data", "") + "==")
    return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + base64.b64encode(data)


def _flat(text: str) -> str:
    return " ".join(text.split())
