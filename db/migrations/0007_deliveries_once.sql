-- A message at a provider belongs to one part of one answer. Two parts in doubt with the same words could both take it
-- for theirs; of those that did, the first keeps it. The others stay as they are: what was not sent then is not sent now.
UPDATE deliveries AS d SET provider_message_id = NULL, error_code = coalesce(error_code, 'claimed_twice')
 WHERE EXISTS (SELECT FROM deliveries AS e WHERE e.provider_message_id = d.provider_message_id
                  AND (coalesce(e.sent_at, e.created_at), e.id) < (coalesce(d.sent_at, d.created_at), d.id));

CREATE UNIQUE INDEX deliveries_once ON deliveries (provider_message_id) WHERE provider_message_id IS NOT NULL;
DROP INDEX deliveries_provider_message_id_idx;
