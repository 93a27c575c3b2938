/// What PostgreSQL or the way to it refused. No values: `DETAIL` is left out, because it quotes rows.
package struct PostgresFailure: Error, Sendable {
    /// Five characters, as PostgreSQL's appendix A lists them; nil when the connection failed.
    package let sqlState: String?
    package let message: String
    package let constraint: String?
    package let table: String?
    package let column: String?
    /// The connection is of no further use.
    package let connectionLost: Bool

    package init(
        sqlState: String?, message: String, constraint: String? = nil, table: String? = nil,
        column: String? = nil, connectionLost: Bool
    ) {
        self.sqlState = sqlState
        self.message = message
        self.constraint = constraint
        self.table = table
        self.column = column
        self.connectionLost = connectionLost
    }
}
