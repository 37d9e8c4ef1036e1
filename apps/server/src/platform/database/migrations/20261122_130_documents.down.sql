drop function stoa.visible_documents();
drop table stoa.document_imports, stoa.document_files, stoa.document_citations, stoa.document_mentions, stoa.document_comments,
  stoa.document_threads, stoa.document_versions, stoa.document_stars, stoa.document_members, stoa.documents;
