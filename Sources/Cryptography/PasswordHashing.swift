internal import CSodium
internal import Foundation

/// Argon2id on a few threads of its own: each hash takes some 30 ms and 19 MiB, which must neither hold up other work nor be had
/// without limit by whoever knocks at the sign-in page.
package final class PasswordHashing: Sendable {
    package struct Cost: Sendable, Hashable {
        package let operations: UInt64
        package let memoryBytes: Int

        package init(operations: UInt64, memoryBytes: Int) {
            self.operations = operations
            self.memoryBytes = memoryBytes
        }
        /// OWASP's first choice: 19 MiB, two passes, one lane.
        package static let standard = Cost(operations: 2, memoryBytes: 19 << 20)
    }

    package static let passwordBytesMax = 1024

    private let queue: Queue
    private let cost: Cost

    /// Chooses the fastest code for this machine, once; negative when it has no source of randomness.
    private static let ready = sodium_init() >= 0

    package init(threads: Int = 2, waitingMax: Int = 64, cost: Cost = .standard) {
        self.cost = cost
        queue = Queue(waitingMax: waitingMax)
        for number in 1...max(1, threads) {
            let thread = Thread { [queue] in queue.run() }
            thread.name = "password-\(number)"
            thread.start()
        }
    }

    deinit { queue.close() }

    /// `$argon2id$v=19$m=19456,t=2,p=1$…`, salt included.
    package func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await perform(password) { bytes in
            var out = [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()))
            let done = crypto_pwhash_str_alg(
                &out, bytes, UInt64(bytes.count), cost.operations, cost.memoryBytes,
                crypto_pwhash_alg_argon2id13())
            guard done == 0 else { throw CryptographyError.library("crypto_pwhash_str_alg") }
            return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// False also for a text that is no hash.
    package func verify(_ password: String, against hash: String) async throws -> Bool {
        try await perform(password) { bytes in
            crypto_pwhash_str_verify(hash, bytes, UInt64(bytes.count)) == 0
        }
    }

    /// True when `hash` was made at another cost than today's.
    package func isOutdated(_ hash: String) -> Bool {
        crypto_pwhash_str_needs_rehash(hash, cost.operations, cost.memoryBytes) != 0
    }

    private func perform<Result: Sendable>(
        _ password: String, _ work: @escaping @Sendable ([CChar]) throws -> Result
    ) async throws -> Result {
        guard Self.ready else { throw CryptographyError.library("sodium_init") }
        let bytes = password.utf8.map { CChar(bitPattern: $0) }
        guard bytes.count <= Self.passwordBytesMax else {
            throw CryptographyError.passwordTooLong(bytesMax: Self.passwordBytesMax)
        }
        return try await withCheckedThrowingContinuation { continuation in
            let accepted = queue.add { continuation.resume(with: Swift.Result { try work(bytes) }) }
            if !accepted { continuation.resume(throwing: CryptographyError.passwordsBusy) }
        }
    }

    private final class Queue: @unchecked Sendable {
        private let condition = NSCondition()
        private let waitingMax: Int
        private var waiting: [@Sendable () -> Void] = []
        private var closed = false

        init(waitingMax: Int) { self.waitingMax = waitingMax }

        func add(_ work: @escaping @Sendable () -> Void) -> Bool {
            condition.lock()
            defer { condition.unlock() }
            guard !closed, waiting.count < waitingMax else { return false }
            waiting.append(work)
            condition.signal()
            return true
        }

        /// What was accepted before `close` is still done.
        func run() {
            while let work = next() { work() }
        }

        func close() {
            condition.lock()
            closed = true
            condition.broadcast()
            condition.unlock()
        }

        private func next() -> (@Sendable () -> Void)? {
            condition.lock()
            defer { condition.unlock() }
            while waiting.isEmpty {
                if closed { return nil }
                condition.wait()
            }
            return waiting.removeFirst()
        }
    }
}
