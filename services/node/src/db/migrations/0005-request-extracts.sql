-- Extracts made for one request: which, and of what delivery of this node; and what a steward confirmed, with the delivery that was seen.
ALTER TABLE extracts ADD COLUMN for_request TEXT;
ALTER TABLE extracts ADD COLUMN made_from TEXT;
CREATE TABLE request_confirmations (
  request_hash TEXT NOT NULL,
  dataset TEXT NOT NULL,
  source TEXT NOT NULL,
  confirmed_at TEXT NOT NULL,
  PRIMARY KEY (request_hash, dataset)
) STRICT;
