"""Embeddings of the simulated `text-embedding` models: texts that share words lie close together. Pure."""

from __future__ import annotations

import base64
import hashlib
import math
import re
import struct

WORD = re.compile(r"\w+")
SIZES = {"text-embedding-3-small": 1536, "text-embedding-3-large": 3072}


def embed(text: str, size: int) -> list[float]:
    """A unit vector made of hashed words and their beginnings; the same text always gives the same one."""
    vector = [0.0] * size
    for word in WORD.findall(text.lower()):
        for feature, weight in ((word, 1.0), (word[:4], 0.5)):
            digest = hashlib.blake2b(feature.encode(), digest_size=8).digest()
            number = int.from_bytes(digest, "big")
            vector[number % size] += weight if number >> 63 else -weight
    length = math.sqrt(sum(value * value for value in vector)) or 1.0
    return [value / length for value in vector]


def packed(vector: list[float]) -> str:
    """The vector as OpenAI sends it in base64: little-endian floats of four bytes."""
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode("ascii")
