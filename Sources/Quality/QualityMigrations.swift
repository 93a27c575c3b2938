package import Persistence

package let qualityMigrations: [Migration] = [
    Migration(
        "quality", 1,
        """
        CREATE TABLE quality_rule (
            id TEXT NOT NULL,
            revision BIGINT NOT NULL CHECK (revision > 0),
            entry TEXT NOT NULL,
            is_current BIGINT NOT NULL CHECK (is_current IN (0, 1)),
            is_retired BIGINT NOT NULL CHECK (is_retired IN (0, 1)),
            body TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            created_by TEXT NOT NULL,
            PRIMARY KEY (id, revision)
        );
        CREATE INDEX quality_rule_by_entry ON quality_rule (entry, is_current, is_retired, id);
        CREATE TABLE quality_report (
            id TEXT PRIMARY KEY,
            entry TEXT NOT NULL,
            version TEXT,
            gate TEXT NOT NULL CHECK (gate IN ('open', 'open-with-warnings', 'blocked')),
            overall_ppm BIGINT,
            row_count BIGINT NOT NULL,
            at BIGINT NOT NULL,
            body TEXT NOT NULL
        );
        CREATE UNIQUE INDEX quality_report_by_version ON quality_report (version);
        CREATE INDEX quality_report_by_entry ON quality_report (entry, at);
        """),
    // Looks at values that are masked otherwise; what they were for in words is in the leaf's erasable part.
    Migration(
        "quality", 2,
        """
        CREATE TABLE quality_reveal (
            id TEXT PRIMARY KEY,
            at BIGINT NOT NULL,
            account TEXT NOT NULL,
            entry TEXT NOT NULL,
            rule TEXT NOT NULL,
            version TEXT NOT NULL,
            column_name TEXT,
            first_row BIGINT NOT NULL,
            row_count BIGINT NOT NULL CHECK (row_count > 0),
            reason TEXT NOT NULL,
            leaf TEXT NOT NULL
        );
        CREATE INDEX quality_reveal_by_account ON quality_reveal (account, at);
        """),
]
