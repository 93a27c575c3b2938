package import Persistence

package let exchangeMigrations: [Migration] = [
    Migration(
        "exchange", 1,
        """
        CREATE TABLE sharing_request (
            case_id TEXT NOT NULL PRIMARY KEY,
            entry_id TEXT NOT NULL,
            applicant TEXT NOT NULL,
            provider TEXT NOT NULL,
            wish TEXT NOT NULL,
            offer TEXT,
            grant_id TEXT,
            UNIQUE (grant_id)
        );
        CREATE INDEX sharing_request_by_entry ON sharing_request (entry_id, case_id);
        CREATE INDEX sharing_request_by_applicant ON sharing_request (applicant, case_id);
        CREATE INDEX sharing_request_by_provider ON sharing_request (provider, case_id);
        """),
    Migration(
        "exchange", 2,
        """
        -- Bundles of terms that a decision can begin with. Never overwritten: a revision ends one and begins another.
        CREATE TABLE exchange_template (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            sharing TEXT CHECK (sharing IN ('unconditional', 'conditional')),
            purpose TEXT NOT NULL,
            basis TEXT NOT NULL,
            terms TEXT NOT NULL,
            effective_from TEXT NOT NULL,
            effective_to TEXT,
            set_by TEXT NOT NULL,
            set_at BIGINT NOT NULL
        );
        CREATE INDEX exchange_template_in_force ON exchange_template (effective_from, effective_to);
        """),
    Migration(
        "exchange", 3,
        """
        -- 应急共享: on a leader's word, until an hour by which the paperwork has to follow.
        CREATE TABLE exchange_emergency (
            case_id TEXT NOT NULL PRIMARY KEY REFERENCES sharing_request (case_id),
            entry_id TEXT NOT NULL,
            applicant TEXT NOT NULL,
            circumstance TEXT NOT NULL,
            asked_at BIGINT NOT NULL,
            leader_post TEXT,
            leader_party TEXT,
            said_at BIGINT,
            means TEXT CHECK (means IN ('telephone', 'meeting', 'message', 'in-person')),
            words TEXT,
            entered_at BIGINT,
            ends_at BIGINT,
            outcome TEXT CHECK (outcome IN ('confirmed', 'lapsed', 'declined', 'withdrawn')),
            ended_at BIGINT,
            CHECK ((leader_post IS NULL) = (ends_at IS NULL)),
            CHECK ((outcome IS NULL) = (ended_at IS NULL))
        );
        -- Not twice for the same entry and unit while one is unconfirmed.
        CREATE UNIQUE INDEX exchange_emergency_open ON exchange_emergency (entry_id, applicant)
            WHERE outcome IS NULL;
        CREATE INDEX exchange_emergency_ending ON exchange_emergency (outcome, ends_at);
        """),
]
