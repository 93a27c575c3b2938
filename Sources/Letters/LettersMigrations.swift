package import Persistence

package let lettersMigrations: [Migration] = [
    Migration(
        "letters", 1,
        """
        CREATE TABLE letter_series (
            id TEXT NOT NULL PRIMARY KEY,
            owner TEXT NOT NULL,
            -- 机关代字: nobody else numbers under it, also after it has ended.
            code TEXT NOT NULL UNIQUE,
            set_by TEXT NOT NULL,
            set_at BIGINT NOT NULL,
            ended_at BIGINT
        );
        CREATE INDEX letter_series_by_owner ON letter_series (owner, id);
        CREATE TABLE letter_counter (
            -- A series, or a unit for what comes in.
            register TEXT NOT NULL,
            year BIGINT NOT NULL,
            last BIGINT NOT NULL CHECK (last >= 0),
            PRIMARY KEY (register, year)
        );
        CREATE TABLE letter (
            id TEXT NOT NULL PRIMARY KEY,
            owner TEXT NOT NULL,
            direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
            state TEXT NOT NULL CHECK (state IN ('registered', 'numbered', 'sealed', 'voided')),
            series_id TEXT REFERENCES letter_series (id),
            year BIGINT NOT NULL,
            serial BIGINT NOT NULL CHECK (serial >= 1),
            number TEXT NOT NULL,
            title TEXT NOT NULL,
            counterpart TEXT NOT NULL,
            mark TEXT NOT NULL,
            body TEXT NOT NULL,
            dated TEXT NOT NULL,
            received_on TEXT,
            case_id TEXT REFERENCES governed_case (id),
            case_words TEXT NOT NULL,
            copies TEXT NOT NULL,
            search_text TEXT NOT NULL,
            made_by TEXT NOT NULL,
            made_at BIGINT NOT NULL,
            -- Makes a double click one letter.
            request_key TEXT,
            voided_because TEXT,
            voided_by TEXT,
            voided_at BIGINT,
            UNIQUE (series_id, year, serial),
            UNIQUE (made_by, request_key),
            CHECK ((direction = 'out') = (series_id IS NOT NULL)),
            CHECK ((direction = 'in') = (received_on IS NOT NULL)),
            CHECK (direction = 'out' OR state IN ('registered', 'voided')),
            CHECK (direction = 'in' OR state <> 'registered'),
            CHECK ((state = 'voided') = (voided_because IS NOT NULL))
        );
        CREATE UNIQUE INDEX letter_by_receipt ON letter (owner, year, serial) WHERE direction = 'in';
        CREATE INDEX letter_by_number ON letter (owner, number);
        CREATE INDEX letter_by_owner ON letter (owner, id);
        CREATE INDEX letter_by_case ON letter (case_id, id);
        CREATE TABLE letter_template (
            id TEXT NOT NULL PRIMARY KEY,
            owner TEXT NOT NULL,
            name TEXT NOT NULL,
            bytes BIGINT NOT NULL,
            digest TEXT NOT NULL,
            placeholders TEXT NOT NULL,
            set_by TEXT NOT NULL,
            set_at BIGINT NOT NULL,
            ended_at BIGINT
        );
        CREATE INDEX letter_template_by_owner ON letter_template (owner, id);
        CREATE TABLE letter_file (
            id TEXT NOT NULL PRIMARY KEY,
            letter_id TEXT NOT NULL REFERENCES letter (id),
            kind TEXT NOT NULL CHECK (kind IN ('sealed', 'attachment')),
            name TEXT NOT NULL,
            format TEXT NOT NULL,
            bytes BIGINT NOT NULL,
            digest TEXT NOT NULL,
            is_scanned BIGINT NOT NULL,
            added_by TEXT NOT NULL,
            added_at BIGINT NOT NULL,
            leaf_id TEXT NOT NULL
        );
        CREATE INDEX letter_file_by_letter ON letter_file (letter_id, id);
        CREATE INDEX letter_file_by_digest ON letter_file (digest, id);
        """)
]
