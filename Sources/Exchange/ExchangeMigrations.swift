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
    Migration(
        "exchange", 4,
        """
        -- 存量共享: lists of exchanges from before day one, and what is made of each row.
        CREATE TABLE exchange_batch (
            id TEXT NOT NULL PRIMARY KEY,
            file_name TEXT NOT NULL,
            party TEXT NOT NULL,
            brought_by TEXT NOT NULL,
            brought_at BIGINT NOT NULL,
            taken BIGINT NOT NULL,
            refused TEXT NOT NULL
        );
        CREATE INDEX exchange_batch_by_party ON exchange_batch (party, id);
        CREATE TABLE exchange_running (
            id TEXT NOT NULL PRIMARY KEY,
            batch_id TEXT NOT NULL REFERENCES exchange_batch (id),
            line BIGINT NOT NULL,
            entry_id TEXT NOT NULL,
            provider TEXT NOT NULL,
            recipient TEXT NOT NULL,
            document TEXT NOT NULL,
            terms TEXT NOT NULL,
            is_lacking BIGINT NOT NULL CHECK (is_lacking IN (0, 1)),
            state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'dropped')),
            revision BIGINT NOT NULL CHECK (revision >= 1),
            provider_signed_by TEXT,
            provider_signed_at BIGINT,
            bureau_signed_by TEXT,
            bureau_signed_at BIGINT,
            grant_id TEXT,
            CHECK ((provider_signed_by IS NULL) = (provider_signed_at IS NULL)),
            CHECK ((bureau_signed_by IS NULL) = (bureau_signed_at IS NULL)),
            CHECK ((state = 'granted') = (grant_id IS NOT NULL)),
            CHECK (grant_id IS NULL OR (provider_signed_by IS NOT NULL AND bureau_signed_by IS NOT NULL
                AND provider_signed_by <> bureau_signed_by)),
            CHECK (is_lacking = 0 OR (provider_signed_by IS NULL AND bureau_signed_by IS NULL))
        );
        CREATE UNIQUE INDEX exchange_running_once ON exchange_running (entry_id, recipient, document)
            WHERE state <> 'dropped';
        CREATE INDEX exchange_running_by_provider ON exchange_running (provider, id);
        CREATE INDEX exchange_running_by_batch ON exchange_running (batch_id, id);
        """),
    Migration(
        "exchange", 5,
        """
        -- A renewal or a change ends another grant when it is granted; a renewal keeps its clauses.
        ALTER TABLE sharing_request ADD COLUMN replaces TEXT;
        ALTER TABLE sharing_request ADD COLUMN kept TEXT;
        CREATE INDEX sharing_request_replacing ON sharing_request (replaces, case_id);
        -- Every grant that has ended, once: what was taken away under it, and the certificate of its destruction.
        CREATE TABLE exchange_end (
            grant_id TEXT NOT NULL PRIMARY KEY,
            entry_id TEXT NOT NULL,
            provider TEXT NOT NULL,
            recipient TEXT NOT NULL,
            ended_at BIGINT NOT NULL,
            is_owed BIGINT NOT NULL CHECK (is_owed IN (0, 1)),
            due_on TEXT NOT NULL,
            clause TEXT NOT NULL,
            taken TEXT NOT NULL,
            certificate TEXT,
            CHECK (certificate IS NULL OR is_owed = 1)
        );
        CREATE INDEX exchange_end_by_recipient ON exchange_end (recipient, is_owed, due_on);
        CREATE INDEX exchange_end_by_provider ON exchange_end (provider, is_owed, due_on);
        """),
    Migration(
        "exchange", 6,
        """
        -- What a recipient reports of a year's use; the figures as the ledger had them then.
        CREATE TABLE exchange_use_report (
            grant_id TEXT NOT NULL,
            year BIGINT NOT NULL,
            figures TEXT NOT NULL,
            use_text TEXT NOT NULL,
            benefit TEXT NOT NULL,
            given_by TEXT NOT NULL,
            given_at BIGINT NOT NULL,
            PRIMARY KEY (grant_id, year)
        );
        """),
    Migration(
        "exchange", 7,
        """
        -- 督办件, beside its case. One open supervision about a case and a unit.
        CREATE TABLE exchange_supervision (
            case_id TEXT NOT NULL PRIMARY KEY REFERENCES governed_case (id),
            about_case TEXT REFERENCES governed_case (id),
            about_kind TEXT,
            -- The clock that lapsed, by name and place; none when it was opened by hand.
            about_clock TEXT,
            about_position BIGINT,
            unit TEXT NOT NULL,
            bureau TEXT NOT NULL,
            subject TEXT NOT NULL,
            basis TEXT NOT NULL,
            due_on TEXT,
            level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),
            is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
            opened_on TEXT NOT NULL,
            answer_due TEXT,
            answered_on TEXT,
            promised_on TEXT,
            closed_on TEXT,
            CHECK ((is_open = 1) = (closed_on IS NULL)),
            CHECK ((about_case IS NULL) = (about_kind IS NULL)),
            CHECK ((about_clock IS NULL) = (about_position IS NULL))
        );
        CREATE UNIQUE INDEX exchange_supervision_open ON exchange_supervision (about_case, unit)
            WHERE is_open = 1 AND about_case IS NOT NULL;
        CREATE INDEX exchange_supervision_about ON exchange_supervision (about_case, case_id);
        CREATE INDEX exchange_supervision_by_unit ON exchange_supervision (unit, is_open, case_id);
        """),
    Migration(
        "exchange", 8,
        """
        -- 协调件, beside its case: at most one open about a request. A grant that carries its outcome out binds its provider.
        CREATE TABLE exchange_coordination (
            case_id TEXT NOT NULL PRIMARY KEY REFERENCES governed_case (id),
            request_case TEXT NOT NULL REFERENCES governed_case (id),
            applicant TEXT NOT NULL,
            provider TEXT NOT NULL,
            bureau TEXT NOT NULL,
            is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
            opened_on TEXT NOT NULL,
            closed_on TEXT,
            grant_id TEXT,
            CHECK ((is_open = 1) = (closed_on IS NULL))
        );
        CREATE UNIQUE INDEX exchange_coordination_open ON exchange_coordination (request_case)
            WHERE is_open = 1;
        CREATE INDEX exchange_coordination_of ON exchange_coordination (request_case, case_id);
        CREATE INDEX exchange_coordination_grant ON exchange_coordination (grant_id, case_id);
        """),
    Migration(
        "exchange", 9,
        """
        -- 一事多项申请: several entries asked for in one go; signed off it is parted into requests.
        CREATE TABLE sharing_application (
            case_id TEXT NOT NULL PRIMARY KEY REFERENCES governed_case (id),
            applicant TEXT NOT NULL,
            content TEXT NOT NULL
        );
        CREATE INDEX sharing_application_by_applicant ON sharing_application (applicant, case_id);
        ALTER TABLE sharing_request ADD COLUMN application TEXT;
        ALTER TABLE sharing_request ADD COLUMN application_place BIGINT;
        CREATE UNIQUE INDEX sharing_request_by_application ON sharing_request (application, application_place);
        """),
    Migration(
        "exchange", 10,
        """
        -- 批量申请清单: sheets of what is to be asked for; the sheet itself is kept until it is drafted or dropped.
        CREATE TABLE application_list (
            id TEXT NOT NULL PRIMARY KEY,
            file_name TEXT NOT NULL,
            party TEXT NOT NULL,
            brought_by TEXT NOT NULL,
            brought_at BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'drafted', 'dropped')),
            sheet TEXT,
            contents TEXT NOT NULL,
            refused TEXT NOT NULL,
            applications TEXT NOT NULL,
            CHECK ((state = 'open') = (sheet IS NOT NULL))
        );
        CREATE INDEX application_list_by_party ON application_list (party, id);
        """),
    Migration(
        "exchange", 11,
        """
        -- 须经上级部门同意: entries of which no request is granted without the word of the department above.
        CREATE TABLE exchange_entry_consent (
            entry_id TEXT NOT NULL PRIMARY KEY,
            superior TEXT NOT NULL,
            basis TEXT NOT NULL,
            set_by TEXT NOT NULL,
            set_at BIGINT NOT NULL
        );
        """),
    Migration(
        "exchange", 12,
        """
        -- 预告终止: the provider has said on which day a grant ends; the reason stands beside the case.
        CREATE TABLE exchange_announced_end (
            case_id TEXT NOT NULL PRIMARY KEY REFERENCES governed_case (id),
            grant_id TEXT NOT NULL,
            entry_id TEXT NOT NULL,
            provider TEXT NOT NULL,
            recipient TEXT NOT NULL,
            bureau TEXT NOT NULL,
            ends_on TEXT NOT NULL,
            reason TEXT NOT NULL,
            basis TEXT NOT NULL,
            successor TEXT,
            is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
            closed_on TEXT,
            CHECK ((is_open = 1) = (closed_on IS NULL))
        );
        CREATE UNIQUE INDEX exchange_announced_end_open ON exchange_announced_end (grant_id)
            WHERE is_open = 1;
        CREATE INDEX exchange_announced_end_of ON exchange_announced_end (grant_id, case_id);
        CREATE INDEX exchange_announced_end_entry ON exchange_announced_end (entry_id, case_id);
        CREATE INDEX exchange_announced_end_day ON exchange_announced_end (is_open, ends_on);
        """),
]
