package import Persistence

package let reminderMigrations: [Migration] = [
    Migration(
        "reminders", 1,
        """
        -- Where people and units are reminded. The place itself, with the secret of a webhook, is sealed.
        CREATE TABLE reminder_receiver (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('mail', 'webhook', 'wecom')),
            account TEXT NOT NULL,
            post TEXT,
            unit TEXT,
            label TEXT NOT NULL,
            host TEXT NOT NULL,
            place BYTES NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'active', 'paused', 'refused')),
            occasions TEXT NOT NULL,
            days_before BIGINT NOT NULL,
            manner TEXT NOT NULL,
            language TEXT NOT NULL,
            next_at BIGINT NOT NULL,
            sent_at BIGINT,
            failures BIGINT NOT NULL,
            problem TEXT,
            revision BIGINT NOT NULL,
            code BYTES,
            code_until BIGINT,
            code_tries BIGINT NOT NULL,
            codes_since BIGINT NOT NULL,
            codes_sent BIGINT NOT NULL
        );
        CREATE UNIQUE INDEX reminder_mail_of_account ON reminder_receiver (account) WHERE kind = 'mail';
        CREATE INDEX reminder_receiver_of_unit ON reminder_receiver (unit, id);
        CREATE INDEX reminder_receiver_next ON reminder_receiver (state, next_at);
        -- What a receiver was told of, so that it is told once.
        CREATE TABLE reminder_told (
            receiver TEXT NOT NULL,
            topic TEXT NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (receiver, topic)
        );
        CREATE INDEX reminder_told_at ON reminder_told (at);
        -- Each message: what it is about, never what it says. What it says is written when it is sent.
        CREATE TABLE reminder_message (
            id TEXT NOT NULL PRIMARY KEY,
            receiver TEXT NOT NULL,
            cause TEXT NOT NULL,
            topics TEXT NOT NULL,
            counts TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
            made_at BIGINT NOT NULL,
            next_at BIGINT NOT NULL,
            lease_until BIGINT NOT NULL,
            tries BIGINT NOT NULL,
            ended_at BIGINT,
            bytes BIGINT,
            problem TEXT
        );
        CREATE INDEX reminder_message_next ON reminder_message (state, next_at);
        CREATE INDEX reminder_message_of_receiver ON reminder_message (receiver, id);
        """)
]
