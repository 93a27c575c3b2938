package import Persistence

package let watchMigrations: [Migration] = [
    Migration(
        "watch", 1,
        """
        CREATE TABLE folder_watch (
            hook TEXT NOT NULL PRIMARY KEY REFERENCES hook (id),
            entry TEXT NOT NULL,
            owner TEXT NOT NULL,
            pattern TEXT NOT NULL,
            manner TEXT NOT NULL,
            account TEXT NOT NULL,
            post TEXT,
            problem TEXT,
            lease_until BIGINT NOT NULL,
            revision BIGINT NOT NULL
        );
        """)
]
