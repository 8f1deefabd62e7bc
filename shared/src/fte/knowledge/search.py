"""The search of the knowledge base: by meaning (pgvector, cosine), and by words (full text) where meaning is unsure.

Both are one statement: the second search costs a third of the first and is left out where it would not count.
"""

from __future__ import annotations

import re
from typing import Any

from fte.errors import Unavailable
from fte.knowledge.embedder import Embedder, Vector
from fte.knowledge.ranking import SEMANTIC_ENOUGH, Candidate, Hit, Passage, SearchResult, rank
from fte.knowledge.sync import INDEX, vector_text
from fte.store.pool import Pool, fetch_all, transaction

__all__ = ["Hit", "Passage", "SearchResult", "reword", "search"]

_CANDIDATES = 24
_MAX_CHARACTERS = 4000
_LEXEMES = 32

# What customers write and what the documentation says; applied to the search by words alone.
_REWORDINGS = tuple(
    (re.compile(rf"\b(?:{said})\b", re.IGNORECASE), meant)
    for said, meant in (
        (r"money back|reimburse(?:ment|d)?|chargeback", "refund"),
        (r"charged (?:twice|again|\d times)|double[- ]charged?", "charged twice duplicate charge"),
        (r"mfa|two[- ]?step|second factor", "two-factor 2FA"),
        (r"pwd|passcode|passwort", "password"),
        (r"ppl", "people"),
        (r"notifs?|notificaciones", "notifications"),
        (r"cards?", "task"),
        (r"(?:team ?mates?|co-?workers?|colleagues?)", "members"),
        (r"back ?up (?:my|our|all|the) (?:data|projects?|tasks?)", "export backup"),
    )
)
# Words that every ticket has and no article is about; PostgreSQL's own stop words do not know them.
_NOISE = re.compile(
    r"\b(?:hi|hello|hey|dear|team|support|please|pls|plz|thanks?|thx|regards|best|sincerely|need|help|want|would|could"
    r"|like|know|question|quick|urgent(?:ly)?|asap|get|got|see|try|tried|use|using|techcorp|good|morning|day)\b",
    re.IGNORECASE,
)

_PROBES = f"""
    SELECT set_config('ivfflat.probes', greatest(1, lists / 5)::text, true)
    FROM (SELECT substring(array_to_string(reloptions, ',') FROM 'lists=([0-9]+)')::int AS lists
          FROM pg_class WHERE oid = to_regclass('{INDEX}')) AS present
"""
_SEARCH = """
    WITH meant AS MATERIALIZED (
        SELECT id, embedding <=> %(vector)s::vector AS distance FROM knowledge_base WHERE embedding_model = %(model)s
        ORDER BY embedding <=> %(vector)s::vector LIMIT %(limit)s),
    asked AS MATERIALIZED (
        SELECT (SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery
                FROM (SELECT lexeme FROM unnest(to_tsvector('english', %(words)s))
                      ORDER BY positions[1] LIMIT %(lexemes)s) AS first) AS words),
    said AS (
        SELECT id FROM knowledge_base, asked
        WHERE search @@ asked.words AND NOT EXISTS (SELECT FROM meant WHERE distance <= 1 - %(enough)s)
        ORDER BY ts_rank(search, asked.words) DESC, id LIMIT %(limit)s)
    SELECT id, slug, section, title, topics, category, content, 1 - distance AS cosine,
           coalesce(ts_rank(search, asked.words), 0) AS rank
    FROM (SELECT id FROM meant UNION SELECT id FROM said) AS found
    JOIN knowledge_base USING (id) LEFT JOIN meant USING (id) CROSS JOIN asked
"""


async def search(
    pool: Pool, embedder: Embedder, query: str, max_results: int = 3, *, vector: Vector | None = None
) -> SearchResult:
    """The articles that answer `query`, best first, at most `max_results`.

    `vector` is the embedder's vector of the query, when the caller has it. An embedding model that cannot be reached
    costs the search by meaning, not the answer. Raises `Unavailable` when the database cannot be reached.
    """
    query = query.strip()
    if not query:
        return SearchResult((), (), None)
    if vector is None:
        try:
            (vector,) = await embedder.embed([query])
        except Unavailable:
            vector = None
    values: dict[str, Any] = {
        "words": reword(query),
        # Without a vector no row's model fits, and nothing is compared.
        "model": embedder.name if vector else None,
        "vector": vector_text(vector) if vector else None,
        "limit": _CANDIDATES,
        "lexemes": _LEXEMES,
        "enough": SEMANTIC_ENOUGH,
    }
    async with transaction(pool) as connection:
        await connection.execute(_PROBES.encode())
        rows = await fetch_all(connection, _SEARCH, values)
    return rank((Candidate(**{**row, "topics": tuple(row["topics"])}) for row in rows), max_results)


def reword(query: str) -> str:
    """The query in the documentation's words, without greetings and the like (all of it, if nothing else is there)."""
    text = query[:_MAX_CHARACTERS]
    for said, meant in _REWORDINGS:
        text = said.sub(meant, text)
    kept = _NOISE.sub(" ", text)
    return kept if kept.strip() else text
