"""The outside services that carry messages: their clients, and what their trouble means to us."""
