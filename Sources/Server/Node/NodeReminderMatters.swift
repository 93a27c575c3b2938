import Casework
import Exchange
package import Identity
package import Kernel
import Policy
import Release
package import Reminders
import Web

extension Node {
    /// What waits in the inbox and is no turn of a case: joint tests that lie with one side, and signatures on paper that wait for their
    /// signer or a second person. Each is told once, until something new happens to it.
    package func matters(
        for principal: Principal, _ tray: ReminderDesk.Tray, name: (PartyID) async throws -> String
    ) async throws -> [WaitingItem] {
        var items: [WaitingItem] = []
        for (grant, record) in try await jointTests.waiting(for: principal) {
            let other = (grant.provider == principal.party ? grant.consumer : nil) ?? grant.provider
            let news = "\(record.standing.rawValue)-\(record.faults.count)-\(record.words.count)"
            items.append(
                WaitingItem(
                    .turn, topic: "joint-test/\(grant.id)/\(news)", what: Message("joint-test.joint-test"),
                    unit: try await name(other),
                    title: try await entryTitle(grant.entry), path: "/grants/\(grant.id)/joint-test"))
        }
        // A signature waits for persons, not for their unit.
        guard tray == .mine, let party = principal.party else { return items }
        for (approval, title) in try await exchange.waitingPapers(for: principal) {
            items.append(
                WaitingItem(
                    .turn, topic: "paper/\(approval.id)/\(approval.state.rawValue)",
                    what: Message("paper.waiting"),
                    unit: try await name(party), title: title,
                    path: CaseLinks.page(approval.caseID, kind: approval.kind)))
        }
        return items
    }
}
