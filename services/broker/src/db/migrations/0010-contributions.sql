-- What the people of a lab write together. Only added to: an earlier version stays, a withdrawal is a version without content.
create table contributions (
  number integer primary key autoincrement,
  lab text not null references labs (id),
  contribution text not null,
  version integer not null,
  content text,
  written_by text not null,
  written_at text not null,
  unique (lab, contribution, version)
) strict;
