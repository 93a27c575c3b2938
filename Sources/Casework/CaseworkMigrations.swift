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
    // What the lists of units and people are read from, in the order in which they show it; and what a person watches.
    Migration(
        "casework", 5,
        """
        CREATE TABLE case_part (
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            -- A unit that has a seat in the case, signs in it or has acted in it.
            party_id TEXT NOT NULL,
            -- Those that it has, by name, parted by commas; empty for who only signs.
            seats TEXT NOT NULL,
            -- Whose turn it is: the unit's own, another's, nobody's; or the case is over.
            stage TEXT NOT NULL CHECK (stage IN ('own', 'other', 'none', 'over')),
            state TEXT NOT NULL,
            -- 9999-12-31 without a deadline.
            due_key TEXT NOT NULL,
            changed_at BIGINT NOT NULL,
            PRIMARY KEY (case_id, party_id)
        ) WITHOUT ROWID;
        INSERT INTO case_part (case_id, party_id, seats, stage, state, due_key, changed_at)
        SELECT u.case_id, u.party_id,
            COALESCE((SELECT MIN(s.seat) FROM case_seat s WHERE s.case_id = u.case_id AND s.party_id = u.party_id), '')
                || COALESCE((SELECT ',' || MAX(s.seat) FROM case_seat s
                    WHERE s.case_id = u.case_id AND s.party_id = u.party_id HAVING COUNT(*) > 1), ''),
            CASE WHEN c.is_final = 1 THEN 'over'
                WHEN EXISTS (SELECT 1 FROM case_holder h WHERE h.case_id = u.case_id AND h.party_id = u.party_id)
                    THEN 'own'
                WHEN EXISTS (SELECT 1 FROM case_holder h WHERE h.case_id = u.case_id) THEN 'other'
                ELSE 'none' END,
            c.state, COALESCE(c.due_on, '9999-12-31'), c.changed_at
        FROM (SELECT case_id, party_id FROM case_seat
            UNION SELECT case_id, party_id FROM case_event WHERE party_id IS NOT NULL
            UNION SELECT case_id, party_id FROM case_holder) u
        JOIN governed_case c ON c.id = u.case_id;
        CREATE INDEX case_part_by_due ON case_part (party_id, stage, due_key, case_id, seats, state);
        CREATE INDEX case_part_by_change ON case_part (party_id, stage, changed_at, case_id, seats, state);
        ALTER TABLE case_holder ADD COLUMN seats TEXT NOT NULL DEFAULT '';
        ALTER TABLE case_holder ADD COLUMN state TEXT NOT NULL DEFAULT '';
        ALTER TABLE case_holder ADD COLUMN due_key TEXT NOT NULL DEFAULT '9999-12-31';
        ALTER TABLE case_holder ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE case_holder ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
        UPDATE case_holder SET
            seats = (SELECT p.seats FROM case_part p
                WHERE p.case_id = case_holder.case_id AND p.party_id = case_holder.party_id),
            state = (SELECT c.state FROM governed_case c WHERE c.id = case_id),
            due_key = (SELECT COALESCE(c.due_on, '9999-12-31') FROM governed_case c WHERE c.id = case_id),
            changed_at = (SELECT c.changed_at FROM governed_case c WHERE c.id = case_id),
            since = (SELECT c.changed_at FROM governed_case c WHERE c.id = case_id);
        DROP INDEX case_holder_by_party;
        CREATE INDEX case_holder_by_due ON case_holder (party_id, role, post_id, due_key, case_id, seats, state);
        CREATE INDEX case_holder_by_change ON case_holder (party_id, role, post_id, changed_at, case_id, seats, state);
        CREATE TABLE case_watch (
            account_id TEXT NOT NULL,
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            watched_at BIGINT NOT NULL,
            -- What its watcher was last told of.
            seen_revision BIGINT NOT NULL,
            seen_state TEXT NOT NULL,
            PRIMARY KEY (account_id, case_id)
        );
        """),
    // Of the address by which a person's own calendar reads deadlines: the digest of its secret.
    Migration(
        "casework", 6,
        """
        CREATE TABLE case_feed (
            account_id TEXT NOT NULL PRIMARY KEY,
            post_id TEXT NOT NULL,
            tray TEXT NOT NULL CHECK (tray IN ('mine', 'unit')),
            secret_digest BYTES NOT NULL UNIQUE,
            made_at BIGINT NOT NULL
        );
        """),
    // Each title once: words are looked for here. And a state's cases of a unit by their deadlines.
    Migration(
        "casework", 7,
        """
        CREATE TABLE case_title (title TEXT NOT NULL PRIMARY KEY);
        INSERT INTO case_title (title) SELECT DISTINCT title FROM governed_case;
        CREATE INDEX governed_case_by_title ON governed_case (title, id);
        CREATE INDEX case_part_by_state ON case_part (party_id, stage, state, due_key, case_id, seats);
        """),
    // 补录: signatures that were given on paper, and the scans of their sheets.
    Migration(
        "casework", 8,
        """
        ALTER TABLE case_event ADD COLUMN paper TEXT;
        CREATE TABLE paper_scan (
            id TEXT NOT NULL PRIMARY KEY,
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            bytes BIGINT NOT NULL CHECK (bytes > 0),
            sha256 TEXT NOT NULL,
            is_scanned BIGINT NOT NULL CHECK (is_scanned IN (0, 1)),
            brought_by TEXT NOT NULL,
            brought_at BIGINT NOT NULL
        );
        CREATE INDEX paper_scan_by_case ON paper_scan (case_id, id);
        CREATE INDEX paper_scan_by_age ON paper_scan (brought_at, id);
        CREATE TABLE paper_approval (
            id TEXT NOT NULL PRIMARY KEY,
            case_id TEXT NOT NULL REFERENCES governed_case (id),
            kind TEXT NOT NULL,
            case_state TEXT NOT NULL,
            -- Of the chain, and of the signature in its step.
            step BIGINT NOT NULL,
            place BIGINT NOT NULL,
            -- Whose signature it is.
            party_id TEXT NOT NULL,
            role TEXT NOT NULL,
            holder_post TEXT,
            position TEXT NOT NULL,
            signer TEXT NOT NULL,
            signer_post TEXT NOT NULL,
            is_deputy BIGINT NOT NULL CHECK (is_deputy IN (0, 1)),
            act TEXT NOT NULL,
            comment TEXT,
            legal_basis TEXT,
            signed_on TEXT NOT NULL,
            is_judged_by_signed BIGINT NOT NULL CHECK (is_judged_by_signed IN (0, 1)),
            reason TEXT NOT NULL,
            scan_id TEXT NOT NULL UNIQUE REFERENCES paper_scan (id),
            entered_by TEXT NOT NULL CHECK (entered_by <> signer),
            entered_post TEXT,
            entered_at BIGINT NOT NULL,
            -- The act that it counted as; none while it waits.
            counted_revision BIGINT,
            due_on TEXT NOT NULL,
            -- When its silence is told of next, and how often it was.
            next_on TEXT NOT NULL,
            level BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'compared', 'confirmed', 'objected', 'lapsed')),
            compared_by TEXT CHECK (compared_by <> entered_by),
            compared_post TEXT,
            compared_at BIGINT,
            closed_by TEXT CHECK (closed_by <> entered_by),
            closed_post TEXT,
            closed_at BIGINT,
            closing_words TEXT,
            CHECK ((compared_by IS NULL) = (compared_at IS NULL)),
            CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
            UNIQUE (case_id, counted_revision)
        );
        -- One entry of a signature at a time.
        CREATE UNIQUE INDEX paper_approval_waiting ON paper_approval (case_id, step, place)
            WHERE state = 'waiting' AND counted_revision IS NULL;
        CREATE INDEX paper_approval_by_case ON paper_approval (case_id, id);
        CREATE INDEX paper_approval_by_signer ON paper_approval (signer, state, due_on);
        CREATE INDEX paper_approval_by_unit ON paper_approval (party_id, state, due_on);
        CREATE INDEX paper_approval_by_day ON paper_approval (state, next_on, id);
        """),
    // Asked for by every inbox of those who publish calendars.
    Migration(
        "casework", 9,
        """
        CREATE INDEX case_clock_provisional ON case_clock (is_open, due_on) WHERE is_provisional = 1;
        """),
]
