-- One customer across addresses and channels: what each link rests on, and how it is undone.
--
-- An *address* is what a message comes from, as one text: 'email:ann@example.com', 'phone:+4915112345678',
-- 'whatsapp:US.1349'. A *circle* is a set of addresses that are known to be one person's: two spellings of a mailbox, a
-- number and the user id that WhatsApp names with it, or what the team has verified. What one address of a circle wrote
-- may be shown to another. Everything else that joins the addresses of a customer is a claim: somebody typed it. A claim
-- is enough to count one customer, and not enough to show anything.

-- The mailbox that an address reaches: case never matters; Gmail knows no dots; a plus tag is left out where the
-- provider is known to do so. Anything that is no mail address stays as it is, in lower case.
CREATE FUNCTION mailbox(address text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    plain  text := lower(address);
    domain text;
    name   text;
BEGIN
    IF strpos(plain, '@') = 0 THEN
        RETURN plain;
    END IF;
    domain := substring(plain FROM '@([^@]*)$');
    name := split_part(left(plain, -length(domain) - 1), '+', 1);
    IF name IN ('', '.') THEN
        RETURN plain;
    ELSIF domain IN ('gmail.com', 'googlemail.com') THEN
        RETURN replace(name, '.', '') || '@gmail.com';
    ELSIF domain ~ '^(outlook|hotmail|live|msn)\.[a-z]{2,3}(\.[a-z]{2})?$'
       OR domain IN ('icloud.com', 'me.com', 'mac.com', 'fastmail.com', 'fastmail.fm', 'proton.me', 'pm.me',
                     'protonmail.com', 'protonmail.ch', 'hey.com', 'mailbox.org', 'posteo.de', 'posteo.net',
                     'zoho.com', 'zohomail.com', 'yandex.com', 'yandex.ru', 'ya.ru', 'runbox.com')
    THEN
        RETURN name || '@' || domain;
    END IF;
    RETURN plain;
END $$;

CREATE FUNCTION address_of(type text, value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT type || ':' || CASE type WHEN 'email' THEN mailbox(value) ELSE value END
$$;

-- What tells one reply address from another is the mailbox now, not its spelling.
ALTER TABLE messages DROP COLUMN reply_key;
ALTER TABLE messages
    ADD COLUMN reply_key text NOT NULL GENERATED ALWAYS AS (
        mailbox(CASE direction WHEN 'inbound' THEN coalesce(nullif(details ->> 'reply_to', ''), sender, '')
                               ELSE coalesce(recipient, '') END)) STORED,
    -- Whom an inbound message is from. The intake says it; of older messages the sender does.
    ADD COLUMN address text GENERATED ALWAYS AS (
        CASE WHEN direction = 'outbound' THEN NULL
             WHEN details ? 'identity' THEN
                 address_of(split_part(details ->> 'identity', ':', 1),
                            substr(details ->> 'identity', strpos(details ->> 'identity', ':') + 1))
             WHEN channel <> 'whatsapp' THEN address_of('email', coalesce(sender, ''))
             WHEN sender ~ '^whatsapp:\+?[0-9]{6,15}$' THEN 'phone:+' || ltrim(substr(sender, 10), '+')
             ELSE 'whatsapp:' || regexp_replace(coalesce(sender, ''), '^whatsapp:', '') END) STORED;
CREATE INDEX messages_by_address ON messages (customer_id, reply_key, seq);

-- `writes`: messages came from it, or a form named it as the writer's own. `names`: those it wrote under, as tokens.
-- `level` is how sure it is that the address itself is the writer's, and not what joins it to the rest of the customer.
ALTER TABLE customer_identifiers
    ADD COLUMN address text NOT NULL GENERATED ALWAYS AS (address_of(type, value)) STORED,
    ADD COLUMN circle  uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN writes  boolean NOT NULL DEFAULT false,
    ADD COLUMN names   text[] NOT NULL DEFAULT '{}';
CREATE INDEX ON customer_identifiers (address);

-- Where a customer went that was found to be another one.
ALTER TABLE customers ADD COLUMN merged_into uuid REFERENCES customers;

-- Who said that two addresses are one person's. `together` is false where the team found that they are two.
-- A link that ended stays, with who ended it and why.
CREATE TABLE identity_links (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    said_by     text NOT NULL,
    named       text NOT NULL,
    together    boolean NOT NULL DEFAULT true,
    level       text NOT NULL CHECK (level IN ('claimed', 'channel', 'verified')),
    reason      text NOT NULL,
    channel     text,
    actor       text NOT NULL DEFAULT 'intake',
    created_at  timestamptz NOT NULL DEFAULT now(),
    ended_at    timestamptz,
    ended_by    text,
    ended_why   text,
    CHECK (said_by <> named)
);
CREATE UNIQUE INDEX identity_links_once ON identity_links (said_by, named, together, coalesce(channel, ''))
    WHERE ended_at IS NULL;
CREATE INDEX identity_links_named ON identity_links (named, said_by) WHERE ended_at IS NULL;

-- Every merge and split, with what it moved: each can be undone by its opposite.
CREATE TABLE customer_changes (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind         text NOT NULL CHECK (kind IN ('merge', 'split')),
    customer_id  uuid NOT NULL REFERENCES customers,
    other_id     uuid NOT NULL REFERENCES customers,
    addresses    text[] NOT NULL,
    reason       text NOT NULL,
    actor        text NOT NULL,
    at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON customer_changes (customer_id, at);
CREATE INDEX ON customer_changes (other_id, at);

-- What a name is written in, as far as it matters for comparing: two blocks of Unicode are two scripts, and Han is one.
CREATE FUNCTION script_of(name text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN ascii(name) BETWEEN 13312 AND 40959 THEN -1 ELSE ascii(name) / 256 END
$$;

-- Whether two names, as tokens, can be one person's: every token of the shorter one is in the longer one, or is the initial
-- of one there, or the other way round ("a lee", "ann lee"). A single one may be a word of the other's address instead. A
-- father and his son ("#jr") are two. Null where they are in two scripts: that says nothing.
CREATE FUNCTION names_fit(one text, one_address text, other text, other_address text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN script_of(one) <> script_of(other) THEN NULL
        WHEN split_part(one, ' #', 2) <> split_part(other, ' #', 2) THEN false
        WHEN replace(one, ' ', '') = replace(other, ' ', '') THEN true
        ELSE (
            SELECT bool_or(NOT EXISTS (
                SELECT FROM unnest(shorter) AS t WHERE NOT (
                    t = ANY (longer)
                    OR t ~ '^[a-z]' AND EXISTS (
                        SELECT FROM unnest(longer) AS u
                         WHERE least(length(t), length(u)) = 1 AND left(t, 1) = left(u, 1))
                    OR cardinality(shorter) = 1 AND length(t) > 2
                       AND address ~ (':(.*[^a-z])?' || t || '([^a-z]|$)'))))
              FROM (VALUES (string_to_array(split_part(one, ' #', 1), ' '),
                            string_to_array(split_part(other, ' #', 1), ' '), other_address),
                           (string_to_array(split_part(other, ' #', 1), ' '),
                            string_to_array(split_part(one, ' #', 1), ' '), one_address))
                   AS way (shorter, longer, address)
             WHERE cardinality(shorter) <= cardinality(longer))
        END
$$;

-- The names that an address wrote under.
CREATE FUNCTION names_of(whose text) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT n), '{}') FROM customer_identifiers AS i, unnest(i.names) AS n
     WHERE i.address = whose
$$;

-- Whether several people read a mailbox, by its name or because they sign with names that are not one person's. What is
-- said from there, or of it, tells nothing about one person.
CREATE FUNCTION is_shared(whose text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT starts_with(whose, 'email:') AND (
        regexp_replace(split_part(split_part(substr(whose, 7), '@', 1), '+', 1), '[-_.0-9]', '', 'g') = ANY (
            '{info,infos,information,support,help,helpdesk,servicedesk,itsupport,sales,office,backoffice,frontdesk,
              contact,contactus,kontakt,contacto,contato,admin,administration,administrator,verwaltung,billing,accounts,
              accounting,accountspayable,accountsreceivable,ap,ar,finance,finances,buchhaltung,rechnung,rechnungen,
              invoice,invoices,facturacion,faturamento,compta,comptabilite,hr,people,jobs,careers,recruiting,team,staff,
              crew,hello,hallo,hola,hi,mail,email,post,service,kundenservice,customerservice,customercare,care,welcome,
              sekretariat,secretary,secretariat,empfang,reception,marketing,press,media,it,itdepartment,ops,operations,
              orders,order,bestellung,shop,store,purchasing,einkauf,procurement,legal,compliance,security,webmaster,
              postmaster,hostmaster,root,noreply,donotreply,notifications,notification,alerts,enquiries,inquiries,
              enquiry,general,feedback,events,bookings,booking,reservations,family,familie,famille,familia}'::text[])
        OR substr(whose, 7) ~ '^(family|familie|famille|familia|fam|the)[-_.][^@]*@'
        OR EXISTS (SELECT FROM unnest(names_of(whose)) AS a, unnest(names_of(whose)) AS b
                    WHERE a < b AND NOT names_fit(a, whose, b, whose)))
$$;

-- Whether the names of two addresses are one person's; null where one of them wrote under none.
CREATE FUNCTION names_agree(a text, b text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT bool_or(names_fit(n, a, m, b)) FROM unnest(names_of(a)) AS n, unnest(names_of(b)) AS m
$$;

-- Whether more claim an address than anybody has mailboxes. Then whose it is remains open, and is not asked of each of
-- them: anybody can type a number, and thousands can be made to.
CREATE FUNCTION is_crowded(whose text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT count(*) > 5 FROM (
        SELECT DISTINCT said_by FROM identity_links
         WHERE named = whose AND ended_at IS NULL AND together ORDER BY said_by LIMIT 6) AS claimants
$$;

-- Whether it is held that two addresses are one customer's, because `a` named `b`. The team's word comes first. A claim
-- holds where both sides make it, or where nothing speaks against it: names that are not one person's, another one who
-- claims `b`, or `b` itself, which names another while no name tells that it is `a` as well. What is ambiguous joins
-- nobody. What is joined is not parted by a later claim of somebody whose name is not that of `b`: anybody can type it.
-- Nor by so many claims that nobody looks at each.
CREATE FUNCTION link_holds(a text, b text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    told   boolean;
    agree  boolean := names_agree(a, b);
    joined boolean;
BEGIN
    SELECT bool_and(together) INTO told FROM identity_links
     WHERE ended_at IS NULL AND channel IS NULL AND ((said_by, named) = (a, b) OR (said_by, named) = (b, a));
    IF told IS NOT NULL THEN
        RETURN told;
    ELSIF is_shared(a) OR is_shared(b) THEN
        RETURN false;
    ELSIF EXISTS (SELECT FROM identity_links WHERE ended_at IS NULL AND said_by = b AND named = a) THEN
        RETURN true;
    ELSIF NOT agree THEN
        RETURN false;
    END IF;
    joined := EXISTS (SELECT FROM customer_identifiers AS x JOIN customer_identifiers AS y USING (customer_id)
                       WHERE x.address = a AND y.address = b);
    IF is_crowded(b) THEN
        RETURN joined AND agree IS TRUE;
    END IF;
    RETURN NOT EXISTS (
            SELECT FROM identity_links AS l
             WHERE l.ended_at IS NULL AND l.together AND l.named = b AND l.said_by <> a
               AND NOT (joined AND agree AND names_agree(l.said_by, b) IS FALSE)
               AND NOT EXISTS (SELECT FROM customer_identifiers AS x JOIN customer_identifiers AS y USING (circle)
                                WHERE x.address = a AND y.address = l.said_by))
       AND (agree OR NOT EXISTS (
            SELECT FROM identity_links AS l
             WHERE l.ended_at IS NULL AND l.together AND l.said_by = b AND l.named <> a
               AND split_part(l.named, ':', 1) = split_part(a, ':', 1))) IS TRUE;
END $$;

-- Makes two customers one. Everything of the second becomes the first's; the row of the second stays, and says so.
CREATE FUNCTION merge_customers(kept uuid, other uuid, who text, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM customers WHERE id IN (kept, other) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO customer_changes (kind, customer_id, other_id, addresses, reason, actor)
    SELECT 'merge', kept, other, coalesce(array_agg(DISTINCT address), '{}'), why, who
      FROM customer_identifiers WHERE customer_id = other;
    UPDATE customer_identifiers SET customer_id = kept WHERE customer_id = other;
    UPDATE conversations SET customer_id = kept WHERE customer_id = other;
    UPDATE messages SET customer_id = kept WHERE customer_id = other;
    UPDATE tickets SET customer_id = kept WHERE customer_id = other;
    UPDATE escalations SET customer_id = kept WHERE customer_id = other;
    UPDATE customers SET merged_into = kept WHERE id = other OR merged_into = other;
    UPDATE customers AS k SET name = o.name FROM customers AS o WHERE k.id = kept AND o.id = other AND k.name IS NULL;
END $$;

-- Makes some addresses of a customer another customer, with their messages and tickets; returns it. Where they were a
-- customer before they were merged, it is that one again. A conversation of both is divided.
CREATE FUNCTION split_customer(customer uuid, parts text[], who text, why text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    part   uuid;
    talk   conversations;
    again  uuid;
BEGIN
    PERFORM FROM customers WHERE id = customer FOR NO KEY UPDATE;
    SELECT c.other_id INTO part FROM customer_changes AS c JOIN customers AS o ON o.id = c.other_id
     WHERE c.kind = 'merge' AND o.merged_into = customer AND c.addresses <@ parts AND c.addresses <> '{}'
     ORDER BY c.at DESC LIMIT 1;
    IF part IS NULL THEN
        INSERT INTO customers (name) VALUES (NULL) RETURNING id INTO part;
    ELSE
        UPDATE customers SET merged_into = NULL WHERE id = part;
    END IF;
    INSERT INTO customer_changes (kind, customer_id, other_id, addresses, reason, actor)
    VALUES ('split', customer, part, parts, why, who);
    UPDATE customer_identifiers SET customer_id = part WHERE customer_id = customer AND address = ANY (parts);
    UPDATE messages SET customer_id = part
     WHERE customer_id = customer AND direction = 'inbound' AND address = ANY (parts);
    UPDATE messages AS o SET customer_id = part FROM messages AS i
     WHERE o.customer_id = customer AND o.direction = 'outbound' AND i.id = o.answers AND i.customer_id = part;
    UPDATE tickets AS t SET customer_id = part
     WHERE customer_id = customer
       AND EXISTS (SELECT FROM messages WHERE ticket_id = t.id AND customer_id = part AND direction = 'inbound')
       AND NOT EXISTS (SELECT FROM messages WHERE ticket_id = t.id AND customer_id = customer);
    UPDATE escalations AS e SET customer_id = part FROM tickets AS t
     WHERE e.customer_id = customer AND t.id = e.ticket_id AND t.customer_id = part;
    FOR talk IN
        SELECT * FROM conversations AS c WHERE c.customer_id = customer
           AND EXISTS (SELECT FROM messages WHERE conversation_id = c.id AND customer_id = part)
    LOOP
        again := NULL;
        IF EXISTS (SELECT FROM messages WHERE conversation_id = talk.id AND customer_id = customer) THEN
            INSERT INTO conversations (customer_id, channel, status, agent_silent, started_at, last_message_at)
            SELECT part, (array_agg(channel ORDER BY seq DESC) FILTER (WHERE direction = 'inbound'))[1], talk.status,
                   talk.agent_silent, min(received_at), max(received_at)
              FROM messages WHERE conversation_id = talk.id AND customer_id = part
            RETURNING id INTO again;
            UPDATE messages SET conversation_id = again WHERE conversation_id = talk.id AND customer_id = part;
            UPDATE tickets SET conversation_id = again WHERE conversation_id = talk.id AND customer_id = part;
            UPDATE escalations SET conversation_id = again WHERE conversation_id = talk.id AND customer_id = part;
        ELSE
            UPDATE conversations SET customer_id = part WHERE id = talk.id;
        END IF;
    END LOOP;
    UPDATE customers SET name = (
        SELECT nullif(details ->> 'sender_name', '') FROM messages
         WHERE customer_id = part AND direction = 'inbound' ORDER BY seq DESC LIMIT 1)
     WHERE id = part;
    RETURN part;
END $$;

-- Splits off what is not held together any more: addresses are joined by their circle and by links that hold.
CREATE FUNCTION regroup_customer(customer uuid, who text, why text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    here   text[];
    apart  text[];
    part   uuid;
BEGIN
    WITH RECURSIVE joined AS (
        SELECT x.address AS a, y.address AS b FROM customer_identifiers AS x JOIN customer_identifiers AS y USING (circle)
         WHERE x.customer_id = customer AND y.customer_id = customer
        UNION
        SELECT l.said_by, l.named FROM identity_links AS l
          JOIN customer_identifiers AS x ON x.address = l.said_by AND x.customer_id = customer
          JOIN customer_identifiers AS y ON y.address = l.named AND y.customer_id = customer
         WHERE l.ended_at IS NULL AND l.together AND (link_holds(l.said_by, l.named) OR NOT y.writes)
    ), reached AS (
        (SELECT address FROM customer_identifiers WHERE customer_id = customer ORDER BY writes DESC, id LIMIT 1)
        UNION
        SELECT CASE WHEN j.a = r.address THEN j.b ELSE j.a END
          FROM reached AS r JOIN joined AS j ON r.address IN (j.a, j.b)
    )
    SELECT array_agg(address) INTO here FROM reached;
    SELECT array_agg(DISTINCT address) INTO apart FROM customer_identifiers
     WHERE customer_id = customer AND address <> ALL (here);
    IF apart IS NOT NULL THEN
        part := split_customer(customer, apart, who, why);
        PERFORM regroup_customer(part, who, why);
    END IF;
END $$;

-- Joins and divides customers as what is known of these addresses now says. Of those who claim a crowded one, only they
-- are looked at whom it names itself, and who are joined with it.
CREATE FUNCTION settle_identity(addresses text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    pair  record;
    one   customers;
    other customers;
BEGIN
    FOR pair IN
        WITH about AS MATERIALIZED (
            SELECT address, is_crowded(address) AS crowded FROM (SELECT DISTINCT unnest(addresses) AS address) AS each
        ), looked_at AS (
            SELECT l.said_by AS a, l.named AS b FROM about JOIN identity_links AS l ON l.said_by = about.address
             WHERE l.ended_at IS NULL
            UNION
            SELECT l.said_by, l.named FROM about JOIN identity_links AS l ON l.named = about.address
             WHERE l.ended_at IS NULL AND NOT crowded
            UNION
            SELECT l.named, l.said_by FROM about JOIN identity_links AS l ON l.said_by = about.address
             WHERE l.ended_at IS NULL AND crowded
            UNION
            SELECT n.address, i.address FROM about JOIN customer_identifiers AS i USING (address)
              JOIN customer_identifiers AS n USING (customer_id)
             WHERE crowded
        )
        SELECT p.a, p.b, min(l.reason) AS reason, link_holds(p.a, p.b) AS holds
          FROM looked_at AS p JOIN identity_links AS l ON (l.said_by, l.named) = (p.a, p.b)
         WHERE l.ended_at IS NULL AND l.together
           AND EXISTS (SELECT FROM customer_identifiers WHERE address = p.b AND writes)
         GROUP BY 1, 2 ORDER BY holds, 1, 2
    LOOP
        SELECT c.* INTO one FROM customers AS c JOIN customer_identifiers AS i ON i.customer_id = c.id
         WHERE i.address = pair.a LIMIT 1;
        SELECT c.* INTO other FROM customers AS c JOIN customer_identifiers AS i ON i.customer_id = c.id
         WHERE i.address = pair.b LIMIT 1;
        IF NOT pair.holds AND one.id = other.id THEN
            PERFORM regroup_customer(one.id, 'intake', 'what joined them does not hold any more');
        ELSIF pair.holds AND one.id <> other.id AND NOT found_apart(one.id, other.id) THEN
            IF (other.created_at, other.id) < (one.created_at, one.id) THEN
                PERFORM merge_customers(other.id, one.id, 'intake', pair.reason);
            ELSE
                PERFORM merge_customers(one.id, other.id, 'intake', pair.reason);
            END IF;
        END IF;
    END LOOP;
END $$;

-- Whether the team found that an address of the one is not the other's.
CREATE FUNCTION found_apart(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM identity_links AS l
          JOIN customer_identifiers AS x ON x.address = l.said_by JOIN customer_identifiers AS y ON y.address = l.named
         WHERE l.ended_at IS NULL AND NOT l.together
           AND (x.customer_id, y.customer_id) IN ((one, other), (other, one)))
$$;

-- A new owner of a number: what was said of the old one is not said of the new one. It stays with the old one, where
-- that one is known by something else.
CREATE FUNCTION change_hands(whose text, customer uuid, new_circle uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    before uuid;
    stays  text;
BEGIN
    SELECT customer_id INTO before FROM customer_identifiers WHERE address = whose LIMIT 1;
    SELECT o.address INTO stays FROM customer_identifiers AS n JOIN customer_identifiers AS o USING (circle)
     WHERE n.address = whose AND o.address <> whose ORDER BY o.id LIMIT 1;
    INSERT INTO identity_links (said_by, named, together, level, reason, channel, actor)
    SELECT CASE said_by WHEN whose THEN stays ELSE said_by END, CASE named WHEN whose THEN stays ELSE named END,
           together, level, reason, channel, actor
      FROM identity_links
     WHERE ended_at IS NULL AND whose IN (said_by, named) AND stays IS NOT NULL AND stays NOT IN (said_by, named)
    ON CONFLICT DO NOTHING;
    UPDATE identity_links SET ended_at = now(), ended_by = 'intake', ended_why = 'the number has another owner'
     WHERE ended_at IS NULL AND (said_by = whose OR named = whose);
    UPDATE customer_identifiers SET customer_id = customer, circle = new_circle, names = '{}' WHERE address = whose;
    INSERT INTO audit_log (actor, action, details)
    VALUES ('intake', 'number_changed_hands', jsonb_build_object('from', before, 'to', customer));
    IF EXISTS (SELECT FROM customer_identifiers WHERE customer_id = before) THEN
        PERFORM regroup_customer(before, 'intake', 'the number that joined them has another owner');
    END IF;
END $$;
