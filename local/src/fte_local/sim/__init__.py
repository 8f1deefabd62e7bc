"""Simulators of the providers over their wire protocols: Gmail with Google's endpoints, Pub/Sub, Twilio and OpenAI.

`python -m fte_local.sim --port 8090` serves them; everything they hold is in memory and is gone when they stop.
"""
