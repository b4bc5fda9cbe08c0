-- The log is the only truth about a lab; what is here besides says who may come in and where ciphertext lies.
create table settings (
  name text primary key,
  value text not null
) strict;

create table labs (
  id text primary key,
  title text not null,
  created_at text not null
) strict;

create table lab_coordinators (
  lab text not null references labs (id),
  key_id text not null,
  public_key text not null,
  primary key (lab, key_id)
) strict;

-- `used_by` is the digest of the keys that enrolled with it: the same keys may come again, no others.
create table invitations (
  token_sha256 text primary key,
  lab text not null references labs (id),
  party text not null,
  party_name text not null,
  expires text not null,
  used_by text
) strict;
create index invitations_by_lab on invitations (lab, party);

create table enrolments (
  lab text not null references labs (id),
  party text not null,
  name text not null,
  keys text not null,
  certificate text not null,
  certificate_sha256 text not null,
  enrolled_at text not null,
  primary key (lab, party)
) strict;

create table log_entries (
  lab text not null references labs (id),
  position integer not null,
  statement_hash text not null,
  envelope blob not null,
  recorded_at text not null,
  primary key (lab, position),
  unique (lab, statement_hash)
) strict;

create table checkpoints (
  lab text not null references labs (id),
  size integer not null,
  note text not null,
  has_quorum integer not null,
  primary key (lab, size)
) strict;

-- The first party to upload under an extract id owns it, over all labs.
create table extract_owners (
  extract_id text primary key,
  lab text not null references labs (id),
  party text not null,
  first_seen text not null
) strict;

create table extract_columns (
  extract_id text not null references extract_owners (extract_id),
  name text not null,
  bytes integer not null,
  sha256 text not null,
  received_at text not null,
  primary key (extract_id, name)
) strict;
