package import Kernel

/// The consent of the department above, for data of a vertical system.
package struct SuperiorConsent: Hashable, Sendable {
    /// 文号 of the reply.
    package let number: String
    /// The department that gave it.
    package let issuer: String
    package let on: CalendarDate
    /// Of the scan in the register, with the algorithm before it.
    package let digest: String

    package init(number: String, issuer: String, on: CalendarDate, digest: String) {
        self.number = number
        self.issuer = issuer
        self.on = on
        self.digest = digest
    }

    var members: [String: JSON] {
        [
            "number": .string(number), "issuer": .string(issuer), "on": .string(on.description),
            "digest": .string(digest),
        ]
    }

    var arguments: [String: String] { ["number": number, "issuer": issuer, "on": on.description] }
}

extension EntryFacts {
    /// The same entry, of which nothing is signed without consent from above.
    package var needingConsent: EntryFacts {
        EntryFacts(
            entry: entry, provider: provider, sharing: sharing, columns: columns, history: history,
            live: live,
            needsConsent: true)
    }
}
