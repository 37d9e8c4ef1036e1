drop function stoa.merge_search_words();
alter index stoa.search_passages_words reset (gin_pending_list_limit);
alter index stoa.search_passages_words set (fastupdate = off);
select gin_clean_pending_list('stoa.search_passages_words'::regclass);
