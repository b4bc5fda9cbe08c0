-- Batches of joint numbers this node asked for. What is secret of one lies beside it in files, sealed under the epoch's share.
CREATE TABLE oprf_batches (
  id TEXT PRIMARY KEY,
  agreement TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  records INTEGER NOT NULL,
  -- Elements: records and canaries.
  count INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'discarded')),
  created_at TEXT NOT NULL
) STRICT;

-- Batches of others this node counted against their budget, before it evaluated them.
CREATE TABLE oprf_grants (
  batch TEXT PRIMARY KEY,
  agreement TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  party TEXT NOT NULL,
  count INTEGER NOT NULL,
  granted_at TEXT NOT NULL
) STRICT;
