package import Catalogue
import Foundation
package import Grading
import Hummingbird
import Identity
package import Kernel
import Lake
import NIOCore
package import Policy
package import Quality
package import Web

/// What the pages of hooks ask besides the front door.
package struct HookingSite: Sendable {
    /// What Server knows and hooks do not.
    package struct Neighbours: Sendable {
        package let accountName: @Sendable (AccountID) async throws -> String?
        package let partyName: @Sendable (PartyID) async throws -> String

        package init(
            accountName: @escaping @Sendable (AccountID) async throws -> String?,
            partyName: @escaping @Sendable (PartyID) async throws -> String
        ) {
            self.accountName = accountName
            self.partyName = partyName
        }
    }

    package struct Limits: Sendable {
        package let uploadBytesMax: Int
        package let databases: DatabaseChoices
        package let inbox: Inbox

        package init(uploadBytesMax: Int, databases: DatabaseChoices, inbox: Inbox) {
            self.uploadBytesMax = uploadBytesMax
            self.databases = databases
            self.inbox = inbox
        }
    }

    let hooking: Hooking
    let catalogue: Catalogue
    let quality: Quality
    let grading: Grading
    let limits: Limits
    let neighbours: Neighbours

    package init(
        hooking: Hooking, catalogue: Catalogue, quality: Quality, grading: Grading, limits: Limits,
        neighbours: Neighbours
    ) {
        self.hooking = hooking
        self.catalogue = catalogue
        self.quality = quality
        self.grading = grading
        self.limits = limits
        self.neighbours = neighbours
    }

    var uploadBytesMax: Int { limits.uploadBytesMax }
    var databases: DatabaseChoices { limits.databases }
    func accountName(_ id: AccountID) async throws -> String? { try await neighbours.accountName(id) }

    func inbox(_ owner: PartyID) async throws -> [InboxFile] {
        hooking.parts.inbox.files(of: try await hooking.parts.inboxNames(owner))
    }

    var permissions: Permissions { hooking.parts.permissions }

    /// Of the keeper's own department; for everybody else there is nothing to hook here.
    func place(_ visit: Visit) async throws -> (entry: Entry, hook: Hook?, place: HookingPlace) {
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        guard
            permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: entry.owner), for: visit.principal)
        else { throw HookingError.notFound }
        let hook = try await hooking.hook(of: entry.id, for: visit.principal)
        return (entry, hook, try await place(entry.id, hook?.id, isLive: hook?.isLive == true, visit))
    }

    /// `isLive` is false of whatever was published: only what is read is.
    func place(_ id: EntryID, _ hook: HookID?, isLive: Bool = false, _ visit: Visit) async throws
        -> HookingPlace
    {
        let entry = try await catalogue.entry(id, for: visit.principal)
        let mayEditRules = permissions.allows(
            .editRules, on: .new(kind: RuleNoun.kind, owner: entry.owner), for: visit.principal)
        return HookingPlace(
            entry: id, entryTitle: entry.card.title, hook: hook, isLive: isLive,
            version: try await hooking.currentVersion(of: id)?.number,
            qualityHref: mayEditRules ? HookingLinks.rules(id) : HookingLinks.entry(id) + "#quality")
    }

    func mayPublish(_ hook: Hook, _ visit: Visit) -> Bool {
        permissions.allows(
            .publishVersion, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal)
    }
}

package func hookingRoutes(_ routes: inout Routes, _ site: HookingSite) {
    site.wizardRoutes(&routes)
    site.discoveryRoutes(&routes)
    site.hookRoutes(&routes)
    site.attemptRoutes(&routes)
    site.filingRoutes(&routes)
    site.filingAPI(&routes)
    site.scheduleRoutes(&routes)
    site.watchRoutes(&routes)
    site.dropTableRoutes(&routes)
    site.comparisonRoutes(&routes)
    site.liveRoutes(&routes)
    site.scheduleAPI(&routes)
    site.watchAPI(&routes)
    site.dropTableAPI(&routes)
}

extension HookingSite {
    /// Those who may read of a department's hooks, each of the departments in their scope.
    package static let readers: [Action] = [.hookSource, .publishVersion, .publishEntry, .decideGrade]

    private func ruleCount(_ entry: EntryID, _ visit: Visit) async throws -> HookPage.RuleCount {
        let today = visit.now.date()
        let rules = try await quality.rules(of: entry, for: visit.principal).filter { rule in
            rule.draft.effectiveFrom <= today && (rule.draft.effectiveTo.map { today <= $0 } ?? true)
        }
        return HookPage.RuleCount(
            all: rules.count, blocking: rules.count { $0.draft.severity == .blocking })
    }

    private func overview(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "-id")
        let found = try await hooking.overview(
            for: visit.principal, below: query.after.flatMap { HookID($0) }, limit: query.limit + 1)
        let shown = Array(found.prefix(query.limit))
        var titles: [EntryID: String] = [:]
        var filings: [HookID: PeriodStanding] = [:]
        var alarms: [HookID: [Chip]] = [:]
        for overview in shown {
            filings[overview.hook.id] = try await hooking.standings(
                of: overview.hook.id, for: visit.principal
            ).foremost
            if let schedule = try await hooking.schedule(of: overview.hook.id, for: visit.principal),
                schedule.isAlarming(at: visit.now)
            {
                alarms[overview.hook.id] = schedule.chips(at: visit.now)
            }
            if overview.hook.isLive {
                let standing = await hooking.standing(of: overview.hook.id)
                if standing.breaker.state != .closed { alarms[overview.hook.id] = [standing.chip] }
            }
            titles[overview.hook.entry] = try await catalogue.entry(
                overview.hook.entry, for: visit.principal
            ).card.title
        }
        let next = found.count > shown.count ? shown.last?.hook.id.text : nil
        return try visit.page(
            HooksPage(
                shown, titles: titles, filings: filings, alarms: alarms,
                waiting: query.after == nil ? try await waiting(visit) : [], nextHref: query.nextHref(next),
                firstHref: query.firstHref, mayDiscover: permissions.mayEver(.hookSource, visit.principal)))
    }

    /// Entries of the reader's own department that have no source yet.
    private func waiting(_ visit: Visit) async throws -> [HooksPage.Waiting] {
        guard let own = visit.principal.party, permissions.mayEver(.hookSource, visit.principal) else {
            return []
        }
        let entries = try await catalogue.list(
            EntryFilter(states: [.draft, .inReview, .published], providers: [own]), order: .newest,
            page: EntryPageRequest(size: EntryPageRequest.sizeMax), for: visit.principal)
        var waiting: [HooksPage.Waiting] = []
        for entry in entries.rows {
            guard try await hooking.hook(of: entry.id, for: visit.principal) == nil else { continue }
            waiting.append(
                HooksPage.Waiting(entry: entry.id, title: entry.title, state: entry.state.message))
        }
        return waiting
    }

    fileprivate func hookRoutes(_ routes: inout Routes) {
        routes.get("/hooks", .anyOf(Self.readers)) { visit in try await overview(visit) }
        routes.get("/catalogue/:id/hook", .action(.hookSource)) { visit in
            let (entry, hook, _) = try await place(visit)
            return visit.redirect(to: hook.map { HookingLinks.hook($0.id) } ?? HookingLinks.source(entry.id))
        }
        routes.get("/hooks/:id", .anyOf(Self.readers)) { visit in
            let hook = try await hooking.find(visit.id(), for: visit.principal)
            let versions = try await hooking.versions(of: hook.entry)
            let attempts = try await hooking.attempts(of: hook.id)
            let people = Set([hook.definedBy] + versions.map(\.publishedBy) + attempts.map(\.startedBy))
            var names: [AccountID: String] = [:]
            for person in people { names[person] = try await accountName(person) }
            let watch = try await hooking.watch(of: hook.id, for: visit.principal)
            let dropTable = try await hooking.dropTable(of: hook.id, for: visit.principal)
            return try await visit.page(
                HookPage(
                    place(hook.entry, hook.id, isLive: hook.isLive, visit),
                    HookPage.Content(
                        hook: hook, versions: versions, attempts: attempts, names: names,
                        mayAct: mayPublish(hook, visit), rules: ruleCount(hook.entry, visit),
                        filing: hooking.duty(of: hook.id, for: visit.principal) == nil
                            ? nil : hooking.standings(of: hook.id, for: visit.principal),
                        schedule: hooking.schedule(of: hook.id, for: visit.principal),
                        isFed: watch != nil || dropTable != nil,
                        live: hook.isLive ? hooking.standing(of: hook.id) : nil, now: visit.now)))
        }
        routes.post("/hooks/:id/publications", .action(.publishVersion)) { visit in
            let attempt = try await hooking.beginPublishing(
                visit.id(), seen: visit.form.integer("revision") ?? 0, by: visit.principal)
            return visit.redirect(to: HookingLinks.attempt(attempt.id))
        }
        stateRoutes(&routes, path: "pause", word: "pause", state: .paused)
        stateRoutes(&routes, path: "resumption", word: "resume", state: .active)
    }

    private func stateRoutes(_ routes: inout Routes, path: String, word: String, state: Hook.State) {
        routes.get("/hooks/:id/\(path)", .action(.hookSource)) { visit in
            let hook = try await hooking.find(visit.id(), for: visit.principal)
            return try visit.page(
                ConfirmPage(
                    title: Message("hooking.\(word)"),
                    question: Message("hooking.\(hook.isLive ? "live." : "")\(word)-question"),
                    consequences: state == .paused && !hook.isLive
                        ? [Message("hooking.pause-consequence")] : [],
                    action: "\(HookingLinks.hook(hook.id))/\(path)",
                    carried: [Table.Pair("revision", String(hook.revision))],
                    button: Message("hooking.\(word)"),
                    backHref: HookingLinks.hook(hook.id)))
        }
        routes.post("/hooks/:id/\(path)", .action(.hookSource)) { visit in
            let id: HookID = try visit.id()
            try await hooking.setState(
                state, of: id, seen: visit.form.integer("revision") ?? 0, by: visit.principal)
            return visit.redirect(
                to: HookingLinks.hook(id), saying: Notice(.done, Message("hooking.\(word)-done")))
        }
    }

    fileprivate func attemptRoutes(_ routes: inout Routes) {
        routes.get("/publications/:id", .anyOf(Self.readers)) { visit in
            let attempt = try await hooking.attempt(visit.id(), for: visit.principal)
            let hook = try await hooking.find(attempt.hook, for: visit.principal)
            var version: PublishedVersion?
            if case .published(let id) = attempt.outcome { version = try await hooking.version(id) }
            return try await visit.page(
                AttemptPage(
                    place(hook.entry, hook.id, visit), attempt, version: version, hookRevision: hook.revision,
                    mayAct: mayPublish(hook, visit)))
        }
        routes.post("/publications/:id/cancellation", .action(.publishVersion)) { visit in
            let id: JobID = try visit.id()
            try await hooking.cancel(id, by: visit.principal)
            return visit.redirect(
                to: HookingLinks.attempt(id), saying: Notice(.done, Message("hooking.cancel-asked")))
        }
        routes.get("/publications/:id/rejects", .action(.publishVersion)) { visit in
            let attempt = try await hooking.attempt(visit.id(), for: visit.principal)
            let query = TableQuery(visit, sortable: [], order: "line")
            let rejects = try await hooking.rejects(
                of: attempt.id, from: query.after.flatMap { Int($0) } ?? 0, limit: query.limit,
                for: visit.principal)
            return try await visit.data(
                RejectsPage(
                    place(attempt.entry, attempt.hook, visit), attempt.id, rejects,
                    isPersonal: quality.isPersonal(attempt.entry), query: query))
        }
        routes.get("/publications/:id/rejects/file", .action(.publishVersion)) { visit in
            let attempt = try await hooking.attempt(visit.id(), for: visit.principal)
            if TableQuery(visit, sortable: [], order: "line").isExcel {
                return try await rejectsWorkbook(
                    of: attempt.id, isPersonal: quality.isPersonal(attempt.entry), visit)
            }
            return visit.download(
                rejectsFile(of: attempt.id, visit), as: "rejects-\(attempt.id).csv",
                type: "text/csv; charset=utf-8")
        }
    }

    /// Whole before its first byte leaves: half a workbook cannot be opened.
    private func rejectsWorkbook(
        of id: JobID, isPersonal: Bool, _ visit: Visit
    ) async throws -> Response {
        let count = try await hooking.rejectCount(of: id, for: visit.principal)
        guard count <= TableWorkbook.rowsMax else {
            throw LakeError.tableTooLong(rows: count, rowsMax: TableWorkbook.rowsMax)
        }
        let workbook = try hooking.parts.engine.workbook(
            RejectsPage.fileColumns.map(visit.text), sheet: visit.text(Message("hooking.rejects")),
            note: try await visit.note(isPersonal: isPersonal))
        var offset: Int? = 0
        while let from = offset {
            let page = try await hooking.rejects(of: id, from: from, limit: 1_000, for: visit.principal)
            let lines: [[TableWorkbook.Cell]] = page.rejects.map { reject in
                [
                    .number(reject.line), .text(reject.place), .text(visit.text(reject.shortly)),
                    .text(reject.excerpt),
                ]
            }
            try await workbook.append(lines)
            offset = page.next
        }
        let made = try await workbook.finish()
        return visit.download(
            fileAt: made.path, bytes: made.bytes, holding: made, as: "rejects-\(id).xlsx",
            type: MadeWorkbook.mediaType)
    }

    /// Page by page, so that a file of any length is never held whole. Whoever loses the right meanwhile gets no further page.
    private func rejectsFile(of id: JobID, _ visit: Visit) -> ResponseBody {
        ResponseBody { writer in
            let header = RejectsPage.fileColumns.map(visit.text)
            try await writer.write(ByteBuffer(string: "\u{FEFF}" + Table.csvLine(header)))
            var offset: Int? = 0
            while let from = offset {
                let page = try await hooking.rejects(
                    of: id, from: from, limit: 1_000, for: visit.principal)
                let lines = page.rejects.map { reject in
                    Table.csvLine([
                        String(reject.line), reject.place, visit.text(reject.shortly), reject.excerpt,
                    ])
                }
                try await writer.write(ByteBuffer(string: lines.joined()))
                offset = page.next
            }
            try await writer.finish(nil)
        }
    }
}
