package import Persistence

package let releaseMigrations: [Migration] = [
    Migration(
        "release", 1,
        """
        -- One file release: what was authorised, and what came of it. Look-ups and pages live in the evidence alone.
        CREATE TABLE release (
            id TEXT PRIMARY KEY,
            grant_id TEXT NOT NULL,
            revision BIGINT NOT NULL,
            entry TEXT NOT NULL,
            version TEXT NOT NULL,
            version_number BIGINT NOT NULL,
            provider TEXT NOT NULL,
            recipient TEXT NOT NULL,
            delivery TEXT NOT NULL,
            state TEXT NOT NULL,
            rows_reserved BIGINT NOT NULL,
            rows_out BIGINT,
            rows_withheld BIGINT,
            bytes BIGINT,
            sha256 TEXT,
            problem TEXT,
            requested_by TEXT NOT NULL,
            authorised_at BIGINT NOT NULL,
            lease_until BIGINT NOT NULL,
            settled_at BIGINT,
            authorised_leaf TEXT NOT NULL,
            settled_leaf TEXT,
            receipt TEXT
        );
        CREATE INDEX release_of_grant ON release (grant_id, id);
        CREATE INDEX release_of_recipient ON release (recipient, id);
        CREATE INDEX release_of_provider ON release (provider, id);
        CREATE INDEX release_state ON release (state, lease_until);
        """),
    Migration(
        "release", 2,
        """
        -- One row a process that answers look-ups and pages: when it last said that it lives. What it authorised and never
        -- settled is closed as unknown when it has been silent for too long.
        CREATE TABLE release_answering (
            id TEXT PRIMARY KEY,
            seen_at BIGINT NOT NULL
        );
        """),
]
