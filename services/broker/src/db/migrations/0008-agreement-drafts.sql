-- Agreements while they are written. What is proposed goes into the log; a draft is nobody's record.
create table agreement_drafts (
  id text primary key,
  lab text not null references labs (id),
  version integer not null,
  document text not null,
  changed_by text not null,
  changed_at text not null
) strict;
create index agreement_drafts_by_lab on agreement_drafts (lab);
