-- In the order of their code points, as titles of books: the key has put them in the order people expect.
alter table stoa.documents alter column title_key type text collate "C";
