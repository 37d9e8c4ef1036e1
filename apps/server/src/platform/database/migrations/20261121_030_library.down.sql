drop table stoa.shelf_books;
drop table stoa.shelves;
drop table stoa.book_readers;
drop table stoa.books;
drop table stoa.passages;
drop table stoa.contents;
drop table stoa.uploads;
