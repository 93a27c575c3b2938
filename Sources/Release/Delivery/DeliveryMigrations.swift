package import Persistence

package let deliveryMigrations: [Migration] = [
    Migration(
        "delivery", 1,
        """
        -- Files and pushes of a grant that are made by themselves, and each occurrence of them.
        CREATE TABLE delivery (
            id TEXT NOT NULL PRIMARY KEY,
            grant_id TEXT NOT NULL REFERENCES policy_grant (id),
            entry TEXT NOT NULL,
            provider TEXT NOT NULL,
            recipient TEXT NOT NULL,
            format TEXT NOT NULL,
            target TEXT REFERENCES push_target (id),
            timing TEXT,
            skips_unchanged BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
            account TEXT NOT NULL,
            post TEXT,
            next_at BIGINT NOT NULL,
            due_at BIGINT,
            run TEXT,
            is_settled BIGINT NOT NULL,
            failures BIGINT NOT NULL,
            retry_at BIGINT,
            succeeded_at BIGINT,
            last_version TEXT,
            last_revision BIGINT,
            problem TEXT,
            revision BIGINT NOT NULL
        );
        CREATE INDEX delivery_next ON delivery (state, next_at);
        CREATE INDEX delivery_of_grant ON delivery (grant_id, id);
        CREATE TABLE delivery_run (
            id TEXT NOT NULL PRIMARY KEY,
            delivery TEXT NOT NULL,
            format TEXT NOT NULL,
            account TEXT NOT NULL,
            due_at BIGINT NOT NULL,
            started_at BIGINT NOT NULL,
            lease_until BIGINT NOT NULL,
            ended_at BIGINT,
            outcome TEXT NOT NULL,
            release_id TEXT,
            problem TEXT
        );
        CREATE INDEX delivery_run_of_delivery ON delivery_run (delivery, id);
        CREATE INDEX delivery_run_under_way ON delivery_run (outcome, lease_until);
        """)
]
