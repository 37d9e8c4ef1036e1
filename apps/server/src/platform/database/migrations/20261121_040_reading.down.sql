drop table stoa.reading_settings;
drop table stoa.reading_time;
drop table stoa.reading_sessions;
drop table stoa.bookmarks;
drop table stoa.reading_positions;
