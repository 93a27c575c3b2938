import Catalogue
import Foundation
import HTTPTypes
import Hummingbird
package import Identity
import Kernel
import Policy
package import Web

extension HookingSite {
    func filingRoutes(_ routes: inout Routes) {
        routes.get("/filings", .anyOf(Self.readers)) { try await board($0) }
        routes.get("/hooks/:id/filings", .anyOf(Self.readers)) { visit in
            try visit.page(try await filingsPage(visit))
        }
        let bodyMax = uploadBytesMax + 65_536
        routes.post(
            "/hooks/:id/filings", .action(.publishVersion),
            body: .upload(bytesMax: bodyMax, door: .filing)
        ) { try await file($0) }
        routes.get("/hooks/:id/filings/nothing", .action(.publishVersion)) { visit in
            try visit.page(try await nothingPage(visit, period: visit.query["period"]))
        }
        routes.post("/hooks/:id/filings/nothing", .action(.publishVersion)) { try await fileNothing($0) }
        routes.get("/filings/:id/undoing", .action(.publishVersion)) { try await undoPage($0) }
        routes.post("/filings/:id/undoing", .action(.publishVersion)) { visit in
            let filing = try await hooking.filing(visit.id(), for: visit.principal)
            try await hooking.undo(filing.id, by: visit.principal)
            return visit.redirect(
                to: FilingLinks(filing.hook).filings,
                saying: Notice(.done, Message("hooking.undo-done")))
        }
        dutyRoutes(&routes)
    }

    // MARK: - The board

    private func board(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "hook")
        let found = try await hooking.board(
            for: visit.principal, after: query.after.flatMap { HookID($0) }, limit: query.limit + 1)
        let shown = Array(found.prefix(query.limit))
        let page = FilingBoardPage(
            shown, titles: try await titles(shown, for: visit.principal), parties: try await parties(shown),
            nextHref: query.nextHref(found.count > shown.count ? shown.last?.duty.hook.text : nil),
            firstHref: query.firstHref, exportHref: query.exportHref)
        if query.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    private func titles(
        _ duties: [DutyStanding], for principal: Principal
    ) async throws -> [EntryID: String] {
        var titles: [EntryID: String] = [:]
        for standing in duties {
            titles[standing.duty.entry] = try await catalogue.entry(
                standing.duty.entry, for: principal
            ).card.title
        }
        return titles
    }

    private func parties(_ duties: [DutyStanding]) async throws -> [PartyID: String] {
        var names: [PartyID: String] = [:]
        for owner in Set(duties.map(\.duty.owner)) { names[owner] = try await neighbours.partyName(owner) }
        return names
    }

    private static let remindedMax = 200

    /// For the inbox: what the reader's own department has to file now; for the bureau what is overdue anywhere. Also schedules in trouble.
    package func reminders(for principal: Principal) async throws -> [Table] {
        guard Self.readers.contains(where: { permissions.mayEver($0, principal) }) else { return [] }
        let duties = try await hooking.board(for: principal, limit: Self.remindedMax).filter { standing in
            standing.duty.owner == principal.party ? standing.isUrgent : standing.overdue > 0
        }
        var tables: [Table] = []
        if !duties.isEmpty {
            tables.append(
                FilingBoardPage.table(
                    duties, titles: try await titles(duties, for: principal),
                    parties: try await parties(duties)))
        }
        if let alarms = try await alarms(for: principal, at: hooking.parts.clock.now()) {
            tables.append(alarms)
        }
        return tables
    }

    // MARK: - One hook's filings

    private func filingsPage(
        _ visit: Visit, errors: FormErrors = FormErrors()
    ) async throws -> FilingsPage {
        let hook = try await hooking.find(visit.id(), for: visit.principal)
        let filings = try await hooking.filings(of: hook.id, for: visit.principal)
        var names: [AccountID: String] = [:]
        for person in Set(filings.map(\.filedBy)) { names[person] = try await accountName(person) }
        let content = FilingsPage.Content(
            hook: hook, duty: try await hooking.duty(of: hook.id, for: visit.principal),
            periods: try await hooking.standings(of: hook.id, for: visit.principal), filings: filings,
            names: names, bytesMax: uploadBytesMax, mayFile: mayPublish(hook, visit),
            mayAgree: permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal),
            typed: visit.form, errors: errors)
        return FilingsPage(try await place(hook.entry, hook.id, visit), content)
    }

    private func file(_ visit: Visit) async throws -> Response {
        let hook = try await hooking.find(visit.id(), for: visit.principal)
        var errors = FormErrors()
        do {
            let sent = try SentFiling(visit.form, through: .page)
            guard let file = try visit.form.file("file") else {
                errors.add("file", Message("web.field-needed"))
                return try visit.page(
                    try await filingsPage(visit, errors: errors), status: .unprocessableContent)
            }
            let filing = try await take(file, sent, hook, by: visit.principal)
            return visit.moved(
                to: filing.attempt.map(HookingLinks.attempt) ?? FilingLinks(hook.id).filings)
        } catch let error as any ProblemConvertible where Self.isOfTheFiling(error.problem) {
            errors = FormErrors(error.problem)
            if errors.items.isEmpty { errors.add("file", error.problem.message) }
            let status = HTTPResponse.Status(
                code: error.problem.kind == .invalid ? 422 : error.problem.kind.status)
            return try visit.page(try await filingsPage(visit, errors: errors), status: status)
        }
    }

    /// What whoever files can do something about.
    private static func isOfTheFiling(_ problem: Problem) -> Bool {
        [.invalid, .refused, .conflict, .tooLarge].contains(problem.kind)
    }

    /// Into the data folder first, then published in the background. A package is checked before anything of it is taken.
    func take(
        _ file: UploadedFile, _ sent: SentFiling, _ hook: Hook, by principal: Principal
    ) async throws -> Filing {
        if file.fileName.lowercased().hasSuffix(DataPackage.ending) {
            return try await hooking.receive(packageAt: file.path, of: hook.id, by: principal)
        }
        let upload = try await hooking.upload(
            file.path, named: file.fileName, .moving, for: hook.entry, under: .publishVersion, by: principal)
        return try await hooking.file(
            Hooking.Sending(upload, for: sent.period, sent.manner, through: sent.channel), of: hook.id,
            by: principal)
    }

    // MARK: - Nothing to report

    private func nothingPage(
        _ visit: Visit, period: String, errors: FormErrors = FormErrors()
    ) async throws -> ConfirmPage {
        let hook = try await hooking.find(visit.id(), for: visit.principal)
        let open = try await hooking.standings(of: hook.id, for: visit.principal).filter { $0.filing == nil }
        let chosen = period.isEmpty ? open.foremost?.period.description ?? "" : period
        let fields = [
            Field.select(
                "period", Message("hooking.period"),
                open.map { standing in
                    Field.Option(
                        standing.period.description, .word(standing.period.message),
                        isChosen: standing.period.description == chosen)
                }
            ).required(),
            Field.area("reason", Message("web.reason"), value: visit.form["reason"]).required()
                .hint(Message("hooking.nothing-reason-hint")),
        ].map { $0.checked(errors) }
        let links = FilingLinks(hook.id)
        return ConfirmPage(
            title: Message("hooking.nothing-act"), question: Message("hooking.nothing-question"),
            consequences: [Message("hooking.nothing-consequence")], action: links.nothing(nil),
            fields: fields, errors: errors.summary(of: fields), button: Message("hooking.nothing-act"),
            backHref: links.filings)
    }

    private func fileNothing(_ visit: Visit) async throws -> Response {
        let id: HookID = try visit.id()
        do {
            let sent = try SentFiling(visit.form, through: .page)
            guard let period = sent.period else { throw HookingError.periodNeeded }
            _ = try await hooking.fileNothing(
                for: period, of: id, because: visit.form["reason"], through: sent.channel,
                by: visit.principal)
            return visit.redirect(
                to: FilingLinks(id).filings, saying: Notice(.done, Message("hooking.nothing-done")))
        } catch let error as HookingError where error.problem.kind == .invalid {
            return try visit.page(
                try await nothingPage(
                    visit, period: visit.form["period"], errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }

    private func undoPage(_ visit: Visit) async throws -> Response {
        let filing = try await hooking.filing(visit.id(), for: visit.principal)
        var consequences = [Message("hooking.undo-recorded")]
        if case .published = filing.outcome, let before = filing.servedBefore,
            let version = try await hooking.version(before)
        {
            consequences.insert(
                Message("hooking.undo-serves", ["number": String(version.number)]), at: 0)
        }
        return try visit.page(
            ConfirmPage(
                title: Message("hooking.undo-act"), question: Message("hooking.undo-question"),
                consequences: consequences, action: FilingLinks.undoing(filing.id),
                button: Message("hooking.undo-act"), backHref: FilingLinks(filing.hook).filings))
    }

    // MARK: - The duty

    private func dutyRoutes(_ routes: inout Routes) {
        routes.get("/hooks/:id/duty", .action(.hookSource)) { visit in
            let (hook, duty, place) = try await dutyPlace(visit)
            let since = Period(.month, containing: visit.now.date()).previous.first.description
            return try visit.page(
                DutyPage(
                    place, hook, duty, duty.map { DutyAnswers($0.terms) } ?? DutyAnswers(since: since)))
        }
        routes.post("/hooks/:id/duty", .action(.hookSource)) { visit in
            let (hook, duty, place) = try await dutyPlace(visit)
            let answers = DutyAnswers(visit.form)
            do {
                try await hooking.setDuty(
                    try answers.terms(), of: hook.id, seen: answers.revision ?? 0, by: visit.principal)
                return visit.redirect(
                    to: FilingLinks(hook.id).filings, saying: Notice(.done, Message("hooking.duty-done")))
            } catch let error as HookingError where error.problem.kind == .invalid {
                return try visit.page(
                    DutyPage(place, hook, duty, answers, errors: FormErrors(error.problem)),
                    status: .unprocessableContent)
            }
        }
        routes.get("/hooks/:id/duty/end", .action(.hookSource)) { visit in
            let (hook, _, _) = try await dutyPlace(visit)
            let links = FilingLinks(hook.id)
            return try visit.page(
                ConfirmPage(
                    title: Message("hooking.duty-end"), question: Message("hooking.duty-end-question"),
                    consequences: [Message("hooking.duty-end-consequence")], action: links.dutyEnd,
                    button: Message("hooking.duty-end"), backHref: links.filings))
        }
        routes.post("/hooks/:id/duty/end", .action(.hookSource)) { visit in
            let id: HookID = try visit.id()
            try await hooking.endDuty(of: id, by: visit.principal)
            return visit.redirect(
                to: HookingLinks.hook(id), saying: Notice(.done, Message("hooking.duty-ended")))
        }
    }

    private func dutyPlace(_ visit: Visit) async throws -> (Hook, FilingDuty?, HookingPlace) {
        let hook = try await hooking.find(visit.id(), for: visit.principal)
        guard
            permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal)
        else { throw HookingError.notFound }
        let duty = try await hooking.duty(of: hook.id, for: visit.principal)
        return (hook, duty, try await place(hook.entry, hook.id, visit))
    }
}

/// What a form or a call says of a filing beside its file.
struct SentFiling {
    let period: Period?
    let manner: Filing.Manner?
    let channel: Filing.Channel

    init(_ form: SubmittedForm, through channel: Filing.Channel) throws(HookingError) {
        self.channel = channel
        let text = form["period"]
        if text.isEmpty {
            period = nil
        } else {
            guard let known = Period(text) else { throw .periodUnknown(text) }
            period = known
        }
        let word = form["manner"]
        if word.isEmpty {
            manner = nil
        } else {
            guard let known = Filing.Manner(rawValue: word) else {
                throw .invalid([Problem.Place("manner", Message("hooking.answer-unreadable"))])
            }
            manner = known
        }
    }
}
