drop function stoa.delete_old_board_uploads(timestamptz, integer);
drop table stoa.board_uploads, stoa.reconcile_blocks, stoa.board_peers, stoa.author_names, stoa.author_keys, stoa.content_chunks,
  stoa.content_names, stoa.content_blobs, stoa.posts, stoa.board_records, stoa.board_index, stoa.boards;
