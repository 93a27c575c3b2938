package import Persistence

package let gradingMigrations: [Migration] = [
    Migration(
        "grading", 1,
        """
        CREATE TABLE grading_book (
            entry TEXT PRIMARY KEY,
            revision BIGINT NOT NULL CHECK (revision >= 0)
        );
        CREATE TABLE grading_column (
            entry TEXT NOT NULL REFERENCES grading_book (entry),
            column_name TEXT NOT NULL,
            level TEXT NOT NULL CHECK (level IN ('L1', 'L2', 'L3', 'L4', 'important', 'core')),
            rules TEXT NOT NULL,
            reason TEXT,
            decided_by TEXT NOT NULL,
            decided_at BIGINT NOT NULL,
            PRIMARY KEY (entry, column_name)
        );
        CREATE TABLE grading_suggestion (
            entry TEXT NOT NULL REFERENCES grading_book (entry),
            place BIGINT NOT NULL,
            column_name TEXT NOT NULL,
            level TEXT NOT NULL,
            certainty BIGINT NOT NULL,
            body TEXT NOT NULL,
            suggested_at BIGINT NOT NULL,
            PRIMARY KEY (entry, column_name)
        );
        CREATE TABLE grading_history (
            entry TEXT NOT NULL REFERENCES grading_book (entry),
            revision BIGINT NOT NULL,
            column_name TEXT NOT NULL,
            before_level TEXT,
            level TEXT NOT NULL,
            reason TEXT,
            actor TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (entry, revision, column_name)
        );
        """)
]
