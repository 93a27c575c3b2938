import Foundation
package import Policy

/// Look-ups and pages in figures since the program started, for `/metrics`; no key, no grant, no recipient.
package final class RowFigures: @unchecked Sendable {
    package struct Figures: Sendable, Hashable {
        package var answered: Int64 = 0
        /// By a rule: the grant, its clauses, its quota, the permit.
        package var refused: Int64 = 0
        /// Anything else: an unknown key, stale evidence, a database away.
        package var failed: Int64 = 0
        package var rowsOut: Int64 = 0
        package var rowsWithheld: Int64 = 0

        package init() {}
    }

    private let lock = NSLock()
    private var figures: [DeliveryKind: Figures] = [:]

    package var now: [DeliveryKind: Figures] { lock.withLock { figures } }

    func answered(_ delivery: DeliveryKind, rows: Int, withheld: Int) {
        lock.withLock {
            figures[delivery, default: Figures()].answered += 1
            figures[delivery, default: Figures()].rowsOut += Int64(rows)
            figures[delivery, default: Figures()].rowsWithheld += Int64(withheld)
        }
    }

    func ended(_ delivery: DeliveryKind, by error: any Error) {
        lock.withLock {
            if error is PolicyError {
                figures[delivery, default: Figures()].refused += 1
            } else {
                figures[delivery, default: Figures()].failed += 1
            }
        }
    }
}
