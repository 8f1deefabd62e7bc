-- The mailbox in trouble: mails that cannot be had, a mailbox that cannot be read, mail that answers mail for ever; and
-- which conversation a mail goes on with.

-- Why the mailbox cannot be read, since how many tries, and when the next one is due. One row for all processes, so
-- that they try, and tell of it, once.
ALTER TABLE mailbox_cursors
    ADD COLUMN trouble          text,
    ADD COLUMN failures         int NOT NULL DEFAULT 0,
    ADD COLUMN next_attempt_at  timestamptz;

-- Mails that became no message, and why. failing: could not be had yet, and holds the cursor back. parked: the cursor
-- went on without it, and it is tried again at times. given_up: parked for a week. ignored: no customer's message; of a
-- machine's mail that belongs to a conversation, the words are kept for the team.
CREATE TABLE mailbox_entries (
    address              text NOT NULL,
    provider_message_id  text NOT NULL,
    state                text NOT NULL CHECK (state IN ('failing', 'parked', 'given_up', 'ignored')),
    reason               text NOT NULL,
    tries                int NOT NULL DEFAULT 0,
    next_attempt_at      timestamptz,
    conversation_id      uuid REFERENCES conversations,
    ticket_id            uuid REFERENCES tickets,
    details              jsonb NOT NULL DEFAULT '{}',
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (address, provider_message_id)
);
CREATE INDEX mailbox_entries_parked ON mailbox_entries (address, next_attempt_at) WHERE state = 'parked';
CREATE INDEX mailbox_entries_of_conversation ON mailbox_entries (conversation_id, created_at)
    WHERE conversation_id IS NOT NULL;

-- How much mail of a kind came, for the loop breaker: a key tells the kind, and is a hash, so that no address stands
-- here. A mail counts once for each key, however often it is read and under however many of our addresses.
CREATE TABLE mail_tally (
    key          text NOT NULL,
    mail_id      text NOT NULL,
    received_at  timestamptz NOT NULL,
    PRIMARY KEY (key, mail_id)
);
CREATE INDEX ON mail_tally (key, received_at);
CREATE INDEX ON mail_tally (received_at);

-- Tickets that have to do with each other, and why.
CREATE TABLE ticket_links (
    ticket_id   uuid NOT NULL REFERENCES tickets,
    other_id    uuid NOT NULL REFERENCES tickets,
    reason      text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (ticket_id, other_id),
    CHECK (ticket_id <> other_id)
);
CREATE INDEX ON ticket_links (other_id);

CREATE INDEX ON deliveries (rfc_message_id) WHERE rfc_message_id IS NOT NULL;

-- Which message a mail goes on with: by In-Reply-To, then References, the newest first, then our own Message-IDs among
-- them by their signed tokens (`answers_ours`, in that order), then Gmail's thread. `own` is one of the same customer;
-- where there is none, `foreign_one` is the first of somebody else: whoever writes into another's thread does not get
-- into the other's conversation.
CREATE FUNCTION mail_thread(customer uuid, m jsonb, OUT own messages, OUT foreign_one messages) LANGUAGE plpgsql STABLE
AS $$
DECLARE
    found  messages;
    spot   record;
BEGIN
    FOR spot IN
        WITH named AS (
            SELECT m -> 'details' ->> 'in_reply_to' AS id, 0::bigint AS position
            UNION ALL
            SELECT value, 1000 - ordinality
              FROM jsonb_array_elements_text(coalesce(m -> 'details' -> 'references', '[]')) WITH ORDINALITY)
        SELECT x.id, n.position, x.seq FROM named AS n JOIN messages AS x ON x.rfc_message_id = n.id
         WHERE n.id <> '' AND x.direction = 'inbound' AND x.channel = 'email'
        UNION ALL
        SELECT x.id, n.position, x.seq FROM named AS n JOIN deliveries AS d ON d.rfc_message_id = n.id
          JOIN messages AS x ON x.id = d.message_id WHERE n.id <> ''
        UNION ALL
        (SELECT x.id, 2000, x.seq FROM messages AS x
          WHERE x.provider_thread_id = m ->> 'provider_thread_id' AND x.channel = m ->> 'channel'
          ORDER BY x.customer_id <> customer, x.seq DESC LIMIT 1)
        UNION ALL
        SELECT x.id, 1000 + ordinality, x.seq
          FROM jsonb_array_elements_text(coalesce(m -> 'details' -> 'answers_ours', '[]'))
          WITH ORDINALITY AS t (id, ordinality)
          JOIN messages AS x ON x.id = t.id::uuid
         ORDER BY position, seq DESC
    LOOP
        SELECT * INTO found FROM messages WHERE id = spot.id;
        IF found.customer_id = customer THEN
            own := found;
            RETURN;
        ELSIF foreign_one.id IS NULL THEN
            foreign_one := found;
        END IF;
    END LOOP;
END $$;

-- As in 0002, but for the conversation that the message goes on with: see `mail_thread`. `details.continues_ticket` is
-- the ticket of the mail that it answers. A mail into another customer's thread begins a conversation; `details.linked`
-- names what it was written into.
CREATE OR REPLACE FUNCTION intake_message(m jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    known      messages;
    customer   uuid;
    talk       uuid;
    thread     record;
    linked     uuid;
    kept       jsonb := m -> 'details';
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

        IF m ->> 'channel' = 'email' THEN
            SELECT (t.own).conversation_id, (t.own).ticket_id, (t.foreign_one).id AS linked,
                   (t.foreign_one).conversation_id AS other
              INTO thread FROM mail_thread(customer, m) AS t;
            talk := thread.conversation_id;
            IF thread.ticket_id IS NOT NULL THEN
                kept := kept || jsonb_build_object('continues_ticket', thread.ticket_id);
            END IF;
            linked := thread.linked;
        END IF;
        IF talk IS NULL AND linked IS NOT NULL THEN
            kept := kept || jsonb_build_object('linked', jsonb_build_object('message_id', linked));
            INSERT INTO audit_log (actor, action, conversation_id, details)
            VALUES ('intake', 'written_into_a_foreign_thread', thread.other,
                    jsonb_build_object('message_id', m ->> 'id'));
        ELSIF talk IS NULL THEN
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
                m ->> 'subject', m ->> 'content', kept, m ->> 'content_hash', m ->> 'reference',
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

-- A message that was written into another's thread links its ticket to the other's, as soon as it has one.
CREATE FUNCTION link_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ticket_links (ticket_id, other_id, reason)
    SELECT NEW.ticket_id, x.ticket_id, 'written into its thread' FROM messages AS x
     WHERE x.id = (NEW.details -> 'linked' ->> 'message_id')::uuid
       AND x.ticket_id IS NOT NULL AND x.ticket_id <> NEW.ticket_id
    ON CONFLICT DO NOTHING;
    RETURN NEW;
END $$;
CREATE TRIGGER ticket_linked AFTER UPDATE OF ticket_id ON messages FOR EACH ROW
    WHEN (NEW.ticket_id IS NOT NULL AND OLD.ticket_id IS DISTINCT FROM NEW.ticket_id AND NEW.details ? 'linked')
    EXECUTE FUNCTION link_ticket();
