package import Kernel

/// 前置库: a table of a PostgreSQL server into which a department inserts rows by batches, and from which whole batches are filed.
package struct DropTable: Sendable, Hashable {
    package static let nameBytesMax = 60

    /// Where it is.
    package struct Place: Sendable, Hashable, Codable {
        package let host: String
        package let port: Int
        package let database: String
        package let user: String
        package let schema: String
        /// Of the rows; the batches are in `<table>_batch`.
        package let table: String

        package init(
            host: String, port: Int, database: String, user: String, schema: String, table: String
        ) {
            self.host = host
            self.port = port
            self.database = database
            self.user = user
            self.schema = schema
            self.table = table
        }

        var rows: String { "\(Self.quoted(schema)).\(Self.quoted(table))" }
        var batches: String { "\(Self.quoted(schema)).\(Self.quoted(table + "_batch"))" }

        static func quoted(_ name: String) -> String {
            "\"" + name.replacing("\"", with: "\"\"") + "\""
        }
    }

    package let hook: HookID
    package let entry: EntryID
    package let owner: PartyID
    package let place: Place
    package let manner: Filing.Manner
    package let account: AccountID
    package let post: PostID?
    /// Why it stands still; nil while it runs.
    package let problem: Message?
    package let revision: Int
}

extension DropTable.Place {
    /// What the department's administrator runs once: the two tables, with the columns that the hook reads.
    package func definition(columns: [String]) -> String {
        let cells = columns.map { ",\n    \(Self.quoted($0)) text" }.joined()
        return """
            CREATE TABLE \(batches) (
                batch_id text PRIMARY KEY,
                period text,
                row_count bigint NOT NULL,
                digest text,
                status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'complete', 'taken', 'refused')),
                reason text,
                created_at timestamptz NOT NULL DEFAULT now(),
                ended_at timestamptz
            );
            CREATE TABLE \(rows) (
                batch_id text NOT NULL REFERENCES \(batches)\(cells)
            );
            CREATE INDEX ON \(rows) (batch_id);
            """
    }
}
