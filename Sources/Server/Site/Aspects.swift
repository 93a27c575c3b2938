import Catalogue
import Exchange
import Grading
import Hooking
import Identity
import Kernel
import Persistence
import Policy
import Quality
import Release
import Web

extension Node {
    /// What the entry's page tells of hooks, versions, quality, grades and grants: each under the reader's own scope.
    var entryAspects: EntryAspects.Reader {
        { id, principal in
            var aspects = EntryAspects()
            let entry = try await catalogue.entry(id, for: principal)
            let isShown = permissions.scope(of: .version, for: principal).admits(
                owner: entry.owner, published: entry.state == .published, open: entry.isOpenNow)
            if isShown { try await addVersions(of: id, to: &aspects) }
            let isLive = try await hooking.liveHook(of: id) != nil
            if isShown, isLive { aspects.callOnly = Message("site.call-only") }
            aspects.chain[.hook] = try await hookLink(entry, principal)
            if isShown, let late = try await hooking.latePeriod(of: id) {
                aspects.lateness = Message("site.filing-late", ["period": late.description])
            }
            if permissions.scope(of: .rule, for: principal).admits(owner: entry.owner) {
                try await addJudgements(of: entry, for: principal, to: &aspects)
            }
            // Nothing can be asked for before there are data, nor of what is open to everyone.
            let hasData = isLive ? true : try await hooking.currentVersion(of: id) != nil
            if entry.state == .published, !entry.isOpenNow, principal.party != entry.owner, hasData,
                permissions.mayEver(.requestShare, principal)
            {
                aspects.requestHref = "/catalogue/\(id)/request"
                aspects.applicationHref = "/catalogue/\(id)/application"
            }
            if entry.state == .published {
                aspects.consent = try await exchange.consent(of: id)?.message
                if let asked = try? await exchange.entry(id), exchange.maySetConsent(of: asked, principal) {
                    aspects.consentHref = "/catalogue/\(id)/consent"
                }
            }
            try await addUses(of: id, for: principal, to: &aspects)
            return aspects
        }
    }

    private func addVersions(of id: EntryID, to aspects: inout EntryAspects) async throws {
        let versions = try await hooking.versions(of: id, limit: 20)
        let served = try await hooking.currentVersion(of: id)
        aspects.versions = versions.map { version in
            EntryAspects.VersionRow(
                number: version.number, at: version.publishedAt, rows: Int(version.rows),
                rejected: Int(version.rejectedRows), digest: version.contentDigest,
                isServed: version.id == served?.id)
        }
        if let newest = versions.first {
            aspects.chain[.version] = ChainBar.Link(
                "#versions",
                note: .word(
                    Message("catalogue.version-named", ["number": String(newest.number)])))
        }
    }

    /// Grades and what the rules found.
    private func addJudgements(
        of entry: Entry, for principal: Principal, to aspects: inout EntryAspects
    ) async throws {
        let id = entry.id
        let book = try await grading.book(of: id, for: principal)
        for decision in book.decisions { aspects.grades[decision.column] = decision.level }
        if let level = entry.publishedGrade(aspects.grades) {
            aspects.chain[.grade] = ChainBar.Link("#items", note: .data(level.rawValue))
        }
        // Of the versions that were let through; what stopped the others stands on their attempts' pages.
        let reports = try await quality.reports(of: id, for: principal, max: 24).filter { $0.version != nil }
        aspects.quality = Self.qualityCharts(reports)
        if let newest = reports.first?.report {
            let mayEdit = permissions.mayEver(.editRules, principal) && principal.party == entry.owner
            aspects.ruleResults = Self.ruleResults(
                newest, rules: "/catalogue/\(id)/rules", mayEdit: mayEdit)
            aspects.chain[.quality] = ChainBar.Link(
                "#rule-results",
                note: newest.overall().map { .share($0.partsPerMillion, of: 1_000_000) })
        }
    }

    /// Who has it, and how often it left.
    private func addUses(
        of id: EntryID, for principal: Principal, to aspects: inout EntryAspects
    ) async throws {
        aspects.holders = try await holders(of: id, principal)
        if let party = principal.party, permissions.mayEver(.announceEnd, principal) {
            let grants = grants
            let given = try await database.read {
                try grants.standing(on: id, of: party, limit: 1, in: $0)
            }
            if !given.isEmpty { aspects.endsHref = "/catalogue/\(id)/announced-ends" }
        }
        if !aspects.holders.isEmpty {
            aspects.chain[.grant] = ChainBar.Link(
                "/grants?entry=\(id)", note: .count(aspects.holders.count))
        }
        if permissions.mayEver(.readReceipt, principal) {
            let (_, count) = try await receipts.list(
                ReleaseFilter(entry: id), for: principal, limit: 1)
            if count > 0 {
                aspects.chain[.release] = ChainBar.Link("/receipts?entry=\(id)", note: .count(count))
            }
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
                    name: name, purpose: grant.purpose, until: grant.lastDay,
                    state: Chip(
                        Message("release.grant-state.\(grant.state.rawValue)"),
                        grant.state == .active ? .good : .neutral), href: "/grants/\(grant.id)"))
        }
        return holders
    }

    /// Dimension by dimension for the newest report; over time once there is more than one.
    private static func qualityCharts(_ reports: [StoredReport]) -> [Chart] {
        guard let newest = reports.first?.report else { return [] }
        var charts: [Chart] = []
        let dimensions = newest.scores.sorted { $0.key.rawValue < $1.key.rawValue }
        if !dimensions.isEmpty {
            charts.append(
                Chart(
                    id: "quality", title: Message("site.quality-dimensions"), kind: .row,
                    unit: Message("site.percent"),
                    categories: dimensions.map { .word($0.key.message) },
                    series: [
                        Chart.Series(
                            .word(Message("site.quality-score")),
                            dimensions.map { $0.value.partsPerMillion / 100 }, tone: .info)
                    ], decimals: 2))
        }
        let scored = reports.reversed().compactMap { stored in
            stored.report.overall().map { (stored.report.at, $0.partsPerMillion / 100) }
        }
        if scored.count > 1 {
            charts.append(
                Chart(
                    id: "quality-history", title: Message("site.quality-history"), kind: .line,
                    unit: Message("site.percent"), categories: scored.map { .moment($0.0) },
                    series: [
                        Chart.Series(
                            .word(Message("site.quality-score")), scored.map(\.1), tone: .good)
                    ], decimals: 2))
        }
        return charts
    }

    /// `rules` is where the rules are, for those who may edit them, and the rows that fail them, for all who may know of them.
    private static func ruleResults(_ report: QualityReport, rules: String, mayEdit: Bool) -> Table {
        Table(
            id: "rule-results", caption: Message("site.rule-results"),
            columns: [
                Table.Column(Message("quality.rule")), Table.Column(Message("quality.severity")),
                Table.Column(Message("quality.evaluated"), isFigure: true),
                Table.Column(Message("quality.failed"), isFigure: true),
                Table.Column(Message("site.passed-share"), isFigure: true),
                Table.Column(Message("quality.last-verdict")),
            ],
            rows: report.results.map { result in
                let rule = "\(rules)/\(result.rule)"
                let isOfTable = result.check == .freshness || result.check == .rowCount
                return [
                    Table.Cell(.word(result.demand), href: mayEdit ? rule : nil),
                    Table.Cell(
                        Chip(result.severity.message, result.severity == .blocking ? .bad : .warn)),
                    Table.Cell(.count(Int(result.evaluated))),
                    Table.Cell(
                        .count(Int(result.failed)),
                        href: result.failed > 0 && !isOfTable ? "\(rule)/rows" : nil),
                    Table.Cell(
                        result.score.map { .share($0.partsPerMillion, of: 1_000_000) } ?? .nothing),
                    Table.Cell(Chip(result.verdict.message, result.verdict.tone)),
                ]
            }, count: report.results.count, empty: EmptyState(Message("quality.no-rules-yet")))
    }
}

extension Entry {
    /// An entry's grade is its highest column's; nil while any of its columns has none.
    fileprivate func publishedGrade(_ grades: [String: GradeLevel]) -> GradeLevel? {
        let levels = card.items.map { grades[$0.column] }
        return levels.contains(nil) ? nil : levels.compactMap(\.self).max()
    }

    fileprivate var isOpenNow: Bool { publishedCard?.open.type == .unconditional }
}
