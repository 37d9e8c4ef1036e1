drop function stoa.documents_matching(tsquery, tsquery, text[], integer);
drop function stoa.passages_matching(tsquery, uuid[], integer);
drop table stoa.search_documents;
drop table stoa.search_passages;
drop table stoa.search_contents;
drop table stoa.search_blocks;
drop table stoa.search_terms;
