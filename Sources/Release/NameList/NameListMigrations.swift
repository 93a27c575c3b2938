package import Persistence

package let nameListMigrations: [Migration] = [
    Migration(
        "name-list", 1,
        """
        -- A list that somebody brought to have it matched: a release with a part for each grant.
        CREATE TABLE name_list (
            id TEXT NOT NULL PRIMARY KEY,
            recipient TEXT NOT NULL,
            account TEXT NOT NULL,
            post TEXT,
            state TEXT NOT NULL CHECK (state IN ('draft', 'authorised', 'settled', 'failed', 'unknown')),
            idempotency_key TEXT,
            file TEXT NOT NULL,
            reading TEXT NOT NULL,
            sheets TEXT NOT NULL,
            choice TEXT,
            findings TEXT,
            attachments TEXT NOT NULL,
            rows_done BIGINT NOT NULL,
            cancel_asked BIGINT NOT NULL,
            made_at BIGINT NOT NULL,
            authorised_at BIGINT,
            lease_until BIGINT,
            settled_at BIGINT,
            result_bytes BIGINT,
            result_sha256 TEXT,
            problem TEXT,
            authorised_leaf TEXT,
            settled_leaf TEXT,
            receipt TEXT,
            UNIQUE (account, idempotency_key)
        );
        CREATE INDEX name_list_recipient ON name_list (recipient, id);
        CREATE INDEX name_list_state ON name_list (state, made_at);
        -- Also a row of release, which has its state; here is what it asked and found.
        CREATE TABLE name_list_part (
            release_id TEXT NOT NULL PRIMARY KEY,
            list TEXT NOT NULL REFERENCES name_list (id),
            position BIGINT NOT NULL,
            grant_id TEXT NOT NULL,
            revision BIGINT NOT NULL,
            entry TEXT NOT NULL,
            provider TEXT NOT NULL,
            recipient TEXT NOT NULL,
            post TEXT,
            account TEXT NOT NULL,
            key_column TEXT NOT NULL,
            version TEXT NOT NULL,
            version_number BIGINT NOT NULL,
            as_of BIGINT NOT NULL,
            day TEXT NOT NULL,
            keys_asked BIGINT NOT NULL CHECK (keys_asked >= 0),
            matched BIGINT,
            ambiguous BIGINT,
            unmatched BIGINT,
            settled_at BIGINT,
            UNIQUE (list, position)
        );
        CREATE INDEX name_list_part_grant ON name_list_part (grant_id, day);
        CREATE INDEX name_list_part_account ON name_list_part (account, day);
        CREATE INDEX name_list_part_settled ON name_list_part (grant_id, settled_at);
        -- Lists under a grant rest from here on until somebody lifts it: too many of the keys were nobody's.
        CREATE TABLE name_list_hold (
            grant_id TEXT NOT NULL,
            list TEXT NOT NULL REFERENCES name_list (id),
            since BIGINT NOT NULL,
            keys_asked BIGINT NOT NULL,
            unmatched BIGINT NOT NULL,
            lifted_at BIGINT,
            lifted_by TEXT,
            reason TEXT,
            -- Whoever lifted it said that most keys of this source are nobody's by its nature: never held again.
            is_expected BIGINT NOT NULL,
            PRIMARY KEY (grant_id, list)
        );
        CREATE INDEX name_list_hold_open ON name_list_hold (grant_id, lifted_at);
        """)
]
