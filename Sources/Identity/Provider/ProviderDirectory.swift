internal import Kernel

/// What is known of the providers and for how long: their own description and their keys, asked again when old or when a token names a key
/// that is not there.
struct ProviderDirectory: Sendable {
    private let calls: ProviderCalls
    private let descriptions: KeptAnswers<ProviderMetadata>
    private let keySets: KeptAnswers<ProviderKeys>

    init(_ calls: ProviderCalls, clock: Clock) {
        self.calls = calls
        descriptions = KeptAnswers(clock: clock)
        keySets = KeptAnswers(clock: clock)
    }

    func metadata(of provider: IdentityProvider) async throws -> ProviderMetadata {
        let calls = calls
        return try await descriptions.value(of: provider.id) {
            try ProviderMetadata(
                try await calls.get(
                    provider.discoveryURL, of: provider, bytesMax: ProviderMetadata.bytesMax), of: provider)
        }
    }

    /// `renews`: asked again even when those that are kept are fresh, for a token whose key is not among them.
    func keys(of provider: IdentityProvider, renews: Bool = false) async throws -> ProviderKeys {
        let address = try await metadata(of: provider).keys
        let calls = calls
        return try await keySets.value(of: provider.id, renews: renews) {
            try ProviderKeys(try await calls.get(address, of: provider, bytesMax: ProviderKeys.bytesMax))
        }
    }
}

/// Answers by who gave them, each asked for once at a time.
private actor KeptAnswers<Value: Sendable> {
    /// Older is asked again; when nobody answers, what is kept serves on for a while.
    private static var freshSeconds: Int { 3_600 }
    private static var keptSeconds: Int { 86_400 }
    /// Between two calls for the same thing, whatever comes: tokens that name keys nobody has must not make calls without end.
    private static var pauseSeconds: Int { 30 }
    private static var pauseAfterFaultSeconds: Int { 5 }

    private struct Kept: Sendable {
        var value: Value?
        var at: Instant?
        var tried: Instant?
        var fault: ProviderFault?
        var running: Task<Value, any Error>?

        func isYounger(than seconds: Int, at now: Instant) -> Bool {
            at.map { now - $0 < .seconds(seconds) } ?? false
        }
    }

    private let clock: Clock
    private var kept: [String: Kept] = [:]

    init(clock: Clock) { self.clock = clock }

    func value(
        of id: String, renews: Bool = false, _ ask: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let now = clock.now()
        var known = kept[id] ?? Kept()
        if let running = known.running { return try await running.value }
        if !renews, let value = known.value, known.isYounger(than: Self.freshSeconds, at: now) {
            return value
        }
        let pause = known.fault == nil ? Self.pauseSeconds : Self.pauseAfterFaultSeconds
        if let tried = known.tried, now - tried < .seconds(pause) {
            if let value = known.value, known.isYounger(than: Self.keptSeconds, at: now) { return value }
            if let fault = known.fault { throw fault }
        }
        let task = Task { try await ask() }
        known.running = task
        known.tried = now
        kept[id] = known
        do {
            let value = try await task.value
            kept[id] = Kept(value: value, at: now, tried: now)
            return value
        } catch {
            let fault = (error as? ProviderFault) ?? .unreachable
            known.running = nil
            known.fault = fault
            kept[id] = known
            // What answers wrongly is not what is kept: only silence is waited out.
            if fault == .unreachable || fault == .tooSlow, let value = known.value,
                known.isYounger(than: Self.keptSeconds, at: now)
            {
                return value
            }
            throw fault
        }
    }
}
