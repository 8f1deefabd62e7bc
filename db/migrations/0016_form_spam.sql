-- A machine must not be able to tell that its post was set aside: the same limit and the same conflict meet it as they
-- meet anybody.

ALTER TABLE form_spam ADD COLUMN sender text NOT NULL DEFAULT '', ADD COLUMN content_hash text NOT NULL DEFAULT '';
CREATE INDEX ON form_spam (sender, received_at);

-- Answers like intake_message to one post too many of a sender within the hour; NULL while there is room.
CREATE FUNCTION form_limit(m jsonb, most int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    room_at timestamptz;
BEGIN
    -- Before the locks of the customer's identifiers, and of another name: no two intakes wait for each other.
    PERFORM pg_advisory_xact_lock(hashtextextended('form:' || (m ->> 'sender'), 0));
    SELECT at + interval '1 hour' INTO room_at FROM (
        SELECT created_at AS at FROM messages
         WHERE direction = 'inbound' AND channel = 'webform' AND sender = m ->> 'sender'
         UNION ALL
        SELECT received_at FROM form_spam WHERE sender = m ->> 'sender') AS posts
     WHERE at > now() - interval '1 hour' ORDER BY at DESC OFFSET most - 1 LIMIT 1;
    IF room_at IS NULL THEN
        RETURN NULL;
    END IF;
    RETURN jsonb_build_object('status', 'limited', 'message_id', m ->> 'id', 'reference', '', 'events', '[]'::jsonb,
                              'seconds', greatest(1, ceil(extract(epoch FROM room_at - now()))::int));
END $$;

CREATE OR REPLACE FUNCTION intake_form(m jsonb, most int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    too_many jsonb := form_limit(m, most);
BEGIN
    IF too_many IS NOT NULL AND NOT EXISTS (
        SELECT FROM messages WHERE direction = 'inbound' AND channel = 'webform'
           AND provider_message_id = m ->> 'provider_message_id')
    THEN
        RETURN too_many;
    END IF;
    RETURN intake_message(m);
END $$;

DROP FUNCTION set_form_aside(uuid, text, text, jsonb);

-- Keeps a post once, and answers as intake_form does.
CREATE FUNCTION set_form_aside(m jsonb, why text, what jsonb, most int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    too_many jsonb := form_limit(m, most);
    known record;
BEGIN
    DELETE FROM form_spam WHERE received_at < now() - interval '30 days';
    SELECT reference, content_hash INTO known FROM (
        SELECT reference, content_hash FROM messages
         WHERE direction = 'inbound' AND channel = 'webform' AND provider_message_id = m ->> 'provider_message_id'
         UNION ALL
        SELECT reference, content_hash FROM form_spam WHERE id = (m ->> 'id')::uuid) AS posts LIMIT 1;
    IF FOUND THEN
        RETURN jsonb_build_object(
            'status', CASE WHEN known.content_hash = m ->> 'content_hash' THEN 'duplicate' ELSE 'conflict' END,
            'message_id', m ->> 'id', 'reference', known.reference, 'events', '[]'::jsonb);
    END IF;
    IF too_many IS NOT NULL THEN
        RETURN too_many;
    END IF;
    INSERT INTO form_spam (id, reference, reason, fields, sender, content_hash)
    VALUES ((m ->> 'id')::uuid, m ->> 'reference', why, what, m ->> 'sender', m ->> 'content_hash');
    RETURN jsonb_build_object('status', 'new', 'message_id', m ->> 'id', 'reference', m ->> 'reference',
                              'events', '[]'::jsonb);
END $$;
