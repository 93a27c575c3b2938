package import Persistence

package let hookingMigrations: [Migration] = [
    Migration(
        "hooking", 1,
        """
        CREATE TABLE hook (
            id TEXT NOT NULL PRIMARY KEY,
            entry TEXT NOT NULL,
            owner TEXT NOT NULL,
            source TEXT NOT NULL,
            mapping TEXT NOT NULL,
            key_columns TEXT NOT NULL,
            state TEXT NOT NULL,
            current_version TEXT,
            revision BIGINT NOT NULL,
            credential BYTES,
            defined_by TEXT NOT NULL,
            defined_at BIGINT NOT NULL
        );
        CREATE UNIQUE INDEX hook_of_entry ON hook (entry) WHERE state <> 'retired';
        CREATE TABLE version (
            id TEXT NOT NULL PRIMARY KEY,
            hook TEXT NOT NULL REFERENCES hook (id),
            entry TEXT NOT NULL,
            number BIGINT NOT NULL,
            rows BIGINT NOT NULL,
            rejected_rows BIGINT NOT NULL,
            columns TEXT NOT NULL,
            content_digest TEXT NOT NULL,
            manifest_digest TEXT NOT NULL,
            source_fingerprint TEXT NOT NULL,
            key_columns TEXT NOT NULL,
            published_at BIGINT NOT NULL,
            published_by TEXT NOT NULL
        );
        CREATE UNIQUE INDEX version_number_of_entry ON version (entry, number);
        CREATE TABLE publication (
            id TEXT NOT NULL PRIMARY KEY,
            hook TEXT NOT NULL REFERENCES hook (id),
            entry TEXT NOT NULL,
            owner TEXT NOT NULL,
            outcome TEXT NOT NULL,
            stage TEXT,
            version TEXT,
            problem TEXT,
            rows_read BIGINT NOT NULL,
            rows_rejected BIGINT NOT NULL,
            permille BIGINT NOT NULL,
            started_at BIGINT NOT NULL,
            ended_at BIGINT,
            lease_until BIGINT NOT NULL,
            cancel_asked BIGINT NOT NULL,
            started_by TEXT NOT NULL
        );
        CREATE UNIQUE INDEX publication_running ON publication (hook) WHERE outcome = 'running';
        CREATE INDEX publication_of_hook ON publication (hook, started_at);
        CREATE TABLE upload (
            id TEXT NOT NULL PRIMARY KEY,
            owner TEXT NOT NULL,
            name TEXT NOT NULL,
            bytes BIGINT NOT NULL,
            sha256 TEXT NOT NULL,
            uploaded_by TEXT NOT NULL,
            uploaded_at BIGINT NOT NULL
        );
        CREATE INDEX upload_of_owner ON upload (owner, uploaded_at);
        """)
]
