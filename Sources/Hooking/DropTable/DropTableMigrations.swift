package import Persistence

package let dropTableMigrations: [Migration] = [
    Migration(
        "drop", 1,
        """
        CREATE TABLE drop_table (
            hook TEXT NOT NULL PRIMARY KEY REFERENCES hook (id),
            entry TEXT NOT NULL,
            owner TEXT NOT NULL,
            place TEXT NOT NULL,
            credential BYTES,
            manner TEXT NOT NULL,
            account TEXT NOT NULL,
            post TEXT,
            problem TEXT,
            lease_until BIGINT NOT NULL,
            revision BIGINT NOT NULL
        );
        """)
]
