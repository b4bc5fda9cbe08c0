-- What was answered, per agreement. Published cells only: no persons, no tokens, no count of a cell that was withheld.
create table ledger_answers (
  number integer primary key autoincrement,
  lab text not null,
  agreement text not null,
  release text not null,
  table_hash text not null,
  population text not null,
  deliveries text not null,
  question text not null,
  protected_table text not null,
  answer text not null,
  certificate text not null,
  created_at integer not null,
  unique (lab, agreement, release, table_hash)
) strict;
