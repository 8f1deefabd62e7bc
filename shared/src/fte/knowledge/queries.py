"""The statements of the search."""

from __future__ import annotations

from fte.knowledge.embedder import LEADING
from fte.knowledge.sync import INDEX

# How many lists of the index a scan on this connection looks through: a third.
_PROBES = f"""
    SELECT set_config('ivfflat.probes', greatest(1, ceil(lists / 3.0)::int)::text, false)
    FROM (SELECT substring(array_to_string(reloptions, ',') FROM 'lists=([0-9]+)')::int AS lists
          FROM pg_class WHERE oid = to_regclass('{INDEX}')) AS present
"""

# How rare a word is comes from the statistics that ANALYZE keeps of the column (its thousand commonest words); a word
# that is not among them counts as rarer than all of them, also one that no article has. `view` is the text's number.
ASKED = f"""
    WITH known AS (
        SELECT lexeme, frequency
        FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (lexeme, frequency)
        WHERE schemaname = current_schema() AND tablename = 'knowledge_base' AND attname = 'search'
          AND lexeme IS NOT NULL),
    rarest AS (SELECT coalesce(min(frequency) / 4, 0.001) AS frequency FROM known)
    SELECT coalesce(array_agg(view::int), '{{}}') AS views, coalesce(array_agg(lexeme), '{{}}') AS lexemes,
           coalesce(array_agg(weight), '{{}}') AS weights, ({_PROBES}) AS probes
    FROM (
        SELECT view, lexeme, weight, row_number() OVER (PARTITION BY view ORDER BY weight DESC, lexeme) AS place
        FROM rarest, unnest(%(texts)s::text[]) WITH ORDINALITY AS texts (text, view),
             unnest(to_tsvector('english', text)) LEFT JOIN known USING (lexeme),
             LATERAL (SELECT -ln(least(coalesce(known.frequency, rarest.frequency), 0.99))::float8 AS weight) AS rarity
    ) AS ranked WHERE place <= %(most)s
"""

_ASKED = f"""
    asked AS MATERIALIZED (
        SELECT view, lexeme, weight, quote_literal(lexeme)::tsquery AS anywhere,
               (quote_literal(lexeme) || ':AB')::tsquery AS in_heading,
               greatest(sum(weight) OVER (PARTITION BY view), %(least_weight)s) AS total
        FROM unnest(%(views)s::int[], %(lexemes)s::text[], %(weights)s::float8[]) AS words (view, lexeme, weight)),
    meaning AS MATERIALIZED (SELECT vector, subvector(vector, 1, {LEADING})::halfvec({LEADING}) AS nearby
                             FROM (SELECT text::vector AS vector
                                   FROM unnest(%(vectors)s::text[]) AS vectors (text)) AS given)
"""

# Of several texts the one that fits best counts, for meaning and for words. Words are compared one by one, each time
# with the whole vector of words: `|| ''` unpacks it once.
_SCORES = """
    scored AS MATERIALIZED (
        SELECT found.*, cosine, coalesce(share, 0)::float8 AS words
        FROM (SELECT knowledge_base.*, search || '' AS said FROM near JOIN knowledge_base USING (id) OFFSET 0) AS found,
             LATERAL (SELECT max(1 - (embedding <=> vector)) AS cosine
                      FROM meaning WHERE embedding_model = %(model)s) AS meant,
             LATERAL (SELECT max(part) AS share FROM (
                 SELECT sum(weight * CASE WHEN NOT said @@ anywhere THEN 0 WHEN said @@ in_heading THEN 1
                                          ELSE %(in_text)s END) / max(total) AS part
                 FROM asked GROUP BY view) AS parts) AS shares)
"""

_NEAR = """
    SELECT id FROM meaning, LATERAL (
        SELECT id FROM knowledge_base WHERE embedding_model = %(model)s
        ORDER BY beginning <=> nearby LIMIT %(limit)s) AS nearest
"""
# Of the words the rarest, as long as they find no more than a share of all passages: each that is found is read.
_SAYING = """
    SELECT id FROM (
        SELECT id FROM (SELECT anywhere, weight, sum(exp(-weight)) OVER by_weight AS found,
                               row_number() OVER by_weight AS place
                        FROM (SELECT anywhere, max(weight) AS weight FROM asked GROUP BY anywhere) AS words
                        WINDOW by_weight AS (ORDER BY weight DESC, anywhere::text)) AS rare
        JOIN knowledge_base ON search @@ anywhere AND (place = 1 OR place <= %(rarest)s AND found <= %(share)s)
        GROUP BY id ORDER BY sum(weight) DESC, id LIMIT %(limit)s) AS saying
"""

BY_MEANING = f"""
    WITH {_ASKED},
    near AS MATERIALIZED (SELECT DISTINCT id FROM ({_NEAR}) AS nearest),
    {_SCORES}
    SELECT id, slug, cosine, words FROM scored
"""

BY_WORDS = f"""
    WITH {_ASKED},
    near AS MATERIALIZED ({_SAYING}),
    {_SCORES}
    SELECT id, slug, cosine, words FROM scored
"""

BY_BOTH = f"""
    WITH {_ASKED},
    near AS MATERIALIZED ({_NEAR} UNION {_SAYING}),
    {_SCORES}
    SELECT id, slug, cosine, words FROM scored
"""

# Rows without content are questions as customers put them: what they are answered by is found by them, and they are not
# shown. `asked` is how near a passage's own ones come.
ARTICLES = f"""
    WITH {_ASKED},
    near AS MATERIALIZED (SELECT id FROM knowledge_base WHERE slug = ANY(%(slugs)s) AND content <> ''),
    {_SCORES},
    questions AS (SELECT answers AS id, max(1 - (embedding <=> vector)) AS asked
                  FROM knowledge_base, meaning
                  WHERE slug = ANY(%(slugs)s) AND answers IS NOT NULL AND embedding_model = %(model)s
                  GROUP BY answers)
    SELECT id, slug, position, section, content, title, topics, category, cosine, words, asked
    FROM scored LEFT JOIN questions USING (id)
"""
