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
    /// The server cannot be reached, went away, or ended the conversation.
    package var isLost: Bool { code >= 2000 || [1040, 1053, 1080, 1927].contains(code) }
    package var isRefusedRight: Bool { [1044, 1045, 1142, 1143, 1227, 1370].contains(code) }
    /// Somebody else holds what the statement needs.
    package var isHeld: Bool { [1205, 1213].contains(code) }
    /// A row is longer than this side takes.
    package var isTooLong: Bool { [1153, 2020].contains(code) }
}
