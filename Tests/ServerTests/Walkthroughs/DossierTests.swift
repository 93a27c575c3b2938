import Casework
import Cryptography
import Evidence
import Exchange
import Kernel
import Persistence
import Server
import TestKit
import Testing

@Suite struct `The dossier of a case` {
    /// The document with one value exchanged, wherever it stands.
    private func altered(_ json: JSON, _ path: [String], _ index: Int? = nil, to value: JSON) -> JSON {
        guard let first = path.first else { return value }
        guard case .object(var members) = json, let inner = members[first] else { return json }
        if let index, case .array(var elements) = inner {
            elements[index] = altered(elements[index], Array(path.dropFirst()), to: value)
            members[first] = .array(elements)
        } else {
            members[first] = altered(inner, Array(path.dropFirst()), index, to: value)
        }
        return .object(members)
    }

    private func refuseAlterations(of json: JSON, acts: Int, _ node: Node) throws {
        let last = acts - 1
        func fault(_ json: JSON) -> (any Error)? {
            do {
                _ = try CaseDossier(json).verify(trusting: node.keys.trustedKeys)
                return nil
            } catch { return error }
        }
        let alterations: [(JSON, DossierFault)] = [
            (
                altered(json, ["history", "comment"], last, to: "不同意"),
                .wordsChanged(revision: last + 1)
            ),
            (
                altered(json, ["history", "act"], last, to: "refuse"),
                .actChanged(revision: last + 1, member: "act")
            ),
            (
                altered(json, ["history", "post"], last, to: .null),
                .actChanged(revision: last + 1, member: "post")
            ),
            (
                altered(json, ["history", "deputy"], last, to: true),
                .actChanged(revision: last + 1, member: "deputy")
            ),
            (altered(json, ["state"], to: "refused"), .stateWrong),
            (
                altered(json, ["case"], to: .string(CaseID.new().text)),
                .recordForeign(type: "case.acted")
            ),
        ]
        for (json, expected) in alterations { #expect(fault(json) as? DossierFault == expected) }
        // An act that was left out, at the end or in between.
        var shorter = try #require(json["history"]?.array)
        shorter.removeLast()
        #expect(
            fault(altered(json, ["history"], to: .array(shorter))) as? DossierFault
                == .actMissing(revision: last + 1))
        var records = try #require(json["records"]?.array)
        records.remove(at: 1)
        #expect(
            fault(altered(json, ["records"], to: .array(records))) as? DossierFault
                == .actMissing(revision: 2))
        #expect(
            fault(altered(json, ["records", "leaf", "record", "at"], 1, to: 1)) as? EvidenceError
                == .recordChanged("case.acted"))
        #expect(throws: (any Error).self) {
            try CaseDossier(json).verify(trusting: TrustedKeys([try Signer.generate(.sm2).publicKey]))
        }
    }

    @Test(arguments: Dialect.available)
    func `is one bundle on its page, and a file of which every act and word is proven offline`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            let pending = try await TrialPages.pending(node, people)
            let request = try await node.exchange.perform(
                .agree, on: pending.id, seen: pending.file.revision, by: people.principal("cdo"),
                Opinion(comment: "同意，仅限临时救助核验"))
            let cdo = try await TrialPages.browser(node, people, "cdo")
            #expect(try await cdo.get("/requests/\(request.id)").text.contains("/dossier"))
            let page = try await cdo.get("/requests/\(request.id)/dossier")
            #expect(page.status == 200 && page.text.contains("同意，仅限临时救助核验"))
            #expect(page.text.contains("sm3:") && page.text.contains("#history"))
            // On paper nothing can be unfolded.
            #expect(page.text.contains("<details open>") && !page.text.contains("<details>"))
            let file = try await cdo.get("/requests/\(request.id)/dossier.json")
            let json = try JSON.parse(file.text)
            let dossier = try CaseDossier(json)
            let findings = try dossier.verify(trusting: node.keys.trustedKeys)
            #expect(findings.acts == request.file.history.count && findings.erased == 0)

            try refuseAlterations(of: json, acts: request.file.history.count, node)

            // Words that were erased are not claimed; that the act was done still is.
            try await node.database.write { connection in
                _ = try node.evidence.erasePersonal(before: node.clock.now() + .seconds(1), in: connection)
            }
            let later = try CaseDossier(
                try JSON.parse(try await cdo.get("/requests/\(request.id)/dossier.json").text))
            let erased = try later.verify(trusting: node.keys.trustedKeys)
            #expect(erased.acts == findings.acts && erased.erased > 0)

            let stranger = try await TrialPages.browser(node, people, "ecology-steward")
            #expect(try await stranger.get("/requests/\(request.id)/dossier").status == 404)
        }
    }
}
