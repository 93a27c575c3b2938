package import Persistence

package let policyMigrations: [Migration] = [
    Migration(
        "policy", 1,
        """
        CREATE TABLE policy_grant (
            id TEXT NOT NULL PRIMARY KEY,
            revision BIGINT NOT NULL CHECK (revision > 0),
            entry TEXT NOT NULL,
            provider TEXT NOT NULL,
            consumer TEXT,
            origin TEXT NOT NULL CHECK (origin IN ('sharing-request', 'open-licence')),
            origin_case TEXT,
            state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'revoked', 'expired')),
            clauses TEXT NOT NULL,
            plan_digest TEXT NOT NULL,
            valid_from TEXT NOT NULL,
            valid_to TEXT NOT NULL,
            total_quota BIGINT CHECK (total_quota > 0),
            daily_quota BIGINT CHECK (daily_quota > 0),
            signed_at BIGINT NOT NULL,
            signed_by TEXT NOT NULL,
            CHECK (valid_from <= valid_to),
            CHECK ((origin = 'open-licence') = (consumer IS NULL)),
            CHECK ((origin = 'sharing-request') = (origin_case IS NOT NULL))
        );
        CREATE INDEX policy_grant_entry ON policy_grant (entry, id);
        CREATE INDEX policy_grant_provider ON policy_grant (provider, id);
        CREATE INDEX policy_grant_consumer ON policy_grant (consumer, id);
        CREATE INDEX policy_grant_ending ON policy_grant (state, valid_to);
        CREATE TABLE policy_grant_change (
            number BIGINT NOT NULL PRIMARY KEY,
            grant_id TEXT NOT NULL REFERENCES policy_grant (id),
            revision BIGINT NOT NULL,
            state TEXT NOT NULL,
            at BIGINT NOT NULL,
            actor TEXT NOT NULL,
            reason TEXT NOT NULL,
            UNIQUE (grant_id, revision)
        );
        CREATE TABLE policy_change_counter (
            id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
            number BIGINT NOT NULL
        );
        INSERT INTO policy_change_counter (id, number) VALUES (1, 0);
        CREATE TABLE policy_quota_use (
            grant_id TEXT NOT NULL REFERENCES policy_grant (id),
            day TEXT NOT NULL,
            used BIGINT NOT NULL CHECK (used >= 0),
            PRIMARY KEY (grant_id, day)
        );
        CREATE TABLE policy_reservation (
            release_id TEXT NOT NULL PRIMARY KEY,
            grant_id TEXT NOT NULL REFERENCES policy_grant (id),
            revision BIGINT NOT NULL,
            day TEXT NOT NULL,
            rows_reserved BIGINT NOT NULL CHECK (rows_reserved >= 0),
            rows_settled BIGINT CHECK (rows_settled >= 0 AND rows_settled <= rows_reserved),
            state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'unknown')),
            reserved_at BIGINT NOT NULL,
            lease_until BIGINT NOT NULL,
            settled_at BIGINT
        );
        CREATE INDEX policy_reservation_lease ON policy_reservation (state, lease_until);
        CREATE INDEX policy_reservation_grant ON policy_reservation (grant_id, reserved_at);
        """),
    Migration(
        "policy", 2,
        """
        ALTER TABLE policy_grant ADD COLUMN calls_per_minute BIGINT CHECK (calls_per_minute > 0);
        ALTER TABLE policy_grant ADD COLUMN calls_per_day BIGINT CHECK (calls_per_day > 0);
        ALTER TABLE policy_grant ADD COLUMN rows_per_minute BIGINT CHECK (rows_per_minute > 0);
        -- The minute and the day that run now, one row each: what went before is of no use to a rate.
        CREATE TABLE policy_rate_use (
            grant_id TEXT NOT NULL REFERENCES policy_grant (id),
            span TEXT NOT NULL CHECK (span IN ('minute', 'day')),
            number BIGINT NOT NULL,
            calls BIGINT NOT NULL CHECK (calls >= 0),
            rows BIGINT NOT NULL CHECK (rows >= 0),
            refused BIGINT NOT NULL CHECK (refused >= 0),
            PRIMARY KEY (grant_id, span)
        );
        -- Verify calls of a day by key, which is named as evidence names it.
        CREATE TABLE policy_key_try (
            grant_id TEXT NOT NULL REFERENCES policy_grant (id),
            day TEXT NOT NULL,
            key_name TEXT NOT NULL,
            tries BIGINT NOT NULL CHECK (tries > 0),
            PRIMARY KEY (grant_id, day, key_name)
        );
        CREATE INDEX policy_key_try_day ON policy_key_try (day);
        """),
    // Grants that began otherwise than by the decision of their request, and those that end at an hour.
    Migration(
        "policy", 3,
        """
        ALTER TABLE policy_grant ADD COLUMN nature TEXT NOT NULL DEFAULT 'ordinary'
            CHECK (nature IN ('ordinary', 'emergency', 'transitional'));
        ALTER TABLE policy_grant ADD COLUMN ends_at BIGINT;
        CREATE UNIQUE INDEX policy_grant_unconfirmed ON policy_grant (entry, consumer)
            WHERE ends_at IS NOT NULL AND state IN ('active', 'suspended');
        """),
    // Files with a mark of secrecy: known again by their digest, nothing of them kept.
    Migration(
        "policy", 4,
        """
        CREATE TABLE refused_upload (
            id TEXT NOT NULL PRIMARY KEY,
            door TEXT NOT NULL,
            digest TEXT NOT NULL,
            bytes BIGINT NOT NULL CHECK (bytes >= 0),
            mark TEXT NOT NULL,
            place TEXT NOT NULL,
            party_id TEXT,
            account_id TEXT,
            at BIGINT NOT NULL,
            released_by TEXT,
            released_at BIGINT,
            released_until BIGINT CHECK (released_until > released_at),
            release_reason TEXT,
            CHECK ((released_by IS NULL) = (released_at IS NULL)),
            CHECK ((released_by IS NULL) = (released_until IS NULL)),
            CHECK ((released_by IS NULL) = (release_reason IS NULL))
        );
        CREATE INDEX refused_upload_digest ON refused_upload (digest, door);
        CREATE INDEX refused_upload_at ON refused_upload (at);
        """),
    // Grants under which nothing leaves before a joint test: NULL is none.
    Migration(
        "policy", 5,
        """
        ALTER TABLE policy_grant ADD COLUMN joint_test TEXT CHECK (joint_test IN ('required', 'done'));
        """),
    // 预告终止: the last day that its provider announced; NULL is none.
    Migration(
        "policy", 6,
        """
        ALTER TABLE policy_grant ADD COLUMN announced_end TEXT;
        """),
]
