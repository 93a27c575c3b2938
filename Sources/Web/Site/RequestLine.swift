import Identity
import Kernel

/// One request in the log: what was asked by its template, never by its values, and nobody's name.
struct RequestLine {
    /// An error nobody foresaw: the page shows its number, the log says what it was.
    struct Fault: Sendable {
        let number: String
        let error: String
    }

    let method: String
    let route: String
    let status: Int
    let took: Duration
    let account: AccountID?
    let fault: Fault?
    let at: Instant

    var json: JSON {
        let (seconds, attoseconds) = took.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        var line: [String: JSON] = [
            "at": .string(at.description), "event": "request", "method": .string(method),
            "route": .string(route),
            "status": .integer(Int64(status)), "microseconds": .integer(microseconds),
        ]
        if let account { line["account"] = .string(account.text) }
        if let fault {
            line["fault"] = .string(fault.number)
            line["error"] = .string(fault.error)
        }
        return .object(line)
    }
}
