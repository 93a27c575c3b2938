package import Persistence

package let pushMigrations: [Migration] = [
    Migration(
        "push", 1,
        """
        -- A table of a recipient's own database; its password is sealed.
        CREATE TABLE push_target (
            id TEXT NOT NULL PRIMARY KEY,
            unit TEXT NOT NULL,
            label TEXT NOT NULL,
            place TEXT NOT NULL,
            manner TEXT NOT NULL CHECK (manner IN ('replace', 'upsert')),
            key_columns TEXT NOT NULL,
            credential BYTES,
            account TEXT NOT NULL,
            made_at BIGINT NOT NULL,
            removed_at BIGINT,
            revision BIGINT NOT NULL
        );
        CREATE INDEX push_target_unit ON push_target (unit, id);
        -- Also a row of release, which has what every release has; here is what is at the target.
        CREATE TABLE push (
            id TEXT NOT NULL PRIMARY KEY REFERENCES release (id),
            target TEXT NOT NULL REFERENCES push_target (id),
            place TEXT NOT NULL,
            manner TEXT NOT NULL,
            key_columns TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('authorised', 'settled', 'failed', 'unknown')),
            stage TEXT NOT NULL CHECK (stage IN ('staging', 'finishing', 'waiting', 'clearing', 'over')),
            rows_done BIGINT NOT NULL CHECK (rows_done >= 0),
            tries BIGINT NOT NULL,
            runner TEXT NOT NULL,
            runner_until BIGINT NOT NULL,
            cancel_asked BIGINT NOT NULL,
            problem TEXT,
            content_digest TEXT,
            account TEXT NOT NULL,
            idempotency_key TEXT,
            UNIQUE (account, idempotency_key)
        );
        -- Two at once into one table would be a race for which is last.
        CREATE UNIQUE INDEX push_running ON push (target) WHERE state = 'authorised';
        CREATE INDEX push_stage ON push (stage, runner_until);
        """)
]
