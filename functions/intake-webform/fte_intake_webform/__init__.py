"""intake-webform: takes support requests from the web form and tells where they stand.

What it exports is what an operator's tools may build on: what becomes of a filled-in form.
"""

from __future__ import annotations

from fte_intake_webform.form import SupportForm, inbound_message, read_form

__all__ = ["SupportForm", "inbound_message", "read_form"]
