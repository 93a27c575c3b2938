package import Persistence

package let caseworkMigrations: [Migration] = [
    Migration(
        "casework", 1,
        """
        CREATE TABLE governed_case (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            workflow_version BIGINT NOT NULL,
            title TEXT NOT NULL,
            about_kind TEXT NOT NULL,
            about_id TEXT NOT NULL,
            state TEXT NOT NULL,
            is_final BIGINT NOT NULL CHECK (is_final IN (0, 1)),
            revision BIGINT NOT NULL CHECK (revision >= 1),
            chain TEXT,
            opened_by TEXT NOT NULL,
            opened_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            due_on TEXT
        );
        CREATE INDEX governed_case_by_kind ON governed_case (kind, is_final, due_on, id);
        CREATE INDEX governed_case_by_subject ON governed_case (about_kind, about_id, id);
        CREATE TABLE case_seat (
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            seat TEXT NOT NULL,
            party_id TEXT NOT NULL,
            PRIMARY KEY (case_id, seat)
        );
        CREATE INDEX case_seat_by_party ON case_seat (party_id, case_id);
        CREATE TABLE case_event (
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            revision BIGINT NOT NULL,
            act TEXT NOT NULL,
            from_state TEXT NOT NULL,
            to_state TEXT NOT NULL,
            at BIGINT NOT NULL,
            account_id TEXT,
            party_id TEXT,
            post_id TEXT,
            comment TEXT,
            legal_basis TEXT,
            content TEXT NOT NULL,
            passed_over TEXT NOT NULL,
            PRIMARY KEY (case_id, revision)
        );
        CREATE TABLE case_clock (
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            position BIGINT NOT NULL,
            name TEXT NOT NULL,
            is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
            due_on TEXT,
            is_provisional BIGINT NOT NULL CHECK (is_provisional IN (0, 1)),
            body TEXT NOT NULL,
            PRIMARY KEY (case_id, position)
        );
        CREATE INDEX case_clock_by_due ON case_clock (is_open, due_on, case_id, position);
        CREATE TABLE case_holder (
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            party_id TEXT NOT NULL,
            role TEXT NOT NULL,
            post_id TEXT NOT NULL,
            PRIMARY KEY (case_id, party_id, role, post_id)
        );
        CREATE INDEX case_holder_by_party ON case_holder (party_id, role, case_id);
        CREATE TABLE case_excluded (
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            account_id TEXT NOT NULL,
            PRIMARY KEY (case_id, account_id)
        );
        CREATE TABLE case_key (
            account_id TEXT NOT NULL,
            key TEXT NOT NULL,
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            act TEXT NOT NULL,
            revision BIGINT NOT NULL,
            PRIMARY KEY (account_id, key)
        );
        CREATE TABLE approval_chain (
            name TEXT NOT NULL,
            party_id TEXT NOT NULL,
            steps TEXT NOT NULL,
            set_by TEXT NOT NULL,
            set_at BIGINT NOT NULL,
            PRIMARY KEY (name, party_id)
        );
        CREATE TABLE case_notice (
            id TEXT NOT NULL PRIMARY KEY,
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            party_id TEXT NOT NULL,
            role TEXT NOT NULL,
            occasion TEXT NOT NULL,
            message TEXT NOT NULL,
            at BIGINT NOT NULL,
            seen_at BIGINT,
            seen_by TEXT,
            UNIQUE (case_id, party_id, role, occasion)
        );
        CREATE INDEX case_notice_by_party ON case_notice (party_id, role, seen_at, at);
        """),
    Migration(
        "casework", 2,
        """
        CREATE TABLE calendar_publication (
            -- Counts from 1; the calendar in force is what ships with all of these on it.
            revision BIGINT NOT NULL PRIMARY KEY CHECK (revision >= 1),
            kind TEXT NOT NULL CHECK (kind IN ('year', 'closure', 'withdrawal')),
            year BIGINT,
            days TEXT,
            closed_from TEXT,
            closed_to TEXT,
            -- The announcement or the document that closes offices.
            document TEXT,
            reason TEXT,
            withdraws BIGINT UNIQUE REFERENCES calendar_publication (revision),
            published_by TEXT NOT NULL,
            published_at BIGINT NOT NULL,
            CHECK (kind <> 'year' OR (year IS NOT NULL AND days IS NOT NULL AND document IS NOT NULL)),
            CHECK (kind <> 'closure' OR (closed_from <= closed_to AND document IS NOT NULL AND reason IS NOT NULL)),
            CHECK ((kind = 'withdrawal') = (withdraws IS NOT NULL))
        );
        CREATE TABLE calendar_move (
            revision BIGINT NOT NULL REFERENCES calendar_publication (revision),
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            position BIGINT NOT NULL,
            name TEXT NOT NULL,
            due_before TEXT,
            due_after TEXT,
            moved_at BIGINT NOT NULL,
            PRIMARY KEY (revision, case_id, position)
        );
        -- By which publication a deadline was reckoned: an older one is reckoned again.
        ALTER TABLE case_clock ADD COLUMN calendar_revision BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX case_clock_by_calendar ON case_clock (is_open, calendar_revision, case_id);
        """),
    // Other signatures for data of a share type or grade, and what the page that sets a chain has seen.
    Migration(
        "casework", 3,
        """
        ALTER TABLE approval_chain ADD COLUMN variants TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE approval_chain ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
        """),
    Migration(
        "casework", 4,
        """
        ALTER TABLE case_event ADD COLUMN is_deputy BIGINT NOT NULL DEFAULT 0;
        """),
]
