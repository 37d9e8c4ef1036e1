-- Words of new passages are collected in the index's pending list and merged once per content: one descent for each distinct
-- word of a book, not for each word of each passage.

alter index stoa.search_passages_words set (fastupdate = on, gin_pending_list_limit = 16384);

-- Called at the end of a content's indexing, so that searches never read a long pending list. Only the owner of an index may.
create function stoa.merge_search_words() returns void
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
  select gin_clean_pending_list('stoa.search_passages_words'::regclass)
$$;
revoke all on function stoa.merge_search_words() from public;
grant execute on function stoa.merge_search_words() to stoa_app;
