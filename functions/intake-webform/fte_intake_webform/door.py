"""The function's door: answers as the caller can read them, whoever made them."""

from __future__ import annotations

from typing import Final

from fte.runtime import Function, Request, Response
from fte_intake_webform.pages import prefers_html, trouble
from fte_intake_webform.wiring import Resources

_PUBLIC: Final = "/support/"
_HEADERS: Final = {"cache-control": "no-store", "vary": "accept, origin"}


class FormDoor(Function[Resources]):
    """A function whose refusals are pages for a browser, and can be read by a page of a listed origin.

    Also those that come from further out than the handler: that there was no answer in time, that settings are missing.
    """

    async def dispatch(self, request: Request) -> Response:
        """Answer `request`. Never raises."""
        answer = await super().dispatch(request)
        if not request.path.startswith(_PUBLIC):
            return answer
        if answer.status >= 400 and prefers_html(request.headers.get("accept", "")):
            answer = trouble(answer, posted=request.method == "POST")
        return Response(answer.status, {**answer.headers, **_HEADERS, **self._cors(request)}, answer.body)

    def _cors(self, request: Request) -> dict[str, str]:
        opened = self._resources
        return dict(opened.origins.headers(request.headers.get("origin"))) if opened else {}
