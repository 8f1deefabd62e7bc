-- Brazil, Mexico and Argentina let one number be written in two ways, and a person is known by one of them (fte.domain.phones).
-- Where both are known already, each stays with its customer: customers are never merged here.
UPDATE customer_identifiers AS i SET value = spelt.value
  FROM (SELECT id, CASE WHEN value ~ '^\+55\d\d[6-9]\d{7}$' THEN regexp_replace(value, '^\+55(\d\d)', '+55\19')
                        WHEN value ~ '^\+521\d{10}$' THEN regexp_replace(value, '^\+521', '+52')
                        WHEN value ~ '^\+54[1-3]\d{9}$' THEN regexp_replace(value, '^\+54', '+549') END AS value
          FROM customer_identifiers WHERE type = 'phone') AS spelt
 WHERE spelt.id = i.id AND spelt.value IS NOT NULL
   AND NOT EXISTS (SELECT FROM customer_identifiers AS o WHERE o.type = 'phone' AND o.value = spelt.value);

-- When it was decided what happens after an answer that did not arrive: another way, people, or nothing.
ALTER TABLE messages ADD COLUMN loss_settled_at timestamptz;
UPDATE messages SET loss_settled_at = now() WHERE delivery_status = 'failed';
CREATE INDEX messages_lost ON messages (received_at) WHERE delivery_status = 'failed' AND loss_settled_at IS NULL;

-- `intake_message` for a message that is STOP or START and nothing else. The customer's wish, what is said about it and
-- the message itself are one transaction. `notice` is {"id","delivery_id","text"}, null when the provider answers such
-- words itself. It goes out once: not for a STOP of somebody who had stopped before. A START that restores nothing is
-- a message like any other.
CREATE FUNCTION intake_keyword(m jsonb, keyword text, notice jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    accepted jsonb := intake_message(m);
    asked    messages;
    changed  bigint;
BEGIN
    IF accepted ->> 'status' <> 'new' THEN
        RETURN accepted;
    END IF;
    SELECT * INTO asked FROM messages WHERE id = (accepted ->> 'message_id')::uuid;
    IF keyword = 'stop' THEN
        WITH added AS (
            INSERT INTO opt_outs (channel, address, source)
            SELECT m ->> 'channel', i ->> 'value', 'keyword' FROM jsonb_array_elements(m -> 'identifiers') AS i
             WHERE i ->> 'level' = 'channel'
            ON CONFLICT DO NOTHING RETURNING 1)
        SELECT count(*) INTO changed FROM added;
    ELSE
        WITH gone AS (
            DELETE FROM opt_outs WHERE channel = m ->> 'channel' AND address IN
                (SELECT i ->> 'value' FROM jsonb_array_elements(m -> 'identifiers') AS i WHERE i ->> 'level' = 'channel')
            RETURNING 1)
        SELECT count(*) INTO changed FROM gone;
        IF changed = 0 THEN
            RETURN accepted;
        END IF;
    END IF;
    UPDATE messages SET outcome = 'answered' WHERE id = asked.id;
    IF changed > 0 THEN
        INSERT INTO audit_log (actor, action, conversation_id, details)
        VALUES ('customer', CASE keyword WHEN 'stop' THEN 'opted_out' ELSE 'opted_in' END, asked.conversation_id,
                jsonb_build_object('channel', asked.channel, 'message_id', asked.id));
        IF notice IS NOT NULL THEN
            INSERT INTO messages (id, conversation_id, customer_id, direction, author, channel, recipient, content,
                                  details, answers, delivery_status, received_at)
            VALUES ((notice ->> 'id')::uuid, asked.conversation_id, asked.customer_id, 'outbound', 'agent',
                    asked.channel, asked.sender, notice ->> 'text', '{"notice": "opt_out"}', asked.id, 'queued', now());
            INSERT INTO deliveries (id, message_id, part, body)
            VALUES ((notice ->> 'delivery_id')::uuid, (notice ->> 'id')::uuid, 1, notice ->> 'text');
        END IF;
    END IF;
    RETURN accepted;
END $$;
