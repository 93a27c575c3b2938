import Casework
import Cryptography
import Exchange
import Foundation
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

/// A decision that was signed on paper, as the people of a unit enter it.
@Suite struct `The pages of signatures on paper` {
    private static let scan = Array("%PDF-1.4\nsigned\n%%EOF".utf8)

    @Test(arguments: Dialect.available)
    func `take the scan, then what stands on it; the signer confirms, and the mark is proven offline`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            let pending = try await TrialPages.pending(node, people)
            let path = "/requests/\(pending.id)"
            let steward = try await TrialPages.browser(node, people, "steward")
            let cdo = try await TrialPages.browser(node, people, "cdo")
            let form = "\(path)/paper-approvals/new"
            #expect(try await steward.get(path).text.contains(form))
            #expect(try await steward.get(form).text.contains("Scan of the signed sheet"))

            let entered = try await bring(steward, pending, node)
            let told = try await steward.follow(entered)
            #expect(
                told.status == 200 && told.text.contains("paper"))
            // A signature that decides waits for whoever gave it.
            let waiting = try #require(
                try await node.exchange.papers(of: pending.id, for: people.principal("cdo")).first)
            #expect(waiting.countedRevision == nil)
            let before = try await node.exchange.request(pending.id, for: people.principal("cdo"))
            #expect(before.grant == nil && before.file.state == "decision")
            #expect(try await cdo.get("/inbox").text.contains("/paper-approvals/\(waiting.id)"))
            let one = "\(path)/paper-approvals/\(waiting.id)"
            #expect(try await cdo.get(one).text.contains("/confirmation"))
            #expect(try await steward.post("\(one)/confirmation", []).status != 303)
            let scan = try await cdo.get("\(path)/paper-scans/\(waiting.scan.id)/file")
            #expect(scan.bytes == Self.scan && scan.header("X-Content-Type-Options") == "nosniff")

            #expect(try await cdo.post("\(one)/confirmation", [("key", "k")]).status == 303)
            let after = try await node.exchange.request(pending.id, for: people.principal("cdo"))
            #expect(after.grant != nil && after.file.state == "granted")
            let dossier = try CaseDossier(
                try JSON.parse(try await cdo.get("\(path)/dossier.json").text))
            let findings = try dossier.verify(trusting: node.keys.trustedKeys)
            #expect(findings.acts == after.file.history.count)
            #expect(dossier.scans.map(\.sha256) == [waiting.scan.sha256])
            #expect(try await cdo.get("\(path)/dossier").text.contains(waiting.scan.sha256))

            let stranger = try await TrialPages.browser(node, people, "ecology-steward")
            for path in [one, "\(path)/paper-scans/\(waiting.scan.id)/file"] {
                #expect(try await stranger.get(path).status == 404)
            }
        }
    }

    /// The wrong things first: nothing of them is kept, and what was typed is.
    private func bring(
        _ steward: TestBrowser, _ pending: SharingRequest, _ node: Node
    ) async throws -> TestApp.Answer {
        let path = "/requests/\(pending.id)"
        let none = try await steward.upload("\(path)/paper-scans", [], file: ("file", "", []))
        #expect(none.status == 422)
        let marked = try await steward.upload(
            "\(path)/paper-scans", [], file: ("file", "机密★1年.pdf", Self.scan))
        #expect(marked.status == 422)
        let text = try await steward.upload(
            "\(path)/paper-scans", [], file: ("file", "a.txt", Array("同意".utf8)))
        #expect(text.status == 422)
        let brought = try await steward.upload(
            "\(path)/paper-scans", [], file: ("file", "签批单.pdf", Self.scan))
        #expect(brought.status == 303)
        let page = try await steward.follow(brought)
        let scan = try #require(brought.location?.split(separator: "=").last)
        let signer = try #require(
            page.text.firstMatch(of: /<option value="([0-9a-f-]{36}:[0-9a-f-]{36})"/)?.1)
        let today = node.clock.now().date()
        func fields(_ signedOn: CalendarDate) -> [(String, String)] {
            [
                ("scan", String(scan)), ("revision", String(pending.file.revision)),
                ("signer", String(signer)), ("decision", "agree"), ("comment", "同意，限临时救助"),
                ("signedOn", signedOn.description), ("reason", "出差期间网络不通"), ("key", "paper-1"),
            ]
        }
        let late = try await steward.post("\(path)/paper-approvals", fields(today.adding(days: 1)))
        #expect(late.status == 422 && late.text.contains("出差期间网络不通"))
        let entered = try await steward.post("\(path)/paper-approvals", fields(today))
        #expect(entered.status == 303)
        // A second click finds what the first did.
        #expect(try await steward.post("\(path)/paper-approvals", fields(today)).status == 303)
        return entered
    }
}
