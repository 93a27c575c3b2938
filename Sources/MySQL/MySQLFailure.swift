/// What MySQL or MariaDB, or the way to it, refused. The message may name a table or an account; it quotes no row.
package struct MySQLFailure: Error, Sendable {
    /// As the server's manual lists it; from 2000 on, of the client library.
    package let code: UInt32
    package let message: String

    package init(code: UInt32, message: String) {
        self.code = code
        self.message = message
    }

    package var isUnknownTable: Bool { [1049, 1146].contains(code) }
    /// A row is longer than this side takes.
    package var isTooLong: Bool { [1153, 2020].contains(code) }
}
