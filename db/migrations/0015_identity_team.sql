-- What the team says about customers. Its word comes before every claim, and a later message does not take it back.

-- The address that a customer is known by best: the surest one that writes, the oldest of those.
CREATE FUNCTION best_address(customer uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT address FROM customer_identifiers WHERE customer_id = customer
     ORDER BY writes DESC, array_position(ARRAY['verified', 'channel', 'claimed'], level), id LIMIT 1
$$;

-- The customer's addresses with their levels as links: what is in the circle of the best address is as sure as it is
-- itself; all else is joined to it by a claim, however sure the address is.
CREATE FUNCTION identifiers_of(customer uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'type', i.type, 'value', i.value, 'level', CASE WHEN i.circle = b.circle THEN i.level ELSE 'claimed' END)
               ORDER BY i.id), '[]')
      FROM customer_identifiers AS i
      LEFT JOIN LATERAL (SELECT circle FROM customer_identifiers WHERE address = best_address(customer) LIMIT 1) AS b
             ON true
     WHERE i.customer_id = customer
$$;

-- Puts two addresses into one circle: somebody has made sure that they are one person's.
CREATE FUNCTION verify_together(one text, other text, who text, why text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ring uuid;
BEGIN
    SELECT circle INTO ring FROM customer_identifiers WHERE address = one LIMIT 1;
    INSERT INTO identity_links (said_by, named, level, reason, actor) VALUES (one, other, 'verified', why, who)
    ON CONFLICT DO NOTHING;
    UPDATE customer_identifiers SET circle = ring, level = 'verified'
     WHERE circle IN (ring, (SELECT circle FROM customer_identifiers WHERE address = other LIMIT 1)) AND writes;
END $$;

-- The team found that two customers are one. `sure`: and made sure of it, so that each address may see what the other
-- wrote; otherwise they are counted as one, and that is all.
CREATE FUNCTION merge_by_team(customer uuid, other uuid, sure boolean, who text, why text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    a text := best_address(customer);
    b text := best_address(other);
BEGIN
    UPDATE identity_links AS l SET ended_at = now(), ended_by = who, ended_why = why
      FROM customer_identifiers AS x, customer_identifiers AS y
     WHERE l.ended_at IS NULL AND NOT l.together AND x.address = l.said_by AND y.address = l.named
       AND (x.customer_id, y.customer_id) IN ((customer, other), (other, customer));
    PERFORM merge_customers(customer, other, who, why);
    IF sure THEN
        PERFORM verify_together(a, b, who, why);
    ELSE
        INSERT INTO identity_links (said_by, named, level, reason, actor) VALUES (a, b, 'claimed', why, who)
        ON CONFLICT DO NOTHING;
    END IF;
END $$;

-- The team found that some addresses of a customer are another's. What joined them to the rest is over, and does not
-- join them again.
CREATE FUNCTION split_by_team(customer uuid, parts text[], who text, why text) RETURNS uuid LANGUAGE plpgsql AS $$
BEGIN
    UPDATE identity_links SET ended_at = now(), ended_by = who, ended_why = why
     WHERE ended_at IS NULL AND together
       AND (said_by = ANY (parts)) <> (named = ANY (parts))
       AND (SELECT count(*) FROM customer_identifiers WHERE customer_id = customer AND address IN (said_by, named)) > 1;
    INSERT INTO identity_links (said_by, named, together, level, reason, actor)
    SELECT DISTINCT x.address, y.address, false, 'claimed', why, who
      FROM customer_identifiers AS x, customer_identifiers AS y
     WHERE x.customer_id = customer AND y.customer_id = customer
       AND x.address = ANY (parts) AND y.address <> ALL (parts)
    ON CONFLICT DO NOTHING;
    UPDATE customer_identifiers AS i SET circle = apart.circle
      FROM (SELECT old.circle AS before, gen_random_uuid() AS circle
              FROM (SELECT DISTINCT circle FROM customer_identifiers WHERE address = ANY (parts)) AS old) AS apart
     WHERE i.circle = apart.before AND i.address = ANY (parts) AND i.customer_id = customer;
    RETURN split_customer(customer, parts, who, why);
END $$;
