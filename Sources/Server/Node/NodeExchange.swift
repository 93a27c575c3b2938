import Casework
import Catalogue
import Evidence
import Exchange
import Grading
import Hooking
import Identity
import Kernel
import Lake
import Persistence
import Policy

extension Node {
    private static let signers: Exchange.Neighbours.Signers = { holder, first, last, connection in
        try Posts.terms(
            of: holder.role, in: holder.party, post: holder.post, from: first, through: last, in: connection)
    }

    static func exchange(
        _ identity: NodeIdentity, _ database: any Database, _ evidence: EvidenceLog,
        _ permissions: Permissions, _ grants: GrantStore, _ holdings: Holdings, _ engine: Engine,
        trialSecondsMax: Int, _ rules: Exchange.Rules, _ calendars: CalendarInForce, _ clock: Clock
    ) throws -> Exchange {
        let cases = try CaseStore(
            workflows: try CaseKinds.declared(), rules: try SharingDeadlines.standard(),
            calendars: calendars, evidence: evidence,
            defaultChains: try CaseKinds.defaultChains(),
            following: SupervisionLadder.following,
            someoneHolds: { holder, except, day, connection in
                try Posts.holders(
                    of: [holder.role], in: holder.party, post: holder.post, on: day, in: connection
                ).contains { !except.contains($0) }
            })
        let facts = EntryFactsReader(holdings)
        let catalogue = holdings.catalogue
        return Exchange(
            cases: cases, database: database, permissions: permissions, grants: grants,
            trialSecondsMax: trialSecondsMax, rules: rules, clock: clock,
            neighbours: Exchange.Neighbours(
                entry: { id, connection in
                    guard let entry = try catalogue.published(id, in: connection),
                        let card = entry.publishedCard,
                        let facts = try facts.facts(of: id, in: connection)
                    else { return nil }
                    return RequestedEntry(
                        title: card.title, condition: card.share.condition,
                        notSharedBasis: card.share.legalBasis, facts: facts)
                },
                bureau: { connection in
                    guard
                        let bureau = try Posts.parties(
                            withPostOf: .bureauReviewer, on: clock.now().date(), in: connection
                        ).first
                    else {
                        throw Problem(.unavailable, Message("node.bureau-missing"))
                    }
                    return bureau
                },
                leader: { id, day, connection in
                    guard let post = try Posts.find(id, in: connection) else { return nil }
                    let holders = try Posts.holders(
                        of: post.roles, in: post.party, post: id, on: day, in: connection)
                    return LeaderPost(party: post.party, roles: post.roles, isHeld: !holders.isEmpty)
                },
                count: { run, secondsMax in
                    let version = try await holdings.hooking.version(
                        of: run.read.entry, asOf: run.proposed.circumstances.asOf)
                    guard let version else { return nil }
                    try run.read.demand(rows: version.schema)
                    let manifest = try engine.manifest(version.id, of: run.read.entry)
                    return CountedVersion(
                        version: version.id, number: version.number,
                        counts: try await engine.dryRun(
                            run, of: engine.source(manifest), secondsMax: secondsMax))
                },
                signers: signers))
    }
}
