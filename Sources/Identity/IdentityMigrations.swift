package import Persistence

package let identityMigrations: [Migration] = [
    Migration(
        "identity", 1,
        """
        CREATE TABLE party (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            uscc TEXT UNIQUE,
            division TEXT,
            parent TEXT REFERENCES party (id),
            founded TEXT,
            dissolved TEXT,
            created BIGINT NOT NULL,
            CHECK (dissolved IS NULL OR founded IS NULL OR founded <= dissolved)
        );
        CREATE INDEX party_parent ON party (parent);
        CREATE TABLE party_name (
            party TEXT NOT NULL REFERENCES party (id),
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            match_key TEXT NOT NULL,
            valid_from TEXT NOT NULL,
            valid_to TEXT,
            PRIMARY KEY (party, kind, name, valid_from),
            CHECK (valid_to IS NULL OR valid_from <= valid_to)
        );
        CREATE INDEX party_name_match ON party_name (match_key);
        CREATE UNIQUE INDEX party_name_official ON party_name (match_key) WHERE kind = 'official' AND valid_to IS NULL;
        CREATE TABLE party_successor (
            predecessor TEXT NOT NULL REFERENCES party (id),
            successor TEXT NOT NULL REFERENCES party (id),
            kind TEXT NOT NULL,
            date TEXT NOT NULL,
            PRIMARY KEY (predecessor, successor),
            CHECK (predecessor <> successor)
        );
        CREATE TABLE party_member (
            party_group TEXT NOT NULL REFERENCES party (id),
            member TEXT NOT NULL REFERENCES party (id),
            PRIMARY KEY (party_group, member)
        );
        CREATE TABLE person (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            created BIGINT NOT NULL
        );
        CREATE TABLE post (
            id TEXT PRIMARY KEY,
            party TEXT NOT NULL REFERENCES party (id),
            title TEXT NOT NULL,
            abolished TEXT,
            created BIGINT NOT NULL,
            UNIQUE (party, title)
        );
        CREATE TABLE post_role (
            post TEXT NOT NULL REFERENCES post (id),
            role TEXT NOT NULL,
            PRIMARY KEY (post, role)
        );
        CREATE TABLE post_term (
            post TEXT NOT NULL REFERENCES post (id),
            person TEXT NOT NULL REFERENCES person (id),
            starts TEXT NOT NULL,
            ends TEXT,
            PRIMARY KEY (post, person, starts),
            CHECK (ends IS NULL OR starts <= ends)
        );
        CREATE INDEX post_term_person ON post_term (person);
        CREATE TABLE account (
            id TEXT PRIMARY KEY,
            person TEXT NOT NULL REFERENCES person (id),
            name TEXT NOT NULL,
            match_key TEXT NOT NULL UNIQUE,
            password TEXT NOT NULL,
            last_post TEXT REFERENCES post (id),
            failures BIGINT NOT NULL DEFAULT 0,
            failing_since BIGINT,
            locked_until BIGINT,
            disabled BIGINT NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
            created BIGINT NOT NULL
        );
        CREATE TABLE session (
            id TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account (id),
            post TEXT REFERENCES post (id),
            secret_digest BYTES NOT NULL UNIQUE,
            created BIGINT NOT NULL,
            seen BIGINT NOT NULL,
            expires BIGINT NOT NULL
        );
        CREATE INDEX session_account ON session (account);
        CREATE INDEX session_expires ON session (expires);
        CREATE TABLE api_token (
            id TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account (id),
            post TEXT NOT NULL REFERENCES post (id),
            label TEXT NOT NULL,
            secret_digest BYTES NOT NULL UNIQUE,
            scopes TEXT NOT NULL,
            created BIGINT NOT NULL,
            expires BIGINT NOT NULL,
            revoked BIGINT,
            used BIGINT
        );
        CREATE INDEX api_token_account ON api_token (account);
        """),
    // Who stands in for a holder, and the lists by which posts were handed over.
    Migration(
        "identity", 2,
        """
        CREATE TABLE post_deputy (
            id TEXT PRIMARY KEY,
            post TEXT NOT NULL REFERENCES post (id),
            person TEXT NOT NULL REFERENCES person (id),
            starts TEXT NOT NULL,
            ends TEXT NOT NULL,
            reason TEXT NOT NULL,
            set_by TEXT,
            set_at BIGINT NOT NULL,
            ended_at BIGINT,
            CHECK (starts <= ends)
        );
        CREATE INDEX post_deputy_person ON post_deputy (person);
        CREATE INDEX post_deputy_post ON post_deputy (post, starts);
        CREATE TABLE post_hand_over (
            id TEXT PRIMARY KEY,
            post TEXT NOT NULL REFERENCES post (id),
            leaver TEXT NOT NULL REFERENCES person (id),
            successor TEXT NOT NULL REFERENCES person (id),
            witness TEXT NOT NULL REFERENCES person (id),
            day TEXT NOT NULL,
            remark TEXT NOT NULL,
            items TEXT NOT NULL,
            items_digest TEXT NOT NULL,
            made_by TEXT,
            made_at BIGINT NOT NULL
        );
        CREATE INDEX post_hand_over_post ON post_hand_over (post, made_at);
        """),
    Migration(
        "identity", 3,
        """
        ALTER TABLE account ADD COLUMN password_set BIGINT;
        ALTER TABLE session ADD COLUMN confirmed_at BIGINT;
        ALTER TABLE session ADD COLUMN address TEXT;
        ALTER TABLE session ADD COLUMN browser TEXT;
        CREATE TABLE second_factor (
            account TEXT PRIMARY KEY REFERENCES account (id),
            secret BYTES NOT NULL,
            begun BIGINT NOT NULL,
            confirmed BIGINT,
            period_used BIGINT NOT NULL DEFAULT 0
        );
        CREATE TABLE recovery_code (
            account TEXT NOT NULL REFERENCES account (id),
            digest BYTES NOT NULL,
            used BIGINT,
            PRIMARY KEY (account, digest)
        );
        CREATE TABLE account_password (
            account TEXT NOT NULL REFERENCES account (id),
            retired BIGINT NOT NULL,
            password TEXT NOT NULL,
            PRIMARY KEY (account, retired)
        );
        """),
    // Units that follow others: what is planned, where everything goes, and who came of whom over any number of steps.
    Migration(
        "identity", 4,
        """
        CREATE TABLE party_lineage (
            heir TEXT NOT NULL REFERENCES party (id),
            forebear TEXT NOT NULL REFERENCES party (id),
            PRIMARY KEY (heir, forebear)
        );
        CREATE INDEX party_lineage_forebear ON party_lineage (forebear, heir);
        INSERT INTO party_lineage (heir, forebear)
            WITH RECURSIVE up (heir, forebear) AS (
                SELECT successor, predecessor FROM party_successor
                UNION SELECT u.heir, s.predecessor FROM up u JOIN party_successor s ON s.successor = u.forebear)
            SELECT heir, forebear FROM up WHERE heir <> forebear;
        CREATE TABLE party_succession (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename')),
            predecessors TEXT NOT NULL,
            successors TEXT NOT NULL,
            date TEXT NOT NULL,
            document TEXT NOT NULL,
            new_name TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('draft', 'planned', 'done', 'withdrawn')),
            revision BIGINT NOT NULL CHECK (revision > 0),
            problem TEXT,
            made_by TEXT,
            made_at BIGINT NOT NULL,
            confirmed_by TEXT,
            confirmed_post TEXT,
            ended_at BIGINT,
            lines TEXT,
            lines_digest TEXT,
            CHECK ((state = 'done') = (lines_digest IS NOT NULL)),
            CHECK ((state IN ('done', 'withdrawn')) = (ended_at IS NOT NULL))
        );
        CREATE INDEX party_succession_due ON party_succession (state, date);
        CREATE TABLE party_succession_choice (
            succession TEXT NOT NULL REFERENCES party_succession (id),
            kind TEXT NOT NULL,
            item TEXT NOT NULL,
            heir TEXT NOT NULL REFERENCES party (id),
            PRIMARY KEY (succession, kind, item)
        );
        """),
    // Names that providers of identities have for people, and the ways to providers that were gone to their end.
    Migration(
        "identity", 5,
        """
        CREATE TABLE account_link (
            id TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account (id),
            provider TEXT NOT NULL,
            issuer TEXT NOT NULL,
            subject TEXT,
            claim TEXT,
            linked_by TEXT NOT NULL,
            linked_at BIGINT NOT NULL,
            used BIGINT,
            UNIQUE (issuer, subject),
            UNIQUE (issuer, claim),
            UNIQUE (account, issuer),
            CHECK (subject IS NOT NULL OR claim IS NOT NULL)
        );
        CREATE TABLE provider_flow_used (
            digest BYTES PRIMARY KEY,
            ends BIGINT NOT NULL
        );
        ALTER TABLE session ADD COLUMN link TEXT;
        ALTER TABLE session ADD COLUMN is_strong BIGINT NOT NULL DEFAULT 0 CHECK (is_strong IN (0, 1));
        """),
    // How far a post administers, and for which unit an account was made. What administers in a county is bounded by it, if an
    // administrator of the whole node remains elsewhere.
    Migration(
        "identity", 6,
        """
        ALTER TABLE post ADD COLUMN scope TEXT REFERENCES party (id);
        CREATE INDEX post_scope ON post (scope);
        ALTER TABLE account ADD COLUMN home TEXT REFERENCES party (id);
        UPDATE post SET scope = (
            WITH RECURSIVE up (party) AS (
                SELECT post.party
                UNION SELECT p.parent FROM party p JOIN up u ON p.id = u.party WHERE p.parent IS NOT NULL)
            SELECT MIN(p.id) FROM up u JOIN party p ON p.id = u.party WHERE p.kind = 'county')
        WHERE id IN (SELECT post FROM post_role WHERE role IN ('administrator', 'bureau-reviewer'))
        AND id NOT IN (SELECT post FROM post_role WHERE role IN ('security-officer', 'auditor', 'leader'))
        AND EXISTS (
            WITH RECURSIVE below (id) AS (
                SELECT id FROM party WHERE kind = 'county'
                UNION SELECT p.id FROM party p JOIN below b ON p.parent = b.id)
            SELECT o.id FROM post o JOIN post_role r ON r.post = o.id WHERE r.role = 'administrator'
            AND o.abolished IS NULL AND o.party NOT IN (SELECT id FROM below));
        """),
    // The dated list of bodies: every state of each line.
    Migration(
        "identity", 7,
        """
        CREATE TABLE unit_list_line (
            name TEXT NOT NULL,
            revision BIGINT NOT NULL CHECK (revision > 0),
            position BIGINT NOT NULL,
            answer TEXT NOT NULL CHECK (answer IN ('same', 'renamed', 'merged', 'unknown')),
            becomes TEXT NOT NULL,
            starts TEXT,
            document TEXT NOT NULL,
            comment TEXT NOT NULL,
            source TEXT NOT NULL,
            source_day TEXT,
            changed_by TEXT,
            changed_at BIGINT NOT NULL,
            PRIMARY KEY (name, revision)
        );
        """),
]
