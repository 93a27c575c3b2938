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
        """)
]
