import Identity
import Kernel

/// One request in the log: what was asked by its template, never by its values, and nobody's name.
struct RequestLine {
    /// What the log says and the answer does not: an error nobody foresaw, whose number the page shows, or why a part of the node is
    /// away.
    struct Fault: Sendable {
        let number: String?
        let error: String
    }

    /// W3C Trace Context: the caller's trace id, or one of ours; the answer carries it too.
    let trace: String
    let method: String
    let route: String
    let status: Int
    let took: Duration
    let account: AccountID?
    let fault: Fault?

    private var level: String { fault?.number != nil ? "error" : status >= 500 ? "warning" : "info" }

    var json: JSON {
        let (seconds, attoseconds) = took.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        var line: [String: JSON] = [
            "event": "request", "level": .string(level), "trace": .string(trace),
            "method": .string(method), "route": .string(route),
            "status": .integer(Int64(status)), "microseconds": .integer(microseconds),
        ]
        if let account { line["account"] = .string(account.text) }
        if let fault {
            if let number = fault.number { line["fault"] = .string(number) }
            line["error"] = .string(fault.error)
        }
        return .object(line)
    }
}
