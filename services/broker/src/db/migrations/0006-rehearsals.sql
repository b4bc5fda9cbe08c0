-- A lab of invented people: every page says so.
alter table labs add column rehearsal integer not null default 0 check (rehearsal in (0, 1));
