package import Persistence

/// The entry, its history, and the terms of its listed card; `number` is only for the postings, which are many.
package let catalogueMigrations: [Migration] = [
    Migration(
        "catalogue", 1,
        """
        CREATE TABLE catalogue_entry (
            number AUTOINCREMENT KEY,
            id TEXT NOT NULL UNIQUE,
            owner TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('draft', 'in-review', 'published', 'withdrawn')),
            revision BIGINT NOT NULL CHECK (revision > 0),
            created_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            standing_card TEXT,
            standing_at BIGINT,
            withdrawal_reason TEXT,
            proposal_card TEXT,
            proposal_stage TEXT CHECK (proposal_stage IN ('draft', 'in-review')),
            proposers TEXT,
            return_reason TEXT,
            title TEXT NOT NULL,
            resource_code TEXT,
            category TEXT NOT NULL,
            provider TEXT NOT NULL,
            abstract TEXT NOT NULL,
            item_count BIGINT NOT NULL,
            share_type TEXT,
            open_type TEXT,
            update_cycle TEXT,
            publish_date TEXT,
            grade TEXT,
            is_published BIGINT NOT NULL CHECK (is_published IN (0, 1)),
            is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
            listed_at BIGINT NOT NULL,
            search_text TEXT NOT NULL,
            CHECK ((proposal_card IS NULL) = (proposal_stage IS NULL)),
            CHECK ((standing_card IS NULL) = (standing_at IS NULL)),
            CHECK ((state IN ('published', 'withdrawn')) = (standing_card IS NOT NULL)),
            CHECK (standing_card IS NOT NULL OR proposal_card IS NOT NULL)
        );
        CREATE UNIQUE INDEX catalogue_entry_by_code ON catalogue_entry (resource_code);
        CREATE INDEX catalogue_entry_by_state ON catalogue_entry (state, title, number);
        CREATE INDEX catalogue_entry_by_owner ON catalogue_entry (owner, state, title, number);
        CREATE INDEX catalogue_entry_by_stage ON catalogue_entry (proposal_stage, state, title, number);
        CREATE TABLE catalogue_posting (
            term TEXT NOT NULL,
            entry BIGINT NOT NULL REFERENCES catalogue_entry (number),
            weight BIGINT NOT NULL,
            PRIMARY KEY (term, entry)
        ) WITHOUT ROWID;
        CREATE INDEX catalogue_posting_by_entry ON catalogue_posting (entry);
        CREATE TABLE catalogue_history (
            entry TEXT NOT NULL REFERENCES catalogue_entry (id),
            revision BIGINT NOT NULL,
            act TEXT NOT NULL,
            actor TEXT NOT NULL,
            at BIGINT NOT NULL,
            reason TEXT,
            changes TEXT NOT NULL,
            PRIMARY KEY (entry, revision)
        );
        """)
]
