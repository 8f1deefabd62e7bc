-- The documentation is written once in a while and searched all day. What waits in the index's list of pending entries
-- is read whole for each word of each search: nothing waits.
ALTER INDEX knowledge_base_search_idx SET (fastupdate = off);
SELECT gin_clean_pending_list('knowledge_base_search_idx');
