package import Kernel
import Lake

/// Keeps calls away from a service that fails: after several faults in a row it rests, then one call tries, and only its success
/// lets the others through again.
package struct LiveBreaker: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case closed
        case open(until: Instant)
        /// One call is out to see.
        case halfOpen
    }

    /// Faults in a row.
    package static let faultsMax = 5
    package static let restSeconds = 30
    /// Each time that the one call failed the rest is twice as long, up to this.
    package static let restSecondsMax = 600

    package private(set) var state = State.closed
    package private(set) var faultsInARow = 0
    private var restSeconds = Self.restSeconds

    package init() {}

    /// Throws `.resting` when nothing may be asked now. Else one of `succeeded`, `failed` or `abandoned` has to follow.
    mutating func admit(at now: Instant) throws(LiveFault) {
        switch state {
        case .closed: return
        case .open(let until) where now >= until: state = .halfOpen
        case .open(let until): throw .resting(retryAfterSeconds: Self.seconds(from: now, to: until))
        case .halfOpen: throw .resting(retryAfterSeconds: 1)
        }
    }

    mutating func succeeded() { self = LiveBreaker() }

    mutating func failed(at now: Instant) {
        faultsInARow += 1
        switch state {
        case .halfOpen:
            restSeconds = min(restSeconds * 2, Self.restSecondsMax)
            rest(from: now)
        case .closed where faultsInARow >= Self.faultsMax: rest(from: now)
        case .closed, .open: break
        }
    }

    /// The call said nothing of the service: the next may try.
    mutating func abandoned(at now: Instant) { if state == .halfOpen { state = .open(until: now) } }

    private mutating func rest(from now: Instant) { state = .open(until: now + .seconds(restSeconds)) }

    private static func seconds(from now: Instant, to until: Instant) -> Int {
        max(1, Int(((until - now) / .seconds(1)).rounded(.up)))
    }
}
