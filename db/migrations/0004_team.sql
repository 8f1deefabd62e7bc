-- What the team's side looks for every few seconds.

-- When the event about an escalation was last sent: one that nobody acknowledges is sent again.
ALTER TABLE escalations ADD COLUMN raised_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX escalations_unacknowledged ON escalations (raised_at) WHERE status = 'open' AND acknowledged_at IS NULL;

-- What customers wrote while a person holds their conversation, and what nobody has put to a ticket yet.
CREATE INDEX messages_set_aside ON messages (conversation_id)
    WHERE direction = 'inbound' AND outcome = 'silent' AND ticket_id IS NULL;

CREATE INDEX tickets_answered ON tickets (created_at) WHERE status = 'answered';
CREATE INDEX ON dead_letters (status, received_at);
