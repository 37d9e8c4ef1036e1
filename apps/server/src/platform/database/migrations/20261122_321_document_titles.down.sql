alter table stoa.documents alter column title_key type text collate "default";
