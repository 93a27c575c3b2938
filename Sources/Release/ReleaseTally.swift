import Evidence
import Foundation
import Kernel
import Persistence

/// What was refused since this process began, by the problem's code: for `/metrics`, also when the evidence itself is what failed
/// and nothing could be recorded.
package final class ReleaseTally: @unchecked Sendable {
    private let lock = NSLock()
    private var refused: [String: Int64] = [:]

    package init() {}

    package var refusals: [(code: String, count: Int64)] {
        lock.withLock { refused.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    }

    /// Counts the problem that `body` ends with.
    func watching<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async throws -> Result {
        do { return try await body() } catch {
            let code = (error as? any ProblemConvertible)?.problem.message.key ?? "release.fault"
            lock.withLock { refused[code, default: 0] += 1 }
            throw error
        }
    }
}

/// Evidence before effect: a record that cannot be written is a release that does not happen. The errors of grants and quotas pass
/// as they are.
func recorded<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
) async throws -> Result {
    do { return try await body() } catch let error as CancellationError {
        throw error
    } catch DatabaseError.busy {
        throw DatabaseError.busy
    } catch let error as DatabaseError {
        throw EvidenceError.unwritable(error.problem)
    } catch let error as any ProblemConvertible where error.problem.kind != .internalFault {
        throw error
    } catch {
        throw EvidenceError.unwritable((error as? any ProblemConvertible)?.problem)
    }
}
