-- What tells one address from another: where the reply to an inbound message goes, where an outbound one went. It was
-- written out in four queries; all that is said to an address, or was said by it, is found by it now.
ALTER TABLE messages ADD COLUMN reply_key text NOT NULL GENERATED ALWAYS AS (
    lower(CASE direction WHEN 'inbound' THEN coalesce(nullif(details ->> 'reply_to', ''), sender, '')
                         ELSE coalesce(recipient, '') END)) STORED;
CREATE INDEX messages_by_address ON messages (customer_id, reply_key, seq);

-- Since when the matter is open again: the receipt of the message that reopened it, where one did.
ALTER TABLE tickets ADD COLUMN reopened_at timestamptz;

CREATE OR REPLACE FUNCTION check_ticket_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> OLD.status AND NOT EXISTS (
        SELECT FROM ticket_transitions WHERE from_status = OLD.status AND to_status = NEW.status)
    THEN
        RAISE EXCEPTION 'ticket cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'reopened' AND OLD.status <> 'reopened' AND NEW.reopened_at IS NOT DISTINCT FROM OLD.reopened_at
    THEN
        NEW.reopened_at := now();
    END IF;
    NEW.updated_at := now();
    RETURN NEW;
END $$;
