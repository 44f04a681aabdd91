import type { Migration } from './migration.ts';

/** Something that hits many at once. Reports and answers hang on entries and go where those go. */
export const incidents = { version: 180, name: 'incidents', rewrites: false, up: (exec) => exec(`
  CREATE TABLE incident (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, words TEXT NOT NULL, answer TEXT NOT NULL, notice TEXT NOT NULL, closing TEXT NOT NULL, declared_at INTEGER NOT NULL, declared_by TEXT NOT NULL,
    notice_message_id INTEGER REFERENCES message ON DELETE SET NULL, closed_at INTEGER, closed_by TEXT
  ) STRICT;
  CREATE INDEX incident_open ON incident (declared_at) WHERE closed_at IS NULL;
  CREATE TABLE incident_report (incident_id TEXT NOT NULL REFERENCES incident ON DELETE CASCADE, message_id INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, PRIMARY KEY (incident_id, message_id)) STRICT, WITHOUT ROWID;
  CREATE INDEX incident_report_message ON incident_report (message_id);
  -- phase: 'answer' while it lasts, 'closing' when it is over. Taking the send back takes this back, too.
  CREATE TABLE incident_answer (incident_id TEXT NOT NULL REFERENCES incident ON DELETE CASCADE, phase TEXT NOT NULL, message_id INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, PRIMARY KEY (incident_id, phase, message_id)) STRICT, WITHOUT ROWID;
  CREATE INDEX incident_answer_message ON incident_answer (message_id);
`) } satisfies Migration;
