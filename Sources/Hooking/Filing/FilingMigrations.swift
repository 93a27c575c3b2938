package import Persistence

package let filingMigrations: [Migration] = [
    Migration(
        "filing", 1,
        """
        CREATE TABLE filing_duty (
            hook TEXT NOT NULL PRIMARY KEY REFERENCES hook (id),
            entry TEXT NOT NULL,
            owner TEXT NOT NULL,
            cadence TEXT NOT NULL,
            deadline_days BIGINT NOT NULL,
            remind_days BIGINT NOT NULL,
            manner TEXT NOT NULL,
            row_key TEXT NOT NULL,
            since TEXT NOT NULL,
            revision BIGINT NOT NULL,
            set_by TEXT NOT NULL,
            set_at BIGINT NOT NULL
        );
        CREATE INDEX filing_duty_of_owner ON filing_duty (owner);
        CREATE TABLE filing (
            id TEXT NOT NULL PRIMARY KEY,
            hook TEXT NOT NULL REFERENCES hook (id),
            entry TEXT NOT NULL,
            owner TEXT NOT NULL,
            period TEXT,
            kind TEXT NOT NULL,
            manner TEXT NOT NULL,
            channel TEXT NOT NULL,
            package TEXT,
            upload TEXT,
            sha256 TEXT,
            file_name TEXT,
            attempt TEXT REFERENCES publication (id),
            served_before TEXT,
            reason TEXT,
            filed_by TEXT NOT NULL,
            filed_at BIGINT NOT NULL,
            undone_by TEXT,
            undone_at BIGINT
        );
        CREATE INDEX filing_of_hook ON filing (hook, id);
        CREATE INDEX filing_of_package ON filing (package);
        CREATE INDEX filing_of_bytes ON filing (hook, sha256);
        """)
]
