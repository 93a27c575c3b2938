package import Persistence

package let jointTestMigrations: [Migration] = [
    Migration(
        "joint-test", 1,
        """
        -- A try with made-up rows. It is no release, and nothing of it is in any table of releases or of quota.
        CREATE TABLE joint_test (
            id TEXT NOT NULL PRIMARY KEY,
            grant_id TEXT NOT NULL,
            revision BIGINT NOT NULL,
            plan_digest TEXT NOT NULL,
            delivery TEXT NOT NULL,
            seed BIGINT NOT NULL,
            rows_made BIGINT NOT NULL CHECK (rows_made > 0),
            rows_out BIGINT NOT NULL CHECK (rows_out >= 0 AND rows_out <= rows_made),
            bytes BIGINT,
            sha256 TEXT NOT NULL,
            made_by TEXT NOT NULL,
            made_at BIGINT NOT NULL,
            leaf TEXT NOT NULL
        );
        CREATE INDEX joint_test_of_grant ON joint_test (grant_id, id);
        CREATE TABLE joint_test_fault (
            id TEXT NOT NULL PRIMARY KEY,
            grant_id TEXT NOT NULL,
            joint_test TEXT REFERENCES joint_test (id),
            told TEXT NOT NULL,
            told_by TEXT NOT NULL,
            told_at BIGINT NOT NULL,
            answer TEXT,
            answered_by TEXT,
            answered_at BIGINT,
            CHECK ((answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL))
        );
        CREATE INDEX joint_test_fault_of_grant ON joint_test_fault (grant_id, id);
        CREATE TABLE joint_test_word (
            leaf TEXT NOT NULL PRIMARY KEY,
            grant_id TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('recipient', 'provider')),
            verdict TEXT NOT NULL CHECK (verdict IN ('passed', 'waived')),
            note TEXT NOT NULL,
            said_by TEXT NOT NULL,
            said_at BIGINT NOT NULL,
            undone_at BIGINT,
            CHECK (verdict = 'passed' OR side = 'recipient')
        );
        -- A side says one thing at a time.
        CREATE UNIQUE INDEX joint_test_word_in_force ON joint_test_word (grant_id, side) WHERE undone_at IS NULL;
        """),
    Migration(
        "joint-test", 2,
        """
        -- What a test of a push did at a recipient's database, and what stands there of it.
        CREATE TABLE joint_test_push (
            id TEXT NOT NULL PRIMARY KEY,
            grant_id TEXT NOT NULL,
            target TEXT NOT NULL REFERENCES push_target (id),
            place TEXT NOT NULL,
            location TEXT NOT NULL,
            own_table TEXT NOT NULL,
            manner TEXT NOT NULL,
            key_columns TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
            table_state TEXT NOT NULL
                CHECK (table_state IN ('none', 'there', 'passed-on', 'clearing', 'dropped', 'left')),
            seed BIGINT NOT NULL,
            rows_made BIGINT NOT NULL,
            rows_before BIGINT,
            rows_out BIGINT,
            rows_after BIGINT,
            content_digest TEXT,
            columns TEXT,
            problem TEXT,
            tries BIGINT NOT NULL,
            runner TEXT NOT NULL,
            runner_until BIGINT NOT NULL,
            made_by TEXT NOT NULL,
            made_at BIGINT NOT NULL,
            drop_at BIGINT NOT NULL,
            dropped_at BIGINT,
            CHECK ((state = 'done') = (content_digest IS NOT NULL))
        );
        CREATE INDEX joint_test_push_of_grant ON joint_test_push (grant_id, id);
        -- Two at once in one table would be a race for whose rows they are.
        CREATE UNIQUE INDEX joint_test_push_running ON joint_test_push (location) WHERE state = 'running';
        CREATE UNIQUE INDEX joint_test_push_there ON joint_test_push (location) WHERE table_state = 'there';
        CREATE INDEX joint_test_push_due ON joint_test_push (table_state, runner_until);
        """),
]
