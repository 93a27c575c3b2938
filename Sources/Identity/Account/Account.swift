package import Kernel
import Persistence

/// How a person signs in. The name is for the door only; what a person may do comes from the posts they hold.
package struct Account: Sendable, Hashable {
    package let id: AccountID
    package let person: PersonID
    package let name: String
    package let isDisabled: Bool
    package let lockedUntil: Instant?

    /// 3 to 64 of letters, digits and `. _ - @`; their case does not matter.
    static func matchKey(_ name: String) throws(IdentityError) -> String {
        let isAllowed = name.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "@"): true
            default: false
            }
        }
        guard isAllowed, (3...64).contains(name.utf8.count) else { throw .accountNameInvalid }
        return name.lowercased()
    }
}

/// Wrong passwords in a row. Pure; the store remembers.
struct FailureCount: Sendable, Hashable {
    var failures = 0
    var since: Instant?
    var lockedUntil: Instant?

    init(failures: Int = 0, since: Instant? = nil, lockedUntil: Instant? = nil) {
        self.failures = failures
        self.since = since
        self.lockedUntil = lockedUntil
    }

    /// Of a row of `account`.
    init(_ row: Row) throws {
        self.init(
            failures: try row.value("failures"), since: try row.optional("failing_since"),
            lockedUntil: try row.optional("locked_until"))
    }

    func isLocked(at now: Instant) -> Bool { lockedUntil.map { now < $0 } ?? false }

    /// One more failure; those before the window are forgotten. While a lock holds, nothing is counted, so that nobody can prolong it.
    func failing(at now: Instant, _ settings: IdentitySettings) -> FailureCount {
        if isLocked(at: now) { return self }
        let isWithin = since.map { now - $0 <= .seconds(settings.failureWindowSeconds) } ?? false
        let count = isWithin ? failures + 1 : 1
        if count >= settings.failuresMax {
            return FailureCount(lockedUntil: now + .seconds(settings.lockSeconds))
        }
        return FailureCount(failures: count, since: isWithin ? since : now)
    }
}

extension Account {
    /// For pages that show what an account may look like.
    package static let sample = Account(
        id: AccountID(high: 7, low: 3), person: Person.sample.id, name: "sample", isDisabled: false,
        lockedUntil: Instant(microseconds: 1))
}
