import Exchange
import Identity
import Kernel
import Lake
import Policy

extension Node {
    /// Carries out what was planned for today or before, in any process, once. Whoever confirmed it must still have the right.
    package func successionRound() async throws {
        let now = clock.now()
        let due = try await successions.due(on: now.date())
        for one in due {
            guard try await mayStill(one) else {
                try await successions.note(Message("succession.confirmer-gone"), of: one.id)
                continue
            }
            _ = try await successions.effect(one.id, by: .system(), at: now)
        }
    }

    private func mayStill(_ one: Succession) async throws -> Bool {
        // Confirmed at the machine itself.
        guard let account = one.confirmedBy else { return true }
        guard
            let confirmer = try await accounts.holder(
                account, in: one.confirmedPost, on: clock.now().date())
        else { return false }
        return (one.order.predecessors + one.order.successors).allSatisfy {
            permissions.allows(
                .manageParties, on: .new(kind: PartyNoun.kind, owner: $0), for: confirmer)
        }
    }

    var successionSite: SuccessionSite {
        SuccessionSite(
            successions: successions, parties: parties, permissions: permissions,
            read: { path, name, rowsMax in
                let sheet = try await sheet(at: path, named: name, rowsMax: rowsMax)
                return SuccessionSheet(
                    header: sheet.header, rows: sheet.rows.map { ($0.line, $0.cells) })
            },
            workbook: { titles, sheet, rows in
                let made = try await workbook(titles, sheet: sheet, rows)
                return SuccessionSite.MadeList(
                    path: made.path, bytes: made.bytes, type: MadeWorkbook.mediaType, keeper: made)
            })
    }
}
