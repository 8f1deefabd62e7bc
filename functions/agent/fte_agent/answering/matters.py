"""What to call a customer's matter in a sentence: "about exporting your data"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fte.knowledge.search import Hit

MATTERS: Final[Mapping[str, str]] = {
    "account-deletion": "deleting an account", "ai-features": "the AI features", "api-access": "access to our API",
    "api-auth-errors": "signing in to our API", "archive-restore": "archiving and restoring",
    "attachments": "attachments", "audit-log": "the audit log", "automations": "automations",
    "billing-period": "the billing period", "boards": "boards", "bulk-edit": "changing many tasks at once",
    "burndown": "burndown charts", "calendar": "the calendar", "cancellation": "cancelling your subscription",
    "comments": "comments", "compliance": "our certificates and compliance", "crm-integrations": "the CRM integrations",
    "csv-import": "importing tasks from a file", "custom-fields": "custom fields",
    "custom-statuses": "statuses and workflows", "dark-mode": "dark mode", "dashboards": "dashboards",
    "data-export": "exporting your data", "dependencies": "task dependencies", "design-tools": "the design tools",
    "desktop-browsers": "browsers and the desktop app", "discounts": "discounts",
    "downgrade": "changing to a smaller plan",
    "due-dates": "due dates and reminders", "encryption": "how your data is protected", "gantt": "the timeline",
    "gdpr": "data protection", "getting-started": "getting started", "github": "the GitHub integration",
    "goals": "goals", "google-drive": "the Google Drive integration", "guests": "guest access",
    "invite-members": "inviting people", "invoices": "invoices", "jira": "the Jira integration",
    "labels-filters": "labels and filters", "login": "signing in", "microsoft-teams": "the Microsoft Teams integration",
    "migration": "moving from another tool", "mobile-apps": "our mobile apps", "notifications": "notifications",
    "offline": "working offline", "outage": "the state of the service",
    "ownership-transfer": "ownership of a workspace",
    "partners": "our partner programme", "password-reset": "your password", "payment-methods": "your payment method",
    "plans": "our plans", "pricing": "pricing", "profile": "your profile", "projects": "projects",
    "rate-limits": "the limits of our API", "recurring-tasks": "recurring tasks", "refund-policy": "refunds",
    "reports": "reports", "roles": "roles and permissions", "scim": "SCIM", "search": "search",
    "seats": "seats", "self-hosted": "hosting TechCorp yourself", "shortcuts": "keyboard shortcuts",
    "slack": "the Slack integration", "slow": "loading times", "sprints": "sprints", "sso": "single sign-on",
    "storage": "storage", "subtasks": "subtasks", "support-contacts": "reaching our support",
    "suspicious-login": "a sign-in that you do not recognise", "sync-problems": "synchronisation", "tasks": "tasks",
    "templates": "templates", "time-tracking": "time tracking", "training": "training", "trial": "the free trial",
    "two-factor": "two-factor authentication", "unexpected-charge": "a charge on your account",
    "upgrade": "upgrading your plan", "version-history": "the version history", "webhooks": "webhooks",
    "white-label": "using your own brand", "workload": "workload", "workspaces": "workspaces",
    "zapier": "Zapier and Make",
    "languages": "the languages of TechCorp", "lost-second-factor": "your two-factor codes",
    "lost-mailbox": "a mailbox that you lost access to", "mobile-app-problems": "the mobile app",
    "missing-data": "missing tasks or projects", "missing-access": "access to a project", "time-zones": "time zones",
    "payment-failed": "a failed payment", "push-notifications": "push notifications", "calendar-sync": "calendar sync",
    "saved-views": "saved views", "sessions": "signed-in devices", "status-page": "the status page",
    "share-with-clients": "sharing work with clients", "timesheets": "timesheets", "personal-data": "personal data",
    "migrate-from-jira": "moving from Jira", "editing-together": "working together on a task",
    "security-questionnaire": "security reviews", "structure-your-work": "structuring your work",
    "google-workspace": "Google Workspace", "export-problems": "an export", "attachment-problems": "a file",
    "vat-and-billing-details": "the details on your invoices", "checklists": "checklists",
    "automation-problems": "an automation", "board-problems": "a board", "report-problems": "a report",
}  # fmt: skip
"""By topic of the knowledge base, or by the slug of an article that is narrower than its topic."""


def matter(hit: Hit) -> str:
    """The article's matter: what its slug says if that is a topic of its own, else its first topic."""
    return next((MATTERS[topic] for topic in (hit.slug, *hit.topics) if topic in MATTERS), named(hit.slug))


def named(slug: str) -> str:
    """The matter of an article of which only the slug is known."""
    return MATTERS.get(slug, slug.replace("-", " "))


def joined(names: list[str]) -> str:
    """Names as one would say them: "a, b and c"."""
    once = list(dict.fromkeys(names))
    return once[0] if len(once) == 1 else f"{', '.join(once[:-1])} and {once[-1]}"
