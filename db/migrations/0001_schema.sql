-- The record of the support desk. Every table that must not hold a thing twice says so in an index.

CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE customers (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name        text,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- How a customer is reached or recognised. `level` says what the link rests on: claimed (typed by somebody),
-- channel (a message came from it), verified (a code came back).
CREATE TABLE customer_identifiers (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id  uuid NOT NULL REFERENCES customers,
    type         text NOT NULL CHECK (type IN ('email', 'phone', 'whatsapp')),
    value        text NOT NULL,
    level        text NOT NULL CHECK (level IN ('claimed', 'channel', 'verified')),
    reason       text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (type, value)
);
CREATE INDEX ON customer_identifiers (customer_id);

-- `channel` is the channel of the last inbound message: the reply goes there.
-- `agent_silent` is true while a person of the team holds the conversation.
CREATE TABLE conversations (
    id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id      uuid NOT NULL REFERENCES customers,
    channel          text NOT NULL CHECK (channel IN ('email', 'whatsapp', 'webform')),
    status           text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
    agent_silent     boolean NOT NULL DEFAULT false,
    started_at       timestamptz NOT NULL DEFAULT now(),
    last_message_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON conversations (customer_id, last_message_at DESC);

-- The right to answer a conversation: a lease, and a fencing number that refuses a worker that woke up too late.
CREATE TABLE turns (
    conversation_id  uuid PRIMARY KEY REFERENCES conversations,
    holder           text NOT NULL,
    fence            bigint NOT NULL,
    lease_until      timestamptz NOT NULL
);

CREATE TABLE ticket_transitions (
    from_status  text NOT NULL,
    to_status    text NOT NULL,
    PRIMARY KEY (from_status, to_status)
);
INSERT INTO ticket_transitions VALUES
    ('open', 'in_progress'), ('open', 'answered'), ('open', 'escalated'), ('open', 'resolved'), ('open', 'closed'),
    ('in_progress', 'answered'), ('in_progress', 'escalated'), ('in_progress', 'resolved'), ('in_progress', 'closed'),
    ('answered', 'in_progress'), ('answered', 'escalated'), ('answered', 'resolved'), ('answered', 'closed'),
    ('escalated', 'in_progress'), ('escalated', 'answered'), ('escalated', 'resolved'), ('escalated', 'closed'),
    ('resolved', 'reopened'), ('resolved', 'closed'),
    ('reopened', 'in_progress'), ('reopened', 'answered'), ('reopened', 'escalated'), ('reopened', 'resolved'),
    ('reopened', 'closed');

CREATE TABLE tickets (
    id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    reference        text NOT NULL UNIQUE CHECK (reference ~ '^TC-[0-9A-HJKMNP-TV-Z]{10}$'),
    customer_id      uuid NOT NULL REFERENCES customers,
    conversation_id  uuid NOT NULL REFERENCES conversations,
    channel          text NOT NULL,
    subject          text NOT NULL,
    status           text NOT NULL DEFAULT 'open' CHECK (status IN
                         ('open', 'in_progress', 'answered', 'escalated', 'resolved', 'reopened', 'closed')),
    category         text NOT NULL CHECK (category IN
                         ('how_to', 'technical_issue', 'account_access', 'billing', 'integration', 'feature_request',
                          'feedback', 'sales', 'legal', 'security')),
    priority         text NOT NULL CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
    sentiment_score  real NOT NULL CHECK (sentiment_score BETWEEN 0 AND 1),
    sentiment_label  text NOT NULL CHECK (sentiment_label IN ('negative', 'neutral', 'positive')),
    triage           jsonb NOT NULL DEFAULT '{}',
    needs_review     boolean NOT NULL DEFAULT false,
    resolution       text CHECK (resolution IN ('confirmed', 'assumed')),
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    resolved_at      timestamptz,
    CHECK ((status = 'resolved') <= (resolution IS NOT NULL))
);
CREATE INDEX ON tickets (conversation_id, created_at);
CREATE INDEX ON tickets (customer_id, created_at);

CREATE FUNCTION check_ticket_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> OLD.status AND NOT EXISTS (
        SELECT FROM ticket_transitions WHERE from_status = OLD.status AND to_status = NEW.status)
    THEN
        RAISE EXCEPTION 'ticket cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    NEW.updated_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER ticket_transition BEFORE UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION check_ticket_transition();

-- Inbound and outbound. Inbound: `reference` is reserved by the intake and becomes the ticket's; `outcome` is what
-- the agent did with it (null: still owed). Outbound: `delivery_status` sums up its deliveries.
CREATE TABLE messages (
    id                   uuid PRIMARY KEY,
    seq                  bigint GENERATED ALWAYS AS IDENTITY,
    conversation_id      uuid NOT NULL REFERENCES conversations,
    customer_id          uuid NOT NULL REFERENCES customers,
    ticket_id            uuid REFERENCES tickets,
    direction            text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    author               text NOT NULL CHECK (author IN ('customer', 'agent', 'human')),
    channel              text NOT NULL CHECK (channel IN ('email', 'whatsapp', 'webform')),
    provider_message_id  text,
    provider_thread_id   text,
    rfc_message_id       text,
    sender               text,
    recipient            text,
    subject              text NOT NULL DEFAULT '',
    content              text NOT NULL,
    details              jsonb NOT NULL DEFAULT '{}',
    content_hash         text,
    reference            text UNIQUE,
    answers              uuid REFERENCES messages,
    outcome              text CHECK (outcome IN ('answered', 'asked', 'escalated', 'resolved', 'silent')),
    next_attempt_at      timestamptz,
    attempts             int NOT NULL DEFAULT 0,
    delivery_status      text CHECK (delivery_status IN
                             ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'bounced', 'unknown')),
    received_at          timestamptz NOT NULL,
    created_at           timestamptz NOT NULL DEFAULT now(),
    CHECK ((direction = 'inbound') = (author = 'customer')),
    CHECK ((direction = 'outbound') = (delivery_status IS NOT NULL))
);
CREATE UNIQUE INDEX messages_once ON messages (channel, provider_message_id) WHERE direction = 'inbound';
CREATE UNIQUE INDEX messages_mail_once ON messages (rfc_message_id, sender)
    WHERE direction = 'inbound' AND channel = 'email';
CREATE INDEX ON messages (conversation_id, seq);
CREATE INDEX messages_unanswered ON messages (received_at) WHERE direction = 'inbound' AND outcome IS NULL;
CREATE INDEX ON messages (provider_thread_id) WHERE provider_thread_id IS NOT NULL;
CREATE INDEX ON messages (ticket_id);

-- One row per part that goes to the provider; an e-mail has one, a WhatsApp answer up to three.
CREATE TABLE deliveries (
    id                   uuid PRIMARY KEY,
    message_id           uuid NOT NULL REFERENCES messages,
    part                 int NOT NULL CHECK (part >= 1),
    body                 text NOT NULL,
    status               text NOT NULL DEFAULT 'queued' CHECK (status IN
                             ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'bounced', 'unknown')),
    provider_message_id  text,
    rfc_message_id       text,
    attempts             int NOT NULL DEFAULT 0,
    next_attempt_at      timestamptz,
    lease_until          timestamptz,
    error_code           text,
    sent_at              timestamptz,
    created_at           timestamptz NOT NULL DEFAULT now(),
    UNIQUE (message_id, part)
);
CREATE INDEX deliveries_pending ON deliveries (created_at) WHERE status IN ('queued', 'sending', 'unknown');
CREATE INDEX ON deliveries (provider_message_id) WHERE provider_message_id IS NOT NULL;

-- What a provider told about a message: kept as told, so that news which comes before we know the message's id is not
-- lost; deliver looks here when it records an id.
CREATE TABLE delivery_reports (
    provider_message_id  text NOT NULL,
    status               text NOT NULL CHECK (status IN
                             ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'bounced')),
    error_code           text,
    received_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider_message_id, status)
);

-- What the agent did in one turn: which messages it answered, which tools it called in which order, with what.
CREATE TABLE agent_runs (
    id               uuid PRIMARY KEY,
    conversation_id  uuid NOT NULL REFERENCES conversations,
    ticket_id        uuid REFERENCES tickets,
    reply_id         uuid REFERENCES messages,
    message_ids      uuid[] NOT NULL,
    outcome          text NOT NULL,
    model            text NOT NULL,
    prompt_version   text NOT NULL,
    reasoning        text NOT NULL DEFAULT '',
    articles         text[] NOT NULL DEFAULT '{}',
    stages           jsonb NOT NULL DEFAULT '{}',
    usage            jsonb NOT NULL DEFAULT '{}',
    started_at       timestamptz NOT NULL,
    finished_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON agent_runs (ticket_id, finished_at);
CREATE INDEX ON agent_runs (finished_at);

CREATE TABLE tool_calls (
    run_id    uuid NOT NULL REFERENCES agent_runs,
    position  int NOT NULL,
    tool      text NOT NULL,
    accepted  boolean NOT NULL,
    reason    text NOT NULL DEFAULT '',
    PRIMARY KEY (run_id, position)
);

CREATE TABLE escalations (
    id               uuid PRIMARY KEY,
    ticket_id        uuid NOT NULL REFERENCES tickets,
    conversation_id  uuid NOT NULL REFERENCES conversations,
    customer_id      uuid NOT NULL REFERENCES customers,
    flag             text NOT NULL,
    flags            text[] NOT NULL,
    team             text NOT NULL,
    teams            text[] NOT NULL,
    severity         text NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    reason           text NOT NULL,
    summary          text NOT NULL,
    context          jsonb NOT NULL DEFAULT '{}',
    status           text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved')),
    due_at           timestamptz NOT NULL,
    acknowledged_at  timestamptz,
    resolved_at      timestamptz,
    created_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON escalations (status, team, created_at);
CREATE INDEX ON escalations (ticket_id);

-- `VECTOR(1536)` is the width of text-embedding-3-small; shorter vectors are padded with zeros, which leaves
-- cosines unchanged. Rows of another embedding model are never compared. Vectors lie in the row itself (STORAGE PLAIN):
-- an exact scan reads them all, and fetching each from a side table costs more than the scan.
CREATE TABLE knowledge_base (
    id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug             text NOT NULL,
    section          text NOT NULL DEFAULT '',
    position         int NOT NULL,
    title            text NOT NULL,
    category         text NOT NULL,
    topics           text[] NOT NULL DEFAULT '{}',
    content          text NOT NULL,
    content_hash     text NOT NULL,
    embedding_model  text NOT NULL,
    embedding        vector(1536) STORAGE PLAIN NOT NULL,
    search           tsvector GENERATED ALWAYS AS (
                         setweight(to_tsvector('english', title), 'A')
                         || setweight(to_tsvector('english', section), 'B')
                         || to_tsvector('english', content)) STORED,
    updated          date NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (slug, position)
);
CREATE INDEX ON knowledge_base USING gin (search);

-- What the renderer must know of a channel. Limits and tone are data, so a support lead can change them.
CREATE TABLE channel_configs (
    channel          text PRIMARY KEY CHECK (channel IN ('email', 'whatsapp', 'webform')),
    min_words        int NOT NULL DEFAULT 0,
    max_words        int,
    max_characters   int,
    max_parts        int NOT NULL DEFAULT 1,
    greeting         text NOT NULL DEFAULT '',
    signature        text NOT NULL DEFAULT '',
    shows_reference  boolean NOT NULL DEFAULT true,
    shows_links      boolean NOT NULL DEFAULT true,
    tone             text NOT NULL,
    updated_at       timestamptz NOT NULL DEFAULT now()
);
INSERT INTO channel_configs
    (channel, min_words, max_words, max_characters, max_parts, greeting, signature, shows_reference, shows_links, tone)
VALUES
    ('email', 150, 400, NULL, 1, 'Hello {name},', E'Kind regards,\nTechCorp Customer Success', true, true, 'formal'),
    ('whatsapp', 0, NULL, 300, 3, 'Hi {name}!', '', false, false, 'conversational'),
    ('webform', 100, 300, NULL, 1, 'Hello {name},', E'Best regards,\nTechCorp Customer Success', true, true, 'semi-formal');

CREATE TABLE agent_metrics (
    id               uuid PRIMARY KEY,
    name             text NOT NULL,
    value            double precision NOT NULL,
    unit             text NOT NULL,
    channel          text,
    conversation_id  uuid,
    labels           jsonb NOT NULL DEFAULT '{}',
    recorded_at      timestamptz NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON agent_metrics (name, recorded_at);

-- Events to publish, written with what they tell of. `seq` orders one conversation's events; it is never used as a
-- high-water mark, because numbers are handed out before commits.
CREATE TABLE outbox (
    id               uuid PRIMARY KEY,
    seq              bigint GENERATED ALWAYS AS IDENTITY,
    topic            text NOT NULL,
    key              text NOT NULL,
    attributes       jsonb NOT NULL,
    data             jsonb NOT NULL,
    conversation_id  uuid,
    lease_until      timestamptz NOT NULL DEFAULT now() + interval '5 seconds',
    published_at     timestamptz,
    created_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_unpublished ON outbox (seq) WHERE published_at IS NULL;

CREATE TABLE dead_letters (
    id           uuid PRIMARY KEY,
    event_id     text NOT NULL,
    type         text NOT NULL,
    source       text NOT NULL,
    subject      text,
    attributes   jsonb NOT NULL,
    data         jsonb,
    error_code   text,
    reason       text,
    destination  text,
    status       text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'replayed', 'discarded')),
    received_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE mailbox_cursors (
    address           text PRIMARY KEY,
    history_id        numeric NOT NULL,
    watch_expires_at  timestamptz,
    watch_attempt_at  timestamptz,
    polled_at         timestamptz,
    updated_at        timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE opt_outs (
    channel     text NOT NULL,
    address     text NOT NULL,
    source      text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (channel, address)
);

CREATE TABLE audit_log (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at               timestamptz NOT NULL DEFAULT now(),
    actor            text NOT NULL,
    action           text NOT NULL,
    conversation_id  uuid,
    details          jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX ON audit_log (conversation_id, at);
