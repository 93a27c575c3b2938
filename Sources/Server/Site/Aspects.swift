import Catalogue
import Grading
import Hooking
import Identity
import Kernel
import Persistence
import Policy
import Quality
import Web

extension Node {
    /// What the entry's page tells of hooks, versions, quality, grades and grants: each under the reader's own scope.
    var entryAspects: EntryAspects.Reader {
        { id, principal in
            var aspects = EntryAspects()
            let entry = try await catalogue.entry(id, for: principal)
            let isShown = permissions.scope(of: .version, for: principal).admits(
                owner: entry.owner, published: entry.state == .published, open: entry.isOpenNow)
            if isShown {
                let versions = try await hooking.versions(of: id, limit: 20)
                aspects.versions = versions.map { version in
                    EntryAspects.VersionRow(
                        at: version.publishedAt, rows: Int(version.rows),
                        note: .word(
                            Message(
                                "site.version-note",
                                [
                                    "number": String(version.number),
                                    "rejected": String(version.rejectedRows),
                                    "digest": String(version.contentDigest.prefix(16)),
                                ])), href: nil)
                }
                if let newest = versions.first {
                    aspects.chain[.version] = ChainBar.Link(
                        "/catalogue/\(id)#versions", note: .count(newest.number))
                }
            }
            aspects.chain[.hook] = try await hookLink(entry, principal)
            if permissions.scope(of: .rule, for: principal).admits(owner: entry.owner) {
                let book = try await grading.book(of: id, for: principal)
                for decision in book.decisions { aspects.grades[decision.column] = decision.level }
                let reports = try await quality.reports(of: id, for: principal, max: 12)
                aspects.quality = Self.qualityChart(reports)
                if !reports.isEmpty {
                    aspects.chain[.quality] = ChainBar.Link(
                        "/catalogue/\(id)#quality", note: .count(reports.count))
                }
            }
            if entry.state == .published, principal.party != entry.owner,
                permissions.mayEver(.requestShare, principal)
            {
                aspects.requestHref = "/catalogue/\(id)/request"
            }
            aspects.holders = try await holders(of: id, principal)
            if !aspects.holders.isEmpty {
                aspects.chain[.grant] = ChainBar.Link("/grants", note: .count(aspects.holders.count))
            }
            return aspects
        }
    }

    /// The hook where there is one; for whoever may make one, the first step of making it.
    private func hookLink(_ entry: Entry, _ principal: Principal) async throws -> ChainBar.Link? {
        let mayHook = permissions.allows(
            .hookSource, on: .new(kind: HookNoun.kind, owner: entry.owner), for: principal)
        guard mayHook || HookingSite.readers.contains(where: { permissions.mayEver($0, principal) }) else {
            return nil
        }
        if let hook = try await hooking.hook(of: entry.id, for: principal) {
            return ChainBar.Link("/hooks/\(hook.id)", note: .data(hook.source.displayName))
        }
        return mayHook ? ChainBar.Link("/catalogue/\(entry.id)/hook/source") : nil
    }

    private func holders(of id: EntryID, _ principal: Principal) async throws -> [EntryAspects.Holder] {
        let (grants, scope) = (grants, permissions.scope(of: .grant, for: principal))
        let found = try await database.read {
            try grants.list(GrantFilter(entry: id), scope: scope, limit: 50, in: $0)
        }
        var holders: [EntryAspects.Holder] = []
        for grant in found {
            var name = Label.word(Message("release.public"))
            if let consumer = grant.consumer, let party = try await parties.find(consumer) {
                name = .data(party.name(on: clock.now().date()))
            }
            holders.append(
                EntryAspects.Holder(
                    name: name, purpose: grant.purpose, until: grant.validity?.to,
                    state: Chip(
                        Message("release.grant-state.\(grant.state.rawValue)"),
                        grant.state == .active ? .good : .neutral), href: "/grants/\(grant.id)"))
        }
        return holders
    }

    /// Score by version, oldest first; nothing to draw before there are two.
    private static func qualityChart(_ reports: [StoredReport]) -> Chart? {
        let scored = reports.reversed().compactMap { stored in
            stored.report.overall().map { (stored.report.at, $0.partsPerMillion / 10_000) }
        }
        guard !scored.isEmpty else { return nil }
        return Chart(
            id: "quality", title: Message("site.quality-score"), kind: .line, unit: Message("site.percent"),
            categories: scored.map { .moment($0.0) },
            series: [Chart.Series(.word(Message("site.quality-score")), scored.map(\.1), tone: .good)])
    }
}

extension Entry {
    fileprivate var isOpenNow: Bool { publishedCard?.open.type == .unconditional }
}
