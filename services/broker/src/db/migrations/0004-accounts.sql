-- People at the portal: accounts, and digests of what signs one in. The shapes are in packages/accounts.
create table account_records (
  kind text not null,
  id text not null,
  value text not null,
  expires integer,
  primary key (kind, id)
) strict;
create index account_records_by_end on account_records (expires);
