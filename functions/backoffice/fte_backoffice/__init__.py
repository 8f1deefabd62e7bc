"""Backoffice: keeps what the suite reports about itself, and answers the team's questions."""
