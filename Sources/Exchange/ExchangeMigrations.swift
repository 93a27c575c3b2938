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
        """)
]
