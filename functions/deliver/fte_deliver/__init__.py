"""Deliver: brings a stored answer to the customer, once."""
