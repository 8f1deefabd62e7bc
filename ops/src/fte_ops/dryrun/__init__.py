"""Dry runs: the real pipeline on a throw-away database. Nothing is sent, nothing stays."""
