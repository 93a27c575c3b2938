package import Persistence

package let scheduleMigrations: [Migration] = [
    Migration(
        "schedule", 1,
        """
        CREATE TABLE schedule (
            hook TEXT NOT NULL PRIMARY KEY REFERENCES hook (id),
            entry TEXT NOT NULL,
            owner TEXT NOT NULL,
            timing TEXT NOT NULL,
            retries_max BIGINT NOT NULL,
            alert_after BIGINT NOT NULL,
            late_after BIGINT NOT NULL,
            state TEXT NOT NULL,
            account TEXT NOT NULL,
            post TEXT,
            next_at BIGINT NOT NULL,
            due_at BIGINT,
            attempt TEXT REFERENCES publication (id),
            is_settled BIGINT NOT NULL,
            failures BIGINT NOT NULL,
            retry_at BIGINT,
            succeeded_at BIGINT,
            problem TEXT,
            revision BIGINT NOT NULL
        );
        CREATE INDEX schedule_next ON schedule (next_at);
        """)
]
