package import Persistence

package let evidenceMigrations: [Migration] = [
    Migration(
        "evidence", 1,
        """
        -- What was decided or released. Never updated, never deleted. An act writes here and to evidence_waiting, one page
        -- each; what makes the log searchable is written when the leaf gets its place.
        CREATE TABLE evidence_leaf (
            id TEXT PRIMARY KEY,
            type TEXT NOT NULL,
            version BIGINT NOT NULL,
            at BIGINT NOT NULL,
            actor TEXT NOT NULL,
            subjects TEXT NOT NULL,
            payload TEXT NOT NULL,
            personal TEXT,
            digest BYTES NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE evidence_subject (
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            at BIGINT NOT NULL,
            leaf TEXT NOT NULL,
            PRIMARY KEY (kind, subject, at, leaf)
        ) WITHOUT ROWID;
        -- Sealed; may be erased, as the leaf holds only the salted digest.
        CREATE TABLE evidence_personal (
            leaf TEXT PRIMARY KEY,
            digest TEXT NOT NULL,
            at BIGINT NOT NULL,
            content BYTES NOT NULL
        );
        CREATE INDEX evidence_personal_at ON evidence_personal (at);
        -- Leaves without a place in the chain yet.
        CREATE TABLE evidence_waiting (leaf TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE evidence_chain (
            position BIGINT PRIMARY KEY,
            leaf TEXT NOT NULL,
            at BIGINT NOT NULL,
            type TEXT NOT NULL,
            actor TEXT NOT NULL,
            chain BYTES NOT NULL
        );
        CREATE UNIQUE INDEX evidence_chain_leaf ON evidence_chain (leaf);
        CREATE INDEX evidence_chain_at ON evidence_chain (at, leaf);
        CREATE INDEX evidence_chain_type ON evidence_chain (type, at, leaf);
        CREATE INDEX evidence_chain_actor ON evidence_chain (actor, at, leaf);
        -- Roots of whole subtrees of 256, 65,536, … leaves: a proof reads a few hundred hashes, whatever the size.
        CREATE TABLE evidence_tile (
            level BIGINT NOT NULL,
            position BIGINT NOT NULL,
            hash BYTES NOT NULL,
            PRIMARY KEY (level, position)
        ) WITHOUT ROWID;
        CREATE TABLE evidence_checkpoint (
            size BIGINT PRIMARY KEY,
            at BIGINT NOT NULL,
            digest TEXT NOT NULL,
            envelope TEXT NOT NULL
        );
        -- One row: whose log this is, who sequences, and the tree's right edge.
        CREATE TABLE evidence_state (
            id BIGINT PRIMARY KEY CONSTRAINT evidence_state_single CHECK (id = 1),
            node TEXT NOT NULL,
            algorithm TEXT NOT NULL,
            token BIGINT NOT NULL,
            holder TEXT NOT NULL,
            until_at BIGINT NOT NULL,
            size BIGINT NOT NULL,
            chain BYTES NOT NULL,
            peaks BYTES NOT NULL
        );
        """),
    Migration(
        "evidence", 2,
        """
        -- Written again and again to see whether anything can be; says nothing about the log.
        CREATE TABLE evidence_probe (
            id BIGINT PRIMARY KEY CONSTRAINT evidence_probe_single CHECK (id = 1),
            at BIGINT NOT NULL
        );
        """),
]
