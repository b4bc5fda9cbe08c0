-- Blinded elements and evaluations on their way from one party to another; the bytes are files.
create table elements (
  lab text not null,
  party text not null,
  sha256 text not null,
  bytes integer not null,
  received_at text not null,
  primary key (lab, party, sha256)
) strict;
