import Glibc
import Identity
import Kernel
import Lake
import Reminders

extension Setting.Form {
    /// Why `text` cannot be a value of this form; nil when it can. Says what is allowed, and the value unless it may be secret.
    func fault(in text: String) -> Message? {
        switch self {
        case .integer(let range):
            guard let number = Int(text), range.contains(number) else {
                return Message(
                    "setting.integer",
                    ["value": text, "low": String(range.lowerBound), "high": String(range.upperBound)])
            }
            return nil
        case .choice(let choices):
            return choices.contains(text)
                ? nil
                : Message("setting.choice", ["value": text, "choices": choices.joined(separator: ", ")])
        case .text: return nil
        case .path: return text.isEmpty || Self.isPath(text) ? nil : Message("setting.path", ["value": text])
        case .postgresURL:
            let isURL = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
            return text.isEmpty || isURL ? nil : Message("setting.postgres-url")
        case .siteAddress:
            let address = ServiceAddress(text)
            let isRight =
                address.map { $0.path == "/" && ($0.isEncrypted || $0.isLoopback) } == true
                && !text.hasSuffix("/")
            return text.isEmpty || isRight ? nil : Message("setting.site-address", ["value": text])
        case .mailAddress:
            return text.isEmpty || MailAddress(text) != nil
                ? nil : Message("setting.mail-address", ["value": text])
        case .hours:
            return text.isEmpty || DaySpan(text) != nil ? nil : Message("setting.hours", ["value": text])
        case .list(let item, let separator):
            let wrong = Self.items(of: text, separator).first { !item.holds($0) }
            return wrong.map { Message("setting.\(item.key)", ["value": $0]) }
        }
    }

    static func items(of text: String, _ separator: Character) -> [String] {
        text.split(separator: separator).map { item in
            String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    fileprivate static func isPath(_ text: String) -> Bool { text.hasPrefix("/") && !text.utf8.contains(0) }

    /// As docs/settings.md tells it.
    var documentation: String {
        switch self {
        case .integer(let range): "\(range.lowerBound) – \(range.upperBound)"
        case .choice(let choices): choices.map { "`\($0)`" }.joined(separator: ", ")
        case .text: "text"
        case .path: "absolute path"
        case .postgresURL: "`postgres://…`"
        case .siteAddress: "`https://host`"
        case .mailAddress: "e-mail address"
        case .hours: "`hh:mm-hh:mm`"
        case .list(let item, let separator): "\(item.rawValue), parted by `\(separator)`"
        }
    }
}

extension Setting.Item {
    var key: String {
        switch self {
        case .address: "address"
        case .folder: "path"
        case .hostAndPort: "host-and-port"
        case .odbcSource: "odbc-source"
        case .role: "role"
        }
    }

    func holds(_ text: String) -> Bool {
        switch self {
        case .folder: return Setting.Form.isPath(text)
        case .role: return Role(rawValue: text).map { $0 != .public } ?? false
        case .address:
            var storage = in6_addr()
            return inet_pton(AF_INET, text, &storage) == 1 || inet_pton(AF_INET6, text, &storage) == 1
        case .odbcSource:
            // What a name may be in ODBC: no character of a connection string.
            return (1...32).contains(text.utf8.count)
                && !text.contains { "[]{}(),;?*=!@\\/".contains($0) || $0.isWhitespace }
        case .hostAndPort:
            guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
                let port = Int(text[text.index(after: colon)...])
            else { return false }
            return (1...65_535).contains(port)
                && !text[..<colon].contains { $0 == "/" || $0 == "@" || $0 == " " }
        }
    }
}
