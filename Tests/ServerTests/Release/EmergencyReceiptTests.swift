import Casework
import Cryptography
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `The receipt of an emergency` {
    @Test
    func `says that a leader's word let it out and until when; any other says nothing of it, and both hold`()
        async throws
    {
        try await withGrantedTable(.sqlite, rows: 100) { table in
            let (node, people) = (table.node, table.people)
            let consumer = try people.principal("consumer")
            let draft = try await node.exchange.draft(
                table.release.entry,
                RequestWish(columns: ["户籍县区"], deliveries: [.csv], isCommitted: true, contactPost: "值班室"),
                by: consumer)
            let asked = try await node.exchange.perform(
                .askEmergency(circumstance: "强降雨转移安置"), on: draft.id, seen: draft.file.revision, by: consumer)
            let leader = try #require(try people.principal("leader").post)
            let approval = OralApproval(
                leader: leader, saidAt: node.clock.now() + .seconds(-600), means: .telephone, words: "同意先行提供")
            let approved = try await node.exchange.perform(
                .approveOrally(approval, try node.exchange.clausesAtStake(in: asked)), on: asked.id,
                seen: asked.file.revision, by: try people.principal("reviewer"))
            let grant = try #require(approved.grant)
            let release = try await node.files.make(.csv, under: grant, by: consumer)
            let keys = node.keys.trustedKeys
            let emergency = try await node.receipts.document(of: release.id, for: consumer)
                .verify(trusting: keys)
            let ends = try await node.database.read { try node.grants.get(grant, in: $0).endsAt }
            #expect(
                emergency.payload["emergency"]?["endsAt"]?.string == ends?.description && ends != nil)
            let usual = try await node.receipts.document(of: table.release.id, for: consumer)
                .verify(trusting: keys)
            #expect(usual.payload["emergency"] == nil)
        }
    }
}
