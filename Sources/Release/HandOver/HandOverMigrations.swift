package import Persistence

package let handOverMigrations: [Migration] = [
    Migration(
        "hand-over", 1,
        """
        -- The register of what was taken away on media.
        CREATE TABLE hand_over (
            id TEXT NOT NULL PRIMARY KEY,
            release_id TEXT NOT NULL REFERENCES release (id),
            grant_id TEXT NOT NULL,
            provider TEXT NOT NULL,
            recipient TEXT NOT NULL,
            taken_by TEXT NOT NULL,
            medium TEXT NOT NULL,
            is_sealed BIGINT NOT NULL,
            volumes TEXT NOT NULL,
            made_by TEXT NOT NULL,
            made_at BIGINT NOT NULL,
            leaf TEXT NOT NULL
        );
        CREATE INDEX hand_over_of_release ON hand_over (release_id, id);
        """)
]
