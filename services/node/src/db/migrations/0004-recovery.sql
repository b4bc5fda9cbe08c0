-- Evidence stays after officers ended the frozen state; entries that a recovery took out of the copy are kept beside it.
ALTER TABLE evidence ADD COLUMN resolved_at TEXT;
CREATE TABLE replaced_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  idx INTEGER NOT NULL,
  envelope TEXT NOT NULL,
  replaced_at TEXT NOT NULL
) STRICT;
