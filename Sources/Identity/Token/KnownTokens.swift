import Foundation
import Kernel

/// Principals of tokens that came a moment ago, so that a program's thousand requests a second do not each ask the database.
///
/// Whatever this process does that narrows somebody's rights forgets them all before it returns; what another process does acts
/// within `secondsMax`, like the revocation of a grant.
package final class KnownTokens: @unchecked Sendable {
    package static let secondsMax = 1
    static let tokensMax = 10_000

    /// What was known when a question to the database began: an answer that is older than a narrowing act is not kept.
    struct Generation: Equatable {
        fileprivate var number: UInt64 = 0
    }

    private let lock = NSLock()
    private var principals: [[UInt8]: (principal: Principal, since: Instant)] = [:]
    private var generation = Generation()

    package init() {}

    func principal(_ digest: [UInt8], at now: Instant) -> (Principal?, Generation) {
        lock.withLock {
            guard let known = principals[digest] else { return (nil, generation) }
            let age = now - known.since
            return (age >= .zero && age < .seconds(Self.secondsMax) ? known.principal : nil, generation)
        }
    }

    func keep(_ principal: Principal, _ digest: [UInt8], asked now: Instant, in generation: Generation) {
        lock.withLock {
            guard generation == self.generation else { return }
            if principals.count >= Self.tokensMax { principals.removeAll(keepingCapacity: true) }
            principals[digest] = (principal, now)
        }
    }

    func forget() {
        lock.withLock {
            generation.number += 1
            principals.removeAll(keepingCapacity: true)
        }
    }
}
