-- People at the console: accounts, and digests of what signs one in. The shapes are in packages/accounts.
CREATE TABLE account_records (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  value TEXT NOT NULL,
  expires INTEGER,
  PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX account_records_by_end ON account_records (expires);
