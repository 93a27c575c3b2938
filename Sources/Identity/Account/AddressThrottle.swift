internal import Kernel
internal import Synchronization

/// Failures by network address in this process, so that one machine cannot try many accounts. Forgets the oldest when full.
final class AddressThrottle: Sendable {
    private static let addressesMax = 10_000

    private struct Count: Sendable {
        var failures: Int
        let since: Instant
    }

    private let counts = Mutex<[String: Count]>([:])

    func isOver(_ address: String, at now: Instant, _ settings: IdentitySettings) -> Bool {
        counts.withLock { counts in
            guard let count = counts[address], isWithin(count, now, settings) else { return false }
            return count.failures >= settings.addressFailuresMax
        }
    }

    func fail(_ address: String, at now: Instant, _ settings: IdentitySettings) {
        counts.withLock { counts in
            if counts[address] == nil, counts.count >= Self.addressesMax {
                counts = counts.filter { isWithin($0.value, now, settings) }
                if counts.count >= Self.addressesMax,
                    let oldest = counts.min(by: { $0.value.since < $1.value.since })
                {
                    counts[oldest.key] = nil
                }
            }
            if let count = counts[address], isWithin(count, now, settings) {
                counts[address] = Count(failures: count.failures + 1, since: count.since)
            } else {
                counts[address] = Count(failures: 1, since: now)
            }
        }
    }

    private func isWithin(_ count: Count, _ now: Instant, _ settings: IdentitySettings) -> Bool {
        now - count.since <= .seconds(settings.failureWindowSeconds)
    }
}
