-- Which customer a message is from. `identifiers` is an array of {"type","value","level","reason"}, the sender's own
-- first; the intake adds "names" (the sender's name as tokens) and "channel" to the first. What follows is the sender's
-- own as well if the provider vouches for it, and a claim if it is *claimed*.
-- A claim may join two customers, and one that speaks against another may part them: see `link_holds`.
CREATE OR REPLACE FUNCTION resolve_customer(identifiers jsonb, display_name text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    first     jsonb := identifiers -> 0;
    own       text := address_of(first ->> 'type', first ->> 'value');
    called    text := nullif(first ->> 'names', '');
    chosen    uuid;
    held      uuid;
    fresh     uuid;
    ring      uuid;
    owner     record;
    item      jsonb;
    what      text;
    changed   boolean := false;
BEGIN
    -- In one order for everybody, so that two intakes of one new customer queue up rather than deadlock.
    PERFORM pg_advisory_xact_lock(hashtextextended(key, 0))
       FROM (SELECT DISTINCT address_of(i ->> 'type', i ->> 'value') AS key
               FROM jsonb_array_elements(identifiers) AS i ORDER BY 1) AS keys;

    LOOP
        -- An address that was only claimed is nobody's until it writes; a row that no link explains is older than links.
        SELECT customer_id, circle INTO chosen, ring FROM customer_identifiers AS i
         WHERE i.address = own
           AND (i.writes OR NOT EXISTS (SELECT FROM identity_links WHERE named = own AND ended_at IS NULL)) LIMIT 1;
        EXIT WHEN chosen IS NULL OR chosen = held;
        -- It may be merged or split in this moment: look again once it is ours.
        PERFORM FROM customers WHERE id = chosen FOR NO KEY UPDATE;
        held := chosen;
    END LOOP;

    -- A user id of WhatsApp stays with its owner, and a number need not.
    FOR item IN SELECT i FROM jsonb_array_elements(identifiers - 0) AS i WHERE i ->> 'level' <> 'claimed' LOOP
        what := address_of(item ->> 'type', item ->> 'value');
        SELECT customer_id, circle INTO owner FROM customer_identifiers WHERE address = what AND writes LIMIT 1;
        IF owner.customer_id IS NOT NULL AND owner.circle IS DISTINCT FROM ring THEN
            -- Both are known. Met apart so far, they are one; a number that others had before has changed hands.
            IF chosen IS NOT NULL AND NOT EXISTS (
                SELECT FROM customer_identifiers AS x JOIN customer_identifiers AS y USING (type)
                 WHERE x.circle = ring AND y.circle = owner.circle AND x.address <> y.address)
            THEN
                UPDATE customer_identifiers SET circle = owner.circle WHERE circle = ring;
                IF chosen <> owner.customer_id THEN
                    PERFORM merge_customers(owner.customer_id, chosen, 'intake', item ->> 'reason');
                END IF;
            ELSIF chosen IS NOT NULL THEN
                PERFORM change_hands(own, owner.customer_id, owner.circle);
            END IF;
            chosen := owner.customer_id;
            ring := owner.circle;
            changed := true;
        ELSIF owner.customer_id IS NULL AND EXISTS (
            SELECT FROM customer_identifiers WHERE circle = ring AND type = item ->> 'type' AND address <> what)
        THEN
            INSERT INTO customers (name) VALUES (nullif(display_name, '')) RETURNING id INTO chosen;
            ring := gen_random_uuid();
            PERFORM change_hands(own, chosen, ring);
            changed := true;
        END IF;
    END LOOP;

    IF chosen IS NULL THEN
        INSERT INTO customers (name) VALUES (nullif(display_name, '')) RETURNING id INTO chosen;
        fresh := chosen;
        changed := true;
    ELSE
        UPDATE customers SET name = display_name WHERE id = chosen AND name IS NULL AND display_name <> '';
    END IF;
    ring := coalesce(ring, gen_random_uuid());

    FOR item IN
        SELECT i FROM jsonb_array_elements(identifiers) WITH ORDINALITY AS e (i, position)
         WHERE position = 1 OR i ->> 'level' <> 'claimed'
    LOOP
        CONTINUE WHEN EXISTS (
            SELECT FROM customer_identifiers AS known
             WHERE type = item ->> 'type' AND value = item ->> 'value' AND customer_id = chosen AND circle = ring
               AND writes AND (called IS NULL OR called = ANY (names) OR cardinality(names) > 9)
               AND (level <> 'claimed' OR item ->> 'level' = 'claimed'));
        INSERT INTO customer_identifiers AS known (customer_id, type, value, level, reason, circle, writes, names)
        VALUES (chosen, item ->> 'type', item ->> 'value', item ->> 'level', item ->> 'reason', ring, true,
                CASE WHEN called IS NULL THEN '{}' ELSE ARRAY[called] END)
        ON CONFLICT (type, value) DO UPDATE
           SET customer_id = chosen, circle = ring, writes = true,
               names = CASE WHEN called IS NULL OR called = ANY (known.names) OR cardinality(known.names) > 9
                            THEN known.names ELSE known.names || called END,
               level = CASE WHEN known.level = 'claimed' THEN excluded.level ELSE known.level END,
               reason = CASE WHEN known.level = 'claimed' AND excluded.level <> 'claimed' OR NOT known.writes
                             THEN excluded.reason ELSE known.reason END;
        changed := true;
    END LOOP;

    FOR item IN SELECT i FROM jsonb_array_elements(identifiers - 0) AS i WHERE i ->> 'level' = 'claimed' LOOP
        what := address_of(item ->> 'type', item ->> 'value');
        CONTINUE WHEN EXISTS (SELECT FROM customer_identifiers WHERE address = what AND circle = ring)
            OR EXISTS (SELECT FROM identity_links WHERE said_by = own AND named = what AND together
                          AND channel = coalesce(first ->> 'channel', '') AND ended_at IS NULL);
        INSERT INTO identity_links (said_by, named, level, reason, channel)
        VALUES (own, what, 'claimed', item ->> 'reason', coalesce(first ->> 'channel', ''))
        ON CONFLICT DO NOTHING;
        changed := changed OR FOUND;
        INSERT INTO customer_identifiers (customer_id, type, value, level, reason)
        SELECT chosen, item ->> 'type', item ->> 'value', 'claimed', item ->> 'reason'
         WHERE NOT EXISTS (SELECT FROM customer_identifiers WHERE address = what)
        ON CONFLICT (type, value) DO NOTHING;
    END LOOP;

    IF changed THEN
        PERFORM settle_identity(ARRAY(SELECT address_of(i ->> 'type', i ->> 'value')
                                        FROM jsonb_array_elements(identifiers) AS i));
        SELECT customer_id INTO chosen FROM customer_identifiers WHERE address = own LIMIT 1;
        -- Known already by a claim: nothing was ever written under the new one.
        IF fresh <> chosen
           AND NOT EXISTS (SELECT FROM customer_identifiers WHERE customer_id = fresh)
           AND NOT EXISTS (SELECT FROM messages WHERE customer_id = fresh)
           AND NOT EXISTS (SELECT FROM customer_changes WHERE customer_id = fresh)
        THEN
            DELETE FROM customer_changes WHERE other_id = fresh;
            DELETE FROM customers WHERE id = fresh;
        END IF;
    END IF;
    RETURN chosen;
END $$;

-- Which messages of the customer the reply to `last` may be shown: by their reply keys. The key of the reply itself, and
-- those of its circle; a mail whose answer goes elsewhere has no circle, and is in nobody's.
CREATE FUNCTION reply_keys_seen_by(last uuid) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(DISTINCT key) FROM (
        SELECT reply_key AS key FROM messages WHERE id = last
        UNION ALL
        SELECT m.reply_key FROM messages AS l
          JOIN customer_identifiers AS i ON i.address = l.address AND i.customer_id = l.customer_id
          JOIN customer_identifiers AS n ON n.circle = i.circle AND n.customer_id = i.customer_id
          JOIN messages AS m ON m.customer_id = n.customer_id AND m.address = n.address
         WHERE l.id = last AND l.reply_key = mailbox(l.sender)
           AND m.direction = 'inbound' AND m.reply_key = mailbox(m.sender)) AS keys
$$;

-- By which other channels the customer wrote before the message `seq`, newest first, as far as the reply to `last` may
-- be told so: where the writer there named this address, or is of its circle. Whoever only names others learns nothing.
CREATE FUNCTION channels_told_to(last uuid, before bigint) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(channel ORDER BY latest DESC), '{}') FROM (
        SELECT m.channel, max(m.seq) AS latest FROM messages AS l
          JOIN messages AS m ON m.customer_id = l.customer_id AND m.direction = 'inbound' AND m.channel <> l.channel
         WHERE l.id = last AND m.seq < before AND (
               m.reply_key = ANY (reply_keys_seen_by(last))
               OR l.reply_key = mailbox(l.sender) AND EXISTS (
                  SELECT FROM identity_links AS k
                   WHERE k.said_by = m.address AND k.named = l.address AND k.channel = m.channel
                     AND k.together AND k.ended_at IS NULL))
         GROUP BY m.channel) AS told
$$;

-- What is written by somebody who read the customer before it was merged belongs to where the customer went.
CREATE FUNCTION follow_merge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT coalesce(merged_into, id) INTO NEW.customer_id FROM customers WHERE id = NEW.customer_id;
    RETURN NEW;
END $$;
CREATE TRIGGER follow_merge BEFORE INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION follow_merge();
CREATE TRIGGER follow_merge BEFORE INSERT ON escalations FOR EACH ROW EXECUTE FUNCTION follow_merge();
CREATE TRIGGER follow_merge BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.direction = 'outbound')
    EXECUTE FUNCTION follow_merge();

-- What is known already. An address that wrote is told from one that was typed, which gets a link of its own; spellings
-- of one mailbox that were met as several customers become one.
UPDATE customer_identifiers AS i SET writes = true
 WHERE level <> 'claimed' OR EXISTS (SELECT FROM messages AS m WHERE m.customer_id = i.customer_id
                                        AND m.direction = 'inbound' AND m.address = i.address);
INSERT INTO identity_links (said_by, named, level, reason, channel)
SELECT DISTINCT ON (i.address) o.address, i.address, 'claimed', i.reason, 'webform'
  FROM customer_identifiers AS i JOIN customer_identifiers AS o ON o.customer_id = i.customer_id
 WHERE i.address <> o.address AND o.writes AND o.id < i.id AND (NOT i.writes OR i.type <> o.type)
 ORDER BY i.address, o.id;
DO $$
DECLARE
    several record;
BEGIN
    FOR several IN
        SELECT address, array_agg(DISTINCT customer_id) AS found FROM customer_identifiers
         GROUP BY address HAVING count(DISTINCT customer_id) > 1
    LOOP
        FOR i IN 2 .. cardinality(several.found) LOOP
            PERFORM merge_customers(several.found[1], several.found[i], 'migration', 'spellings of one mailbox');
        END LOOP;
    END LOOP;
    UPDATE customer_identifiers AS i SET circle = f.circle
      FROM (SELECT DISTINCT ON (address) address, circle FROM customer_identifiers ORDER BY address, id) AS f
     WHERE f.address = i.address AND f.circle <> i.circle;
END $$;
