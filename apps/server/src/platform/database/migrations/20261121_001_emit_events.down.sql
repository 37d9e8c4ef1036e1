drop function stoa.emit_events(uuid, jsonb);
