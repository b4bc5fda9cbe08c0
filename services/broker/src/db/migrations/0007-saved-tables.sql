-- Answered tables that a lab keeps under a name. Figures stay in the ledger; here are names, notes, and by which office.
create table saved_tables (
  id text primary key,
  lab text not null references labs (id),
  release text not null,
  table_hash text not null,
  name text not null,
  shown_as text not null,
  place integer,
  saved_by text not null,
  saved_at text not null,
  changed_by text not null,
  changed_at text not null,
  unique (lab, release, table_hash, name)
) strict;
create index saved_tables_by_lab on saved_tables (lab);

create table saved_notes (
  number integer primary key autoincrement,
  saved text not null references saved_tables (id) on delete cascade,
  text text not null,
  written_by text not null,
  written_at text not null
) strict;
create index saved_notes_by_table on saved_notes (saved);
