CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Seeds of node and witness key and the TLS key, wrapped under the identity key.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  wrapped TEXT NOT NULL
) STRICT;

-- Officer seeds, each wrapped under its officer's own passphrase.
CREATE TABLE officers (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  key_id TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  wrapped TEXT NOT NULL
) STRICT;

CREATE TABLE log_entries (
  idx INTEGER PRIMARY KEY,
  envelope TEXT NOT NULL
) STRICT;

-- 'cosigned': the last one this node cosigned; 'quorum': the newest one with a quorum.
CREATE TABLE checkpoints (
  role TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  root TEXT NOT NULL,
  note TEXT NOT NULL,
  cosigned_at INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- What the statement is about; one living statement per topic.
  topic TEXT NOT NULL,
  envelope TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'recorded', 'refused')),
  log_index INTEGER,
  refusal TEXT,
  made_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_one_per_number ON outbox (key_id, seq) WHERE state <> 'refused';
CREATE UNIQUE INDEX outbox_one_per_topic ON outbox (topic) WHERE state <> 'refused';

CREATE TABLE agreement_keys (
  agreement TEXT PRIMARY KEY,
  wrapped TEXT NOT NULL
) STRICT;

CREATE TABLE ceremonies (
  agreement TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  commit_body TEXT NOT NULL,
  wrapped_secrets TEXT,
  wrapped_keys TEXT,
  -- Set when the own keys verified every confirm tag.
  agreed INTEGER NOT NULL DEFAULT 0,
  trouble TEXT,
  PRIMARY KEY (agreement, epoch)
) STRICT;

CREATE TABLE epoch_keys (
  agreement TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  wrapped TEXT NOT NULL,
  PRIMARY KEY (agreement, epoch)
) STRICT;

CREATE TABLE extracts (
  extract_id TEXT PRIMARY KEY,
  agreement TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  dataset TEXT NOT NULL,
  period TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('preparing', 'prepared', 'sending', 'sent', 'replaced', 'withdrawn')),
  wrapped_root TEXT,
  body TEXT,
  report TEXT,
  created_at TEXT NOT NULL,
  sent_at TEXT
) STRICT;

-- Single use: written before anything leaves, never deleted.
CREATE TABLE releases (
  request_id TEXT NOT NULL,
  extract_id TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  job_hash TEXT NOT NULL,
  job_key_hash TEXT NOT NULL,
  released_at TEXT NOT NULL,
  PRIMARY KEY (request_id, extract_id)
) STRICT;
CREATE UNIQUE INDEX releases_one_per_job_key ON releases (job_key_hash, extract_id);

-- When this node first saw a job: how long it has waited for what it still needs.
CREATE TABLE job_sightings (
  job_hash TEXT PRIMARY KEY,
  seen_at INTEGER NOT NULL
) STRICT;

-- Why the node is frozen. Never deleted by the node itself.
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  found_at TEXT NOT NULL
) STRICT;

CREATE TABLE mappings (
  dataset TEXT NOT NULL,
  source TEXT NOT NULL,
  mapping TEXT NOT NULL,
  PRIMARY KEY (dataset, source)
) STRICT;
