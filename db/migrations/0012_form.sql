-- What keeps the form from being misused.

-- Posts that look like a machine's. Who sent one is told the same as anybody; it is kept for a month, so that a person
-- who was taken for a machine is not lost without a trace.
CREATE TABLE form_spam (
    id           uuid PRIMARY KEY,
    reference    text NOT NULL UNIQUE,
    reason       text NOT NULL CHECK (reason IN ('honeypot', 'too_fast')),
    fields       jsonb NOT NULL,
    received_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON form_spam (received_at);

-- Keeps a post once, and returns its reference.
CREATE FUNCTION set_form_aside(post uuid, given text, why text, what jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    kept text;
BEGIN
    DELETE FROM form_spam WHERE received_at < now() - interval '30 days';
    INSERT INTO form_spam (id, reference, reason, fields) VALUES (post, given, why, what)
    ON CONFLICT (id) DO UPDATE SET reason = excluded.reason
    RETURNING reference INTO kept;
    RETURN kept;
END $$;

CREATE INDEX messages_forms_by_sender ON messages (sender, created_at)
    WHERE direction = 'inbound' AND channel = 'webform';

-- intake_message, for at most `most` new messages an hour from one sender. A message that is here already is none of
-- them. Returns {"status": "limited", …} for one too many, with the seconds until there is room; nothing is stored then.
CREATE FUNCTION intake_form(m jsonb, most int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    room_at timestamptz;
BEGIN
    -- Before the locks of the customer's identifiers, and of another name: no two intakes wait for each other.
    PERFORM pg_advisory_xact_lock(hashtextextended('form:' || (m ->> 'sender'), 0));
    IF NOT EXISTS (SELECT FROM messages WHERE direction = 'inbound' AND channel = 'webform'
                      AND provider_message_id = m ->> 'provider_message_id')
    THEN
        SELECT created_at + interval '1 hour' INTO room_at FROM messages
         WHERE direction = 'inbound' AND channel = 'webform' AND sender = m ->> 'sender'
           AND created_at > now() - interval '1 hour'
         ORDER BY created_at DESC OFFSET most - 1 LIMIT 1;
        IF FOUND THEN
            RETURN jsonb_build_object('status', 'limited', 'message_id', m ->> 'id', 'reference', '',
                                      'events', '[]'::jsonb,
                                      'seconds', greatest(1, ceil(extract(epoch FROM room_at - now()))::int));
        END IF;
    END IF;
    RETURN intake_message(m);
END $$;
