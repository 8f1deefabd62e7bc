-- The intake's one transaction, as one call: message, customer, conversation and outgoing events together.

-- Which customer these identifiers mean; a new one if none is known. `identifiers` is an array of
-- {"type","value","level","reason"}, the most reliable first. Two customers are never merged here: when the
-- identifiers disagree, the first one decides and the rest stays where it is, with a line in the audit log.
CREATE FUNCTION resolve_customer(identifiers jsonb, display_name text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    found  uuid[];
    chosen uuid;
BEGIN
    -- In one order for everybody, so that two intakes of one new customer queue up rather than deadlock.
    PERFORM pg_advisory_xact_lock(hashtextextended(key, 0))
       FROM (SELECT DISTINCT i ->> 'type' || ':' || (i ->> 'value') AS key
               FROM jsonb_array_elements(identifiers) AS i ORDER BY 1) AS keys;

    SELECT array_agg(c.customer_id ORDER BY i.position) INTO found
      FROM jsonb_array_elements(identifiers) WITH ORDINALITY AS i (value, position)
      JOIN customer_identifiers AS c ON c.type = i.value ->> 'type' AND c.value = i.value ->> 'value';

    chosen := found[1];
    IF chosen IS NULL THEN
        INSERT INTO customers (name) VALUES (nullif(display_name, '')) RETURNING id INTO chosen;
    ELSE
        UPDATE customers SET name = display_name WHERE id = chosen AND name IS NULL AND display_name <> '';
    END IF;

    INSERT INTO customer_identifiers (customer_id, type, value, level, reason)
    SELECT chosen, i ->> 'type', i ->> 'value', i ->> 'level', i ->> 'reason' FROM jsonb_array_elements(identifiers) AS i
    ON CONFLICT (type, value) DO UPDATE SET level = excluded.level, reason = excluded.reason
        WHERE customer_identifiers.customer_id = chosen
          AND customer_identifiers.level = 'claimed' AND excluded.level <> 'claimed';

    IF EXISTS (SELECT FROM unnest(found) AS other WHERE other <> chosen) THEN
        INSERT INTO audit_log (actor, action, details)
        VALUES ('intake', 'ambiguous_identity', jsonb_build_object('customers', found));
    END IF;
    RETURN chosen;
END $$;

-- Stores one inbound message once. `m` holds the message's columns, "identifiers", "name" and "events": templates
-- {"id","type","topic","source","time","data"} that are completed with the customer and the conversation.
-- Returns {"status": "new" | "duplicate" | "conflict", "message_id", "reference", "events": [outbox rows]}.
-- A repeated message has no events: its first delivery wrote them. Same id with another body is a conflict.
-- Two deliveries at the same instant: the unique index refuses the second, whole, and its caller calls again.
CREATE FUNCTION intake_message(m jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    known      messages;
    customer   uuid;
    talk       uuid;
    events     jsonb;
BEGIN
    -- A mail is known by (Message-ID, From) too: the same mail can reach two of our addresses under two ids.
    SELECT * INTO known FROM messages
     WHERE direction = 'inbound' AND channel = m ->> 'channel'
       AND (provider_message_id = m ->> 'provider_message_id'
            OR (channel = 'email' AND rfc_message_id = m ->> 'rfc_message_id' AND sender = m ->> 'sender'))
     LIMIT 1;
    IF NOT FOUND THEN
        customer := resolve_customer(m -> 'identifiers', m ->> 'name');
        -- One customer's messages are stored one after the other, so that two lines at once make one conversation.
        PERFORM FROM customers WHERE id = customer FOR NO KEY UPDATE;

        SELECT conversation_id INTO talk FROM messages
         WHERE customer_id = customer AND provider_thread_id = m ->> 'provider_thread_id' AND channel = m ->> 'channel'
         ORDER BY seq DESC LIMIT 1;
        IF talk IS NULL THEN
            SELECT id INTO talk FROM conversations
             WHERE customer_id = customer AND status = 'open' AND last_message_at > now() - interval '24 hours'
             ORDER BY last_message_at DESC LIMIT 1;
        END IF;
        IF talk IS NULL THEN
            INSERT INTO conversations (customer_id, channel) VALUES (customer, m ->> 'channel') RETURNING id INTO talk;
        END IF;

        INSERT INTO messages (id, conversation_id, customer_id, direction, author, channel, provider_message_id,
                              provider_thread_id, rfc_message_id, sender, recipient, subject, content, details,
                              content_hash, reference, received_at)
        VALUES ((m ->> 'id')::uuid, talk, customer, 'inbound', 'customer', m ->> 'channel', m ->> 'provider_message_id',
                m ->> 'provider_thread_id', m ->> 'rfc_message_id', m ->> 'sender', m ->> 'recipient',
                m ->> 'subject', m ->> 'content', m -> 'details', m ->> 'content_hash', m ->> 'reference',
                (m ->> 'received_at')::timestamptz);
        UPDATE conversations SET channel = m ->> 'channel', last_message_at = now(), status = 'open' WHERE id = talk;
        WITH added AS (
            INSERT INTO outbox (id, topic, key, attributes, data, conversation_id)
            SELECT (e ->> 'id')::uuid, e ->> 'topic', customer::text,
                   (e -> 'attributes') || jsonb_build_object('subject', talk, 'partitionkey', customer),
                   (e -> 'data') || jsonb_build_object('customer_id', customer, 'conversation_id', talk),
                   talk
              FROM jsonb_array_elements(m -> 'events') AS e
            RETURNING id, topic, key, attributes, data)
        SELECT jsonb_agg(to_jsonb(added)) INTO events FROM added;
        RETURN jsonb_build_object('status', 'new', 'message_id', m ->> 'id', 'reference', m ->> 'reference',
                                  'events', events);
    END IF;

    IF known.content_hash IS DISTINCT FROM m ->> 'content_hash' THEN
        INSERT INTO audit_log (actor, action, conversation_id, details)
        VALUES ('intake', 'conflicting_message', known.conversation_id,
                jsonb_build_object('message_id', known.id, 'content_hash', m ->> 'content_hash'));
        RETURN jsonb_build_object('status', 'conflict', 'message_id', known.id, 'reference', known.reference,
                                  'events', '[]'::jsonb);
    END IF;
    RETURN jsonb_build_object('status', 'duplicate', 'message_id', known.id, 'reference', known.reference,
                              'events', '[]'::jsonb);
END $$;
